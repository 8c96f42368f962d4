"""From a plan to accepted milestones: whose step it is, what makes the whole, and who hears of it."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from civic.accounts.models import Person
from civic.accounts.privacy import undeclared
from civic.core.errors import Conflict, Forbidden, IllegalTransition, Invalid
from civic.core.models import Event
from projects.delivery.documents import ODT
from projects.delivery.models import Evidence, Milestone
from projects.delivery.operations import milestone_steps, plans
from projects.delivery.operations.plans import Part
from projects.delivery.states import MilestoneState
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from tests.factories import accounts, delivery, proposals

pytestmark = pytest.mark.django_db

State = MilestoneState
DAY = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def steward() -> Person:
    return accounts.staff("programme-managers")


def parts(*shares: int) -> list[Part]:
    return [Part(f"Part {n}", "A thing", share, DAY + timedelta(days=n)) for n, share in enumerate(shares)]


def make_plan(actor: Person, project: Project, at: datetime, *shares: int) -> list[Milestone]:
    return plans.plan(actor=actor, project=project, parts=parts(*shares), at=at)


def show(
    actor: Person, of: Milestone, at: datetime, content: bytes = delivery.PDF, name: str = "a.pdf"
) -> Evidence:
    upload = delivery.upload(content, name)
    return milestone_steps.add_evidence(actor=actor, milestone=of, upload=upload, text="It is there", at=at)


def test_a_delivery_goes_from_the_plan_to_its_completion(at: datetime) -> None:
    project, city = delivery.project(ProjectState.FUNDED), steward()
    author = project.author
    plan = make_plan(author, project, at, 2_500, 7_500)
    milestone_steps.start_delivery(actor=city, project=project, at=at)
    for part in plan:
        milestone_steps.start(actor=author, milestone=part, at=at)
        show(author, part, at)
        milestone_steps.submit(actor=author, milestone=part, at=at)
        milestone_steps.send_back(actor=city, milestone=part, reason="Where is the invoice?", at=at)
        milestone_steps.submit(actor=author, milestone=part, at=at)
        with pytest.raises(Conflict):
            milestone_steps.complete(actor=city, project=project, at=at)
        milestone_steps.accept(actor=city, milestone=part, reason="Seen on site", at=at)
    milestone_steps.complete(actor=city, project=project, at=at)
    assert Project.objects.get().state == ProjectState.COMPLETED
    accepted = Event.objects.filter(kind="milestone.accepted").order_by("seq")
    assert [event.payload["share_bp"] for event in accepted] == [2_500, 7_500]
    assert [event.subject_id for event in accepted] == [str(part.pk) for part in plan]


def test_strangers_neither_plan_nor_work_nor_begin(at: datetime) -> None:
    stranger, funded = accounts.person(), delivery.project(ProjectState.FUNDED)
    with pytest.raises(Forbidden):
        make_plan(stranger, funded, at, 10_000)
    make_plan(funded.author, funded, at, 10_000)
    for actor in (stranger, funded.author, accounts.staff("moderators")):
        with pytest.raises(Forbidden):
            milestone_steps.start_delivery(actor=actor, project=funded, at=at)
    at_work = delivery.milestone(State.IN_PROGRESS)
    for actor in (stranger, steward()):
        with pytest.raises(Forbidden):
            show(actor, at_work, at)
        with pytest.raises(Forbidden):
            milestone_steps.submit(actor=actor, milestone=at_work, at=at)


@pytest.mark.parametrize("answer", [milestone_steps.accept, milestone_steps.send_back])
def test_only_a_steward_outside_the_team_answers(answer: Any, at: datetime) -> None:
    handed_in = delivery.milestone(State.SUBMITTED)
    project = handed_in.project
    member, author, showed = steward(), steward(), steward()
    proposals.member(project, member)
    delivery.evidence(handed_in, person=showed)
    Project.objects.filter(pk=project.pk).update(author=author)
    project.refresh_from_db()
    for actor in (member, author, showed, accounts.person(), accounts.staff("finance-officers")):
        with pytest.raises(Forbidden):
            answer(actor=actor, milestone=handed_in, reason="Fine", at=at)
    answer(actor=steward(), milestone=handed_in, reason="Fine", at=at)


def test_a_steward_of_the_team_begins_and_ends_nothing(at: datetime) -> None:
    member, project = steward(), delivery.project()
    proposals.member(project, member)
    with pytest.raises(Forbidden):
        milestone_steps.fail(actor=member, project=project, reason="No", at=at)
    with pytest.raises(Invalid):
        milestone_steps.fail(actor=steward(), project=project, reason=" ", at=at)
    milestone_steps.fail(actor=steward(), project=project, reason="The ground is poisoned", at=at)
    assert Project.objects.get().state == ProjectState.FAILED


def test_answers_need_reasons_and_handing_in_needs_evidence(at: datetime) -> None:
    with pytest.raises(Invalid):
        milestone_steps.accept(
            actor=steward(), milestone=delivery.milestone(State.SUBMITTED), reason=" ", at=at
        )
    bare = delivery.milestone(State.IN_PROGRESS)
    with pytest.raises(Conflict):
        milestone_steps.submit(actor=bare.project.author, milestone=bare, at=at)


@pytest.mark.parametrize("state", State.values)
def test_only_what_was_handed_in_is_accepted(state: str, at: datetime) -> None:
    one = delivery.milestone(state)
    if state == State.SUBMITTED:
        milestone_steps.accept(actor=steward(), milestone=one, reason="Good", at=at)
    else:
        with pytest.raises(IllegalTransition):
            milestone_steps.accept(actor=steward(), milestone=one, reason="Good", at=at)


@pytest.mark.parametrize("state", [State.PLANNED, State.SUBMITTED, State.ACCEPTED])
def test_evidence_stays_as_the_steward_saw_it(state: str, at: datetime) -> None:
    one = delivery.milestone(state)
    kept = delivery.evidence(one)
    with pytest.raises(Conflict):
        show(one.project.author, one, at)
    with pytest.raises(Conflict):
        milestone_steps.remove_evidence(actor=one.project.author, evidence=kept, at=at)


def test_work_stops_when_the_project_has_ended(at: datetime) -> None:
    one = delivery.milestone(State.IN_PROGRESS, delivery.project(ProjectState.FAILED))
    with pytest.raises(Conflict):
        show(one.project.author, one, at)


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (delivery.PDF, "x.exe", "pdf"),
        (delivery.odt(), "x.odt", "odt"),
        ("part,cost\nträger,12\n".encode(), "x.CSV", "csv"),
        (proposals.image(exif=b"Exif\0\0secret"), "x.pdf", "picture"),
    ],
)
def test_files_are_what_their_content_says(content: bytes, name: str, kind: str, at: datetime) -> None:
    one = delivery.milestone(State.IN_PROGRESS)
    kept = show(one.project.author, one, at, content, name)
    assert kept.kind == kind
    assert kept.file.name.startswith("delivery/")
    assert "x" not in kept.file.name.rpartition("/")[2].split(".")[0]
    if kind == "picture":
        assert Image.open(kept.file).format == "WEBP"
        assert b"secret" not in default_storage.open(kept.file.name).read()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<html><script>alert(1)</script>,", "x.csv"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "x.svg"),
        (b"%PDF-1.7 cut off", "x.pdf"),
        (b"MZ\0\0,", "x.csv"),
        (b"\xff\xfe,\x00", "x.csv"),
        (delivery.odt(b"application/zip"), "x.odt"),
        (delivery.odt(b"x" * len(ODT)), "x.odt"),
        (b"\t\t\n", "x.csv"),
        (b"PK\x03\x04 broken", "x.odt"),
        (b"\x89PNG not really", "x.png"),
        (b"a,b\n" * 3_000_000, "x.csv"),
        (b"", "x.pdf"),
        (b"a,b", "x.txt"),
    ],
)
def test_other_files_are_refused(content: bytes, name: str, at: datetime) -> None:
    one = delivery.milestone(State.IN_PROGRESS)
    with pytest.raises(Invalid):
        show(one.project.author, one, at, content, name)
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("state", "days", "late"),
    [
        (State.PLANNED, 0, False),
        (State.PLANNED, 1, True),
        (State.IN_PROGRESS, 1, True),
        (State.RETURNED, 1, True),
        (State.SUBMITTED, 99, False),
        (State.ACCEPTED, 99, False),
    ],
)
def test_overdue_follows_from_state_day_and_clock(state: str, days: int, late: bool) -> None:
    at_work = Project(state=ProjectState.DELIVERING)
    one = Milestone(project=at_work, state=state, due_on=DAY)
    assert one.is_overdue(DAY + timedelta(days=days)) is late


@pytest.mark.parametrize("state", [state for state in ProjectState if state != ProjectState.DELIVERING])
def test_nothing_is_overdue_where_nobody_works(state: str) -> None:
    one = Milestone(project=Project(state=state), state=State.PLANNED, due_on=DAY)
    assert not one.is_overdue(DAY + timedelta(days=99))


def test_every_personal_column_is_declared() -> None:
    assert not [name for name in undeclared() if "delivery." in str(name)]
