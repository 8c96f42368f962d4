"""Reminders of invoices that are due: each once, by the clock or by an officer."""

from datetime import timedelta
from typing import Any

import pytest

from civic.core import events
from civic.core.errors import Conflict, Forbidden
from marketplace.invoicing.models import InvoiceReminder
from marketplace.invoicing.operations import reminders
from tests.factories import accounts, sponsors
from tests.factories.sponsors import AT
from tests.mail import delivered

pytestmark = pytest.mark.django_db


def test_reminders_come_three_times_each_once() -> None:
    invoice = sponsors.invoiced()
    due = AT + timedelta(days=30)
    events.deliver_pending(at=due)
    before = len(delivered())
    sent = [reminders.remind_overdue(at=due + timedelta(days=days)) for days in (2, 3, 3, 13, 14, 28, 90)]
    assert sent == [0, 1, 0, 0, 1, 1, 0]
    events.deliver_pending(at=due + timedelta(days=90))
    letters = delivered()[before:]
    assert [message.subject for message in letters] == [
        f"Reminder {level}: invoice {invoice.number} is overdue" for level in (1, 2, 3)
    ]
    assert {message.to[0] for message in letters} == {"accounts@harbour.example"}


def test_after_a_pause_only_the_highest_reminder_comes() -> None:
    sponsors.invoiced()
    assert reminders.remind_overdue(at=AT + timedelta(days=50)) == 1
    assert InvoiceReminder.objects.get().level == 2


def test_what_is_paid_or_credited_is_not_reminded_of() -> None:
    sponsors.paid()
    sponsors.credited(sponsors.invoiced())
    assert reminders.remind_overdue(at=AT + timedelta(days=90)) == 0


def test_an_officer_reminds_by_hand() -> None:
    invoice = sponsors.invoiced()
    facts: dict[str, Any] = {"actor": sponsors.officer(), "invoice": invoice, "reason": "They called."}
    with pytest.raises(Conflict):
        reminders.remind(at=AT, **facts)
    for _ in range(3):
        reminders.remind(at=AT + timedelta(days=31), **facts)
    with pytest.raises(Conflict):
        reminders.remind(at=AT + timedelta(days=31), **facts)
    with pytest.raises(Forbidden):
        reminders.remind(at=AT, **(facts | {"actor": accounts.person()}))
