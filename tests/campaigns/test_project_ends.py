"""What a project's end means for the money that is raised for it: the table of both verbs over every state."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from civic.accounts import groups
from marketplace.campaigns import tasks
from marketplace.campaigns.models import Campaign, Instalment, Pledge
from marketplace.campaigns.operations import closing, instalments
from marketplace.campaigns.states import CampaignState, PledgeState
from marketplace.invoicing.models import Invoice
from marketplace.matching.models import Allocation
from marketplace.payments.models import Charge
from projects.delivery.operations import milestone_steps
from projects.proposals.operations import review
from projects.proposals.states import ProjectState
from tests.factories import accounts, delivery, matching, payments, sponsors
from tests.factories.campaigns import (
    draft_campaign,
    end,
    funding_project,
    keep_going,
    open_campaign,
    promise,
    work,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]
CANCELLED = CampaignState.CANCELLED


def cancel(project: Any, at: datetime) -> None:
    manager = accounts.staff(groups.PROGRAMME_MANAGERS)
    review.cancel(actor=manager, project=project, reason="It can't be built.", at=at)


def fail(project: Any, at: datetime) -> None:
    manager = accounts.staff(groups.PROGRAMME_MANAGERS)
    project.refresh_from_db()
    milestone_steps.fail(actor=manager, project=project, reason="The ground is polluted.", at=at)


# What becomes of the campaign and of a promise to it, by the state that the project's end finds it in.
TABLE = {
    "draft": (CANCELLED, None),
    "open": (CANCELLED, PledgeState.CAMPAIGN_FAILED),
    "collecting": (CANCELLED, PledgeState.CAMPAIGN_FAILED),
    "succeeded": (CampaignState.SUCCEEDED, PledgeState.ENDED),
    "cancelled": (CANCELLED, PledgeState.CAMPAIGN_FAILED),
}


def brought(state: str, at: datetime) -> tuple[Campaign, Pledge | None, datetime]:
    """A campaign in this state with a monthly promise of 60 of its 50 euros, and the moment."""
    project = funding_project(at=at)
    if state == "draft":
        return draft_campaign(project, at=at), None, at
    campaign = open_campaign(project, at=at, goal_minor=50_00)
    made = promise(campaign, 60_00, months=3, at=at)
    if state == "collecting":
        at = campaign.ends_at
        closing.close(campaign=campaign, at=at)
    elif state == "succeeded":
        at = end(campaign)
        instalments.begin_due(at=at)
    elif state == "cancelled":
        manager = accounts.staff(groups.PROGRAMME_MANAGERS)
        closing.cancel_campaign(actor=manager, campaign=campaign, reason="No need.", at=at)
        keep_going(at)
    campaign.refresh_from_db()
    assert campaign.state == state
    return campaign, made, at


# Without a row for missed: its project is over already and can't be cancelled.
@pytest.mark.parametrize("state", TABLE)
def test_what_raises_money_for_a_cancelled_project_ends_with_it_m19(state: str, at: datetime) -> None:
    campaign, made, moment = brought(state, at)
    before = Charge.objects.count()
    cancel(campaign.project, moment)
    keep_going(moment)
    keep_going(moment + timedelta(days=100))
    instalments.begin_due(at=moment)
    instalments.collect_due(at=moment + timedelta(days=100))
    campaign.refresh_from_db()
    expected, pledged = TABLE[state]
    assert campaign.state == expected
    assert Charge.objects.count() == before
    if made:
        made.refresh_from_db()
        assert made.state == pledged


def test_a_cancelled_project_stops_no_other_campaign_m19(at: datetime, clock_at: Any) -> None:
    first, other = (open_campaign(at=at, goal_minor=25_00) for _number in range(2))
    for campaign in (first, other):
        promise(campaign, 25_00, at=at)
    cancel(first.project, at)
    clock_at.move_to(first.ends_at)
    for _round in range(3):
        tasks.close_due()
        tasks.collect_due()
        work(first.ends_at)
        tasks.settle_due()
    other.refresh_from_db()
    assert other.state == CampaignState.SUCCEEDED
    assert Charge.objects.count() == 1


def test_nobody_pays_on_for_a_project_that_failed_m7(at: datetime) -> None:
    campaign, made, moment = brought("succeeded", at)
    assert made
    delivery.milestones(campaign.project)
    type(campaign.project).objects.filter(pk=campaign.project_id).update(state=ProjectState.DELIVERING)
    later = moment + timedelta(days=32)
    instalments.collect_due(at=later)  # one month is under way
    fail(campaign.project, later)
    work(later)
    made.refresh_from_db()
    assert made.state == PledgeState.ENDED
    paid = Charge.objects.filter(purpose__startswith="instalment:", state="succeeded", refunds=None)
    assert not paid.exists()
    assert not Instalment.objects.filter(state__in=["due", "collecting", "needs_payer"]).exists()
    payments.assert_whole()


def test_a_month_not_begun_when_the_project_ends_is_never_begun_m22(at: datetime) -> None:
    campaign = open_campaign(at=at, goal_minor=50_00)
    made = promise(campaign, 60_00, months=3, at=at)
    moment = end(campaign)
    cancel(campaign.project, moment)
    assert instalments.begin_due(at=moment) == 0
    made.refresh_from_db()
    assert made.state == PledgeState.COLLECTED
    assert not Instalment.objects.exists()


def test_sponsors_of_a_cancelled_project_owe_nothing_m22() -> None:
    at = sponsors.AT
    campaign = sponsors.campaign(at=at, goal_minor=1_000_00, sponsor_share_max_bp=10_000)
    invoice = sponsors.invoiced(campaign, at=at)
    campaign.refresh_from_db()
    closing.close(campaign=campaign, at=campaign.ends_at)
    closing.settle(campaign=campaign, at=campaign.ends_at)
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.SUCCEEDED
    cancel(campaign.project, campaign.ends_at)
    assert Invoice.objects.filter(corrects=invoice).exists()
    payments.assert_whole()


def test_a_fund_is_free_of_what_it_owes_a_cancelled_project_m22(at: datetime) -> None:
    fund = matching.fund(at, holds=100_00)
    campaign = open_campaign(at=at, goal_minor=50_00)
    matching.enrolled(fund, at, campaign)
    promise(campaign, 30_00, at=at, person=accounts.resident())
    moment = end(campaign)
    assert Allocation.objects.get().state == "committed"
    cancel(campaign.project, moment)
    assert Allocation.objects.get().state == "released"
    assert matching.balances(fund) == {"available": 100_00}
    payments.assert_whole()
