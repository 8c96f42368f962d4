"""What a statement shows as gone: a refund, a transfer, or a payment file that the bank booked as one sum."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from civic.core import events
from civic.core.errors import Conflict
from civic.core.locking import lock_rows
from marketplace.ledger.models import Entry
from marketplace.payments.accounts import SUSPENSE
from marketplace.payments.locking import lock_payment, lock_refunds
from marketplace.payments.models import BankOrder, Refund, StatementLine, Transfer
from marketplace.payments.operations.refunds import advance_refund
from marketplace.payments.operations.transfers import advance_transfer
from marketplace.payments.providers import Outcome
from marketplace.payments.providers.bank import NAME
from marketplace.payments.states import LineState, RefundState, TransferState

Payment = Refund | Transfer
Sent = Payment | BankOrder
FETCHED = "bank_order.fetched"


def is_under_way(found: Payment) -> bool:
    """Whether the bank may still show it as gone."""
    return found.can("finish" if isinstance(found, Refund) else "settle")


def is_whole(order: BankOrder, minor: int) -> bool:
    """Whether so much, in minor units, is all of a file, of which two have said that the bank has refused some."""
    every = _every(order)
    return any(one.is_refused for one in every) and sum(one.amount_minor for one in every) == minor


def gone_by(order: BankOrder, minor: int) -> list[Payment]:
    """What has gone where the bank books a file as so much, in minor units; empty where nothing can have.

    That is what the bank has not refused. Where it has booked the whole file all the same, what was asked for instead
    of what it refused has gone, too, and may come back.
    """
    sent = [one for one in _every(order) if not one.is_refused]
    if order.withdrawn_at or not all(map(is_under_way, sent)):
        return []
    if sum(one.amount_minor for one in sent) == minor:
        return sent
    instead = [_instead_of(one) for one in _every(order) if one.is_refused]
    found = [one for one in instead if one]
    return [*sent, *found] if is_whole(order, minor) and len(found) == len(instead) else []


def _every(order: BankOrder) -> list[Payment]:
    return [*order.refunds.all(), *order.transfers.all()]


def _instead_of(refused: Payment) -> Payment | None:
    """The refund, paid by hand, or the transfer of the same sum that was asked for anew and is in no other file."""
    if isinstance(refused, Refund):
        return refused if is_shown_later(refused) else None
    return asked_anew(refused)


def asked_anew(transfer: Transfer) -> Transfer | None:
    """The transfer of the same sum out of the same account that was asked for since and lies in no other file."""
    same = Transfer.objects.filter(
        provider=NAME,
        book=transfer.book,
        account=transfer.account,
        amount_minor=transfer.amount_minor,
        currency=transfer.currency,
    )
    if transfer.account == SUSPENSE or transfer.purpose.startswith("payout:"):
        # There lies what is anybody's: it is the same line that is sent back, or the same payout, that is asked for.
        same = same.filter(purpose__startswith=":".join(transfer.purpose.split(":")[:2]) + ":")
    return same.exclude(pk=transfer.pk).filter(state=TransferState.SENT, bank_order=None).first()


def is_fetched(order: BankOrder) -> bool:
    """Whether somebody has had the file, and the bank may have it."""
    return events.about(order).filter(kind=FETCHED).exists()


def is_at_bank(payment: Payment) -> bool:
    """Whether the bank may have it and has not shown it as gone."""
    order = payment.bank_order
    return order is not None and is_under_way(payment) and is_fetched(order)


def has_gone(found: Payment) -> bool:
    """Whether it has left once, as a line has shown, so that another line shows that it has left once more."""
    done = found.state == (RefundState.DONE if isinstance(found, Refund) else TransferState.SETTLED)
    return done and not is_shown_later(found)


def is_shown_later(found: Sent) -> bool:
    """Whether it is a refund that was paid by hand and booked as that, of which no line has been shown since."""
    if not isinstance(found, Refund):
        return False
    by_hand = Entry.objects.filter(book=found.book, key=f"refund.otherwise:{found.pk}").first()
    names = Q(refund=found)
    if found.bank_order:
        # By a file it is shown where that was booked with what the bank has refused.
        names |= Q(bank_order=found.bank_order, amount_minor=-found.bank_order.total_minor)
    shown = StatementLine.objects.filter(names, amount_minor__lt=0, state=LineState.SETTLED)
    return by_hand is not None and not shown.filter(state_since__gte=by_hand.at).exists()


def lock_payments(order: BankOrder) -> None:
    """What is in a file or was asked for instead of it."""
    anew = [_instead_of(one) for one in order.transfers.all() if one.is_refused]
    lock_rows(Transfer.objects.filter(Q(bank_order=order) | Q(pk__in=[one.pk for one in anew if one])))
    lock_refunds(Refund.objects.filter(bank_order=order))


def settle_sent(line: StatementLine, found: Sent | None, at: datetime) -> None:
    """The money has left by this line. Raises Conflict where that was said before."""
    parts: list[Payment] = []
    if isinstance(found, BankOrder):
        lock_payments(found)
        # Of a file that was withdrawn meanwhile nothing is left, and less of one of which the bank has refused some.
        parts = gone_by(found, -line.amount_minor)
    elif found:
        lock_payment(found)
        parts = [found] if is_shown_later(found) or is_under_way(found) else []
    if not parts:
        raise Conflict(_("This was closed in the meantime."))
    # What was paid by hand is booked already.
    for part in [part for part in parts if not is_shown_later(part)]:
        if isinstance(part, Refund):
            advance_refund(part, Outcome("finish"), at=at)
        else:
            advance_transfer(part, Outcome("settle"), at=at)
    StatementLine.objects.filter(pk=line.pk).update(**columns_of(found))


def columns_of(found: object) -> dict[str, object]:
    """The columns of a line that name what it shows as gone or come back; the others empty."""
    kinds = {"refund": Refund, "transfer": Transfer, "bank_order": BankOrder}
    return {name: found if isinstance(found, kind) else None for name, kind in kinds.items()}
