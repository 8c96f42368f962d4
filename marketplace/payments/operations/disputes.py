"""Disputes of charges, the whole or a part: what they do to the ledger, and the desk's work on them.

The steps are called with the charge locked and moved on, in its transaction.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events, row_steps
from civic.core.errors import Conflict, required
from civic.core.locking import lock_row
from civic.core.money import Money
from civic.core.policies import require
from civic.core.states import lock, transition
from marketplace.ledger import operations as ledger
from marketplace.ledger import queries
from marketplace.ledger.models import Account, Posting
from marketplace.payments import accounts
from marketplace.payments.models import Charge, Claim, Command, Dispute, Refund
from marketplace.payments.operations.commands import enqueue_command
from marketplace.payments.providers import Outcome
from marketplace.payments.providers.bank import NAME
from marketplace.payments.states import CLAIMED, OWED, RefundState

# How the key of a refund begins that is what is left of another one.
REST = "rest-of-"
# Before the evidence is due, the finance officers are reminded of it once.
REMIND = timedelta(days=3)


def opened(charge: Charge, outcome: Outcome, at: datetime) -> None:
    """The provider has taken the money, or a part of it, back until the dispute is decided."""
    most = charge.amount - charge.lost
    dispute = Dispute.objects.create(
        charge=charge,
        number=charge.disputes.count() + 1,
        amount_minor=min(most if outcome.amount is None else outcome.amount, most).minor,
        reason=outcome.reason[:60],
        evidence_due_at=outcome.evidence_due_at,
        answered_at=at if outcome.answered else None,
        opened_at=at,
    )
    there = accounts.at_provider(charge.book, charge.provider, charge.currency)
    _post(dispute, "", dispute.amount, accounts.disputed(charge.book, charge.currency), there, at)


def updated(charge: Charge, number: int, outcome: Outcome, at: datetime) -> None:
    """What the provider says of a running dispute that was heard of: when its evidence is due, that it was sent."""
    for dispute in Dispute.objects.filter(charge=charge, number=number, decided_at=None):
        due = outcome.evidence_due_at or dispute.evidence_due_at
        answered = dispute.answered_at or (at if outcome.answered else None)
        if (due, answered) != (dispute.evidence_due_at, dispute.answered_at):
            # A new deadline is reminded of anew.
            reminded = dispute.reminded_at if due == dispute.evidence_due_at else None
            Dispute.objects.filter(pk=dispute.pk).update(
                evidence_due_at=due, answered_at=answered, reminded_at=reminded
            )


def won(charge: Charge, outcome: Outcome, at: datetime) -> None:
    """The provider has given it back."""
    dispute = _decide(charge, 0, at)
    _come_back(dispute, dispute.amount, at)


def lost(charge: Charge, outcome: Outcome, at: datetime) -> None:
    """The payer has it for good: out of what was owed back to them, then of what is left, then a loss.

    Of a dispute that was lost in part the provider has given the rest back.
    """
    left_before = charge.left
    running = charge.disputes.get(decided_at=None)
    amount = min(running.amount if outcome.amount is None else outcome.amount, running.amount)
    gone = accounts.disputed(charge.book, charge.currency)
    covered = _cover_refunds(running, amount, gone, at)
    # Of what was refunded nothing is left there: more than the rest of this charge is other payers' money.
    left = amount - covered
    covered += _cover_parts(running, left - left_before, gone, at)
    dispute = _decide(charge, amount.minor, at)
    left = amount - covered
    account = accounts.held(charge.book, charge.account, charge.currency)
    taken = min(left, ledger.available(account), left_before)
    if taken:
        _post(dispute, "lost", taken, account, gone, at)
    if left - taken:
        _post(dispute, "loss", left - taken, accounts.losses(charge.book, charge.currency), gone, at)
    if dispute.amount - amount:
        _come_back(dispute, dispute.amount - amount, at)
    claim_twice(dispute, amount.minor, at)


def booked(dispute: Dispute, step: str) -> int:
    """Minor units that a step took: `lost` from the charge's account, `loss` as a loss; 0 where it booked nothing."""
    charge = dispute.charge
    gone = accounts.disputed(charge.book, charge.currency)
    postings = Posting.objects.filter(
        entry__book=charge.book, entry__key=f"{key_of(dispute)}:{step}", account=gone
    )
    return -int(postings.aggregate(total=Sum("amount", default=0))["total"])


