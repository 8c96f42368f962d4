"""`demo_city`: whole, repeatable, dated from today, and refused where there is no demo."""

import re
from datetime import datetime, timedelta
from uuid import UUID

import pytest
import time_machine
from django.core.management import call_command

from civic.accounts.models import Organisation, Person, Residency
from civic.accounts.operations import confirm_code
from civic.accounts.states import ResidencyState
from civic.demo import source
from civic.demo.city.cast import NEWCOMER
from civic.demo.models import City, Message
from civic.pages.models import HomePage, StandardPage, StoryPage
from projects.calls.models import Call
from projects.calls.states import CallState, PhaseKind
from projects.contributions.models import Contribution, Kind, Want
from projects.contributions.states import ContributionState
from projects.delivery.models import Milestone, Update
from projects.delivery.states import MilestoneState
from projects.discussion.models import Comment, ModerationCase, Report
from projects.discussion.states import CaseState
from projects.proposals.models import Project, Support
from projects.proposals.states import ProjectState
from projects.voting.models import Ballot, Tally
from projects.voting.operations import enter_paper
from projects.voting.states import PaperState
from projects.voting.tasks import keep_polls
from tests.demo_city import MOMENT as NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_city")]

COUNTED = [
    Person,
    Organisation,
    Residency,
    Project,
    Support,
    Comment,
    Report,
    Ballot,
    Tally,
    StoryPage,
    StandardPage,
]


def again(at: datetime = NOW) -> None:
    with time_machine.travel(at, tick=True):
        call_command("demo_city", "--small", verbosity=0)


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in COUNTED}


def phase_now(slug: str, at: datetime) -> str | None:
    phase = Call.objects.get(slug=slug).phase_at(at)
    return phase.kind if phase else None


def test_the_city_is_whole():
    states = set(Project.objects.values_list("state", flat=True))
    assert states == set(ProjectState.values)
    assert Organisation.objects.count() == 21
    assert Call.objects.count() == 5
    assert Project.objects.count() >= 60
    assert HomePage.objects.get().body
    assert StoryPage.objects.count() == 5
    assert not Project.objects.filter(story="").exists()
    assert ModerationCase.objects.filter(state=CaseState.REPORTED).count() >= 10
    assert ModerationCase.objects.filter(state=CaseState.APPEALED).count() == 1
    for project in Project.objects.all():
        assert project.cost_minor == sum(line.amount_minor for line in project.cost_lines.all())


def test_help_is_in_every_state_and_a_project_is_half_delivered():
    assert set(Contribution.objects.values_list("state", flat=True)) == set(ContributionState.values)
    assert set(Want.objects.values_list("kind", flat=True)) == set(Kind.values)
    plan = {
        one.number: (one.state, one.is_overdue(NOW.date()))
        for one in Milestone.objects.filter(project__title="Midnight basketball").select_related("project")
    }
    accepted, working = (MilestoneState.ACCEPTED, False), MilestoneState.IN_PROGRESS
    assert plan == {1: accepted, 2: accepted, 3: (working, True), 4: (working, False)}
    assert Milestone.objects.filter(state=MilestoneState.SUBMITTED).exists()
    for project in Project.objects.filter(state__in=[ProjectState.COMPLETED, ProjectState.EVALUATED]):
        assert set(project.milestones.values_list("state", flat=True)) == {MilestoneState.ACCEPTED}
    assert Update.objects.count() > 5


def test_each_call_is_where_its_text_says():
    assert phase_now("cool-streets-warm-homes", NOW) == PhaseKind.PROPOSALS
    assert phase_now("neighbourhood-budget", NOW) == PhaseKind.VOTING
    decided = Call.objects.get(slug="young-aldermere")
    assert decided.state == CallState.DECIDED
    assert decided.tally.results.filter(won=True).exists()
    assert phase_now("grain-quay", NOW) is None


def test_paper_ballots_hold_up_the_count_until_somebody_enters_them():
    call = Call.objects.get(slug="grain-quay")
    with time_machine.travel(NOW, tick=True):
        keep_polls()
    assert not Tally.objects.filter(call=call).exists()
    clerk = Person.objects.get(email=source.email("annika-weber"))
    for paper in call.paper_ballots.exclude(state=PaperState.COUNTED):
        choices = {UUID(key): value for key, value in paper.entries.first().choices.items()}
        enter_paper(actor=clerk, call=call, serial=paper.serial, choices=choices, at=NOW)
    with time_machine.travel(NOW, tick=True):
        keep_polls()
    assert Tally.objects.get(call=call).results.filter(won=True).exists()


def test_the_code_in_the_newcomers_letter_confirms_her_home():
    newcomer = Person.objects.get(email=source.email(NEWCOMER))
    letter = Message.objects.get(recipient=newcomer.email)
    code = re.search(r"^\w{4}-\w{4}$", letter.text, re.MULTILINE)
    residency = confirm_code(actor=newcomer, code=code[0], at=NOW)
    assert residency.state == ResidencyState.VERIFIED


def test_nothing_is_dated_in_the_future():
    assert not Comment.objects.filter(posted_at__gt=NOW + timedelta(minutes=10)).exists()
    assert not Ballot.objects.filter(created_at__gt=NOW + timedelta(minutes=10)).exists()
    assert not Support.objects.filter(created_at__gt=NOW + timedelta(minutes=10)).exists()


def test_a_second_run_changes_nothing():
    before = counts()
    again()
    assert counts() == before
    assert City.objects.count() == 1


def test_on_a_later_day_the_vote_still_runs():
    before = counts()
    later = NOW + timedelta(days=90)
    again(at=later)
    assert counts() == before
    assert phase_now("neighbourhood-budget", later) == PhaseKind.VOTING
    assert phase_now("cool-streets-warm-homes", later) == PhaseKind.PROPOSALS
    newest = Comment.objects.latest("posted_at")
    assert later - timedelta(days=5) < newest.posted_at < later


def test_going_back_in_time_moves_nothing():
    again(at=NOW - timedelta(days=3))
    assert City.objects.get().anchored_on == NOW.date()
