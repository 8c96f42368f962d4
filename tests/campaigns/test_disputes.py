"""A payer's dispute of a pledge or of a month of it: what it becomes, and where its money lies meanwhile."""

from datetime import datetime, timedelta

import pytest

from civic.core.errors import Conflict
from civic.core.models import Delivery
from civic.core.money import Money
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.operations import closing, collection, instalments
from marketplace.campaigns.states import CampaignState, InstalmentState, PledgeState
from marketplace.payments.models import Charge, DemoPayment, Refund
from marketplace.payments.operations import pay_refund_otherwise, refund_rest
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.operations.refunds import advance_refund
from marketplace.payments.operations.webhook_inbox import refresh
from marketplace.payments.providers import Outcome, demo
from marketplace.payments.receipts import movements_of
from tests.campaigns.test_instalments import monthly
from tests.factories import matching, payments
from tests.factories.accounts import resident, staff
from tests.factories.campaigns import end, keep_going, open_campaign, promise, work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


@pytest.mark.parametrize(("status", "state"), [("WON", PledgeState.ACTIVE), ("LOST", PledgeState.ENDED)])
def test_the_first_payment_of_a_monthly_pledge_in_dispute_m20_m21(
    at: datetime, status: str, state: str
) -> None:
    made = monthly(at)
    moment = made.collected_at + timedelta(days=1)
    charge = Charge.objects.get(purpose=made.purpose)
    demo.dispute(charge)
    work(moment)
    made.refresh_from_db()
    assert (made.state, made.figures.standing) == (PledgeState.ACTIVE, 0)
    demo.dispute(charge, DemoPayment.Status[status])
    work(moment + timedelta(hours=1))
    made.refresh_from_db()
    assert made.state == state
    assert type(made.figures).objects.get(pk=made.pk).standing == (10_00 if status == "WON" else 0)
    assert instalments.collect_due(at=made.collected_at + timedelta(days=40)) == (1 if status == "WON" else 0)
    payments.assert_whole()


def test_a_month_that_a_dispute_took_is_missed_m20(at: datetime) -> None:
    made = monthly(at)
    moment = made.collected_at + timedelta(days=30)
    instalments.collect_due(at=moment)
    work(moment)
    first = made.instalments.order_by("number")[0]
    assert first.state == InstalmentState.COLLECTED
    charge = Charge.objects.get(purpose=first.purpose)
    demo.dispute(charge)
    work(moment)
    demo.dispute(charge, DemoPayment.Status.LOST)
    work(moment + timedelta(hours=1))
    first.refresh_from_db()
    assert first.state == InstalmentState.MISSED
    payments.assert_whole()


# ------------------------------------------------------------------ several events of one campaign
def paid(at: datetime, *cents: int) -> tuple[Campaign, list[Charge], datetime]:
    """A campaign that succeeded with these pledges, their charges, and a moment after its success."""
    campaign = open_campaign(at=at, goal_minor=10_00)
    made = [promise(campaign, minor, at=at) for minor in cents]
    moment = end(campaign) + timedelta(days=1)
    return campaign, [Charge.objects.get(purpose=one.purpose) for one in made], moment


def step(charge: Charge, verb: str, at: datetime) -> None:
    """What the payer's bank decides, before anybody has heard of it."""
    advance_charge(charge, Outcome(verb), at=at)


def give_back(charge: Charge, at: datetime) -> None:
    """The desk gives back what is left of a charge, and the provider does it."""
    refund_rest(actor=matching.finance_officer(), charge=charge, reason="Asked for it.", at=at)
    work(at)


def assert_heard() -> None:
    assert not Delivery.objects.exclude(last_error="").exists()
    payments.assert_whole()


