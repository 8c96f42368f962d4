"""Rules of calls and their phases."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from guardian.shortcuts import assign_perm

from civic.accounts import groups
from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict, Forbidden, IllegalTransition, Invalid
from projects.calls import operations
from projects.calls.models import Call, Phase
from projects.calls.operations import Planned
from projects.calls.states import CallState, PhaseKind
from tests.factories import accounts, calls

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def manager() -> Person:
    return accounts.staff(groups.PROGRAMME_MANAGERS)


def draft(**fields: object) -> Call:
    return calls.call(phase=None, state=CallState.DRAFT, **fields)


def plan(at: datetime) -> list[Planned]:
    """Proposals for ten days from `at`, then voting for ten days."""
    return [
        Planned(PhaseKind.PROPOSALS, at, at + 10 * DAY),
        Planned(PhaseKind.VOTING, at + 10 * DAY, at + 20 * DAY),
    ]


def test_a_call_is_made_planned_and_opened(manager: Person, at: datetime) -> None:
    call = Call(
        title="Green roofs", slug="green-roofs", summary="Roofs.", budget_minor=1_000_00, currency="EUR"
    )
    operations.create_call(actor=manager, call=call, at=at)
    operations.set_phases(actor=manager, call=call, phases=plan(at), at=at)
    operations.open_call(actor=manager, call=call, at=at)
    assert call.state == CallState.OPEN
    kinds = [event.kind for event in events.about(call)]
    assert kinds == ["call.created", "call.phases_set", "call.opened"]


def test_a_new_call_is_always_a_draft(manager: Person, at: datetime) -> None:
    call = Call(title="A", slug="a", summary="A.", budget_minor=1, currency="EUR", state=CallState.DECIDED)
    with pytest.raises(Conflict):
        operations.create_call(actor=manager, call=call, at=at)


@pytest.mark.parametrize(
    "group", [groups.MODERATORS, groups.AUDITORS, groups.FINANCE_OFFICERS, groups.DATA_STEWARDS]
)
def test_other_council_staff_run_no_calls(group: str, at: datetime) -> None:
    staff, call = accounts.staff(group), draft()
    with pytest.raises(Forbidden):
        operations.set_phases(actor=staff, call=call, phases=plan(at), at=at)
    with pytest.raises(Forbidden):
        operations.open_call(actor=staff, call=call, at=at)


def test_staff_run_the_call_that_they_were_given_and_no_other(at: datetime) -> None:
    staff, given, other = accounts.staff(), draft(), draft()
    assign_perm("calls.manage_call", staff, given)
    operations.set_phases(actor=staff, call=given, phases=plan(at), at=at)
    with pytest.raises(Forbidden):
        operations.set_phases(actor=staff, call=other, phases=plan(at), at=at)
    with pytest.raises(Forbidden):
        operations.create_call(actor=staff, call=Call(title="B", slug="b"), at=at)


def test_the_permission_needs_a_staff_account(at: datetime) -> None:
    resident, call = accounts.person(), draft()
    assign_perm("calls.manage_call", resident, call)
    with pytest.raises(Forbidden):
        operations.open_call(actor=resident, call=call, at=at)


def test_overlapping_phases_are_refused_in_words_and_by_the_database(manager: Person, at: datetime) -> None:
    call = draft()
    overlapping = [plan(at)[0], Planned(PhaseKind.VOTING, at + 9 * DAY, at + 20 * DAY)]
    with pytest.raises(Invalid, match="overlap"):
        operations.set_phases(actor=manager, call=call, phases=overlapping, at=at)
    Phase.objects.create(call=call, **overlapping[0]._asdict())
    with pytest.raises(IntegrityError), transaction.atomic():
        Phase.objects.create(call=call, **overlapping[1]._asdict())


def test_phases_come_in_their_order(manager: Person, at: datetime) -> None:
    backwards = [
        Planned(PhaseKind.VOTING, at, at + DAY),
        Planned(PhaseKind.PROPOSALS, at + DAY, at + 2 * DAY),
    ]
    with pytest.raises(Invalid, match="cannot come after"):
        operations.set_phases(actor=manager, call=draft(), phases=backwards, at=at)


def test_all_phases_move_at_once(manager: Person, at: datetime) -> None:
    call = draft()
    operations.set_phases(actor=manager, call=call, phases=plan(at), at=at)
    later = [Planned(kind, start + 5 * DAY, end + 5 * DAY) for kind, start, end in plan(at)]
    operations.set_phases(actor=manager, call=call, phases=later, at=at)
    assert [phase.starts_at for phase in call.ordered_phases()] == [at + 5 * DAY, at + 15 * DAY]


def test_a_phase_that_has_begun_keeps_its_start_and_can_be_extended(manager: Person, at: datetime) -> None:
    call = draft()
    operations.set_phases(actor=manager, call=call, phases=plan(at), at=at)
    operations.open_call(actor=manager, call=call, at=at)
    first, second = plan(at)
    with pytest.raises(Conflict, match="has begun"):
        operations.set_phases(
            actor=manager, call=call, phases=[first._replace(starts_at=at + DAY), second], at=at + 2 * DAY
        )
    with pytest.raises(Conflict, match="has begun"):
        operations.set_phases(actor=manager, call=call, phases=[second], at=at + 2 * DAY)
    with pytest.raises(Conflict, match="in the past"):
        operations.set_phases(
            actor=manager, call=call, phases=[first._replace(ends_at=at + DAY), second], at=at + 2 * DAY
        )
    shorter = [first._replace(ends_at=at + 5 * DAY), second]
    assert len(operations.set_phases(actor=manager, call=call, phases=shorter, at=at + 2 * DAY)) == 2


def test_a_call_without_phases_does_not_open(manager: Person, at: datetime) -> None:
    with pytest.raises(Invalid, match="at least one phase"):
        operations.open_call(actor=manager, call=draft(), at=at)


def test_a_call_that_votes_is_not_closed_past_its_ballots(manager: Person, at: datetime) -> None:
    call = calls.call(phase="voting", at=at)
    for moment in (at - 11 * DAY, at, at + 11 * DAY):
        with pytest.raises(Conflict, match="This call votes"):
            operations.close_call(actor=manager, call=call, at=moment)
    call.phases.filter(kind="voting").delete()
    operations.close_call(actor=manager, call=call, at=at + 11 * DAY)
    with pytest.raises(IllegalTransition):
        operations.close_call(actor=manager, call=call, at=at + 11 * DAY)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("budget_minor", 1),
        ("ballot_kind", "points"),
        ("ballot_max", 3),
        ("tally_rule", "greedy"),
        ("eligibility", "registered"),
    ],
)
def test_rules_stay_once_voting_has_begun(manager: Person, field: str, value: object) -> None:
    call = calls.call(phase="voting")
    now = call.ordered_phases()[2].starts_at
    setattr(call, field, value)
    with pytest.raises(Conflict, match="Voting has begun"):
        operations.edit_call(actor=manager, call=call, at=now)
    with pytest.raises(IntegrityError, match="rules_frozen"), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(**{field: value})


def test_texts_of_a_running_call_can_be_changed(manager: Person, at: datetime) -> None:
    call = calls.call(phase="voting", at=at)
    call.summary = "Better words."
    operations.edit_call(actor=manager, call=call, at=at)
    assert Call.objects.get(pk=call.pk).summary == "Better words."


def test_limits_of_cost_make_sense(manager: Person, at: datetime) -> None:
    call = draft()
    call.project_cost_min_minor, call.project_cost_max_minor = 200, 100
    with pytest.raises(Invalid) as refusal:
        operations.edit_call(actor=manager, call=call, at=at)
    assert "project_cost_max_minor" in refusal.value.fields


def test_the_last_moment_of_a_phase_is_before_its_end(at: datetime) -> None:
    call = calls.call(phase="proposals", at=at)
    phase = call.phase_at(at)
    assert phase is not None
    assert call.phase_at(phase.ends_at - timedelta.resolution) == phase
    following = call.phase_at(phase.ends_at)
    assert following is not None
    assert following.kind == PhaseKind.REVIEW


def test_a_draft_is_in_no_phase(at: datetime) -> None:
    assert calls.call(at=at, state=CallState.DRAFT).phase_at(at) is None
