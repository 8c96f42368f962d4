"""What of ours came back from the account that it went to, and whether that account takes anything at all."""

from django.db.models import Q, QuerySet

from civic.core import events
from civic.core.models import Event
from marketplace.ledger.models import Entry
from marketplace.payments.accounts import SUSPENSE
from marketplace.payments.models import Claim, Refund, StatementLine, Transfer
from marketplace.payments.providers.bank import NAME
from marketplace.payments.references import compact_iban, references_in
from marketplace.payments.states import CLAIMED, NOT_PAID, RefundState, TransferState

Proposal = StatementLine.Proposal
CAME_BACK = (Proposal.BACK, Proposal.LESS)
# How the destination of a transfer begins that sends the money of a line back.
OF_A_LINE = "statement-line:"


def can_come_back(found: Refund | Transfer) -> bool:
    """Whether money that has gone may come back, so that it is owed again: of a refund once.

    What was paid of a refund another way is booked once, too: owed again after that, nothing would be booked for it.
    """
    if isinstance(found, Transfer):
        return found.can("reverse")
    booked = [f"{kind}:{found.pk}" for kind in ("refund.returned", "refund.otherwise")]
    return (
        found.state == RefundState.DONE and not Entry.objects.filter(book=found.book, key__in=booked).exists()
    )


def is_turned_away(line: StatementLine) -> bool:
    """Whether the line's own account takes nothing: the bank has refused what went back there, or has brought it back.

    That it has refused it, two have said. By the line that brought it, what had been sent back is sent back again, and
    what came back of a refund that is owed no more.
    """
    refused = Transfer.objects.filter(
        purpose__startswith=f"return:{line.pk}", refusal_confirmed_by__isnull=False
    )
    if refused.exists() or brought_by(line).filter(account=SUSPENSE).exists():
        return True
    return owed_no_more(line) is not None or _came_from_there(line)


def _came_from_there(line: StatementLine) -> bool:
    """Whether just this sum of a refund has come back from the line's account before, though the line names nothing."""
    paid = Refund.objects.filter(
        *(Q(provider=NAME), Q(state=RefundState.DONE), Q(amount_minor=line.amount_minor)),
        *(Q(currency=line.currency), Q(charge__line_payments__iban=compact_iban(line.iban))),
    )
    # With a claim it is the city's, and goes nowhere.
    known = [] if line.reference else paid.distinct()
    return any(not can_come_back(refund) and claim_of(refund) is None for refund in known)


def owed_no_more(line: StatementLine) -> Refund | None:
    """The refund of the line's reference, where it has come back before, or was paid another way."""
    if not line.reference:
        return None
    paid = Refund.objects.filter(provider=NAME, provider_ref=line.reference, state=RefundState.DONE)
    return next((refund for refund in paid if not can_come_back(refund)), None)


def claim_of(refund: Refund) -> Claim | None:
    """The claim that pays for what comes back of it once more: one that is owed first, then one that was given up.

    Of several its own, then one of the same sum.
    """
    of_it = Claim.objects.filter(dispute__charge=refund.charge_id, state__in=NOT_PAID).order_by("pk")
    owed = [claim for claim in of_it.select_related("dispute__charge") if claim.owed.minor > 0]
    return min(
        owed,
        key=lambda claim: (
            claim.state not in CLAIMED,
            claim.refund_id != refund.pk,
            claim.amount_minor != refund.amount_minor,
        ),
        default=None,
    )


def brought_by(line: StatementLine) -> QuerySet[Transfer]:
    """Transfers of ours that the line has brought back, as events tell."""
    told = events.about(line).filter(payload__as__in=CAME_BACK).values_list("payload__for", flat=True)
    keys = [named.removeprefix("transfer:") for named in told if named.startswith("transfer:")]
    return Transfer.objects.filter(pk__in=keys)


def returned_by(line: StatementLine) -> Transfer | None:
    """What was sent back to its sender, by the line's reference, and has gone: the line brings it, or less of it.

    None where that can't be said any more: a part of the line was settled as something else.
    """
    sent = Transfer.objects.filter(provider=NAME, provider_ref=line.reference, account=SUSPENSE)
    found = sent.first() if line.reference else None
    if found is None or not can_come_back(found):
        return None
    is_whole = line.suspense_minor == line.amount_minor
    return found if is_whole or found.amount_minor <= line.suspense_minor else None


def may_bring_back(line: StatementLine) -> list[Refund | Transfer]:
    """What of ours has gone to the line's account in just this sum, or is named in its text beside something else.

    A payer may give the same sum once more, so that it is no proof: people look. Not what the line's reference says.
    """
    if line.amount_minor < 0:
        return []
    ours = {"provider": NAME, "book": line.statement.book, "currency": line.currency}
    named, same = Q(provider_ref__in=references_in(line.text)), Q(amount_minor=line.amount_minor)
    account = compact_iban(line.iban)
    # Of a line without an account nothing is known but its text.
    paid_to = same & Q(charge__line_payments__iban=account) if account else Q(pk=None)
    sent_to = same & Q(destination__in=_destinations(line, account)) if account else Q(pk=None)
    refunds = Refund.objects.filter(named | paid_to, state=RefundState.DONE, **ours).distinct()
    sent = Transfer.objects.filter(named | sent_to, state=TransferState.SETTLED, **ours)
    found: list[Refund | Transfer] = [*refunds.order_by("pk"), *sent.order_by("pk")]
    return [one for one in found if one.provider_ref != line.reference]


def _destinations(line: StatementLine, account: str) -> list[str]:
    """How transfers say that they go to this account: by itself, or by a line of so much that came from there."""
    theirs = StatementLine.objects.filter(Q(iban=line.iban) | Q(return_iban=account))
    given_back = Transfer.objects.filter(
        account=SUSPENSE, amount_minor=line.amount_minor, destination__startswith=OF_A_LINE
    )
    keys = [sent.destination.removeprefix(OF_A_LINE) for sent in given_back]
    return [
        account,
        *(f"{OF_A_LINE}{key}" for key in theirs.filter(pk__in=keys).values_list("pk", flat=True)),
    ]


def bringer_of(transfer: Transfer) -> StatementLine | None:
    """The line that has brought it back, as events tell: what is proposed of the line's rest names something else."""
    if transfer.state != TransferState.REVERSED:
        return None
    kinds = ("statement_line.settled", "statement_line.partly_settled")
    named = Event.objects.filter(
        kind__in=kinds, payload__for=f"transfer:{transfer.pk}", payload__as__in=CAME_BACK
    )
    # The bank may have taken back what brought it before.
    told = named.order_by("seq").last()
    return StatementLine.objects.get(pk=told.subject_id) if told else None
