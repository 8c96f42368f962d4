"""The one runner: due order, leases, pauses, dead letters, and what staff do about them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction

from civic.accounts.models import Mail
from civic.core import job_actions, work
from civic.core.errors import Conflict, Forbidden
from civic.core.models import Delivery, Event
from civic.core.work import LEASE, Priority
from marketplace.payments.models import Command
from tests.factories import accounts
from tests.voting.test_races import at_once

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def command(number: int, **columns: object) -> Command:
    """A job of a queue."""
    wanted = {
        "provider": "demo",
        "verb": "cancel",
        "target": UUID(int=number),
        "key": str(number),
        "due_at": AT,
    }
    return Command.objects.create(**(wanted | columns))


@pytest.fixture
def done() -> Iterator[list[str]]:
    """Keys of the jobs that were done."""
    return []  # type: ignore[return-value]


def test_jobs_go_by_priority_and_then_by_when_they_are_due(done: list[str]) -> None:
    command(1, priority=Priority.BULK, due_at=AT - DAY)
    command(2)
    command(3, due_at=AT - DAY)
    command(4, priority=Priority.URGENT)
    command(5, due_at=AT + DAY)
    assert work.run(Command, lambda job, at: done.append(job.key), at=AT) == 4
    assert done == ["4", "3", "2", "1"]
    assert Command.objects.open().get().key == "5"


def test_one_that_fails_waits_with_its_reason_and_the_others_go_on(done: list[str]) -> None:
    for number in range(3):
        command(number)

    def do(job: Command, at: datetime) -> None:
        if job.key == "1":
            raise ValueError("out of paper")
        done.append(job.key)

    assert work.run(Command, do, at=AT) == 2
    failed = Command.objects.failed().get()
    assert (failed.attempts, failed.last_error) == (1, "ValueError: out of paper")
    assert failed.due_at == AT + Command.pauses[0]
    assert failed.lease is None


def test_the_last_pause_is_repeated_where_a_queue_never_gives_up() -> None:
    command(1)

    def fail(job: Command, at: datetime) -> None:
        raise ValueError

    for day in range(60):
        work.run(Command, fail, at=AT + day * DAY)
    assert Command.objects.get().attempts == 60
    assert not Command.objects.dead().exists()


def test_a_worker_whose_lease_ran_out_does_not_overwrite_what_the_next_one_did() -> None:
    command(1)

    def overtaken(job: Command, at: datetime) -> None:
        work.run(Command, lambda job, at: None, at=AT + LEASE)
        raise ValueError("too late")

    assert work.run(Command, overtaken, at=AT) == 0
    job = Command.objects.get()
    assert (job.done_at, job.last_error) == (AT + LEASE, "")


def test_a_job_that_kills_its_workers_is_dead_in_the_end() -> None:
    person = accounts.person()
    event = Event.objects.create(kind="test.happened", subject_type="x", subject_id="1", at=AT)
    Delivery.objects.create(event=event, handler="x", due_at=AT, priority=Priority.NORMAL)

    def die(job: Delivery, at: datetime) -> None:
        raise SystemExit

    for turn in range(len(Delivery.pauses) + 1):
        with pytest.raises(SystemExit):
            work.run(Delivery, die, at=AT + turn * LEASE)
    assert work.run(Delivery, lambda job, at: None, at=AT + 99 * LEASE) == 0
    dead = Delivery.objects.dead().get()
    assert "worker ended" in dead.last_error
    with pytest.raises(Forbidden):
        job_actions.retry(actor=person, job=dead, at=AT)
    administrator = accounts.superuser()
    job_actions.retry(actor=administrator, job=dead, at=AT + DAY)
    assert work.run(Delivery, lambda job, at: None, at=AT + DAY) == 1


def test_giving_up_needs_a_reason_on_record_and_forgets_what_the_mail_said() -> None:
    administrator = accounts.superuser()
    mail = Mail.objects.create(
        address="a@example.org", subject="Hello", text="…", content="letter", due_at=AT
    )
    job_actions.discard(actor=administrator, job=mail, reason="No such address.", at=AT)
    mail.refresh_from_db()
    assert (mail.dead_at, mail.address, mail.text) == (AT, "", "")
    assert Event.objects.get(kind="job.discarded").note == "No such address."
    assert not Mail.objects.due(AT).exists()


def test_what_is_done_or_being_done_is_left_alone() -> None:
    officer = accounts.staff("finance-officers")
    command(1)
    held = work.claim(Command, at=AT)
    assert held is not None
    with pytest.raises(Conflict):
        job_actions.retry(actor=officer, job=held, at=AT)
    job_actions.retry(actor=officer, job=held, at=AT + LEASE)
    assert work.run(Command, lambda job, at: None, at=AT + LEASE) == 1
    with pytest.raises(Conflict):
        job_actions.discard(actor=officer, job=held, reason="x", at=AT + LEASE)


@pytest.mark.django_db(transaction=True)
def test_workers_side_by_side_do_each_job_once() -> None:
    for number in range(40):
        command(number)
    seen: list[str] = []
    at_once(*[lambda: work.run(Command, lambda job, at: seen.append(job.key), at=AT)] * 8)
    assert sorted(seen, key=int) == [str(number) for number in range(40)]


@pytest.mark.django_db(transaction=True)
def test_an_atomic_job_that_fails_leaves_nothing_and_a_commit_carries_its_mark() -> None:
    event = Event.objects.create(kind="test.happened", subject_type="x", subject_id="1", at=AT)
    Delivery.objects.create(event=event, handler="x", due_at=AT)

    def half(job: Delivery, at: datetime) -> None:
        command(1)
        raise ValueError

    work.run(Delivery, half, at=AT)
    assert not Command.objects.exists()
    marked = []

    def look(job: Delivery, at: datetime) -> None:
        marked.append(transaction.get_connection().in_atomic_block)
        command(2)

    assert work.run(Delivery, look, at=AT + DAY) == 1
    assert (marked, Command.objects.get().key) == ([True], "2")


def test_a_letter_that_was_given_up_is_not_tried_again_with_nothing_in_it() -> None:
    administrator = accounts.superuser()
    letter = Mail.objects.create(address="a@example.org", subject="Hi", text="…", content="letter", due_at=AT)
    told = Mail.objects.create(person=accounts.person(), content="news", due_at=AT)
    for mail in (letter, told):
        job_actions.discard(actor=administrator, job=mail, reason="x", at=AT)
    with pytest.raises(Conflict, match="no longer kept"):
        job_actions.retry(actor=administrator, job=letter, at=AT)
    job_actions.retry(actor=administrator, job=told, at=AT)
    assert list(Mail.objects.due(AT)) == [told]


def test_what_is_owed_is_not_given_up() -> None:
    officer = accounts.staff("finance-officers")
    command(1)
    with pytest.raises(Conflict, match="stays owed"):
        job_actions.discard(actor=officer, job=Command.objects.get(), reason="x", at=AT)
    assert Command.objects.due(AT).exists()


def test_what_was_given_up_is_not_given_up_again() -> None:
    administrator = accounts.superuser()
    letter = Mail.objects.create(address="a@example.org", subject="Hi", text="…", content="letter", due_at=AT)
    job_actions.discard(actor=administrator, job=letter, reason="x", at=AT)
    with pytest.raises(Conflict, match="already"):
        job_actions.discard(actor=administrator, job=letter, reason="y", at=AT + DAY)
    assert Event.objects.filter(kind="job.discarded").count() == 1


def test_what_the_database_quotes_of_a_row_is_not_kept_with_a_failure() -> None:
    accounts.person("somebody@example.org")
    command(1)

    def do(job: Command, at: datetime) -> None:
        with transaction.atomic():
            accounts.person("somebody@example.org")

    work.run(Command, do, at=AT)
    kept = Command.objects.get().last_error
    assert kept.startswith("IntegrityError: duplicate key value violates unique constraint")
    assert "somebody" not in kept
