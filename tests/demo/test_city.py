"""`demo_city`: whole, repeatable, dated from today, and refused where there is no demo."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker

from civic.accounts.models import Organisation, Person, Residency
from civic.demo import source
from civic.demo.models import City
from civic.pages.models import HomePage, StandardPage, StoryPage
from projects.calls.models import Call
from projects.calls.states import CallState, PhaseKind
from projects.discussion.models import Comment, ModerationCase, Report
from projects.discussion.states import CaseState
from projects.proposals.models import Project, Support
from projects.proposals.states import ProjectState
from projects.voting.models import Ballot, Tally
from projects.voting.operations import enter_paper
from projects.voting.states import PaperState
from projects.voting.tasks import keep_polls

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
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


class Rebuilt(Exception):
    """Takes a city away again."""


@pytest.fixture(scope="module", autouse=True)
def empty(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What all tests of this file do happens inside one transaction: building a city takes seconds."""
    with django_db_blocker.unblock(), pytest.raises(Rebuilt), transaction.atomic():
        yield
        raise Rebuilt


@pytest.fixture(scope="module")
def city(empty: None, django_db_blocker: DjangoDbBlocker) -> None:
    """A small Aldermere as of `NOW`; what a test does to it is taken back after that test."""
    with django_db_blocker.unblock():
        make()


def make(seed: int = 1, at: datetime = NOW) -> None:
    with time_machine.travel(at, tick=True):
        call_command("demo_city", "--small", "--seed", str(seed), verbosity=0)


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in COUNTED}


def phase_now(slug: str, at: datetime) -> str | None:
    phase = Call.objects.get(slug=slug).phase_at(at)
    return phase.kind if phase else None


def test_the_city_is_whole(city: None):
    states = set(Project.objects.values_list("state", flat=True))
    assert states == set(ProjectState.values)
    assert Organisation.objects.count() == 20
    assert Call.objects.count() == 4
    assert Project.objects.count() >= 60
    assert HomePage.objects.get().body
    assert StoryPage.objects.count() == 5
    assert not Project.objects.filter(story="").exists()
    assert ModerationCase.objects.filter(state=CaseState.REPORTED).count() >= 10
    assert ModerationCase.objects.filter(state=CaseState.APPEALED).count() == 1
    for project in Project.objects.all():
        assert project.cost_minor == sum(line.amount_minor for line in project.cost_lines.all())


def test_each_call_is_where_its_text_says(city: None):
    assert phase_now("cool-streets-warm-homes", NOW) == PhaseKind.PROPOSALS
    assert phase_now("neighbourhood-budget", NOW) == PhaseKind.VOTING
    decided = Call.objects.get(slug="young-aldermere")
    assert decided.state == CallState.DECIDED
    assert decided.tally.results.filter(won=True).exists()
    assert phase_now("grain-quay", NOW) is None


def test_paper_ballots_hold_up_the_count_until_somebody_enters_them(city: None):
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


def test_nothing_is_dated_in_the_future(city: None):
    assert not Comment.objects.filter(posted_at__gt=NOW + timedelta(minutes=10)).exists()
    assert not Ballot.objects.filter(created_at__gt=NOW + timedelta(minutes=10)).exists()
    assert not Support.objects.filter(created_at__gt=NOW + timedelta(minutes=10)).exists()


def test_a_second_run_changes_nothing(city: None):
    before = counts()
    make()
    assert counts() == before
    assert City.objects.count() == 1


def test_on_a_later_day_the_vote_still_runs(city: None):
    before = counts()
    later = NOW + timedelta(days=90)
    make(at=later)
    assert counts() == before
    assert phase_now("neighbourhood-budget", later) == PhaseKind.VOTING
    assert phase_now("cool-streets-warm-homes", later) == PhaseKind.PROPOSALS
    newest = Comment.objects.latest("posted_at")
    assert later - timedelta(days=5) < newest.posted_at < later


def test_going_back_in_time_moves_nothing(city: None):
    make(at=NOW - timedelta(days=3))
    assert City.objects.get().anchored_on == NOW.date()