def key_of(dispute: Dispute) -> str:
    """What the keys of its entries begin with; the first dispute of a charge has no number."""
    return f"dispute:{dispute.charge_id}" + (f":{dispute.number}" if dispute.number > 1 else "")


def answer_dispute(*, actor: Person, dispute: Dispute, reason: str, at: datetime) -> None:
    """Says that the evidence was sent to the provider: the deadline is met.

    `reason` says what was sent. Raises Forbidden, Invalid without one, Conflict where it is decided or was answered.
    """
    require(actor, "keep", "books")
    reason = required(reason, _("Say what was sent to the provider."))
    with transaction.atomic():
        current = lock_row(Dispute.objects, pk=dispute.pk)
        if current.decided_at or current.answered_at:
            raise Conflict(_("This dispute is decided, or its evidence was sent already."))
        events.record("dispute.answered", actor=actor, subject=dispute, at=at, note=reason)
        Dispute.objects.filter(pk=dispute.pk).update(answered_at=at)


def take_back_answer(*, actor: Person, dispute: Dispute, reason: str, at: datetime) -> None:
    """Says that no evidence was sent after all: the dispute waits again, and is reminded of.

    Raises Forbidden, Invalid without a reason, Conflict where it is decided or waits already.
    """
    require(actor, "keep", "books")
    reason = required(reason, _("Say why."))
    with transaction.atomic():
        current = lock_row(Dispute.objects, pk=dispute.pk)
        if current.decided_at or not current.answered_at:
            raise Conflict(_("This dispute is decided, or waits for its evidence already."))
        events.record("dispute.answer_withdrawn", actor=actor, subject=dispute, at=at, note=reason)
        Dispute.objects.filter(pk=dispute.pk).update(answered_at=None, reminded_at=None)


def remind_due(*, at: datetime) -> int:
    """Reminds of running disputes whose evidence is due within three days, once each; returns how many."""
    due = Dispute.objects.filter(
        decided_at=None, answered_at=None, reminded_at=None, evidence_due_at__lte=at + REMIND
    )
    rows = due.order_by("evidence_due_at", "pk")
    return row_steps.each("disputes to be reminded of", rows, lambda one: _remind(one, at), at=at)


def _remind(dispute: Dispute, at: datetime) -> bool:
    with transaction.atomic():
        current = lock_row(Dispute.objects, pk=dispute.pk)
        if current.decided_at or current.answered_at or current.reminded_at:
            return False
        events.record("dispute.reminded", actor=None, subject=dispute, at=at)
        Dispute.objects.filter(pk=dispute.pk).update(reminded_at=at)
    return True


def _decide(charge: Charge, lost_minor: int, at: datetime) -> Dispute:
    dispute = charge.disputes.select_related("charge").get(decided_at=None)
    dispute.decided_at, dispute.lost_minor = at, lost_minor
    dispute.save(update_fields=["decided_at", "lost_minor"])
    return dispute


def claim_twice(dispute: Dispute, most: int, at: datetime, *, refund: Refund | None = None) -> None:
    """What refunds have given back and disputes have taken all the same the payer owes, once for all disputes.

    What a refund that came back has set off is no refund any more: it counts for no claim either. `refund` says
    which one has gone after all since the dispute was lost. It is `most`, in minor units, of this dispute or refund:
    what one line takes may be of several, and the rest of the claim is theirs.
    """
    charge = dispute.charge
    twice = charge.refunded + charge.lost - charge.amount
    for known in Claim.objects.filter(dispute__charge=charge).select_related("dispute__charge"):
        twice -= known.amount - known.set_off
    minor = min(twice.minor, most)
    if minor > 0:
        claim = Claim.objects.create(dispute=dispute, refund=refund, amount_minor=minor, state_since=at)
        events.record("claim.opened", actor=None, subject=claim, at=at)


def _come_back(dispute: Dispute, amount: Money, at: datetime) -> None:
    charge = dispute.charge
    there = accounts.at_provider(charge.book, charge.provider, charge.currency)
    _post(dispute, "won", amount, there, accounts.disputed(charge.book, charge.currency), at)


