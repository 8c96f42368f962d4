"""Reminders of overdue invoices: three levels by days, each once."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events, row_steps
from civic.core.errors import Conflict, required
from civic.core.policies import require
from marketplace.invoicing import billables
from marketplace.invoicing.locking import lock_invoice
from marketplace.invoicing.models import Invoice, InvoiceReminder


def remind_overdue(*, at: datetime) -> int:
    """Reminds of every overdue invoice whose next level has come; of several levels at once only the highest."""
    late = (
        Invoice.objects.overdue(localdate(at))
        .annotate(reminded=Max("reminders__level"))
        .order_by(F("payable_until"), "id")
    )

    def step(one: Any) -> bool:
        return _level(one, at) > (one.reminded or 0) and _remind(one, _level(one, at), None, at)

    # All of them: those that were reminded and never pay would fill any limit, and later ones have no turn.
    return row_steps.each("invoices to be reminded of", late, step, at=at, limit=100_000)


def remind(*, actor: Person, invoice: Invoice, reason: str, at: datetime) -> None:
    """Sends the next reminder by hand.

    Raises Forbidden, Invalid without a reason, Conflict (not overdue, the last level was sent, what was billed ended).
    """
    require(actor, "keep", "books")
    reason = required(reason, _("Say why."))
    sent = invoice.reminders.aggregate(level=Max("level"))["level"] or 0
    overdue = Invoice.objects.overdue(localdate(at)).filter(pk=invoice.pk).exists()
    if (
        not overdue
        or sent >= len(settings.REMINDER_DAYS)
        or not _remind(invoice, sent + 1, actor, at, reason)
    ):
        raise Conflict(_("This invoice is not overdue, or the last reminder was sent."))


def _level(invoice: Any, at: datetime) -> int:
    """How many of the days have passed."""
    return sum(
        invoice.payable_until + timedelta(days=days) <= localdate(at) for days in settings.REMINDER_DAYS
    )


def _remind(invoice: Invoice, level: int, actor: Person | None, at: datetime, reason: str = "") -> bool:
    with transaction.atomic():
        current, thing = lock_invoice(invoice)
        row = InvoiceReminder(invoice=current, level=level, sent_at=at)
        known = current.reminders.filter(level__gte=level).exists()
        if known or not current.open_minor or not billables.of(current).is_reminded(thing, current):
            return False
        row.save(force_insert=True)
        payload = {"level": level}
        events.record("invoice.reminded", actor=actor, subject=current, at=at, payload=payload, note=reason)
    return True
