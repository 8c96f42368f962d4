"""The public pages of calls, and the council's desk."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils.formats import date_format
from django.utils.timezone import localtime
from guardian.shortcuts import assign_perm
from pytest_django import DjangoAssertNumQueries

from civic.accounts import groups
from civic.core import clock
from projects.calls import operations
from projects.calls.models import Call, Phase
from projects.calls.states import CallState
from projects.calls.words import how_counted
from tests.factories import accounts, calls, proposals
from tests.visiting import with_password

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("phase", ["proposals", "review", "voting", "funding", "delivery", None])
def test_a_call_shows_where_it_stands(client: Client, phase: str | None) -> None:
    call = calls.call(
        phase=phase, description="For the river.\n\n- one\n- two", eligibility_note="Everybody."
    )
    text = client.get(call.get_absolute_url()).content.decode()
    assert "€100,000" in text
    assert "<li>one</li>" in text
    assert "How votes are counted" in text


def test_proposing_is_offered_while_the_call_takes_proposals(client: Client) -> None:
    text = client.get(calls.call(slug="one").get_absolute_url()).content.decode()
    assert 'href="/projects/new/?call=one"' in text
    assert (
        "/projects/new/?call="
        not in client.get(calls.call(phase="funding").get_absolute_url()).content.decode()
    )


DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (CallState.OPEN, "Voting is over, votes are being counted"),
        (CallState.DECIDED, "Decided"),
        (CallState.CLOSED, "Closed"),
    ],
)
def test_a_call_whose_vote_is_over_is_not_said_to_be_open(client: Client, state: str, words: str) -> None:
    call = calls.call(phase=None, state=CallState.OPEN)
    now = clock.now()
    Phase.objects.create(call=call, kind="voting", starts_at=now - 9 * DAY, ends_at=now - DAY)
    Phase.objects.create(call=call, kind="funding", starts_at=now + 5 * DAY, ends_at=now + 9 * DAY)
    Call.objects.filter(pk=call.pk).update(state=state)
    page = client.get(call.get_absolute_url()).content.decode()
    assert re.search(rf'class="badge[^"]*">{words}<', page)
    assert words in client.get("/calls/").content.decode()
    assert ">Open<" not in page


def test_between_and_before_phases_the_badge_says_so(client: Client) -> None:
    now = clock.now()
    between, before = (calls.call(phase=None, state=CallState.OPEN) for _ in range(2))
    Phase.objects.create(call=between, kind="proposals", starts_at=now - 9 * DAY, ends_at=now - DAY)
    Phase.objects.create(call=between, kind="voting", starts_at=now + 5 * DAY, ends_at=now + 9 * DAY)
    Phase.objects.create(call=before, kind="voting", starts_at=now + 5 * DAY, ends_at=now + 9 * DAY)
    assert ">Between phases<" in client.get(between.get_absolute_url()).content.decode()
    assert ">Not open yet<" in client.get(before.get_absolute_url()).content.decode()


@pytest.mark.usefixtures("clock_at")
def test_before_the_first_phase_it_says_when(client: Client, at: datetime) -> None:
    call = calls.call(at=at + timedelta(days=40))
    assert "Proposals open on 1 July 2026." in client.get(call.get_absolute_url()).content.decode()


def test_drafts_are_for_who_runs_them(client: Client) -> None:
    call = calls.call(state=CallState.DRAFT)
    assert client.get(call.get_absolute_url()).status_code == 404
    client.force_login(accounts.person())
    assert client.get(call.get_absolute_url()).status_code == 404
    client.force_login(accounts.staff(groups.PROGRAMME_MANAGERS))
    assert client.get(call.get_absolute_url()).status_code == 200
    given = accounts.staff()
    client.force_login(given)
    assert client.get(call.get_absolute_url()).status_code == 404
    assign_perm("calls.manage_call", given, call)
    assert client.get(call.get_absolute_url()).status_code == 200


def test_text_of_staff_is_no_html(client: Client) -> None:
    call = calls.call(
        title="<script>alert(1)</script>",
        description='"><img src=x onerror=alert(1)>',
        eligibility_note="<b>",
    )
    text = client.get(call.get_absolute_url()).content.decode()
    assert "<script>alert" not in text
    assert "<img src=x" not in text


@pytest.mark.parametrize("size", [1, 7])
def test_the_list_asks_as_often_for_many_calls(
    client: Client, size: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/calls/")
    for _ in range(size):
        calls.call()
    with django_assert_max_num_queries(5):
        client.get("/calls/")


@pytest.mark.parametrize("size", [2, 20])
def test_a_call_asks_as_often_with_many_projects(
    client: Client, size: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    call = calls.call()
    client.get(call.get_absolute_url())
    proposals.projects(size, call)
    with django_assert_max_num_queries(8):
        client.get(call.get_absolute_url())


def phases_form(**phases: tuple[str, str]) -> dict[str, object]:
    data: dict[str, object] = {"phases-TOTAL_FORMS": len(phases), "phases-INITIAL_FORMS": 0}
    for place, (kind, (start, end)) in enumerate(phases.items()):
        data |= {f"phases-{place}-kind": kind}
        for name, day in (("starts_at", start), ("ends_at", end)):
            data |= {f"phases-{place}-{name}_0": day, f"phases-{place}-{name}_1": "00:00:00"}
    return data


CALL = {
    "title": "Green roofs",
    "slug": "green-roofs",
    "summary": "Roofs.",
    "budget_minor": "5000000",
    "currency": "EUR",
    "eligibility": "verified",
    "ballot_kind": "approval",
    "tally_rule": "equal-shares",
    "completion": "add1",
}


def test_the_desk_makes_a_call_with_its_phases(client: Client) -> None:
    client.force_login(accounts.staff(groups.PROGRAMME_MANAGERS))
    data = CALL | phases_form(proposals=("2027-01-01", "2027-02-01"), voting=("2027-03-01", "2027-04-01"))
    answer = client.post("/admin/calls/call/add/", data)
    assert answer.status_code == 302, answer.content.decode()[:4000]
    call = Call.objects.get(slug="green-roofs")
    assert [phase.kind for phase in call.ordered_phases()] == ["proposals", "voting"]


def test_the_desk_says_which_phases_overlap(client: Client) -> None:
    client.force_login(accounts.staff(groups.PROGRAMME_MANAGERS))
    data = CALL | phases_form(proposals=("2027-01-01", "2027-03-15"), voting=("2027-03-01", "2027-04-01"))
    answer = client.post("/admin/calls/call/add/", data)
    assert answer.status_code == 200
    assert "“proposals” and “voting” overlap" in answer.content.decode()
    assert not Call.objects.exists()


def change_form(call: Call, **typed: str) -> dict[str, object]:
    voting = {"voting": ("2027-03-01", "2027-04-01")}
    return CALL | {"title": call.title, "slug": call.slug} | typed | phases_form(**voting)


@pytest.mark.parametrize(
    ("meanwhile", "words"),
    [
        ({"state": CallState.DECIDED}, "This call is decided"),
        ({"voting": True}, "Voting has begun"),
    ],
)
def test_what_was_typed_stays_when_somebody_was_faster(
    client: Client, monkeypatch: pytest.MonkeyPatch, meanwhile: dict[str, object], words: str
) -> None:
    """The form was valid; between that and the operation the call was decided, or its vote began."""
    call = calls.call(phase=None, state=CallState.OPEN)
    client.force_login(accounts.staff(groups.PROGRAMME_MANAGERS))
    edit = operations.edit_call

    def late(**said: object) -> Call:
        now = clock.now()
        if meanwhile.get("voting"):
            Phase.objects.create(call=call, kind="voting", starts_at=now - DAY, ends_at=now + DAY)
        else:
            Call.objects.filter(pk=call.pk).update(**meanwhile)
        return edit(**said)

    monkeypatch.setattr(operations, "edit_call", late)
    typed = change_form(call, summary="A new summary that took long to write.", budget_minor="777700")
    page = client.post(f"/admin/calls/call/{call.pk}/change/", typed)
    assert page.status_code == 200
    text = page.content.decode()
    assert words in text
    assert "A new summary that took long to write." in text
    assert 'value="777700"' in text
    assert 'value="2027-03-01"' in text
    call.refresh_from_db()
    assert call.summary != "A new summary that took long to write."


def wait_for_the_lock() -> None:
    """Until another session waits for a row that this one holds."""
    for _ in range(3000):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE pg_blocking_pids(pid) @> ARRAY[pg_backend_pid()]"
            )
            if cursor.fetchone() != (0,):
                return
        time.sleep(0.01)
    raise AssertionError("nobody waited")


@pytest.mark.django_db(transaction=True)
def test_who_saves_while_the_call_is_being_decided_keeps_what_they_typed() -> None:
    """A real race: the form was valid and waits for the row, which the count changes."""
    call, staff = calls.call(phase=None), accounts.staff(groups.PROGRAMME_MANAGERS)
    typed = change_form(call, budget_minor="777700")

    def save() -> str:
        try:
            desk = Client()
            desk.force_login(staff)
            return desk.post(f"/admin/calls/call/{call.pk}/change/", typed).content.decode()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Call.objects.select_for_update().get(pk=call.pk)
            saving = pool.submit(save)
            wait_for_the_lock()
            Call.objects.filter(pk=call.pk).update(state=CallState.DECIDED)
        page = saving.result(timeout=60)
    assert "This call is decided" in page
    assert 'value="777700"' in page
    assert Call.objects.get(pk=call.pk).budget_minor != 777700


def test_the_desk_opens_calls_with_a_reason(client: Client) -> None:
    with_password(client, accounts.staff(groups.PROGRAMME_MANAGERS))
    call = calls.call(state=CallState.DRAFT)
    chosen = {"action": "open_call", "_selected_action": [call.pk]}
    asked = client.post("/admin/calls/call/", chosen)
    assert "Reason" in asked.content.decode()
    client.post(
        "/admin/calls/call/",
        {**chosen, "confirmed": "yes", "reason": "The council decided on it."},
        follow=True,
    )
    call.refresh_from_db()
    assert call.state == CallState.OPEN


def test_the_desk_of_somebody_with_one_call_shows_only_that(client: Client) -> None:
    given, other = calls.call(title="Given to them"), calls.call(title="Not theirs")
    staff = accounts.staff()
    assign_perm("calls.manage_call", staff, given)
    client.force_login(staff)
    text = client.get("/admin/calls/call/").content.decode()
    assert "Given to them" in text
    assert "Not theirs" not in text
    assert client.get(f"/admin/calls/call/{other.pk}/change/").status_code in (302, 403, 404)


def test_rules_cannot_be_typed_over_at_the_desk_once_voting_began(client: Client) -> None:
    call = calls.call(phase="voting")
    client.force_login(accounts.staff(groups.PROGRAMME_MANAGERS))
    page = client.get(f"/admin/calls/call/{call.pk}/change/").content.decode()
    assert 'name="summary"' in page
    assert 'name="budget_minor"' not in page


def test_a_phase_that_ends_at_midnight_is_said_to_end_on_the_day_before(client: Client) -> None:
    call = calls.call(phase="voting")
    end = localtime(call.phases.get(kind="voting").ends_at).replace(hour=0, minute=0, second=0, microsecond=0)
    call.phases.filter(kind="voting").update(ends_at=end)
    day_before = date_format(end - timedelta(days=1), "j F Y")
    text = client.get(call.get_absolute_url()).content.decode()
    assert f"Voting until {day_before}, 23:59" in text
    assert date_format(end, "j F") not in text.replace(day_before, "")


def test_each_rule_is_put_into_words_of_its_own_1127_nc2() -> None:
    said = {rule: how_counted(Call(tally_rule=rule)) for rule in Call.TallyRule.values}
    assert len({" ".join(words) for words in said.values()}) == len(Call.TallyRule)
    with pytest.raises(ValueError, match="threshold"):
        how_counted(Call(tally_rule="threshold"))
