"""Refunds at the desk take the money from wherever it is now, in part too, and the match follows (M9, M10)."""

from datetime import datetime
from uuid import uuid4

import pytest

from civic.core.errors import Conflict
from civic.core.money import Money
from marketplace.campaigns import accounts
from marketplace.campaigns.models import Campaign, CampaignTotal
from marketplace.ledger import operations as ledger
from marketplace.matching.models import Allocation
from marketplace.payments.models import Charge
from marketplace.payments.operations import refund_part
from tests.campaigns.test_disputes import assert_heard, collected, give_back, paid, step
from tests.factories import matching
from tests.factories.accounts import resident
from tests.factories.campaigns import end, open_campaign, promise, work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


def part(charge: Charge, minor: int, at: datetime, token: object = "") -> None:
    refund_part(
        actor=matching.finance_officer(),
        charge=charge,
        amount=Money(minor, "EUR"),
        token=token or uuid4(),
        reason="Asked for it.",
        at=at,
    )
    work(at)


def matched(at: datetime, *, succeeds: bool) -> tuple[Campaign, Charge, datetime]:
    """A campaign with 40 that were paid and doubled by a fund, and a moment after that."""
    campaign = open_campaign(at=at, goal_minor=10_00)
    matching.enrolled(matching.fund(at), at, campaign)
    promise(campaign, 40_00, at=at, person=resident())
    moment = end(campaign) if succeeds else collected(campaign)
    return campaign, Charge.objects.get(), moment


@pytest.mark.parametrize("succeeds", [False, True])
def test_what_went_back_in_part_leaves_total_and_match_m10(at: datetime, succeeds: bool) -> None:
    campaign, charge, moment = matched(at, succeeds=succeeds)
    before = CampaignTotal.objects.get(campaign=campaign)
    assert (before.collected_minor, before.match_guaranteed_minor) == (40_00, 40_00)
    part(charge, 39_99, moment)
    total = CampaignTotal.objects.get(campaign=campaign)
    assert (total.collected_minor, total.match_guaranteed_minor) == (1, 1)
    assert Allocation.objects.get().amount_minor == 1
    # What everybody can add up from the published amounts is the same.
    assert [(one["amount_minor"], one["pledges"]) for one in total.amounts] == [(1, 1)]
    assert_heard()


def test_all_goes_back_after_a_success_and_its_match_m9(at: datetime) -> None:
    campaign, charge, moment = matched(at, succeeds=True)
    give_back(charge, moment)
    total = CampaignTotal.objects.get(campaign=campaign)
    assert (total.collected_minor, total.match_guaranteed_minor) == (0, 0)
    assert matching.balances(campaign) == {}
    assert_heard()


def test_a_refund_after_success_leaves_what_is_held_for_a_dispute_m9(at: datetime) -> None:
    campaign, (first, second), moment = paid(at, 60_00, 40_00)
    step(second, "dispute", moment)
    work(moment)
    give_back(first, moment)
    assert matching.balances(campaign) == {"held": 40_00}
    step(second, "win", moment)
    work(moment)
    assert matching.balances(campaign) == {"committed": 40_00}
    assert_heard()


def test_what_is_paid_out_cannot_go_back_and_the_refusal_says_what_is_left_m9(at: datetime) -> None:
    campaign, (charge,), moment = paid(at, 40_00)
    released, committed = (accounts.of_campaign(campaign, one) for one in ("released", "committed"))
    legs = ledger.move(Money(30_00, "EUR"), source=released, target=committed)
    ledger.post(book=campaign.book, kind="milestone", key="out", at=moment, public={}, legs=legs)
    with pytest.raises(Conflict, match="Only €10 of"):
        give_back(charge, moment)
    part(charge, 10_00, moment)
    assert charge.refunded == Money(10_00, "EUR")
    assert_heard()


def test_a_form_that_is_sent_twice_gives_back_once_m10(at: datetime) -> None:
    _campaign, (charge,), moment = paid(at, 40_00)
    token = uuid4()
    part(charge, 5_00, moment, token)
    part(charge, 5_00, moment, token)
    assert charge.refunded == Money(5_00, "EUR")
