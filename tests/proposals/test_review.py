"""From handing in to the ballot: who may, when, and what is kept."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from civic.accounts import groups
from civic.accounts.models import Person
from civic.core import clock, events
from civic.core.errors import Conflict, Forbidden, IllegalTransition, Invalid
from civic.core.money import Money
from projects.calls.models import Call
from projects.calls.states import CallState, PhaseKind
from projects.proposals import conditions, operations, queries
from projects.proposals.models import Project
from projects.proposals.operations.drafts import Cost, Goal
from projects.proposals.states import PROJECT, ProjectState
from tests.factories import accounts, calls, proposals
from tests.proposals.racing import together

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager() -> Person:
    return accounts.staff(groups.PROGRAMME_MANAGERS)


def end_of(call: Call, kind: str) -> object:
    phase = call.phase(kind)
    assert phase is not None
    return phase.ends_at


def test_a_complete_draft_is_handed_in_returned_mended_and_opened(manager: Person) -> None:
    project, at = proposals.complete_draft(), clock.now()
    author = project.author
    operations.submit(actor=author, project=project, at=at)
    operations.return_for_changes(actor=manager, project=project, reason="Who waters the trees?", at=at)
    story = "The school waters the trees every Friday. " * 4
    operations.describe(actor=author, project=project, fields={"story": story}, at=at)
    operations.submit(actor=author, project=project, at=at)
    operations.open_project(actor=manager, project=project, at=at)
    project.refresh_from_db()
    assert project.state == ProjectState.OPEN
    assert project.opened_at == at
    first, second = project.revisions.order_by("number")
    changes = queries.changes_between(first, second)
    assert [str(change.label) for change in changes] == ["Story"]
    assert any("waters" in piece.text for piece in changes[0].pieces if piece.kind == "in")
    assert [note.note for note in queries.review_notes(project)] == ["Who waters the trees?"]


def test_the_end_of_the_phase_itself_is_too_late() -> None:
    project = proposals.complete_draft()
    end = end_of(project.call, PhaseKind.PROPOSALS)
    with pytest.raises(Conflict, match="takes no proposals"):
        operations.submit(actor=project.author, project=project, at=end)
    operations.submit(actor=project.author, project=project, at=end - timedelta.resolution)
    project.refresh_from_db()
    assert project.state == ProjectState.SUBMITTED


def test_a_returned_proposal_can_be_mended_during_review_but_not_later(manager: Person) -> None:
    project = proposals.complete_draft(state=ProjectState.RETURNED)
    with pytest.raises(Conflict):
        operations.submit(actor=project.author, project=project, at=end_of(project.call, PhaseKind.REVIEW))
    during = end_of(project.call, PhaseKind.PROPOSALS)
    operations.submit(actor=project.author, project=project, at=during)


def test_a_closed_call_takes_nothing() -> None:
    project = proposals.complete_draft(calls.call(state=CallState.CLOSED))
    with pytest.raises(Conflict):
        operations.submit(actor=project.author, project=project, at=clock.now())


def test_what_is_missing_is_named() -> None:
    project = proposals.project(state=ProjectState.DRAFT, pitch="", story="Short.", cost_minor=None)
    with pytest.raises(Invalid) as refusal:
        operations.submit(actor=project.author, project=project, at=clock.now())
    for point in ("pitch", "story", "costs"):
        assert point in str(refusal.value.detail).lower()
    project.refresh_from_db()
    assert project.state == ProjectState.DRAFT
    assert not project.revisions.exists()


@pytest.mark.parametrize(("cost", "fits"), [(999, False), (1_000, True), (5_000, True), (5_001, False)])
def test_the_cost_is_within_the_limits_of_the_call(cost: int, fits: bool) -> None:
    call = calls.call(project_cost_min_minor=1_000, project_cost_max_minor=5_000)
    project = proposals.complete_draft(call, cost_minor=cost)
    if fits:
        operations.submit(actor=project.author, project=project, at=clock.now())
        return
    with pytest.raises(Invalid, match="within the limits"):
        operations.submit(actor=project.author, project=project, at=clock.now())


def test_only_the_team_hands_in_and_only_the_city_reviews(manager: Person) -> None:
    project, at = proposals.complete_draft(), clock.now()
    for stranger in (accounts.person(), manager):
        with pytest.raises(Forbidden):
            operations.submit(actor=stranger, project=project, at=at)
    operations.submit(actor=proposals.member(project).person, project=project, at=at)
    for nobody in (project.author, accounts.staff(groups.MODERATORS), accounts.staff(groups.AUDITORS)):
        with pytest.raises(Forbidden):
            operations.open_project(actor=nobody, project=project, at=at)
        with pytest.raises(Forbidden):
            operations.reject(actor=nobody, project=project, reason="No.", at=at)


def test_returning_and_refusing_need_a_reason(manager: Person) -> None:
    project = proposals.project(state=ProjectState.SUBMITTED)
    for verb in (operations.return_for_changes, operations.reject):
        with pytest.raises(Invalid):
            verb(actor=manager, project=project, reason="  ", at=clock.now())


@pytest.mark.parametrize("state", [state for state in ProjectState if ("submit", state) not in PROJECT])
def test_nothing_else_can_be_handed_in(state: str) -> None:
    project = proposals.complete_draft(state=state, opened_at=None)
    with pytest.raises(IllegalTransition):
        operations.submit(actor=project.author, project=project, at=clock.now())


def test_a_project_under_review_stands_still() -> None:
    project = proposals.project(state=ProjectState.SUBMITTED)
    with pytest.raises(Conflict):
        operations.describe(actor=project.author, project=project, fields={"pitch": "New"}, at=clock.now())


def test_an_open_project_changes_with_a_reason_a_revision_and_an_event() -> None:
    project, at = proposals.project(), clock.now()
    lines = [Cost("Everything", Money(20_000_00, "EUR"))]
    with pytest.raises(Invalid, match="what changed"):
        operations.set_costs(actor=project.author, project=project, lines=lines, at=at)
    operations.set_costs(
        actor=project.author, project=project, lines=lines, reason="Steel got dearer.", at=at
    )
    project.refresh_from_db()
    assert project.cost_minor == 20_000_00
    assert project.revisions.get().content["cost_minor"] == 20_000_00
    event = events.about(project).get(kind="project.revised")
    assert event.payload == {"part": "costs", "terms": True, "revision": 1}
    assert event.note == "Steel got dearer."


def test_an_open_project_cannot_leave_the_limits_of_its_call() -> None:
    project = proposals.project(calls.call(project_cost_max_minor=10_000))
    lines = [Cost("Gold", Money(10_001, "EUR"))]
    with pytest.raises(Invalid, match="at most"):
        operations.set_costs(
            actor=project.author, project=project, lines=lines, reason="Gold", at=clock.now()
        )


@pytest.mark.parametrize(
    "state", [ProjectState.SHORTLISTED, ProjectState.COMPLETED, ProjectState.UNFUNDED, ProjectState.FAILED]
)
def test_costs_and_goals_freeze_on_the_ballot_and_at_the_end(state: str) -> None:
    project = proposals.project(state=state)
    said = {"actor": project.author, "project": project, "reason": "Why not", "at": clock.now()}
    with pytest.raises(Conflict):
        operations.set_costs(lines=[Cost("X", Money(1, "EUR"))], **said)
    with pytest.raises(Conflict):
        operations.set_goals(goals=[], **said)
    with pytest.raises(IntegrityError, match="terms_frozen"), transaction.atomic():
        Project.objects.filter(pk=project.pk).update(cost_minor=1)


@pytest.mark.parametrize("state", [ProjectState.FUNDING, ProjectState.FUNDED, ProjectState.DELIVERING])
def test_after_the_vote_terms_change_as_a_revision_and_supporters_may_withdraw(state: str) -> None:
    project, supporter, at = proposals.project(state=state), accounts.person(), clock.now()
    proposals.support(project, supporter)
    said = {"actor": project.author, "project": project, "at": at}
    with pytest.raises(Invalid, match="what changed"):
        operations.set_costs(lines=[Cost("Everything", Money(30_000_00, "EUR"))], **said)
    operations.set_costs(lines=[Cost("Everything", Money(30_000_00, "EUR"))], reason="Steel.", **said)
    goals = [Goal(None, "Neighbours", "hands", "shade")]
    operations.set_goals(goals=goals, reason="They joined.", **said)
    project.refresh_from_db()
    assert project.cost_minor == 30_000_00
    assert [one.content["cost_minor"] for one in project.revisions.order_by("number")] == [30_000_00] * 2
    assert project.revisions.get(number=2).content["goals"] == [["Neighbours", "hands", "shade"]]
    operations.withdraw_support(actor=supporter, project=project, at=at)
    assert not project.supports.exists()
    with pytest.raises(IntegrityError, match="terms_frozen"), transaction.atomic():
        Project.objects.filter(pk=project.pk).update(ballot_number="99")


def test_during_the_vote_the_wizard_says_why_nothing_changes(client: Client) -> None:
    project = proposals.project(state=ProjectState.SHORTLISTED)
    client.force_login(project.author)
    answer = client.get(f"{project.get_absolute_url()}edit/costs/", follow=True)
    assert "until the vote is counted it stays as it is" in answer.content.decode()


def test_what_changed_is_shown_with_the_way_out(client: Client) -> None:
    project, supporter = proposals.project(state=ProjectState.DELIVERING), accounts.person()
    proposals.support(project, supporter)
    said = {"actor": project.author, "project": project, "at": clock.now(), "reason": "Steel got dearer."}
    operations.set_costs(lines=[Cost("Bridge", Money(20_000_00, "EUR"))], **said)
    operations.set_costs(lines=[Cost("Bridge", Money(31_000_00, "EUR"))], **said)
    address = f"{project.get_absolute_url()}changes/"
    assert "Do you still want it?" not in client.get(address).content.decode()
    client.force_login(supporter)
    page = client.get(address).content.decode()
    assert "Do you still want it?" in page
    assert "Steel got dearer." in page
    assert "31,000" in page
    assert "Press again to take it back" in client.get(project.get_absolute_url()).content.decode()
    client.post(f"{project.get_absolute_url()}support/", {"withdraw": "1"})
    assert not project.supports.exists()
    assert "Do you still want it?" not in client.get(address).content.decode()
    assert "Press again" not in client.get(project.get_absolute_url()).content.decode()


def test_revisions_cannot_be_rewritten() -> None:
    project = proposals.complete_draft()
    operations.submit(actor=project.author, project=project, at=clock.now())
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        project.revisions.update(content={})
    assert project.revisions.update(author=None) == 1


def test_the_ballot_takes_all_open_projects_in_order(manager: Person) -> None:
    call, at = calls.call(phase="review"), clock.now()
    later = proposals.project(call, opened_at=at)
    first = proposals.project(call, opened_at=at - timedelta(days=1))
    submitted = proposals.project(call, state=ProjectState.SUBMITTED)
    operations.shortlist(actor=manager, call=call, at=at)
    assert Project.objects.get(pk=first.pk).ballot_number == "1"
    assert Project.objects.get(pk=later.pk).ballot_number == "2"
    assert Project.objects.get(pk=later.pk).state == ProjectState.SHORTLISTED
    assert Project.objects.get(pk=submitted.pk).state == ProjectState.SUBMITTED


def test_no_ballot_is_made_once_voting_began(manager: Person) -> None:
    call = calls.call(phase="voting")
    proposals.project(call)
    with pytest.raises(Conflict, match="until voting begins"):
        operations.shortlist(actor=manager, call=call, at=clock.now())


def test_a_project_without_a_cost_stops_the_ballot(manager: Person) -> None:
    call = calls.call(phase="review")
    good, bad = proposals.project(call), proposals.project(call, cost_minor=None)
    with pytest.raises(Invalid, match=bad.title):
        operations.shortlist(actor=manager, call=call, at=clock.now())
    good.refresh_from_db()
    assert good.state == ProjectState.OPEN


def test_the_team_withdraws_until_the_ballot_then_only_the_city(manager: Person) -> None:
    at = clock.now()
    project = proposals.project()
    operations.cancel(actor=project.author, project=project, reason="We moved away.", at=at)
    on_ballot = proposals.project(state=ProjectState.SHORTLISTED, ballot_number="7")
    with pytest.raises(Forbidden):
        operations.cancel(actor=on_ballot.author, project=on_ballot, reason="Changed my mind.", at=at)
    operations.cancel(actor=manager, project=on_ballot, reason="The site was sold.", at=at)
    assert not conditions.supportable(Project.objects.get(pk=on_ballot.pk))


@pytest.mark.django_db(transaction=True)
def test_handing_in_sixteen_times_at_once_happens_once() -> None:
    project, at = proposals.complete_draft(), clock.now()
    answers = together(16, lambda _: operations.submit(actor=project.author, project=project, at=at))
    assert sum(isinstance(answer, Project) for answer in answers) == 1
    assert project.revisions.count() == 1
    assert events.about(project).filter(kind="project.submitted").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_reviewers_at_once_decide_once() -> None:
    project, at = proposals.project(state=ProjectState.SUBMITTED), clock.now()
    staff = [accounts.staff(groups.PROGRAMME_MANAGERS) for _ in range(8)]

    def decide(place: int) -> object:
        verb = operations.reject if place % 2 else operations.open_project
        return verb(actor=staff[place], project=project, reason="Decided.", at=at)

    answers = together(8, decide)
    assert sum(isinstance(answer, Project) for answer in answers) == 1
