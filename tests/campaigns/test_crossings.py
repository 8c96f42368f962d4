"""Each order of two money verbs of a payment of 40 euros, for a pledge, a month and an invoice: what is left, in euros.

The cells are the specification; `NO` is refused, and changes nothing. The dispute of a payment of which nothing is left
is the city's loss and takes nothing from anybody.
"""

from datetime import datetime, timedelta

import pytest
from django.db import transaction

from civic.core.errors import Conflict
from civic.core.models import Delivery
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.operations import instalments
from marketplace.campaigns.operations.totals import counted, secured, towards
from marketplace.campaigns.states import PledgeState
from marketplace.payments.models import Charge, DemoPayment
from marketplace.payments.operations import refund_part, refund_rest
from marketplace.payments.providers import demo
from tests.factories import matching, payments
from tests.factories.campaigns import end, open_campaign, promise, work
from tests.factories.payments import euro
from tests.undoing import undone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]
NO = "refused"
VERBS = ("refund 10", "refund all", "lose 15", "lose 5 of 15", "win 15", "lose all")
# What is left after the verb alone, then after each of VERBS that follows it.
CELLS = {
    "refund 10": (30, (20, 0, 15, 25, 30, 0)),
    "refund all": (0, (NO, NO, 0, 0, 0, 0)),
    "lose 15": (25, (15, 0, 10, 20, 25, 0)),
    "lose 5 of 15": (35, (25, 0, 20, 30, 35, 0)),
    "win 15": (40, (30, 0, 25, 35, 40, 0)),
    "lose all": (0, (NO, NO, 0, 0, 0, 0)),
}
OWNERS = ("pledge of an open campaign", "pledge of a campaign that succeeded", "month")


def payment_of(owner: str, at: datetime) -> tuple[Pledge, Charge, datetime]:
    """A paid payment of 40 euros beside one of somebody else, and a moment after it."""
    if owner.endswith("open campaign"):
        campaign, moment = open_campaign(at=at, rule=Campaign.Rule.KEEP), at
        promise(campaign, 60_00, at=at)
        made = promise(campaign, 40_00, at=at)
    else:
        campaign = open_campaign(at=at, goal_minor=10_00)
        promise(campaign, 60_00, at=at)
        made = promise(campaign, 40_00, at=at, months=6 if owner == "month" else 1)
        moment = end(campaign) + timedelta(days=1)
    purpose = made.purpose
    if owner == "month":
        made.refresh_from_db()
        instalments.begin_due(at=moment)
        moment = made.collected_at + timedelta(days=35)
        instalments.collect_due(at=moment)
        work(moment)
        purpose = made.instalments.order_by("number")[0].purpose
    return made, Charge.objects.get(purpose=purpose), moment


def act(charge: Charge, verb: str, at: datetime) -> None:
    what, _space, rest = verb.partition(" ")
    whole = rest.split(" ")[-1]
    if what == "refund":
        known = {"actor": matching.finance_officer(), "charge": charge, "reason": "Asked for it.", "at": at}
        if whole == "all":
            refund_rest(**known)
        else:
            refund_part(amount=euro(int(whole) * 100), token=str(at), **known)
    else:
        took = euro(40_00) if whole == "all" else euro(int(whole) * 100)
        lost = euro(5_00) if "5 of" in rest else took
        demo.dispute(charge, amount=took, at=at)
        work(at)
        status = DemoPayment.Status.WON if what == "win" else DemoPayment.Status.LOST
        demo.dispute(charge, status, amount=lost, at=at)
    work(at)


def left(charge: Charge) -> int:
    """What counts of the payment, in euros, by the views and the ledger at once."""
    figures = type(charge).objects.select_related("figures").get(pk=charge.pk).figures
    return (figures.paid - figures.returned - figures.disputed) // 100


def assert_counts(made: Pledge, charge: Charge, owner: str, whole: int) -> None:
    """The pledge, the totals, the ledger and the provider all say that so much is left."""
    assert left(charge) == whole
    campaign = Campaign.objects.get(pk=made.campaign_id)
    pledge = Pledge.objects.select_related("figures").get(pk=made.pk)
    first = 40 if owner == "month" else whole
    assert pledge.figures.standing == first * 100
    assert secured(campaign) == towards(counted(campaign)) == (60 + first) * 100
    if owner != "month":
        assert pledge.state == (PledgeState.COLLECTED if whole else PledgeState.DROPPED)
    # Nobody else's money has paid for it.
    there = sum(matching.balances(campaign).values())
    assert there == (60 + first + (whole if owner == "month" else 0)) * 100
    assert payments.balances().get("provider/demo", 0) == demo.Demo().balance("EUR").minor
    assert not Delivery.objects.exclude(last_error="").exists()
    payments.assert_whole()


@pytest.mark.parametrize("owner", OWNERS)
def test_each_order_of_two_money_verbs_of_a_payment_m18(owner: str, at: datetime) -> None:
    made, charge, moment = payment_of(owner, at)
    for first, (alone, then) in CELLS.items():
        with undone():
            act(charge, first, moment)
            assert_counts(made, charge, owner, alone)
            for second, cell in zip(VERBS, then, strict=True):
                with undone():
                    _second(made, charge, owner, second, cell, alone, moment + timedelta(hours=1))


def _second(made, charge, owner, second, cell, alone, at) -> None:
    if cell == NO:
        with pytest.raises(Conflict), transaction.atomic():
            act(charge, second, at)
    else:
        act(charge, second, at)
    assert_counts(made, charge, owner, alone if cell == NO else cell)


def test_every_verb_has_its_row_and_columns() -> None:
    assert tuple(CELLS) == VERBS
    assert all(len(then) == len(VERBS) for _alone, then in CELLS.values())
