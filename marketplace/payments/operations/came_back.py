"""What of ours came back from the account that it went to, and whether that account takes anything at all."""

from django.db.models import Q, QuerySet

from civic.core import events
from civic.core.models import Event
from marketplace.ledger.models import Entry
from marketplace.payments.accounts import SUSPENSE
from marketplace.payments.models import Claim, Refund, StatementLine, Transfer
from marketplace.payments.providers.bank import NAME
from marketplace.payments.references import compact_iban
from marketplace.payments.states import CLAIMED, NOT_PAID, RefundState, TransferState

Proposal = StatementLine.Proposal
CAME_BACK = (Proposal.BACK, Proposal.LESS)


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
    """What was sent back to its sender, by the line's reference, and has gone: the line brings it."""
    sent = Transfer.objects.filter(provider=NAME, provider_ref=line.reference, account=SUSPENSE)
    found = sent.first() if line.reference else None
    return found if found and can_come_back(found) and found.amount_minor <= line.suspense_minor else None


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
