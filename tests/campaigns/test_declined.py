"""A first month that is declined, in a campaign that keeps what it gets, binds nobody and counts for nothing."""

from datetime import datetime

import pytest

from civic.accounts.privacy import blockers
from civic.notifications.models import Notification
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.operations import collection, pledges
from marketplace.campaigns.operations.totals import recount_all
from marketplace.payments.models import Charge, DemoPayment
from tests.factories import accounts, matching, payments
from tests.factories.campaigns import open_campaign, promise, work
from tests.visiting import text_of, visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


def declined(at: datetime, campaign: Campaign | None = None) -> Pledge:
    """A monthly pledge whose first month was declined."""
    campaign = campaign or open_campaign(at=at, rule=Campaign.Rule.KEEP)
    made = promise(campaign, 25_00, at=at, person=accounts.resident(), months=6, behaviour="declines")
    assert made.state == "needs_payer"
    return made


def test_a_declined_first_month_can_be_cancelled_and_blocks_no_erasure_1127_r1(at: datetime) -> None:
    made = declined(at)
    person = made.person
    assert person is not None
    assert f"/me/pledges/{made.pk}/cancel/" in text_of(visitor(person), made.get_absolute_url())
    assert "Nothing is charged" in text_of(visitor(person), f"/me/pledges/{made.pk}/cancel/")
    pledges.cancel_pledge(actor=person, pledge=made, at=at)
    work(at)
    made.refresh_from_db()
    assert made.state == "cancelled"
    assert not blockers(person)
    assert not Notification.objects.filter(kind="pledge.refunded").exists()
    payments.assert_whole()


def test_a_declined_first_month_counts_once_it_is_paid_1127_r1(at: datetime) -> None:
    fund = matching.fund(at)
    allocation = matching.enrolled(fund, at, rule=Campaign.Rule.KEEP)
    made = declined(at, allocation.campaign)
    total = made.campaign.total
    total.refresh_from_db()
    assert (total.pledged_minor, total.backers, total.monthly_minor) == (0, 0, 0)
    assert matching.balances(fund) == {"available": 1_000_00}
    assert str(made.person) not in text_of(visitor(), made.campaign.get_absolute_url())
    assert not recount_all(at=at)
    assert made.person is not None
    charge = collection.pay_now(actor=made.person, pledge=made, at=at)
    work(at)
    payments.decide(Charge.objects.get(pk=charge.pk), DemoPayment.Status.PAID)
    work(at)
    total.refresh_from_db()
    assert (total.collected_minor, total.backers, total.monthly_minor) == (25_00, 1, 25_00)
    assert matching.balances(fund) == {"available": 975_00, "reserved": 25_00}
    payments.assert_whole()


def test_in_a_campaign_that_is_collecting_a_declined_pledge_still_counts_1127_r1(at: datetime) -> None:
    campaign = open_campaign(at=at, goal_minor=20_00)
    made = promise(campaign, 25_00, at=at, behaviour="declines")
    Campaign.objects.filter(pk=campaign.pk).update(state="collecting")
    collection.collect_due(at=at)
    work(at)
    made.refresh_from_db()
    campaign.total.refresh_from_db()
    assert (made.state, campaign.total.pledged_minor) == ("needs_payer", 25_00)
