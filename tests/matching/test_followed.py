"""What was matched follows a dispute at once, and the end of a campaign is heard by what a fund publishes."""

from datetime import datetime

import pytest
from django.db import transaction
from django.test import Client

from civic.accounts import groups
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.operations.closing import cancel_campaign
from marketplace.matching import quadratic
from marketplace.matching.models import Allocation, MatchFund
from marketplace.matching.operations import matching
from marketplace.matching.states import AllocationState
from marketplace.payments.models import Charge, Refund
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.providers import Outcome
from tests.factories import accounts, payments
from tests.factories import matching as made
from tests.factories.campaigns import end, open_campaign, pledge_by, work
from tests.matching.test_settlement import (
    DAYS,
    amount,
    assert_recomputes,
    crowd,
    frozen,
    gifts,
    quadratic_fund,
    shared_out,
)
from tests.payouts.test_returns import cancel, failed, given_back, part_paid_out

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


def paid(campaign: Campaign, minor: int, at: datetime) -> Charge:
    """A resident's gift that has arrived."""
    pledge_by(accounts.resident(), campaign, minor, at=at)
    work(at)
    charge = Charge.objects.latest("created_at")
    payments.decide(charge, "paid")
    work(at)
    return charge


def guaranteed(allocation: Allocation) -> tuple[int, int]:
    """Of the allocation, and as everybody sees it."""
    campaign = Campaign.objects.select_related("total").get(pk=allocation.campaign_id)
    return amount(allocation), campaign.total.match_guaranteed_minor


def step(charge: Charge, verb: str, at: datetime) -> None:
    advance_charge(charge, Outcome(verb), at=at)
    work(at)


def test_a_threshold_follows_a_dispute_and_its_end_1127_st4(at: datetime) -> None:
    allocation = made.enrolled(made.threshold_fund(at), at, rule=Campaign.Rule.KEEP)
    charge, _other = (paid(allocation.campaign, 5_00, at) for _ in range(2))
    assert guaranteed(allocation) == (50_00, 50_00)
    step(charge, "dispute", at)
    # Set aside still, after the fund's last day too; it counts for nothing meanwhile.
    assert guaranteed(allocation) == (50_00, 0)
    step(charge, "win", at)
    assert guaranteed(allocation) == (50_00, 50_00)
    payments.assert_whole()


@pytest.mark.parametrize("won", [True, False])
def test_a_ratio_waits_for_the_end_of_a_dispute_once_its_fund_gives_no_more_1127_st4(
    at: datetime, won: bool
) -> None:
    fund = made.fund(at)
    allocation = made.enrolled(fund, at, ends_at=at + 60 * DAYS, rule=Campaign.Rule.KEEP)
    charge, _other = paid(allocation.campaign, 5_00, at), paid(allocation.campaign, 3_00, at)
    assert guaranteed(allocation) == (8_00, 8_00)
    late = fund.freezes_at + DAYS
    step(charge, "dispute", late)
    matching.match_campaign(allocation.campaign, late)  # as any later gift has it done
    assert guaranteed(allocation) == (8_00, 3_00)
    step(charge, "win" if won else "lose", late)
    matching.match_campaign(allocation.campaign, late)
    left = 8_00 if won else 3_00
    assert guaranteed(allocation) == (left, left)
    payments.assert_whole()


def test_a_quadratic_share_follows_a_dispute_and_its_end_1127_st4(at: datetime) -> None:
    fund = quadratic_fund(at, holds=500_00)
    allocation = crowd(fund, at, 9_00)
    charge, _other = (paid(allocation.campaign, 9_00, at) for _ in range(2))
    shared_out(frozen(fund))
    moment = fund.freezes_at + 15 * DAYS
    share = amount(allocation)
    step(charge, "dispute", moment)
    assert 0 < amount(allocation) < share
    assert_recomputes(fund)
    step(charge, "win", moment)
    assert amount(allocation) == share
    assert_recomputes(fund)
    payments.assert_whole()


@pytest.mark.parametrize("project_ends", [False, True])
def test_a_published_input_says_that_a_campaign_has_ended_1127_st5(at: datetime, project_ends: bool) -> None:
    fund = quadratic_fund(at, holds=500_00)
    ends, stays = crowd(fund, at, 9_00, 9_00), crowd(fund, at, 4_00, 4_00)
    shared_out(frozen(fund))
    kept = amount(stays)
    campaign = ends.campaign
    if project_ends:
        Campaign.objects.filter(pk=campaign.pk).update(state="succeeded")
        campaign.refresh_from_db()
        matching.commit_match(campaign, at)
        matching.release_owed(campaign, at)
    else:
        manager = accounts.staff(groups.PROGRAMME_MANAGERS)
        cancel_campaign(actor=manager, campaign=campaign, reason="Polluted.", at=at)
    assert amount(ends) == 0
    assert_recomputes(fund)
    document = fund.published_input or {}
    assert len(document["fallen"]) == len(gifts(ends)) == 2
    assert quadratic.recompute(document)[str(stays.campaign_id)] == amount(stays) == kept
    assert Pledge.objects.filter(campaign=stays.campaign, state="active").count() == 2


