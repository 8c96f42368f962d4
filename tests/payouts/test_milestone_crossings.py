"""What each verb does to a milestone in each state of its neighbours: project, campaign, payout and organisation.

The cells are the specification: DONE, or the error that refuses. A milestone is worked on and decided while its project
is being delivered, whatever becomes of the money; a plan is made before. What an acceptance brings, and whether it may
leave, the payout asks for itself (`test_crossings.py` beside this).
"""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import connection

from civic.accounts import groups
from civic.accounts.models import Organisation
from civic.accounts.states import OrganisationState
from civic.core.errors import Conflict, IllegalTransition, Refused
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.states import CampaignState
from marketplace.payouts.models import Payout
from marketplace.payouts.states import PayoutState
from projects.delivery.models import Milestone
from projects.delivery.operations import milestone_steps, plans
from projects.delivery.states import MilestoneState
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from tests.factories import accounts, delivery
from tests.factories import matching as made
from tests.undoing import undone

pytestmark = pytest.mark.django_db

DONE = "done"
VERBS = ("plan", "start", "submit", "accept", "return")
# The state that the milestone is in before each verb of its own.
BEFORE = {
    "start": MilestoneState.PLANNED,
    "submit": MilestoneState.IN_PROGRESS,
    "accept": MilestoneState.SUBMITTED,
    "return": MilestoneState.SUBMITTED,
}
OVER, WORK = (Conflict,) * 5, (Conflict, DONE, DONE, DONE, DONE)
PLAN = (DONE, Conflict, Conflict, Conflict, Conflict)

# A plan that is there stays while money is raised for it.
PROJECT = dict.fromkeys(ProjectState, OVER) | {
    ProjectState.OPEN: PLAN,
    ProjectState.FUNDED: PLAN,
    ProjectState.DELIVERING: WORK,
}
MILESTONE = {
    MilestoneState.PLANNED: (DONE, IllegalTransition, IllegalTransition, IllegalTransition),
    MilestoneState.IN_PROGRESS: (IllegalTransition, DONE, IllegalTransition, IllegalTransition),
    MilestoneState.SUBMITTED: (IllegalTransition, IllegalTransition, DONE, DONE),
    MilestoneState.RETURNED: (IllegalTransition, DONE, IllegalTransition, IllegalTransition),
    MilestoneState.ACCEPTED: (IllegalTransition,) * 4,
}


def act(verb: str, milestone: Milestone, at: datetime) -> None:
    project = Project.objects.get(pk=milestone.project_id)
    steward = accounts.staff(groups.PROGRAMME_MANAGERS)
    if verb == "plan":
        part = plans.Part(title="All", promise="A bench.", share_bp=10_000, due_on=date(2026, 9, 1))
        plans.plan(actor=project.author, project=project, parts=[part], at=at)
    elif verb in ("start", "submit"):
        getattr(milestone_steps, verb)(actor=project.author, milestone=milestone, at=at)
    else:
        decide = milestone_steps.accept if verb == "accept" else milestone_steps.send_back
        decide(actor=steward, milestone=milestone, reason="As it should be.", at=at)


def answers(
    milestone: Milestone, at: datetime, states: Callable[[str], object] | None = None
) -> tuple[object, ...]:
    """What each verb answers, each taken back; the milestone is in the state that the verb asks for."""
    found = []
    for verb in VERBS if states is None else VERBS[1:]:
        with undone():
            state = states(verb) if states else BEFORE.get(verb, milestone.state)
            Milestone.objects.filter(pk=milestone.pk).update(state=state)
            current = Milestone.objects.get(pk=milestone.pk)
            try:
                act(verb, current, at)
            except Refused as refusal:
                assert Milestone.objects.get(pk=milestone.pk).state == state
                found.append(type(refusal))
            else:
                found.append(DONE)
    return tuple(found)


def worked_on(at: datetime) -> Milestone:
    """The second milestone of a project whose campaign succeeded, with evidence; the first is accepted."""
    payout = made.requested(at)
    second = payout.milestone.project.milestones.get(number=2)
    delivery.evidence(second)
    return second


def test_each_verb_in_each_state_of_the_project(at: datetime) -> None:
    first = delivery.milestone(MilestoneState.PLANNED)
    delivery.evidence(first)
    found = {}
    for state in ProjectState:
        Project.objects.filter(pk=first.project_id).update(state=state)
        found[state] = answers(first, at)
    assert found == PROJECT


def test_each_verb_in_each_state_of_the_milestone(at: datetime) -> None:
    first = delivery.milestone(MilestoneState.PLANNED)
    delivery.evidence(first)
    assert {
        state: answers(first, at, lambda _verb, state=state: state) for state in MilestoneState
    } == MILESTONE


@pytest.mark.parametrize(
    ("model", "states"),
    [(Campaign, CampaignState), (Payout, PayoutState), (Organisation, OrganisationState)],
    ids=lambda one: one.__name__,
)
def test_the_money_and_who_is_paid_hold_up_no_work(at: datetime, model: type, states: type) -> None:
    """Only the project decides: a milestone is accepted although nobody can be paid for it at the moment."""
    second = worked_on(at)
    for state in states:
        with undone(), connection.cursor() as cursor:
            # Also states that these rows could not come to by any step: the cell is about the milestone.
            cursor.execute("SET LOCAL session_replication_role = replica")
            model.objects.all().update(state=state)
            cursor.execute("SET LOCAL session_replication_role = origin")
            assert answers(second, at) == WORK, state
