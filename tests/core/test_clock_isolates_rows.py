"""Each task of the clock that works on rows takes them one by one: none stops another (M5)."""

import importlib
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from civic.accounts import groups, operations
from civic.accounts.models import Mail
from civic.core import row_steps, work
from civic.core.models import PutOff
from marketplace.ledger.models import Book
from marketplace.ledger.tasks import close_day
from tests.factories import accounts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]
# Tasks that take no step a row, and why one row cannot stop the others there.
WHOLE = {
    "civic.core.tasks.seal_events": "one seal over all events",
    "civic.pages.tasks.count_numbers": "one row of counts",
    "marketplace.campaigns.tasks.give_back_due": "a campaign at a time, each by row_steps (collection._each)",
    "marketplace.campaigns.tasks.recount": "compares, and is an alarm itself",
    "marketplace.payments.tasks.reconcile": "compares, a provider at a time, and is an alarm itself",
    "marketplace.ledger.tasks.link_entries": "one chain: what comes later hangs on what comes before",
    "marketplace.ledger.tasks.take_checkpoints": "one statement of SQL",
    "marketplace.ledger.tasks.recount": "compares, and is an alarm itself",
    "civic.notifications.tasks.make_mails": "one statement a batch",
    "civic.notifications.tasks.make_digests": "one statement a batch",
    "civic.notifications.tasks.forget_old_news": "one statement of SQL",
    "projects.discussion.tasks.announce_voting": "one event for a call",
    "projects.discussion.tasks.recount": "compares, and is an alarm itself",
    "projects.proposals.tasks.roll_up_support": "one statement of SQL",
    "projects.proposals.tasks.recount_support": "compares, and is an alarm itself",
    "civic.accounts.tasks.drop_exports": "one statement of SQL, and a task of its own for each lost copy",
    "civic.accounts.tasks.tell_of_put_off": "one mail",
    "datasets.catalogue.tasks.forget_strays": "files that no row names, each by itself (catalogue.files._forget)",
    "civic.accounts.mail.send_mails": "opens a transaction of its own; its rows are jobs (work.run)",
}
TASKS = sorted({task for task, _seconds in settings.CLOCK.values()})


@pytest.mark.parametrize("task", TASKS)
def test_a_task_of_the_clock_isolates_its_rows_or_says_why_it_need_not_m5(task: str, monkeypatch) -> None:
    if task in WHOLE:
        return
    used: list[str] = []
    each, run = row_steps.each, work.run

    def of_rows(name: str, *args: Any, **more: Any) -> int:
        used.append(name)
        return each(name, *args, **more)

    def of_jobs(*args: Any, **more: Any) -> Any:
        used.append("jobs")
        return run(*args, **more)

    monkeypatch.setattr(row_steps, "each", of_rows)
    monkeypatch.setattr(work, "run", of_jobs)
    module, _dot, name = task.rpartition(".")
    getattr(importlib.import_module(module), name)()
    assert used, f"{task} takes its rows together: use row_steps.each, or say in WHOLE why not"


def test_no_reason_is_left_of_a_task_that_is_gone() -> None:
    assert set(WHOLE) <= set(TASKS)


def test_a_book_that_cannot_be_closed_keeps_no_other_from_it_m5(monkeypatch) -> None:
    closed = []

    def close(*, book: str, day: object) -> None:
        if book == Book.values[0]:
            raise ValueError("poison")
        closed.append(book)

    monkeypatch.setattr("marketplace.ledger.tasks.operations.close_day", close)
    close_day()
    assert closed == Book.values[1:]


def put_off(at, **columns: Any) -> None:
    known = {"task": "pledges to be charged", "subject_type": "campaigns.Pledge", "due_at": at}
    PutOff.objects.create(**known | {"first_at": at, "failures": 1, "reason": "ValueError: poison"} | columns)


def test_administrators_get_one_mail_a_day_while_rows_cannot_be_worked_on_m5(at) -> None:
    administrator = accounts.staff(is_superuser=True)
    put_off(at, subject_id="new")
    assert operations.tell_of_put_off(at=at) == 0
    put_off(at, subject_id="often", failures=4)
    put_off(at, subject_id="old", first_at=at - timedelta(days=1))
    for hour in range(12):
        assert operations.tell_of_put_off(at=at + timedelta(hours=hour)) == 2
    (letter,) = Mail.objects.filter(address=administrator.email)
    assert "often" in letter.text
    assert "old" in letter.text
    assert "new" not in letter.text
    operations.tell_of_put_off(at=at + timedelta(days=1))
    assert Mail.objects.filter(address=administrator.email).count() == 2


def test_who_may_see_a_row_sees_that_it_is_put_off_1127_o11(at) -> None:
    for label, number in (("payments.Refund", 1), ("accounts.Residency", 2)):
        put_off(at, subject_type=label, subject_id=str(number))
    address = reverse("admin:core_putoff_changelist")
    seen = {groups.FINANCE_OFFICERS: {1}, groups.DATA_STEWARDS: {2}, groups.AUDITORS: {1, 2}}
    for group, expected in seen.items():
        client = Client()
        client.force_login(accounts.staff(group))
        page = client.get(address)
        assert page.status_code == 200
        assert {int(one.subject_id) for one in page.context["cl"].queryset} == expected
        for one in PutOff.objects.all():
            row = client.get(reverse("admin:core_putoff_change", args=[one.pk]))
            assert (row.status_code == 200) == (int(one.subject_id) in expected)
        assert "try_row_now" not in page.content.decode()
    client = Client()
    client.force_login(accounts.person())
    assert client.get(address).status_code == 302
