"""The chain holds over honest logs and breaks at the first change, wherever it is made."""

import threading
import time
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from civic.accounts.models import Area
from civic.core import events, seals
from civic.core.models import Event, Seal

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def happen(count: int) -> None:
    town, _ = Area.objects.get_or_create(slug="old-town-test", defaults={"name": "Old Town"})
    for n in range(count):
        events.record("test.sealed", actor=None, subject=town, at=AT, payload={"n": n}, note="why")


@pytest.mark.django_db
def test_seals_link_and_verify() -> None:
    happen(3)
    first = seals.seal(at=AT)
    assert first is not None
    assert seals.seal(at=AT) is None
    happen(2)
    second = seals.seal(at=AT)
    assert second is not None
    assert (second.events, bytes(second.previous)) == (2, bytes(first.hash))
    assert seals.verify() == 2


@pytest.mark.django_db
def test_an_auditor_can_ask_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    happen(1)
    seals.seal(at=AT)
    call_command("verify_events")
    assert capsys.readouterr().out == "1 seals hold.\n"
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_outbox")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE core_event SET kind = 'other'")
    with pytest.raises(CommandError, match="seal 1 does not match"):
        call_command("verify_events")


@pytest.mark.django_db
def test_forgetting_a_note_leaves_the_chain_whole() -> None:
    happen(2)
    seals.seal(at=AT)
    events.erase_notes(Event.objects.all())
    assert seals.verify() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "tamper",
    [
        "UPDATE core_event SET payload = '{\"n\": 7}' WHERE seq = (SELECT min(seq) FROM core_event)",
        "DELETE FROM core_event WHERE seq = (SELECT max(seq) FROM core_event)",
        "UPDATE core_seal SET events = events + 1 WHERE number = 1",
        "UPDATE core_seal SET digest = '\\x00' WHERE number = 2",
        "DELETE FROM core_seal WHERE number = 1",
    ],
)
def test_any_change_behind_the_back_of_the_triggers_is_found(tamper: str) -> None:
    happen(2)
    seals.seal(at=AT)
    happen(2)
    seals.seal(at=AT)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_outbox")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(tamper)
    with pytest.raises(seals.ChainBroken):
        seals.verify()


@pytest.mark.django_db(transaction=True)
def test_a_writer_under_way_is_waited_for() -> None:
    happen(1)
    begun = threading.Event()

    def slow_writer() -> None:
        with transaction.atomic():
            happen(1)
            begun.set()
            time.sleep(0.3)
        connection.close()

    writer = threading.Thread(target=slow_writer)
    writer.start()
    begun.wait()
    happen_later = seals.seal(at=AT)
    writer.join()
    assert happen_later is not None
    assert happen_later.events == Event.objects.count() == 2
    assert seals.verify() == Seal.objects.count() == 1
