"""Refunds: owed from the moment they are requested, done when the provider says so."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict, required
from civic.core.ids import new_id
from civic.core.locking import lock_rows
from civic.core.money import Money
from civic.core.policies import require
from civic.core.states import lock, transition
from marketplace.ledger import operations as ledger
from marketplace.ledger.models import Account, Entry
from marketplace.payments import accounts
from marketplace.payments.locking import lock_payment
from marketplace.payments.models import Charge, Claim, Command, Refund
from marketplace.payments.operations.charges import cancel_charge
from marketplace.payments.operations.commands import enqueue_command
from marketplace.payments.operations.disputes import ask_for_rest
from marketplace.payments.operations.gone_after_all import claim_again, owe_again
from marketplace.payments.operations.paid_lines import by_source
from marketplace.payments.providers import Outcome
from marketplace.payments.providers.bank import NAME
from marketplace.payments.purposes import key_in, recallers
from marketplace.payments.states import CLAIMED, NOT_PAID, OVER, REFUNDABLE, ChargeState, RefundState


def request_refund(
    *,
    actor: Person | None,
    charge: Charge,
    amount: Money,
    key: str,
    reason: str,
    at: datetime,
    account: str = "",
) -> Refund:
    """Sets the money aside for the payer and asks the provider to give it back; once a `key`.

    Of what several accounts transferred each gets what it brought, by a refund of its own: the first is returned. It
    comes out of the charge's account, or of `account` where it has moved on. Raises Conflict where the
    charge is not paid or in dispute, where all refunds together would exceed it, where the account has less,
    and where the key stands for another refund.
    """
    with transaction.atomic():
        lock(charge)
        known = list(Refund.objects.filter(Q(key=key) | Q(key__startswith=f"{key}/")).order_by("pk"))
        if known:
            same = {refund.charge_id for refund in known} == {charge.pk}
            if not same or sum(refund.amount_minor for refund in known) != amount.minor:
                raise Conflict(_("The key stands for another refund."), code="key-reused")
            return known[0]
        source = accounts.held(charge.book, account or charge.account, charge.currency)
        _check(charge, amount, source)
        portions = by_source(charge, amount.minor) if charge.provider == NAME else [amount.minor]
        # In this order, also within a millisecond: which account one goes to is counted by the refunds before it.
        ids = sorted(new_id() for _portion in portions)
        made = [
            Refund.objects.create(
                pk=pk,
                book=charge.book,
                provider=charge.provider,
                charge=charge,
                amount_minor=minor,
                currency=amount.currency,
                key=f"{key}/{number}" if number else key,
                reason=reason,
            )
            for number, (pk, minor) in enumerate(zip(ids, portions, strict=True))
        ]
        for refund in made:
            _post(refund, "refund", _owed(refund), source, at)
            enqueue_command(refund, Command.Verb.REFUND, at)
            payload = {"purpose": charge.purpose, "minor": refund.amount_minor, "currency": amount.currency}
            events.record("refund.requested", actor=actor, subject=refund, at=at, payload=payload)
        return made[0]


def returnable(charge: Charge) -> Money:
    """What of a charge can be given back: what arrived, less refunds and what lost disputes have taken of it."""
    return charge.left if charge.state in REFUNDABLE else Money(0, charge.currency)


def _check(charge: Charge, amount: Money, source: Account) -> None:
    if charge.state not in REFUNDABLE:
        raise Conflict(_("Only money that has arrived and is not disputed can be given back."))
    if amount.minor <= 0 or returnable(charge) < amount:
        raise Conflict(_("All refunds together can't be more than was paid."))
    if ledger.available(source) < amount:
        raise Conflict(_("Less than that is left of this money: it was given back already, or has gone on."))


def refund_rest(*, actor: Person, charge: Charge, reason: str, at: datetime) -> Refund:
    """Gives back what has not been given back of a charge, from wherever the money is now.

    Raises Forbidden, Invalid without a reason, and Conflict as `request_refund` does.
    """
    key = f"rest-{charge.pk}-{charge.refunded.minor}"
    return _by_hand(actor, charge, returnable(charge), key, reason, at)


def refund_part(
    *, actor: Person, charge: Charge, amount: Money, token: object, reason: str, at: datetime
) -> Refund:
    """Gives back a part of a charge, once a `token` of the form, from wherever the money is now.

    Raises Forbidden, Invalid without a reason, and Conflict as `request_refund` does.
    """
    return _by_hand(actor, charge, amount, f"part-{charge.pk}-{token}", reason, at)


def _by_hand(actor: Person, charge: Charge, amount: Money, key: str, reason: str, at: datetime) -> Refund:
    require(actor, "keep", "books")
    reason = required(reason, _("Say why; the payer can read it."))[:200]
    slug, owner = key_in(charge.purpose)
    with transaction.atomic():
        known = Refund.objects.filter(key=key).exists() or returnable(charge) < amount
        # Before the charge is locked: owners lock what they own first.
        if owner and slug in recallers and amount.minor > 0 and not known:
            recallers[slug](owner, amount, at)
        return request_refund(actor=actor, charge=charge, amount=amount, key=key, reason=reason, at=at)


def advance_refund(refund: Refund, outcome: Outcome, *, at: datetime, source: Account | None = None) -> None:
    """Moves a refund to where the provider says it stands; a failed one waits for another way.

    What was done and comes back comes from the provider's account, or from `source`.
    """
    with transaction.atomic():
        lock_payment(refund)
        if outcome.verb == "finish" and _has_gone_anyway(refund):
            _pay_after_all(refund, at)
            return
        if not outcome.verb or not refund.can(outcome.verb):
            return
        was_done = refund.state == "done"
        Refund.objects.filter(pk=refund.pk).update(
            failure=outcome.failure[:200], provider_ref=outcome.provider_ref or refund.provider_ref
        )
        transition(refund, outcome.verb, actor=None, at=at)
        if outcome.verb == "finish":
            _post(refund, "refund.done", _there(refund), _owed(refund), at)
        if outcome.verb == "fail":
            if was_done:
                _post(refund, "refund.returned", _owed(refund), source or _there(refund), at)
            transition(refund, "seek_alternative", actor=None, at=at, reason=outcome.failure)
            set_off_claims(refund.charge, at)


def _has_gone_anyway(refund: Refund) -> bool:
    """Whether a provider that says “done” speaks of one that a dispute has covered while it was on its way.

    Not of one that had failed there before: such a word is late. What goes by bank is seen by its line.
    """
    return refund.state == RefundState.COVERED and refund.provider != NAME and not refund.failure


def _pay_after_all(refund: Refund, at: datetime) -> None:
    """The payer has it by the dispute and by the provider: the second time is a claim."""
    owe_again(refund, at)
    why = str(_("The provider had given it back before it heard of the dispute."))
    transition(refund, "pay_otherwise", actor=None, at=at, reason=why)
    _post(refund, "refund.done", _there(refund), _owed(refund), at)
    claim_again(refund, at)


def set_off_claims(charge: Charge, at: datetime) -> None:
    """What came back of a locked payment's refunds pays the claims that it covers whole, oldest first.

    Its payer has had it once only. All that waits of the payment pays together: they owe no more than they have too
    much. What is left of a refund is another one, which waits as well while a claim is owed: until then they would get
    still more. What covers no claim waits until its payer has paid, or two have given up.
    """
    came_back = lock_rows(charge.refunds.filter(state=RefundState.ALTERNATIVE_DUE).select_related("charge"))
    left = {refund: refund.amount for refund in came_back}
    of_it = Claim.objects.filter(dispute__charge=charge, state__in=NOT_PAID)
    is_owed = False
    for claim in lock_rows(of_it.select_related("dispute__charge")):
        # One whose money is there already, and nobody has heard of it yet, is paid by that.
        owed = claim.owed
        if 0 < owed.minor <= sum(amount.minor for amount in left.values()):
            _set_off(claim, owed, left, at)
        is_owed = is_owed or (owed.minor > 0 and claim.state in CLAIMED)
    for refund, rest in left.items():
        if rest and rest != refund.amount:
            ask_for_rest(refund, rest, _owed(refund), at, waits=is_owed)


def _set_off(claim: Claim, owed: Money, left: dict[Refund, Money], at: datetime) -> None:
    """A claim is paid by what is `left` of refunds, the oldest first; what the payer was asked for it is over."""
    paid = {}
    missing = owed
    for refund, amount in left.items():
        if part := min(missing, amount):
            if amount == refund.amount:
                transition(refund, "cover", actor=None, at=at, payload={"purpose": refund.charge.purpose})
            paid[_owed(refund)] = part
            left[refund], missing = amount - part, missing - part
    post_payment(claim, paid, provider=claim.charge.provider, at=at)
    for charge in claim.payments.exclude(state__in=OVER):
        cancel_charge(actor=None, charge=charge, at=at)


def post_payment(claim: Claim, paid: dict[Account, Money], *, provider: str, at: datetime) -> None:
    """A claim is paid from accounts, and what was a loss is none any more.

    The entry is numbered where the bank took a payment of it back.
    """
    transition(claim, "pay", actor=None, at=at)
    charge, key = claim.charge, f"{claim.purpose}:paid"
    before = Entry.objects.filter(book=charge.book, key__startswith=key).count()
    key += f":{before + 1}" if before else ""
    losses = accounts.losses(charge.book, charge.currency)
    legs = [ledger.Leg(losses, -sum(paid.values(), Money(0, charge.currency)))]
    legs += [ledger.Leg(account, amount) for account, amount in paid.items()]
    public = {"provider": provider}
    ledger.post(book=charge.book, kind="claim.paid", key=key, legs=legs, at=at, public=public)


def pay_refund_otherwise(*, actor: Person, refund: Refund, reason: str, at: datetime) -> None:
    """Says that a refund which failed at the provider has been paid from the bank account instead.

    `reason` says how and when. Raises Forbidden, Invalid without one, IllegalTransition where the refund has not
    failed, Conflict while a dispute runs, which may give the payer the same money, or has given it (a claim).
    """
    require(actor, "keep", "books")
    reason = required(reason, _("Say how and when the payer got the money."))
    with transaction.atomic():
        lock_payment(refund)
        if refund.charge.state == ChargeState.DISPUTED:
            raise Conflict(_("The payer’s bank decides about this payment. Wait for the end of the dispute."))
        if Claim.objects.filter(dispute__charge=refund.charge, state__in=CLAIMED).exists():
            raise Conflict(
                _("A dispute has given the payer this money already: see the claim, and end it first.")
            )
        post_otherwise(refund, actor, reason, at)


def post_otherwise(refund: Refund, actor: Person, reason: str, at: datetime) -> None:
    """A locked refund has been paid from the bank account. Raises IllegalTransition where it has not failed."""
    transition(refund, "pay_otherwise", actor=actor, at=at, reason=reason)
    _post(refund, "refund.otherwise", accounts.bank(refund.book, refund.currency), _owed(refund), at)


def _there(refund: Refund) -> Account:
    return accounts.at_provider(refund.book, refund.provider, refund.currency)


def _owed(refund: Refund) -> Account:
    return accounts.owed_back(refund.book, refund.pk, refund.currency)


def _post(refund: Refund, kind: str, credit: Account, debit: Account, at: datetime) -> None:
    key, provider = f"{kind}:{refund.pk}", refund.provider
    accounts.move(refund.amount, source=credit, target=debit, kind=kind, key=key, provider=provider, at=at)