def test_a_dispute_that_is_won_while_another_opens_leaves_nothing_on_held(at: datetime) -> None:
    campaign, (first, second, _third), moment = paid(at, 120_00, 150_00, 630_00)
    step(first, "dispute", moment)
    work(moment)
    assert matching.balances(campaign) == {"held": 120_00, "committed": 780_00}
    # Both before anybody has heard of either.
    step(first, "win", moment)
    step(second, "dispute", moment)
    work(moment)
    assert matching.balances(campaign) == {"held": 150_00, "committed": 750_00}
    step(second, "lose", moment)
    work(moment)
    assert matching.balances(campaign) == {"committed": 750_00}
    assert_heard()


def test_a_month_that_is_won_while_another_pledge_is_disputed_is_the_projects_again_m21(at: datetime) -> None:
    made = monthly(at)
    moment = made.collected_at + timedelta(days=30)
    instalments.collect_due(at=moment)
    work(moment)
    month = Charge.objects.get(purpose=made.instalments.order_by("number")[0].purpose)
    first = Charge.objects.get(purpose=made.purpose)
    step(month, "dispute", moment)
    work(moment)
    step(month, "win", moment)
    step(first, "dispute", moment)
    work(moment)
    assert matching.balances(made.campaign) == {"held": 10_00, "committed": 10_00}
    assert_heard()


@pytest.mark.parametrize("when", ["open", "cancelled"])
def test_of_a_pledge_that_was_lost_in_part_the_rest_stands_or_goes_back_m18(at: datetime, when: str) -> None:
    campaign = open_campaign(at=at, rule=Campaign.Rule.KEEP)
    made = promise(campaign, 40_00, at=at)
    charge = Charge.objects.get(purpose=made.purpose)
    part = Money(10_00, "EUR")
    advance_charge(charge, Outcome("dispute", amount=part), at=at)
    work(at)
    if when == "cancelled":
        manager = staff("programme-managers")
        closing.cancel_campaign(actor=manager, campaign=campaign, reason="No need.", at=at)
        keep_going(at)
    advance_charge(charge, Outcome("lose", amount=part), at=at)
    work(at)
    made.refresh_from_db()
    campaign.total.refresh_from_db()
    if when == "open":
        assert (made.state, made.figures.standing) == (PledgeState.COLLECTED, 30_00)
        assert (campaign.total.collected_minor, campaign.total.backers) == (30_00, 1)
        assert matching.balances(campaign) == {"held": 30_00}
    else:
        assert Refund.objects.get().amount_minor == 30_00
        assert payments.balances() == {}
    assert_heard()


@pytest.mark.parametrize(("end_", "left"), [("WON", 25_00), ("LOST", 0)])
def test_a_dispute_after_one_that_was_won_is_heard_m18(at: datetime, end_: str, left: int) -> None:
    campaign, (charge,), moment = paid(at, 25_00)
    for number, status in enumerate(["DISPUTED", "WON", "DISPUTED", end_]):
        later = moment + timedelta(hours=number)
        demo.dispute(charge, DemoPayment.Status[status], at=later)
        for _time in range(2):  # told again, it changes nothing
            work(later)
            refresh(charge, later)
        held = campaign.holds.filter(lifted_at=None).count()
        assert held == (status == "DISPUTED")
        there = payments.balances().get("provider/demo", 0)
        assert there == demo.Demo().balance("EUR").minor == (0 if status in ("DISPUTED", "LOST") else 25_00)
    charge.refresh_from_db()
    assert charge.state == end_.lower()
    assert matching.balances(campaign) == ({"committed": left} if left else {})
    assert [one.amount.minor for one in movements_of([charge])][-1] == (25_00 if left else -25_00)
    assert_heard()


def test_the_desk_gives_back_what_a_dispute_left_and_no_more_m18(at: datetime) -> None:
    campaign, (charge, _other), moment = paid(at, 40_00, 25_00)
    part = Money(10_00, "EUR")
    advance_charge(charge, Outcome("dispute", amount=part), at=moment)
    work(moment)
    advance_charge(charge, Outcome("lose", amount=part), at=moment)
    work(moment)
    give_back(charge, moment)
    assert Refund.objects.get().amount_minor == 30_00
    assert matching.balances(campaign) == {"committed": 25_00}
    with pytest.raises(Conflict):
        give_back(charge, moment)
    assert_heard()


