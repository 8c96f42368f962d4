"""Digests and single mails: each at most once, whatever crashes in between."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from smtplib import SMTPRecipientsRefused

import pytest
import time_machine
from django.core import mail as django_mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connections

from civic.accounts import mail
from civic.accounts.models import Mail
from civic.notifications import operations, outbox, tasks
from civic.notifications.models import Notification
from civic.notifications.mornings import last_monday, last_morning
from civic.notifications.types import Frequency
from tests.factories import accounts
from tests.factories.notifications import AT_ONCE, DAILY, WEEKLY, told

# Monday, 1 June 2026: seven o'clock in Berlin is five in UTC.
BEFORE = datetime(2026, 5, 31, 18, tzinfo=UTC)
MORNING = datetime(2026, 6, 1, 5, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def sent_to(address: str) -> list[django_mail.EmailMessage]:
    return [message for message in django_mail.outbox if address in message.to]


def run(at: datetime) -> None:
    """What beat does at that moment."""
    outbox.prepare_at_once(at=at)
    while outbox.prepare_digests(at=at):
        pass
    mail.send_due(at=at)


@pytest.mark.django_db
def test_one_digest_in_the_morning_with_everything_unread() -> None:
    person = accounts.person()
    for topic in ("Benches", "Lamps", "Trees"):
        told(person, at=BEFORE, topic=topic)
    run(MORNING - HOUR)
    assert not sent_to(person.email)
    for minutes in (0, 10, 20):
        run(MORNING + timedelta(minutes=minutes))
    (message,) = sent_to(person.email)
    assert all(topic in str(message.body) for topic in ("Benches", "Lamps", "Trees"))
    html = str(message.alternatives[0][0])  # type: ignore[attr-defined]
    assert "Lamps" in html


@pytest.mark.django_db
def test_what_was_read_on_the_site_is_not_mailed() -> None:
    person = accounts.person()
    read = told(person, at=BEFORE)
    operations.mark_read(actor=person, notification=read.pk, at=BEFORE)
    run(MORNING)
    assert not django_mail.outbox


@pytest.mark.django_db
def test_what_is_read_after_the_digest_was_made_leaves_no_empty_mail() -> None:
    person = accounts.person()
    read = told(person, at=BEFORE)
    outbox.prepare_digests(at=MORNING)
    operations.mark_read(actor=person, notification=read.pk, at=MORNING)
    mail.send_due(at=MORNING)
    assert not django_mail.outbox


@pytest.mark.django_db
def test_weekly_news_waits_for_monday_and_shares_the_days_mail() -> None:
    person = accounts.person()
    told(person, WEEKLY, at=MORNING - timedelta(days=4), topic="Weekly")
    run(MORNING - timedelta(days=1))
    assert not django_mail.outbox
    told(person, DAILY, at=BEFORE, topic="Daily")
    run(MORNING)
    (message,) = django_mail.outbox
    assert all(topic in str(message.body) for topic in ("Weekly", "Daily"))


@pytest.mark.django_db
def test_news_of_the_day_waits_for_the_next_morning() -> None:
    person = accounts.person()
    told(person, at=BEFORE)
    run(MORNING)
    told(person, at=MORNING + HOUR, topic="Lamps")
    run(MORNING + 2 * HOUR)
    assert len(sent_to(person.email)) == 1
    run(MORNING + timedelta(days=1))
    assert "Lamps" in str(sent_to(person.email)[1].body)


@pytest.mark.django_db
def test_news_that_arrives_late_waits_for_the_next_digest() -> None:
    person = accounts.person()
    told(person, at=BEFORE)
    run(MORNING)
    told(person, at=BEFORE, topic="Delivered late")
    assert outbox.prepare_digests(at=MORNING + HOUR) == 0
    run(MORNING + timedelta(days=1))
    assert "Delivered late" in str(sent_to(person.email)[1].body)


@pytest.mark.django_db
def test_a_morning_that_was_missed_is_made_up_for() -> None:
    told(accounts.person(), at=BEFORE)
    run(MORNING + 9 * HOUR)
    assert len(django_mail.outbox) == 1


@pytest.mark.django_db
def test_news_whose_mail_is_forgotten_is_not_mailed_again() -> None:
    told(accounts.person(), at=BEFORE)
    run(MORNING)
    later = MORNING + tasks.KEEP_MAILS + timedelta(days=1)
    with time_machine.travel(later):
        tasks.forget_old_news()
    assert not Mail.objects.exists()
    run(later + timedelta(days=1))
    assert len(django_mail.outbox) == 1


@pytest.mark.django_db
def test_important_news_goes_at_once() -> None:
    person = accounts.person()
    told(person, AT_ONCE, at=BEFORE, detail="Please name the owner of the ground.")
    run(BEFORE)
    (message,) = sent_to(person.email)
    assert "owner of the ground" in str(message.body)
    run(MORNING)
    assert len(sent_to(person.email)) == 1


@pytest.mark.django_db
def test_who_wants_no_mail_gets_none() -> None:
    person = accounts.person()
    operations.prefer(actor=person, category=DAILY, on_site=True, frequency=Frequency.NEVER)
    told(person, at=BEFORE)
    inactive = accounts.person(is_active=False)
    told(inactive, at=BEFORE)
    run(MORNING)
    assert not django_mail.outbox


class Crash(BaseException):
    """The process dies."""


@pytest.mark.django_db
def test_a_sender_that_dies_after_the_server_took_the_mail_sends_nothing_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told(accounts.person(), at=BEFORE)
    outbox.prepare_digests(at=MORNING)
    take = EmailBackend.send_messages

    def take_and_die(self: EmailBackend, messages: list[django_mail.EmailMessage]) -> None:
        take(self, messages)
        raise Crash

    monkeypatch.setattr(EmailBackend, "send_messages", take_and_die)
    with pytest.raises(Crash):
        mail.send_due(at=MORNING)
    monkeypatch.setattr(EmailBackend, "send_messages", take)
    for hours in range(1, 60):
        run(MORNING + hours * HOUR)
    assert len(django_mail.outbox) == 1
    assert Mail.objects.dead().count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_maker_that_dies_half_way_leaves_everything_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    people = [accounts.person() for _ in range(3)]
    for person in people:
        told(person, at=BEFORE)

    def die(digests: object, at: datetime) -> None:
        raise Crash

    gather = outbox._gather
    monkeypatch.setattr(outbox, "_gather", die)
    with pytest.raises(Crash):
        outbox.prepare_digests(at=MORNING)
    monkeypatch.setattr(outbox, "_gather", gather)
    assert not Mail.objects.exists()
    run(MORNING)
    assert len(django_mail.outbox) == 3


@pytest.mark.django_db(transaction=True)
def test_many_workers_make_and_send_each_digest_once() -> None:
    for _ in range(12):
        told(accounts.person(), at=BEFORE)

    def work(_number: int) -> None:
        try:
            outbox.prepare_digests(at=MORNING, limit=5)
            outbox.prepare_digests(at=MORNING, limit=5)
            outbox.prepare_digests(at=MORNING)
            mail.send_due(at=MORNING)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    run(MORNING)
    addresses = [message.to[0] for message in django_mail.outbox]
    assert len(addresses) == len(set(addresses)) == 12
    assert not Notification.objects.filter(mail=None).exists()


@pytest.mark.django_db
def test_a_refused_mail_is_tried_again_later_and_given_up_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    told(accounts.person(), at=BEFORE)
    tried = []

    def refuse(self: EmailBackend, messages: list[django_mail.EmailMessage]) -> None:
        tried.append(messages)
        raise SMTPRecipientsRefused({})

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    run(MORNING)
    mail.send_due(at=MORNING + timedelta(seconds=10))
    assert len(tried) == 1
    for hours in range(1, 100):
        mail.send_due(at=MORNING + hours * HOUR)
    assert len(tried) == len(Mail.pauses) + 1
    assert "SMTPRecipientsRefused" in Mail.objects.get().last_error


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("topics", "subject"),
    [
        (["Benches", "Benches"], "2 news about “Benches”"),
        (["Benches", "Trees", "Benches"], "3 news about “Benches” and 1 more"),
        (["Benches", "Trees", "Ponds"], "3 news about “Benches” and 2 others"),
        (["B" * 100] * 41, f"40+ news about “{'B' * 59}…”"),
    ],
)
def test_a_digests_subject_says_how_many_and_what_first(topics: list[str], subject: str) -> None:
    person = accounts.person()
    for number, topic in enumerate(topics):
        told(person, at=BEFORE + timedelta(seconds=number), topic=topic)
    run(MORNING)
    (message,) = django_mail.outbox
    assert message.subject == subject


@pytest.mark.django_db
def test_a_digest_of_many_is_bounded_and_says_that_there_is_more() -> None:
    person = accounts.person()
    for number in range(45):
        told(person, at=BEFORE, topic=f"Topic {number}")
    run(MORNING)
    (message,) = django_mail.outbox
    assert str(message.body).count("did something") == 40
    assert "more than fits here" in str(message.body)


@pytest.mark.django_db
def test_a_letter_to_an_address_is_written_once_and_forgotten_when_sent() -> None:
    for _again in range(2):
        mail.post(to="a@example.org", subject="Hello", text="You wrote", key="report:1", at=BEFORE)
    run(BEFORE)
    (message,) = django_mail.outbox
    assert "You wrote" in str(message.body)
    assert Mail.objects.values_list("address", "subject", "text").get() == ("", "", "")


@pytest.mark.parametrize(
    ("at", "morning"),
    [
        (datetime(2026, 6, 1, 4, 59, tzinfo=UTC), datetime(2026, 5, 31, 5, tzinfo=UTC)),
        (datetime(2026, 6, 1, 5, 0, tzinfo=UTC), datetime(2026, 6, 1, 5, tzinfo=UTC)),
        (
            datetime(2026, 3, 29, 6, 0, tzinfo=UTC),
            datetime(2026, 3, 29, 5, tzinfo=UTC),
        ),  # clocks went forward
        (datetime(2026, 10, 25, 5, 30, tzinfo=UTC), datetime(2026, 10, 24, 5, tzinfo=UTC)),  # and back
    ],
)
def test_seven_in_the_morning_is_local_time(at: datetime, morning: datetime) -> None:
    assert last_morning(at) == morning


def test_the_week_begins_on_monday_morning() -> None:
    assert last_monday(MORNING) == datetime(2026, 6, 1, 5, tzinfo=UTC)
    assert last_monday(MORNING - HOUR) == datetime(2026, 5, 25, 5, tzinfo=UTC)
