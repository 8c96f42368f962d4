"""The log is append-only, hands every event to every handler, and survives their failures."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from civic.accounts.models import Area, Person
from civic.core import events
from civic.core.models import Delivery, Event, Outbox

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def town(db: None) -> Area:
    return Area.objects.create(name="Old Town", slug="old-town-test")


def hears(function: events.Function) -> events.Handler:
    """A handler of these tests' events."""
    return events.Handler(function.__name__, frozenset({"test.happened"}), function)


@pytest.fixture
def seen() -> Iterator[list[int]]:
    heard: list[int] = []

    def listener(event: Event) -> None:
        heard.append(event.seq)

    with events.handlers.temporarily(hears(listener)):
        yield heard


def happened(town: Area, note: str = "") -> Event:
    return events.record("test.happened", actor=None, subject=town, at=AT, payload={"n": 1}, note=note)


def test_an_event_reaches_its_handler_once(town: Area, seen: list[int]) -> None:
    event = happened(town)
    assert events.deliver_pending(at=AT) == 1
    assert events.deliver_pending(at=AT) == 0
    assert seen == [event.seq]


def test_a_rolled_back_event_reaches_nobody(town: Area, seen: list[int]) -> None:
    with transaction.atomic():
        happened(town)
        transaction.set_rollback(True)
    assert events.deliver_pending(at=AT) == 0
    assert (seen, Outbox.objects.count()) == ([], 0)


def test_a_failing_handler_is_tried_again_and_blocks_nobody(town: Area, seen: list[int]) -> None:
    broken = True

    def fragile(event: Event) -> None:
        Area.objects.filter(pk=town.pk).update(name="Half done")
        if broken:
            raise RuntimeError("mail server is down")

    with events.handlers.temporarily(hears(fragile)):
        event = happened(town)
        assert events.deliver_pending(at=AT) == 1
        town.refresh_from_db()
        failed = Delivery.objects.get(event=event, done_at=None)
        assert (town.name, failed.attempts) == ("Old Town", 1)
        assert "mail server is down" in failed.last_error
        assert events.deliver_pending(at=AT) == 0
        broken = False
        assert events.deliver_pending(at=AT + timedelta(minutes=1)) == 1
        assert seen == [event.seq]


def test_a_handler_that_never_succeeds_stops_after_its_pauses(town: Area) -> None:
    def hopeless(event: Event) -> None:
        raise RuntimeError("never")

    with events.handlers.temporarily(hears(hopeless)):
        event = happened(town)
        for day in range(40):
            events.deliver_pending(at=AT + timedelta(days=day))
        assert Delivery.objects.get(event=event).attempts == len(Delivery.pauses) + 1


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE core_event SET kind = 'other'",
        "UPDATE core_event SET payload = '{}'",
        "UPDATE core_event SET note = 'rewritten'",
        "UPDATE core_event SET note = '', actor = gen_random_uuid()",
        "DELETE FROM core_event",
    ],
)
def test_the_log_cannot_be_rewritten(town: Area, sql: str) -> None:
    happened(town, note="because")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_a_note_can_be_forgotten_and_its_digest_stays(town: Area) -> None:
    event = happened(town, note="Mrs Example complained")
    digest = bytes(event.note_digest)
    assert digest == events.note_digest("Mrs Example complained", bytes(event.note_salt))
    assert events.erase_notes(Event.objects.filter(pk=event.pk)) == 1
    event.refresh_from_db()
    assert (event.note, bytes(event.note_salt), bytes(event.note_digest)) == (
        "",
        b"",
        digest,
    )


def test_the_actor_is_an_id_and_never_a_name(town: Area) -> None:
    person = Person.objects.create_user("somebody@example.org", name="Somebody Known")
    event = events.record("test.happened", actor=person, subject=person, at=AT)
    row = Event.objects.filter(pk=event.pk).values().get()
    assert event.actor == person.pk
    assert "Somebody" not in str(row)
    assert "example.org" not in str(row)