def test_a_refund_does_not_use_up_what_is_held_for_somebody_elses_dispute_m6(at: datetime) -> None:
    campaign, (one, other, _third), moment = paid(at, 40_00, 25_00, 35_00)
    step(one, "dispute", moment)
    work(moment)
    give_back(other, moment)
    assert matching.balances(campaign) == {"held": 40_00, "committed": 35_00}
    assert_heard()


@pytest.mark.parametrize("state", [CampaignState.SUCCEEDED, CampaignState.COLLECTING])
def test_what_was_given_back_before_a_dispute_stays_given_back_m6(at: datetime, state: str) -> None:
    campaign = open_campaign(at=at, goal_minor=10_00)
    made, _other = (promise(campaign, minor, at=at) for minor in (20_00, 30_00))
    closing.close(campaign=campaign, at=campaign.ends_at)
    moment = campaign.ends_at + timedelta(hours=1)
    collection.collect_due(at=campaign.ends_at)
    work(moment)
    charge = Charge.objects.get(purpose=made.purpose)
    give_back(charge, moment)
    if state == CampaignState.SUCCEEDED:
        closing.settle(campaign=campaign, at=moment)
    before = Pledge.objects.get(pk=made.pk)
    for verb in ("dispute", "win"):
        step(charge, verb, moment)
        work(moment)
    after = Pledge.objects.get(pk=made.pk)
    assert (after.state, after.collected_at) == (PledgeState.DROPPED, before.collected_at)
    part = "committed" if state == CampaignState.SUCCEEDED else "held"
    assert matching.balances(campaign) == {part: 30_00}
    assert_heard()


def test_a_loss_of_what_was_given_back_before_is_the_citys_and_no_other_backers_m6(at: datetime) -> None:
    campaign = open_campaign(at=at, goal_minor=10_00)
    made, _other = (promise(campaign, minor, at=at) for minor in (40_00, 30_00))
    closing.close(campaign=campaign, at=campaign.ends_at)
    moment = campaign.ends_at + timedelta(hours=1)
    collection.collect_due(at=campaign.ends_at)
    work(moment)
    charge = Charge.objects.get(purpose=made.purpose)
    give_back(charge, moment)
    for verb in ("dispute", "lose"):
        step(charge, verb, moment)
        work(moment)
    assert (matching.balances(campaign), payments.balances()["losses"]) == ({"held": 30_00}, 40_00)
    closing.settle(campaign=campaign, at=moment)
    assert (matching.balances(campaign), payments.balances()["losses"]) == ({"committed": 30_00}, 40_00)
    assert_heard()


def test_a_monthly_pledge_whose_first_payment_was_given_back_is_not_charged_any_more_m20(
    at: datetime,
) -> None:
    campaign = open_campaign(at=at, goal_minor=10_00)
    made, other = promise(campaign, 20_00, at=at, months=3), promise(campaign, 40_00, at=at)
    moment = end(campaign)
    instalments.begin_due(at=moment)
    # What is held for another dispute is all that a refund can take after the success.
    step(Charge.objects.get(purpose=other.purpose), "dispute", moment)
    work(moment)
    give_back(Charge.objects.get(purpose=made.purpose), moment)
    made.refresh_from_db()
    assert (made.state, made.figures.standing) == (PledgeState.ENDED, 0)
    assert instalments.collect_due(at=moment + timedelta(days=40)) == 0
    assert matching.balances(campaign) == {"held": 40_00}
    assert_heard()


