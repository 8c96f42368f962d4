"""What a statement shows as gone: a refund, a transfer, or a payment file that the bank booked as one sum."""

from datetime import datetime

from django.utils.translation import gettext as _

from civic.core import events
from civic.core.errors import Conflict
from civic.core.locking import lock_rows
from civic.core.states import lock
from marketplace.ledger.models import Entry
from marketplace.payments.models import BankOrder, Refund, StatementLine, Transfer
from marketplace.payments.operations.refunds import advance_refund
from marketplace.payments.operations.transfers import advance_transfer
from marketplace.payments.providers import Outcome
from marketplace.payments.states import LineState, RefundState, TransferState

Sent = Refund | Transfer | BankOrder
FETCHED = "bank_order.fetched"


def is_under_way(found: Sent) -> bool:
    """Whether the bank may still show it as gone; of a file, all of its payments."""
    if isinstance(found, Refund):
        return found.can("finish")
    if isinstance(found, Transfer):
        return found.can("settle")
    payments = payments_of(found)
    return found.withdrawn_at is None and bool(payments) and all(map(is_under_way, payments))


def payments_of(order: BankOrder) -> list[Refund | Transfer]:
    """What the bank sends by a file: without what it has refused."""
    every: list[Refund | Transfer] = [*order.refunds.all(), *order.transfers.all()]
    return [one for one in every if not one.is_refused]


def minor_of(order: BankOrder) -> int:
    """How much that is, in minor units."""
    return sum(one.amount_minor for one in payments_of(order))


def is_fetched(order: BankOrder) -> bool:
    """Whether somebody has had the file, and the bank may have it."""
    return events.about(order).filter(kind=FETCHED).exists()


def is_at_bank(payment: Refund | Transfer) -> bool:
    """Whether the bank may have it and has not shown it as gone."""
    order = payment.bank_order
    return order is not None and is_under_way(payment) and is_fetched(order)


def has_gone(found: Refund | Transfer) -> bool:
    """Whether it has left once, as a line has shown, so that another line shows that it has left once more."""
    done = found.state == (RefundState.DONE if isinstance(found, Refund) else TransferState.SETTLED)
    return done and not is_shown_later(found)


def is_shown_later(found: Sent) -> bool:
    """Whether it is a refund that was paid by hand and booked as that, of which no line has been shown since."""
    if not isinstance(found, Refund):
        return False
    by_hand = Entry.objects.filter(book=found.book, key=f"refund.otherwise:{found.pk}").first()
    shown = found.statement_lines.filter(amount_minor__lt=0, state=LineState.SETTLED)
    return by_hand is not None and not shown.filter(state_since__gte=by_hand.at).exists()


def settle_sent(line: StatementLine, found: Sent, at: datetime) -> None:
    """The money has left by this line. Raises Conflict where that was said before."""
    parts: list[Refund | Transfer]
    if isinstance(found, BankOrder):
        # Transfers before refunds, as whoever withdraws the file locks them.
        parts = [*lock_rows(Transfer.objects.filter(bank_order=found))]
        parts += lock_rows(Refund.objects.filter(bank_order=found))
        parts = [part for part in parts if not part.is_refused]
        # Of a file that was withdrawn meanwhile nothing is left, and less of one of which the bank has refused some.
        if sum(part.amount_minor for part in parts) != -line.amount_minor:
            raise Conflict(_("This was closed in the meantime."))
    else:
        # What was paid by hand is booked already.
        parts = [] if is_shown_later(lock(found)) else [found]
    if not all(map(is_under_way, parts)):
        raise Conflict(_("This was closed in the meantime."))
    for part in parts:
        if isinstance(part, Refund):
            advance_refund(part, Outcome("finish"), at=at)
        else:
            advance_transfer(part, Outcome("settle"), at=at)
    StatementLine.objects.filter(pk=line.pk).update(**columns_of(found))


def columns_of(found: object) -> dict[str, object]:
    """The columns of a line that name what it shows as gone or come back; the others empty."""
    kinds = {"refund": Refund, "transfer": Transfer, "bank_order": BankOrder}
    return {name: found if isinstance(found, kind) else None for name, kind in kinds.items()}