def test_who_ended_before_a_fund_is_shared_out_takes_no_part_of_it_1127_sa7(at: datetime) -> None:
    """Between the freeze and the sharing out: the gifts of a campaign that succeeded stand until its rest goes back."""
    fund = quadratic_fund(at, holds=500_00)
    ends, stays = crowd(fund, at, 9_00, 9_00), crowd(fund, at, 4_00, 4_00)
    alone = quadratic_fund(at, holds=500_00)
    other = crowd(alone, at, 4_00, 4_00)
    Campaign.objects.filter(pk=ends.campaign_id).update(state="succeeded")
    frozen(fund), frozen(alone)
    campaign = Campaign.objects.get(pk=ends.campaign_id)
    matching.release_owed(campaign, fund.freezes_at)
    shared_out(fund), shared_out(alone)
    assert amount(ends) == 0
    assert amount(stays) == amount(other) > 0


def share_paid(at: datetime) -> tuple[Allocation, Allocation, datetime]:
    """A share of 24.00 that the fund has paid to a campaign which succeeded, and that of another campaign."""
    fund = quadratic_fund(at, holds=500_00)
    campaign = open_campaign(
        made.organised_project(at), at=at, rule=Campaign.Rule.KEEP, ends_at=at + 60 * DAYS
    )
    ends, stays = made.enrolled(fund, at, campaign), crowd(fund, at, 4_00, 4_00)
    for minor in (9_00, 16_00):
        paid(campaign, minor, at)
    shared_out(frozen(fund))
    moment = end(campaign)
    with transaction.atomic():
        matching.pay_match(campaign, moment)
    assert amount(ends) == 24_00
    return ends, stays, moment


def test_what_goes_back_of_a_share_that_was_paid_is_published_1127_sa8(at: datetime) -> None:
    """Its gifts go back with it: their fall lowers the share no further."""
    ends, stays, moment = share_paid(at)
    cancel(ends.campaign.project, moment)
    given_back(ends.campaign, moment)
    assert (amount(ends), Refund.objects.count()) == (0, 2)
    assert_recomputes(ends.fund)
    document = ends.fund.published_input or {}
    assert document["returned"] == {str(ends.campaign_id): 24_00}
    assert quadratic.recompute(document)[str(stays.campaign_id)] == amount(stays)
    page = " ".join(Client().get(ends.fund.get_absolute_url()).content.decode().split())
    assert "more was left when the project ended, and is back in the fund" in page
    payments.assert_whole()


def test_what_goes_back_of_a_share_adds_up_1127_sa8(at: datetime) -> None:
    ends, _stays, moment = share_paid(at)
    for number, left in ((1, 14_00), (2, 4_00)):
        with transaction.atomic():
            (allocation,) = matching.locked_allocations(ends.campaign, [AllocationState.PAID])
            matching.return_part(allocation, 10_00, key=f"back:{number}", at=moment)
        assert amount(ends) == left
        assert_recomputes(ends.fund)
    payments.assert_whole()


@pytest.mark.parametrize("parts", [(3_333, 6_667), (9_000, 1_000)])
def test_what_was_spent_of_a_share_when_its_gifts_fell_is_published_1127_sb1(
    at: datetime, parts: tuple[int, int]
) -> None:
    """What is left comes back; what is not stays what a stranger computes, also once the project has ended."""
    ends, stays, moment = share_paid(at)
    kept, later = amount(stays), part_paid_out(ends.campaign, moment, parts)
    charge = Charge.objects.get(amount_minor=16_00)
    for verb in ("dispute", "lose"):
        step(charge, verb, later)
    assert_recomputes(ends.fund)
    document = ends.fund.published_input or {}
    assert document["spent"] == {str(ends.campaign_id): amount(ends)}
    assert guaranteed(ends) == (amount(ends), amount(ends))
    failed(ends.campaign, later)
    assert_recomputes(ends.fund)
    assert (
        quadratic.recompute(ends.fund.published_input or {})[str(stays.campaign_id)] == amount(stays) == kept
    )
    payments.assert_whole()


def test_an_input_that_tells_what_its_version_did_not_know_says_another_1127_tf13(at: datetime) -> None:
    """A program that was fetched before would else count a share that went back as one that is there."""
    ends, _stays, moment = share_paid(at)
    fund = ends.fund
    document = fund.published_input or {}
    before = document | {"rule": document["rule"] | {"version": 1}}
    assert quadratic.recompute(before) == quadratic.recompute(document)
    MatchFund.objects.filter(pk=fund.pk).update(published_input=before, input_digest=quadratic.digest(before))
    cancel(ends.campaign.project, moment)
    given_back(ends.campaign, moment)
    fund.refresh_from_db()
    after = fund.published_input or {}
    assert (after["rule"]["version"], "returned" in after) == (2, True)
    assert_recomputes(fund)
