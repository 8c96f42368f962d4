"""What becomes of a need and of the money in its bounty when something beside it changes, in each of its states.

The cells are the specification (docs/data.md): the state afterwards, and what of the two gifts of 20 and 30 euros lies
in the bounty then. What is not there has gone back to its givers, was paid out, or was taken by a bank.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
import time_machine

from civic.accounts.models import Organisation
from civic.accounts.operations.erasure import erase_person
from civic.core.errors import Conflict
from datasets.catalogue.operations import datasets
from marketplace.exchange.models import BountyGift, BountyPayout, GiftStanding
from marketplace.exchange.operations import payouts
from marketplace.exchange.tasks import end_needs
from marketplace.payments.operations.refunds import refund_rest
from projects.proposals.operations.review import cancel
from tests.factories import accounts, campaigns, matching, payments
from tests.factories import exchange as made
from tests.factories.exchange import Scene
from tests.role import role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]
OUT = ["sent", "settled"]


def requested(here: Scene) -> None:
    payout = made.accepted(here)
    assert payout
    payouts.request_payout(actor=matching.finance_officer(), payout=payout, at=here.at)


STAGES: dict[str, Callable[[Scene], object]] = {
    "open": lambda here: None,
    "offered": made.offered,
    "awarded": made.awarded,
    "delivered": made.delivered,
    "accepted": made.accepted,
    "requested": requested,
    "sent": made.sent,
    "paid": made.paid,
}


def scene(stage: str, at: datetime) -> Scene:
    here = made.scene(at)
    made.gift(here, 20_00)
    made.gift(here, 30_00)
    STAGES[stage](here)
    return here


def first_gift(here: Scene) -> BountyGift:
    return BountyGift.objects.filter(need=here.need).order_by("created_at", "pk")[0]


def project_cancelled(here: Scene) -> None:
    manager = accounts.staff("programme-managers")
    cancel(actor=manager, project=here.need.project, reason="There is no money.", at=here.at)


def last_day_over(here: Scene) -> None:
    here.at += timedelta(days=22)
    with time_machine.travel(here.at):
        end_needs()


def giver_erased(here: Scene) -> None:
    erase_person(person=here.givers[0], at=here.at)


def organisation_suspended(here: Scene) -> None:
    Organisation.objects.filter(pk=here.organisation.pk).update(state="suspended")


def dataset_withdrawn(here: Scene) -> None:
    datasets.withdraw(actor=here.owner, dataset=here.dataset, reason="A street is missing.", at=here.at)


def disputed(here: Scene) -> None:
    made.dispute(first_gift(here), here.at)


def won(here: Scene) -> None:
    made.dispute(first_gift(here), here.at, "won")


def lost(here: Scene) -> None:
    made.dispute(first_gift(here), here.at, "lost")


def given_back_by_hand(here: Scene) -> None:
    charge = made.charge_of(first_gift(here))
    with suppress(Conflict):
        refund_rest(actor=matching.finance_officer(), charge=charge, reason="They asked.", at=here.at)


Cell = tuple[str, int]
RUNS = ("open", "offered", "awarded")
ALL, REST, NONE = 50_00, 30_00, 0
CELLS: dict[Callable[[Scene], None], dict[str, Cell]] = {
    project_cancelled: {
        **dict.fromkeys(RUNS, ("refunded", NONE)),
        # Whoever has delivered is answered, by the team or by the data steward (1128 RY19).
        "delivered": ("delivered", ALL),
        **dict.fromkeys(("accepted", "requested"), ("accepted", ALL)),
    },
    last_day_over: {
        **dict.fromkeys(RUNS, ("refunded", NONE)),
        "delivered": ("delivered", ALL),
        **dict.fromkeys(("accepted", "requested"), ("accepted", ALL)),
    },
    **{
        neighbour: {
            **{stage: (stage, ALL) for stage in (*RUNS, "delivered")},
            **dict.fromkeys(("accepted", "requested"), ("accepted", ALL)),
        }
        for neighbour in (giver_erased, organisation_suspended, dataset_withdrawn, disputed, won)
    },
    lost: {
        **{stage: (stage, REST) for stage in (*RUNS, "delivered")},
        **dict.fromkeys(("accepted", "requested"), ("accepted", REST)),
    },
    given_back_by_hand: {
        **{stage: (stage, REST) for stage in (*RUNS, "delivered")},
        "accepted": ("accepted", REST),
        # Two people have seen the sum: it is sent back before somebody takes of it.
        "requested": ("accepted", ALL),
    },
}
# What is on its way is gone, whatever happens: a bank's loss is the city's then.
GONE: dict[str, Cell] = {"sent": ("paid", NONE), "paid": ("paid", NONE)}


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("neighbour", CELLS, ids=lambda one: one.__name__)
def test_where_a_need_and_its_money_are_afterwards(
    neighbour: Callable[[Scene], None], stage: str, at: datetime
) -> None:
    here = scene(stage, at)
    neighbour(here)
    campaigns.work(here.at)
    assert (here.now().state, made.in_bounty(here)) == (CELLS[neighbour] | GONE)[stage]
    adds_up(here)


def adds_up(here: Scene) -> None:
    """What lies in the bounty is what its givers paid, less what went back, was lost or paid out."""
    standing = GiftStanding.objects.filter(need=here.need)
    inside = sum(one.paid - one.returned for one in standing)
    out = sum(one.amount_minor for one in BountyPayout.objects.filter(need=here.need, state__in=OUT))
    assert made.in_bounty(here) == max(0, inside - out)
    payments.assert_whole()


# Whether the payout can be requested, or approved where it was requested, afterwards.
STOPS = {organisation_suspended: True, dataset_withdrawn: True, disputed: True, won: False, lost: False}


@pytest.mark.parametrize("neighbour", STOPS, ids=lambda one: one.__name__)
@pytest.mark.parametrize("stage", ["accepted", "requested"])
def test_what_stops_a_bounty_that_is_owed(
    neighbour: Callable[[Scene], None], stage: str, at: datetime
) -> None:
    here = scene(stage, at)
    neighbour(here)
    campaigns.work(here.at)
    payout = BountyPayout.objects.get(need=here.need)
    # Before a bank's decision what waits for approval is taken back.
    of_bank = neighbour in (disputed, won, lost)
    assert payout.state == ("planned" if of_bank or stage == "accepted" else "requested")
    act = payouts.approve_payout if payout.state == "requested" else payouts.request_payout
    if STOPS[neighbour]:
        with pytest.raises(Conflict):
            act(actor=matching.finance_officer(), payout=payout, at=here.at)
    else:
        act(actor=matching.finance_officer(), payout=payout, at=here.at)
        assert payout.amount_minor == made.in_bounty(here)


@pytest.mark.parametrize(("end", "left"), [("won", "returned"), ("lost", "lost")])
def test_what_a_bank_still_looks_into_goes_back_once_it_has_decided(
    end: str, left: str, at: datetime
) -> None:
    """The need is refunded only then."""
    here = scene("awarded", at)
    disputed(here)
    project_cancelled(here)
    campaigns.work(here.at)
    assert (here.now().state, made.in_bounty(here)) == ("withdrawn", 20_00)
    made.dispute_ends(first_gift(here), here.at, end)
    assert (here.now().state, made.in_bounty(here)) == ("refunded", NONE)
    assert first_gift(here).state == left
    adds_up(here)


def test_a_dispute_lost_after_the_payment_is_the_citys_loss(at: datetime) -> None:
    here = scene("paid", at)
    lost(here)
    assert payments.balances()["losses"] == 20_00
    assert (here.now().state, first_gift(here).state) == ("paid", "lost")
    adds_up(here)


@pytest.mark.parametrize("verb", ["fail", "reverse"])
def test_a_bounty_that_came_back_bears_a_dispute_and_is_asked_for_again(verb: str, at: datetime) -> None:
    here = scene("sent" if verb == "fail" else "paid", at)
    payout = BountyPayout.objects.get(need=here.need)
    made.news(payout, verb, here.at)
    assert (here.now().state, made.in_bounty(here)) == ("accepted", ALL)
    lost(here)
    assert made.in_bounty(here) == REST
    payout.refresh_from_db()
    payouts.request_payout(actor=matching.finance_officer(), payout=payout, at=here.at)
    payouts.approve_payout(actor=matching.finance_officer(), payout=payout, at=here.at)
    campaigns.work(here.at)
    payout.refresh_from_db()
    assert (payout.state, payout.attempt, payout.amount_minor) == ("settled", 2, REST)
    assert (here.now().state, made.in_bounty(here)) == ("paid", NONE)
    adds_up(here)


def test_a_bounty_that_comes_back_after_a_dispute_bears_it_first_1128_ti0(at: datetime) -> None:
    """In the other order, too: the rest is paid anew, and nothing lies there for nobody."""
    here = scene("paid", at)
    lost(here)
    assert payments.balances()["losses"] == ALL - REST
    payout = BountyPayout.objects.get(need=here.need)
    with role():
        made.news(payout, "reverse", here.at)
    assert (made.in_bounty(here), payments.balances().get("losses", 0)) == (REST, 0)
    payout.refresh_from_db()
    payouts.request_payout(actor=matching.finance_officer(), payout=payout, at=here.at)
    payouts.approve_payout(actor=matching.finance_officer(), payout=payout, at=here.at)
    campaigns.work(here.at)
    payout.refresh_from_db()
    assert (payout.state, payout.amount_minor) == ("settled", REST)
    assert (here.now().state, made.in_bounty(here)) == ("paid", NONE)
    adds_up(here)


def test_a_bounty_of_which_nothing_is_left_is_owed_to_nobody(at: datetime) -> None:
    here = made.scene(at)
    made.gift(here)
    made.accepted(here)
    lost(here)
    assert BountyPayout.objects.get(need=here.need).state == "dropped"
    assert (here.now().state, made.in_bounty(here)) == ("refunded", NONE)
