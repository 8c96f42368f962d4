"""A payer's dispute of a monthly pledge: what its first payment and a later month become."""

from datetime import datetime, timedelta

import pytest

from marketplace.campaigns.operations import instalments
from marketplace.campaigns.states import InstalmentState, PledgeState
from marketplace.payments.models import Charge, DemoPayment
from marketplace.payments.providers import demo
from tests.campaigns.test_instalments import monthly
from tests.factories import payments
from tests.factories.campaigns import work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


@pytest.mark.parametrize(("status", "state"), [("WON", PledgeState.ACTIVE), ("LOST", PledgeState.ENDED)])
def test_the_first_payment_of_a_monthly_pledge_in_dispute(at: datetime, status: str, state: str) -> None:
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


def test_a_month_that_a_dispute_took_is_missed(at: datetime) -> None:
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
