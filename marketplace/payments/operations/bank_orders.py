"""Payment files: what waits to leave by bank transfer, told to the bank once."""

from collections.abc import Iterator
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict, Invalid, required
from civic.core.locking import lock_rows
from civic.core.policies import require
from marketplace.payments import credit_transfers, purposes
from marketplace.payments.credit_transfers import CURRENCY, CreditTransfer
from marketplace.payments.models import BankOrder, Refund, StatementLine, Transfer
from marketplace.payments.providers.bank import NAME
from marketplace.payments.references import reference_for

OF_A_LINE = "statement-line:"
Leaving = Refund | Transfer


def order_transfers(*, actor: Person, send_on: date, at: datetime) -> BankOrder:
    """Puts everything that waits to leave by bank transfer into one file, each payment in one file only.

    What names no usable account stays behind. Raises Forbidden, Invalid for a day that is past, and Conflict where
    nothing waits.
    """
    require(actor, "keep", "books")
    if send_on < at.date():
        raise Invalid(send_on=_("This day is past."))
    with transaction.atomic():
        ready = [(row, one) for row, one in _waiting() if one.is_sendable]
        if not ready:
            raise Conflict(_("Nothing waits to be sent by bank transfer."))
        order = BankOrder(
            book=settings.BANK_BOOK,
            count=len(ready),
            total_minor=sum(one.amount.minor for _row, one in ready),
            currency=CURRENCY,
            send_on=send_on,
            made_by=actor,
        )
        order.reference = reference_for(order.pk)
        order.save(force_insert=True)
        for row, _one in ready:
            type(row).objects.filter(pk=row.pk).update(bank_order=order)
        payload = {"count": order.count, "minor": order.total_minor, "currency": CURRENCY}
        events.record("bank_order.made", actor=actor, subject=order, at=at, payload=payload)
        return order


def withdraw_order(*, actor: Person, order: BankOrder, reason: str, at: datetime) -> None:
    """Says that a file never went to the bank: its payments wait for the next one.

    Raises Forbidden, Invalid without a reason, and Conflict where a statement shows that one of them has gone.
    """
    require(actor, "keep", "books")
    reason = required(reason, _("Say how you know that the bank did not get it."))
    with transaction.atomic():
        transfers = lock_rows(Transfer.objects.filter(bank_order=order))
        refunds = lock_rows(Refund.objects.filter(bank_order=order))
        if any(one.state != "pending" for one in refunds) or any(one.state != "sent" for one in transfers):
            raise Conflict(_("The bank has carried out payments of this file."))
        if BankOrder.objects.filter(pk=order.pk, withdrawn_at=None).update(withdrawn_at=at):
            Refund.objects.filter(bank_order=order).update(bank_order=None)
            Transfer.objects.filter(bank_order=order).update(bank_order=None)
            events.record("bank_order.withdrawn", actor=actor, subject=order, at=at, note=reason)


def fetch_order(*, actor: Person, order: BankOrder, at: datetime) -> bytes:
    """The file of an order, the same each time; who fetched it stays on record.

    Raises Forbidden, and Conflict where it was withdrawn or an account in it is no longer known.
    """
    require(actor, "keep", "books")
    rows: list[Leaving] = [*order.transfers.order_by("pk")]
    rows += order.refunds.select_related("charge").order_by("pk")
    found = list(_credit_transfers(rows))
    if order.withdrawn_at or len(found) != order.count or not all(one.is_sendable for _row, one in found):
        raise Conflict(_("This file was withdrawn, or an account in it was erased."))
    with transaction.atomic():
        events.record("bank_order.fetched", actor=actor, subject=order, at=at)
    return credit_transfers.file_of(order, (one for _row, one in found))


def _waiting() -> Iterator[tuple[Leaving, CreditTransfer]]:
    # Locked, so that nothing leaves in two files that two officers make at once.
    ours = {"provider": NAME, "book": settings.BANK_BOOK, "currency": CURRENCY, "bank_order": None}
    rows: list[Leaving] = [*lock_rows(Transfer.objects.filter(state="sent", **ours).exclude(provider_ref=""))]
    rows += lock_rows(Refund.objects.filter(state="pending", **ours).select_related("charge"))
    return _credit_transfers(rows)


def _credit_transfers(rows: list[Leaving]) -> Iterator[tuple[Leaving, CreditTransfer]]:
    words = purposes.describe(_purpose(row) for row in rows)
    for row in rows:
        name, iban = _account_of(row)
        title = words[_purpose(row)].title
        yield row, CreditTransfer(row.provider_ref, row.amount, name, iban, f"{row.provider_ref} {title}")


def _purpose(row: Leaving) -> str:
    return row.charge.purpose if isinstance(row, Refund) else row.purpose


def _account_of(row: Leaving) -> tuple[str, str]:
    """Whose account: what goes back goes to where it came from, which stands on the statement's line."""
    if isinstance(row, Refund):
        line = row.charge.statement_lines.exclude(iban="").order_by("booked_on").first()
    elif row.destination.startswith(OF_A_LINE):
        line = StatementLine.objects.filter(pk=row.destination.removeprefix(OF_A_LINE)).first()
    else:
        return row.holder, row.destination.replace(" ", "").upper()
    return (line.name, line.iban) if line else ("", "")
