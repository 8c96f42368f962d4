"""What of ours came back from the account that it went to, and whether that account takes anything at all."""

from django.db.models import QuerySet

from civic.core import events
from marketplace.ledger.models import Entry
from marketplace.payments.accounts import SUSPENSE
from marketplace.payments.models import Refund, StatementLine, Transfer
from marketplace.payments.providers.bank import NAME
from marketplace.payments.states import RefundState

Proposal = StatementLine.Proposal


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
    paid = Refund.objects.filter(provider=NAME, provider_ref=line.reference, state=RefundState.DONE)
    return bool(line.reference) and not all(map(can_come_back, paid))


def brought_by(line: StatementLine) -> QuerySet[Transfer]:
    """Transfers of ours that the line has brought back, as events tell."""
    came_back = (Proposal.BACK, Proposal.LESS)
    told = events.about(line).filter(payload__as__in=came_back).values_list("payload__for", flat=True)
    keys = [named.removeprefix("transfer:") for named in told if named.startswith("transfer:")]
    return Transfer.objects.filter(pk__in=keys)