def _cover_refunds(dispute: Dispute, amount: Money, gone: Account, at: datetime) -> Money:
    """Ends refunds that the dispute has paid in their place; returns how much that is."""
    covered = Money(0, amount.currency)
    for refund in Refund.objects.filter(charge=dispute.charge).order_by("created_at"):
        owed = accounts.owed_back(refund.book, refund.pk, refund.currency)
        whole = refund.amount <= amount - covered and queries.balance(owed) == refund.amount
        if lock(refund).state in OWED and whole:
            _cover(dispute, refund, refund.amount, gone, at)
            covered += refund.amount
    return covered


def _cover_parts(dispute: Dispute, amount: Money, gone: Account, at: datetime) -> Money:
    """Takes what the rest of the charge can't pay out of a refund that is larger and has not gone to the provider.

    What it leaves of the refund is another one: amounts never change. Without this the payer would get it twice.
    """
    for refund in waiting(dispute.charge).order_by("created_at"):
        owed = accounts.owed_back(refund.book, refund.pk, refund.currency)
        if amount.minor <= 0 or not lock(refund).can("cover") or queries.balance(owed) != refund.amount:
            continue
        _cover(dispute, refund, min(amount, refund.amount), gone, at)
        if amount < refund.amount:
            claimed = Claim.objects.filter(dispute__charge=dispute.charge, state__in=CLAIMED).exists()
            ask_for_rest(refund, refund.amount - amount, owed, at, waits=claimed)
        return min(amount, refund.amount)
    return Money(0, amount.currency)


def _cover(dispute: Dispute, refund: Refund, amount: Money, gone: Account, at: datetime) -> None:
    owed = accounts.owed_back(refund.book, refund.pk, refund.currency)
    _post(dispute, f"refund:{refund.pk}", amount, owed, gone, at)
    # With how much does not come any more: whoever it was announced to hears of it.
    payload = {"purpose": dispute.charge.purpose, "covered_minor": amount.minor}
    transition(refund, "cover", actor=None, at=at, payload=payload)


def ask_for_rest(refund: Refund, amount: Money, owed: Account, at: datetime, *, waits: bool) -> None:
    """Another refund of what is left of one that is covered in part, owed on its own account.

    One that `waits` for what its payer owes goes to no provider.
    """
    rest = Refund.objects.create(
        book=refund.book,
        provider=refund.provider,
        charge=refund.charge,
        amount_minor=amount.minor,
        currency=amount.currency,
        key=f"{REST}{refund.pk}",
        reason=refund.reason,
    )
    # A credit of what is owed anew, a debit of what was owed until now.
    now_owed, key = accounts.owed_back(rest.book, rest.pk, rest.currency), f"refund:{rest.pk}"
    accounts.move(amount, source=now_owed, target=owed, kind="refund", key=key, provider=rest.provider, at=at)
    events.record("refund.requested", actor=None, subject=rest, at=at, payload={"waits": waits})
    if not waits:
        enqueue_command(rest, Command.Verb.REFUND, at)
        return
    Refund.objects.filter(pk=rest.pk).update(failure=refund.failure)
    for verb in ("send", "fail", "seek_alternative"):
        transition(rest, verb, actor=None, at=at, reason=refund.failure)


def waiting(charge: Charge) -> QuerySet[Refund]:
    """Refunds of a locked charge that have not gone to their provider, nor lie in a payment file."""
    to_be_sent = Q(state=RefundState.PENDING, provider=NAME, bank_order=None)
    return charge.refunds.filter(
        Q(state__in=[RefundState.REQUESTED, RefundState.ALTERNATIVE_DUE]) | to_be_sent
    )


def set_aside(charge: Charge) -> int:
    """What refunds have ever taken from a charge's account, in minor units; a rest of one was taken with the whole."""
    taken = charge.refunds.exclude(key__startswith=REST)
    return int(taken.aggregate(total=Sum("amount_minor", default=0))["total"])


def _post(dispute: Dispute, step: str, amount: Money, debit: Account, credit: Account, at: datetime) -> None:
    kind = "dispute" + (f".{step.partition(':')[0]}" if step else "")
    key, provider = key_of(dispute) + (f":{step}" if step else ""), dispute.charge.provider
    accounts.move(amount, source=credit, target=debit, kind=kind, key=key, provider=provider, at=at)


STEPS: dict[str, Callable[[Charge, Outcome, datetime], None]] = {
    "dispute": opened,
    "win": won,
    "lose": lost,
}