def test_a_late_month_of_a_pledge_that_ended_is_not_paid(at: datetime) -> None:
    made = monthly(at, behaviour="declines")
    moment = made.collected_at + timedelta(days=30)
    instalments.collect_due(at=moment)
    work(moment)
    made.refresh_from_db()
    assert made.state == PledgeState.PAST_DUE
    charge = Charge.objects.get(purpose=made.purpose)
    for verb in ("dispute", "lose"):
        step(charge, verb, moment)
        work(moment)
    with pytest.raises(Conflict):
        instalments.pay_now(actor=made.person, pledge=made, at=moment)


def test_a_failed_refund_is_not_paid_another_way_while_the_payers_bank_decides(at: datetime) -> None:
    campaign = open_campaign(at=at, goal_minor=100_00)
    made = promise(campaign, 40_00, at=at)
    charge = payments.paid(40_00, purpose=made.purpose, account=campaign.account("held"))
    refund = refund_rest(actor=matching.finance_officer(), charge=charge, reason="Asked for it.", at=at)
    for verb in ("send", "fail"):
        advance_refund(refund, Outcome(verb), at=at)
    step(charge, "dispute", at)
    refund = Refund.objects.select_related("charge").get(pk=refund.pk)
    with pytest.raises(Conflict):
        pay_refund_otherwise(actor=matching.finance_officer(), refund=refund, reason="By transfer.", at=at)
    step(charge, "lose", at)
    assert Refund.objects.get(pk=refund.pk).state == "covered"
    payments.assert_whole()


# ------------------------------------------------------------------ what a success is decided on
def collected(campaign: Campaign) -> datetime:
    """The campaign is closed and everybody has paid; it is not decided yet."""
    closing.close(campaign=campaign, at=campaign.ends_at)
    collection.collect_due(at=campaign.ends_at)
    work(campaign.ends_at)
    return campaign.ends_at + timedelta(hours=1)


def test_within_the_grace_the_decision_waits_for_a_dispute_that_would_miss_the_goal(at: datetime) -> None:
    campaign = open_campaign(at=at, goal_minor=50_00)
    made, _other = (promise(campaign, minor, at=at) for minor in (40_00, 30_00))
    moment = collected(campaign)
    charge = Charge.objects.get(purpose=made.purpose)
    step(charge, "dispute", moment)
    work(moment)
    assert closing.settle(campaign=campaign, at=moment).state == CampaignState.COLLECTING
    step(charge, "win", moment)
    work(moment)
    assert closing.settle(campaign=campaign, at=moment).state == CampaignState.SUCCEEDED


def test_after_the_grace_it_is_decided_without_what_is_in_dispute(at: datetime) -> None:
    campaign = open_campaign(at=at, goal_minor=50_00)
    made, _other = (promise(campaign, minor, at=at) for minor in (40_00, 30_00))
    moment = collected(campaign)
    step(Charge.objects.get(purpose=made.purpose), "dispute", moment)
    work(moment)
    over = campaign.ends_at + closing.GRACE
    assert closing.settle(campaign=campaign, at=over).state == CampaignState.MISSED


@pytest.mark.parametrize("won", [False, True])
def test_a_match_of_money_in_dispute_reaches_no_goal(at: datetime, won: bool) -> None:
    campaign = open_campaign(at=at, goal_minor=100_00)
    allocation = matching.enrolled(matching.fund(at), at, campaign)
    made, _other = (promise(campaign, minor, at=at, person=resident()) for minor in (30_00, 40_00))
    moment = collected(campaign)
    charge = Charge.objects.get(purpose=made.purpose)
    step(charge, "dispute", moment)
    work(moment)
    if won:
        closing.settle(campaign=campaign, at=moment)
        step(charge, "win", moment)
        work(moment)
    over = campaign.ends_at + closing.GRACE
    state = closing.settle(campaign=campaign, at=over).state
    assert state == (CampaignState.SUCCEEDED if won else CampaignState.MISSED)
    allocation.refresh_from_db()
    assert allocation.amount_minor == (70_00 if won else 0)
    payments.assert_whole()
