"""Monthly pledges: the first month counts for the goal, the others follow a success, one charge each."""

from datetime import date, datetime, timedelta

import pytest

from marketplace.campaigns.models import Campaign, Instalment, Pledge
from marketplace.campaigns.operations import instalments, pledges
from marketplace.campaigns.states import InstalmentState, PledgeState
from marketplace.payments.models import Charge, DemoPayment
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.operations.refunds import refund_rest
from marketplace.payments.providers import Outcome
from tests.factories import accounts, payments
from tests.factories.campaigns import end, open_campaign, promise, work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


def monthly(at: datetime, months: int = 3, behaviour: str = "works") -> Pledge:
    """A monthly pledge of 10 euros to a campaign that has succeeded; its card then behaves so."""
    campaign = open_campaign(at=at, goal_minor=10_00)
    made = promise(campaign, 10_00, at=at, months=months)
    assert campaign.total.monthly_minor == 10_00
    moment = end(campaign)
    assert instalments.begin_due(at=moment) == 1
    method = Pledge.objects.get(pk=made.pk).method
    assert method is not None
    method.provider_ref = f"{behaviour}-{method.pk}"
    method.save()
    made.refresh_from_db()
    return made


def month(at: datetime, moment: datetime) -> None:
    """What the clock does on that day."""
    instalments.collect_due(at=moment)
    work(moment)


def states(pledge: Pledge) -> list[str]:
    pledge.refresh_from_db()
    return [pledge.state, *pledge.instalments.values_list("state", flat=True)]


def test_months_are_charged_on_their_days_and_the_last_one_ends_the_pledge(at: datetime) -> None:
    made = monthly(at)
    first = made.collected_at
    assert first is not None
    assert [one.due_on for one in made.instalments.all()] == [date(2026, 7, 10), date(2026, 8, 10)]
    month(at, first + timedelta(days=29))
    assert states(made) == [PledgeState.ACTIVE, InstalmentState.DUE, InstalmentState.DUE]
    month(at, first + timedelta(days=30))
    assert states(made) == [PledgeState.ACTIVE, InstalmentState.COLLECTED, InstalmentState.DUE]
    month(at, first + timedelta(days=61))
    assert states(made) == [PledgeState.ENDED, InstalmentState.COLLECTED, InstalmentState.COLLECTED]
    assert payments.balances() == {"provider/demo": 30_00, made.campaign.account("committed"): 30_00}
    assert made.campaign.total.collected_minor == 10_00
    payments.assert_whole()


def test_a_month_that_fails_needs_its_person_and_can_be_paid(at: datetime) -> None:
    made = monthly(at, months=2, behaviour="declines")
    later = made.collected_at + timedelta(days=31)  # type: ignore[operator]
    month(at, later)
    assert states(made) == [PledgeState.PAST_DUE, InstalmentState.NEEDS_PAYER]
    assert made.person is not None
    charge = instalments.pay_now(actor=made.person, pledge=made, at=later)
    work(later)
    payments.decide(charge, DemoPayment.Status.PAID)
    work(later)
    assert states(made) == [PledgeState.ENDED, InstalmentState.COLLECTED]


@pytest.mark.parametrize(
    ("verb", "then", "left"),
    [("win", InstalmentState.COLLECTED, 20_00), ("lose", InstalmentState.MISSED, 10_00)],
)
def test_a_month_that_was_disputed_before_it_was_heard_of_ends_too(
    at: datetime, verb: str, then: str, left: int
) -> None:
    made = monthly(at, months=2)
    assert made.collected_at is not None
    moment = made.collected_at + timedelta(days=30)
    instalments.collect_due(at=moment)
    charge = Charge.objects.get(purpose=made.instalments.get().purpose)
    payments.work(moment)
    for step in ("succeed", "dispute"):
        advance_charge(charge, Outcome(step), at=moment)
    work(moment)
    assert states(made) == [PledgeState.ACTIVE, InstalmentState.COLLECTING]
    advance_charge(charge, Outcome(verb), at=moment)
    work(moment)
    assert states(made) == [PledgeState.ENDED, then]
    assert payments.balances()[made.campaign.account("committed")] == left
    payments.assert_whole()


def test_two_months_that_nobody_pays_end_the_pledge(at: datetime) -> None:
    made = monthly(at, months=4, behaviour="declines")
    first = made.collected_at
    assert first is not None
    for days in (31, 62):
        month(at, first + timedelta(days=days))
        instalments.miss_due(at=first + timedelta(days=days + 13))
        assert states(made)[0] == PledgeState.PAST_DUE
        instalments.miss_due(at=first + timedelta(days=days + 15))
    missed, over = InstalmentState.MISSED, InstalmentState.ENDED
    assert states(made) == [PledgeState.ENDED, missed, missed, over]
    month(at, first + timedelta(days=100))
    assert Charge.objects.filter(state="succeeded").count() == 1


def test_only_two_missed_months_in_a_row_end_a_pledge(at: datetime) -> None:
    made = monthly(at, months=5, behaviour="declines")
    assert made.collected_at
    assert made.person
    missed, paid = InstalmentState.MISSED, InstalmentState.COLLECTED
    for number, then in enumerate((missed, paid, missed), 1):
        moment = made.collected_at + timedelta(days=31 * number)
        month(at, moment)
        if then == paid:
            charge = instalments.pay_now(actor=made.person, pledge=made, at=moment)
            work(moment)
            payments.decide(charge, DemoPayment.Status.PAID)
            work(moment)
        instalments.miss_due(at=moment + timedelta(days=15))
    assert states(made) == [PledgeState.PAST_DUE, missed, paid, missed, InstalmentState.DUE]


def test_the_person_stops_whenever_they_want(at: datetime) -> None:
    made = monthly(at)
    assert made.person is not None
    with pytest.raises(pledges.Conflict):
        pledges.cancel_pledge(actor=made.person, pledge=made, at=at)
    pledges.stop_monthly(actor=made.person, pledge=made, at=at)
    assert states(made) == [PledgeState.ENDED, InstalmentState.ENDED, InstalmentState.ENDED]
    with pytest.raises(pledges.Conflict):
        pledges.stop_monthly(actor=made.person, pledge=made, at=at)


def test_a_missed_goal_has_no_months(at: datetime) -> None:
    campaign = open_campaign(at=at)
    promise(campaign, 10_00, at=at, months=12)
    moment = end(campaign)
    assert instalments.begin_due(at=moment) == 0
    assert not Instalment.objects.exists()


def test_a_monthly_gift_to_a_campaign_that_keeps_is_charged_at_once(at: datetime) -> None:
    campaign = open_campaign(at=at, rule=Campaign.Rule.KEEP)
    made = promise(campaign, 10_00, at=at, months=2, person=accounts.person())
    assert made.state == PledgeState.COLLECTED


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 31), 13, date(2027, 4, 30)),
    ],
)
def test_the_same_day_some_months_later(day: date, months: int, expected: date) -> None:
    assert instalments.month_after(day, months) == expected


def test_no_month_is_charged_once_the_first_payment_has_gone_back_s15d(at: datetime) -> None:
    """The desk refunds all of it, and no worker tells for weeks: the card was charged for the next month."""
    made = monthly(at)
    charge = Charge.objects.get(purpose=made.purpose)
    refund_rest(actor=accounts.staff("finance-officers"), charge=charge, reason="A mistake.", at=at)
    assert made.collected_at
    later = made.collected_at + timedelta(days=40)
    assert instalments.collect_due(at=later) == 0
    month(at, later)
    assert states(made) == [PledgeState.ENDED, InstalmentState.ENDED, InstalmentState.ENDED]
