"""The plan of a delivery: milestones that make the whole, fixed once people rely on them; kept by the database too."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from civic.accounts.models import Person
from civic.core.errors import Conflict, Invalid
from projects.delivery.models import Milestone
from projects.delivery.operations import milestone_steps, plans
from projects.delivery.operations.plans import Part
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from tests.factories import accounts, delivery

pytestmark = pytest.mark.django_db

DAY = date(2026, 9, 1)


def steward() -> Person:
    return accounts.staff("programme-managers")


def parts(*shares: int) -> list[Part]:
    return [Part(f"Part {n}", "A thing", share, DAY + timedelta(days=n)) for n, share in enumerate(shares)]


def make_plan(actor: Person, project: Project, at: datetime, *shares: int) -> list[Milestone]:
    return plans.plan(actor=actor, project=project, parts=parts(*shares), at=at)


@pytest.mark.parametrize(
    "shares", [(), (9_999,), (5_000, 5_001), (10_000, 0), (12_000, -2_000), (1_000,) * 13]
)
def test_a_plan_that_is_not_the_whole_is_refused(shares: tuple[int, ...], at: datetime) -> None:
    project = delivery.project(ProjectState.FUNDED)
    with pytest.raises(Invalid):
        make_plan(project.author, project, at, *shares)


def test_the_days_of_a_plan_are_in_order(at: datetime) -> None:
    project = delivery.project(ProjectState.FUNDED)
    with pytest.raises(Invalid):
        plans.plan(actor=project.author, project=project, parts=parts(5_000, 5_000)[::-1], at=at)


@pytest.mark.parametrize("sql", ["share_bp = 1", "DELETE", "project_id = gen_random_uuid()"])
def test_the_database_keeps_the_shares_whole(sql: str) -> None:
    first = delivery.milestone()
    change = "DELETE FROM delivery_milestone" if sql == "DELETE" else f"UPDATE delivery_milestone SET {sql}"
    with pytest.raises(IntegrityError):
        by_hand(f"{change} WHERE id = '{first.pk}'")


def by_hand(sql: str) -> None:
    """Runs SQL and lets the database check at once what it checks at the end."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_refuses_half_a_plan() -> None:
    project = delivery.project()
    with pytest.raises(IntegrityError):
        half_a_plan(project)


def half_a_plan(project: Project) -> None:
    with transaction.atomic():
        delivery.milestones(project, 5_000)
        connection.check_constraints()


@pytest.mark.parametrize("state", [ProjectState.SHORTLISTED, ProjectState.DELIVERING, ProjectState.COMPLETED])
def test_a_plan_is_fixed_when_the_vote_or_the_work_begins(state: str, at: datetime) -> None:
    project = delivery.project(state)
    with pytest.raises(Conflict):
        make_plan(project.author, project, at, 10_000)


def test_people_give_money_for_a_plan_that_stays(at: datetime) -> None:
    project = delivery.project(ProjectState.FUNDING)
    make_plan(project.author, project, at, 10_000)
    with pytest.raises(Conflict):
        make_plan(project.author, project, at, 5_000, 5_000)


def test_work_without_a_plan_does_not_begin(at: datetime) -> None:
    with pytest.raises(Conflict):
        milestone_steps.start_delivery(actor=steward(), project=delivery.project(ProjectState.FUNDED), at=at)


def test_the_database_lets_nobody_work_without_a_plan() -> None:
    funded = delivery.project(ProjectState.FUNDED)
    begin = f"UPDATE proposals_project SET state = 'delivering' WHERE id = '{funded.pk}'"
    with pytest.raises(IntegrityError, match="delivery_planned"):
        by_hand(begin)
    delivery.milestones(funded)
    by_hand(begin)
    with pytest.raises(IntegrityError, match="a project at work keeps its plan"):
        by_hand(f"DELETE FROM delivery_milestone WHERE project_id = '{funded.pk}'")


def test_a_steward_plans_with_the_team_and_the_plan_is_replaced_as_a_whole(at: datetime) -> None:
    project = delivery.project(ProjectState.FUNDED)
    make_plan(project.author, project, at, 10_000)
    made = make_plan(steward(), project, at, 1_000, 9_000)
    assert list(project.milestones.all()) == made
    assert [one.number for one in made] == [1, 2]
