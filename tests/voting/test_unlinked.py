"""Nothing that the database holds ties a ballot to a moment or takes a voter from its caller."""

from datetime import datetime, timedelta
from hashlib import sha256
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from civic.core import clock
from civic.core.errors import Conflict
from civic.core.models import Event
from projects.calls.models import Call
from projects.voting import operations, queries
from projects.voting.models import Ballot, Poll
from projects.voting.operations import polls
from projects.voting.secrecy import call_key, voter_mark
from projects.voting.tasks import keep_polls
from tests.factories import accounts, voting

pytestmark = pytest.mark.django_db

CAST = "SELECT voting_cast(%s, %s, %s, %s, %s, %s, %s, %s, now())"


def places() -> list[str]:
    """The voters in the order in which their ballots lie in the table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT voter FROM voting_ballot ORDER BY ctid")
        return [voter for (voter,) in cursor]


def numbers() -> list[str]:
    """The voters by the numbers of their lines."""
    lines = Ballot.objects.filter(lines__value=1).order_by("lines__id")
    return list(lines.values_list("voter", flat=True))


def said() -> list[object]:
    rows = Ballot.objects.order_by("id").values_list("id", "voter", "receipt", "state", "lines__value")
    return list(rows)


def key_is_there(call: Call) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM voting_key WHERE call_id = %s)", [call.pk])
        return bool(cursor.fetchone()[0])


def yesterday() -> datetime:
    return clock.now() - timedelta(days=1)


@pytest.mark.parametrize("end", ["day", "seal"])
def test_ballots_of_a_past_day_lie_in_no_order_k1(end: str) -> None:
    at = yesterday()
    call, people = voting.voting_call(10, at=at), [accounts.person() for _number in range(12)]
    for person in people:
        voting.cast(call, 1, person=person, at=at)
    came = [voter_mark(call.pk, person.pk) for person in people]
    before = said()
    assert numbers() == came
    if end == "seal":
        operations.close_voting(call=call, at=voting.voting_over(call))
    later = voting.voting_over(call) if end == "seal" else clock.now()
    assert list(queries.calls_to_shuffle(later)) == [call]
    assert operations.shuffle_ballots(call=call, at=later) == 12
    assert said() == before
    assert places() != came  # one time in 479 million this is chance
    assert numbers() != came
    assert not queries.calls_to_shuffle(later)
    assert operations.shuffle_ballots(call=call, at=later) == 0
    assert Event.objects.get(kind="poll.shuffled").payload == {"ballots": 12}


def test_ballots_are_shuffled_by_parts_so_that_nobody_waits_for_long_k1(monkeypatch) -> None:
    call = voting.voting_call(10, at=yesterday())
    for _number in range(5):
        voting.cast(call, 1, at=yesterday())
    monkeypatch.setattr(polls, "AT_ONCE", 2)
    assert operations.shuffle_ballots(call=call, at=clock.now()) == 5
    parts = Event.objects.filter(kind="poll.shuffled").order_by("seq")
    assert [event.payload["ballots"] for event in parts] == [2, 2, 1]
    operations.close_voting(call=call, at=voting.voting_over(call))
    assert operations.shuffle_ballots(call=call, at=voting.voting_over(call)) == 5
    assert Event.objects.filter(kind="poll.shuffled").count() == 4  # sealed, all at once: nobody waits


def test_what_changed_since_is_shuffled_again_k1() -> None:
    at = clock.now() - timedelta(days=2)
    call, person = voting.voting_call(10, 20, at=at), accounts.person()
    voting.cast(call, 1, person=person, at=at)
    voting.cast(call, 1, at=at)
    operations.shuffle_ballots(call=call, at=yesterday())
    voting.cast(call, 2, person=person, at=yesterday())
    assert operations.shuffle_ballots(call=call, at=clock.now()) == 2  # the new and the replaced


@pytest.mark.parametrize("moment", ["infinity", "1999-01-01", "-infinity", "9999-01-01"])
def test_whoever_shuffles_at_an_odd_moment_does_no_harm_1127_v2_v3(moment: str) -> None:
    call = voting.voting_call(10, at=yesterday())
    voting.cast(call, 1, at=yesterday())
    with connection.cursor() as cursor:
        for _time in range(2):
            cursor.execute("SELECT voting_shuffle(%s, %s, -1)", [call.pk, moment])
    until = Poll.objects.get().shuffled_until  # Python reads it
    assert until is None or until <= queries.midnight(clock.now())
    assert Event.objects.filter(kind="poll.shuffled", at__gt=clock.now()).count() == 0
    voting.cast(call, 1)
    operations.close_voting(call=call, at=voting.voting_over(call))
    assert operations.shuffle_ballots(call=call, at=voting.voting_over(call)) == 2


def test_a_ballot_that_came_late_over_midnight_is_shuffled_at_the_seal_1127_v3() -> None:
    call = voting.voting_call(10, at=yesterday())
    voting.cast(call, 1, at=yesterday())
    operations.shuffle_ballots(call=call, at=clock.now())
    voting.cast(call, 1, at=yesterday())
    operations.close_voting(call=call, at=voting.voting_over(call))
    assert operations.shuffle_ballots(call=call, at=voting.voting_over(call)) == 2


def test_a_key_that_the_site_did_not_choose_takes_no_ballots_1127_v4() -> None:
    call = voting.voting_call(10, prepared=False)
    mine = b"k" * 32
    fields = {"seed": "s", "commitment": "c", "prepared_at": yesterday()}
    Poll.objects.create(call=call, key_digest=sha256(mine).hexdigest(), **fields)
    with connection.cursor() as cursor:
        cursor.execute("SELECT voting_put_key(%s, %s)", [call.pk, mine])
    with pytest.raises(Conflict, match="can't be kept secret"):
        voting.cast(call, 1)
    assert not Ballot.objects.exists()


def test_a_paper_replaces_nobodys_ballot_1127_v1() -> None:
    call, person = voting.voting_call(10), accounts.person()
    voting.cast(call, 1, person=person)
    voting.papers_out(call, 1)
    [project] = voting.on_ballot(call)
    who = [uuid4(), call.pk, None, voter_mark(call.pk, person.pk), "paper", "receipt"]
    with pytest.raises(IntegrityError, match="no_paper_out"), connection.cursor() as cursor:
        cursor.execute(CAST, [*who, [project.pk], [1]])


def test_whoever_closes_too_early_stops_nobody_1127_f2() -> None:
    call = voting.voting_call(10)
    with CaptureQueriesContext(connection) as asked, pytest.raises(Conflict, match="not over yet"):
        operations.close_voting(call=call, at=clock.now())
    assert not [one for one in asked.captured_queries if "voting_box" in one["sql"]]


def test_a_ballot_leaves_no_event_of_its_own_k1():
    call = voting.voting_call(10)
    before = Event.objects.count()
    voting.cast(call, 1)
    assert Event.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_shuffled_ballots_share_one_transaction_k1():
    call = voting.voting_call(10, at=yesterday())
    for _number in range(3):
        voting.cast(call, 1, at=yesterday())

    def transactions() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(DISTINCT xmin) FROM"
                " (SELECT xmin::text FROM voting_ballot UNION ALL SELECT xmin::text FROM voting_ballotline) AS rows"
            )
            return int(cursor.fetchone()[0])

    assert transactions() == 3
    operations.shuffle_ballots(call=call, at=clock.now())
    assert transactions() == 1


def test_a_line_is_written_anew_but_says_the_same_k1():
    call = voting.voting_call(10)
    voting.cast(call, 1)
    with connection.cursor() as cursor:
        for change in ("value = 2", "ballot_id = gen_random_uuid()", "project_id = gen_random_uuid()"):
            with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
                cursor.execute(f"UPDATE voting_ballotline SET {change}")


def test_the_database_makes_the_mark_of_a_voter_itself_k2():
    call, person = voting.voting_call(10), accounts.person()
    [project] = voting.on_ballot(call)
    with connection.cursor() as cursor:
        for number in range(3):
            who = [uuid4(), call.pk, person.pk, f"invented-{number}", "online", f"receipt-{number}"]
            with pytest.raises(IntegrityError, match="another_key"), transaction.atomic():
                cursor.execute(CAST, [*who, [project.pk], [1]])
    voting.cast(call, 1, person=person)
    assert [ballot.voter for ballot in Ballot.objects.live()] == [voter_mark(call.pk, person.pk)]


@pytest.mark.parametrize(("channel", "somebody"), [("import", True), ("online", False)])
def test_no_other_way_takes_a_mark_from_its_caller_k2(channel, somebody):
    call, person = voting.voting_call(10), accounts.person()
    [project] = voting.on_ballot(call)
    who = [uuid4(), call.pk, person.pk if somebody else uuid4(), "invented", channel, "receipt"]
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CAST, [*who, [project.pk], [1]])
    assert not Ballot.objects.exists()


def test_a_poll_takes_no_other_key_k2():
    call = voting.voting_call(10)
    with connection.cursor() as cursor:
        with pytest.raises(IntegrityError, match="not the key"), transaction.atomic():
            cursor.execute("SELECT voting_put_key(%s, %s)", [call.pk, b"mine"])
        with pytest.raises(IntegrityError, match="kept"), transaction.atomic():
            cursor.execute("UPDATE voting_poll SET key_digest = 'mine'")


def test_a_key_that_a_crash_took_is_put_back_by_the_clock_k2():
    call = voting.voting_call(10)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM voting_key")  # what PostgreSQL does with unlogged tables after a crash
    with pytest.raises(Conflict, match="come back a little later"):
        voting.cast(call, 1)
    keep_polls()
    voting.cast(call, 1)
    assert key_is_there(call)


def test_a_vote_that_is_over_leaves_no_key_k2():
    call = voting.voting_call(10)
    assert key_is_there(call)
    operations.close_voting(call=call, at=voting.voting_over(call))
    assert not key_is_there(call)


def test_ballots_of_before_get_the_marks_of_today_k2(settings):
    call, person = voting.voting_call(10), accounts.person()
    voting.cast(call, 1, person=person)
    migration = import_module("projects.voting.migrations.0008_unlinked")
    key = settings.BALLOT_HMAC_KEY.encode()
    [old] = next(
        migration._batches(type(person).objects.filter(pk=person.pk), key, call_key(call.pk), call.pk)
    )
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE voting_ballot DISABLE TRIGGER voting_ballot_guard")
        Ballot.objects.update(voter=old)
        with connection.schema_editor() as editor:
            Poll.objects.update(counted=0)
            migration.new_marks(apps, editor)
    assert Ballot.objects.get().voter == voter_mark(call.pk, person.pk)
