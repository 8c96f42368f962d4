"""Many at once: real threads on the real database, with a hundred tries where one would not show it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from civic.core import events
from civic.core.errors import Refused
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.operations import closing, collection, pledges, totals
from marketplace.campaigns.states import TAKES_PLACE, CampaignState, PledgeState
from marketplace.payments.charge_owners import charge_owners
from marketplace.payments.models import Charge, MethodSetup, Refund
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.providers import Outcome, demo
from tests.factories import accounts, payments
from tests.factories.campaigns import (
    keep_going,
    open_campaign,
    pledge_by,
    promise,
    save_card,
    work,
)
from tests.voting.test_races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock_at")]
AT = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


def test_the_last_places_under_a_cap_by_16_at_once() -> None:
    """Five places for sixteen people: over 0."""
    campaign = open_campaign(at=AT, cap_minor=150_00)
    pledge_by(accounts.person(), campaign, 100_00, at=AT)
    people = [accounts.person() for _ in range(16)]
    results = at_once(*[lambda who=who: pledge_by(who, campaign, 10_00, at=AT) for who in people])
    made = [one for one in results if isinstance(one, pledges.Started)]
    refused = [one for one in results if isinstance(one, Refused)]
    assert (len(made), len(refused)) == (5, 11)
    taken = sum(Pledge.objects.filter(state__in=TAKES_PLACE).values_list("amount_minor", flat=True))
    assert taken == 150_00


def test_what_one_person_may_give_by_16_at_once() -> None:
    campaign, person = open_campaign(at=AT, pledge_max_minor=50_00), accounts.person()

    def give() -> object:
        try:
            return pledge_by(person, campaign, 20_00, at=AT)
        except Refused as refusal:
            return refusal

    results = at_once(*[give] * 16)
    assert sum(isinstance(one, pledges.Started) for one in results) == 2
    assert sum(isinstance(one, Refused) for one in results) == 14


def test_one_form_32_times_at_once_is_one_pledge() -> None:
    campaign, person, token = open_campaign(at=AT), accounts.person(), uuid4()
    results = at_once(*[lambda: pledge_by(person, campaign, 20_00, at=AT, token=token)] * 32)
    assert {one.pledge.pk for one in results} == {Pledge.objects.get().pk}
    assert MethodSetup.objects.count() == 1


def test_one_form_with_other_contents_at_once_is_refused() -> None:
    campaign, person, token = open_campaign(at=AT), accounts.person(), uuid4()
    sums = [20_00 + place for place in range(8)]
    results = at_once(
        *[lambda cents=cents: pledge_by(person, campaign, cents, at=AT, token=token) for cents in sums]
    )
    refused = [one for one in results if isinstance(one, Refused)]
    assert len(refused) == 7
    assert {one.code for one in refused} == {"key-reused"}


def test_the_close_against_pledges_and_cards() -> None:
    """Each pledge is counted by the close and collected, or it is refused or cancelled: never one without the other."""
    wrong = sum(not counted_on_both_sides(closed_among_pledges()) for _round in range(12))
    print(f"\nclose against pledges: {wrong} of 12 rounds counted a pledge on neither or both sides")
    assert wrong == 0


def closed_among_pledges() -> Campaign:
    """A campaign that was closed while four cards were saved and four people pledged."""
    campaign = open_campaign(at=AT, goal_minor=50_00)
    saved = [pledge_by(accounts.person(), campaign, 30_00, at=AT) for _ in range(4)]
    work(AT)
    for one in saved:
        save_card(one)
    payments.work(AT + timedelta(minutes=1))
    end, before = campaign.ends_at, campaign.ends_at - timedelta(seconds=1)
    at_once(
        *[lambda who=who: pledge_by(who, campaign, 10_00, at=before) for who in _people(4)],
        *[lambda one=one: charge_owners["pledge"].succeeded(one.pledge.pk, Charge(), AT) for one in saved],
        lambda: closing.close(campaign=campaign, at=end),
    )
    return campaign


def _people(count: int) -> list[Any]:
    return [accounts.person() for _ in range(count)]


def counted_on_both_sides(campaign: Campaign) -> bool:
    """What the close said it counted is what is active, and nothing waits unfinished."""
    campaign.refresh_from_db()
    said = events.about(campaign).filter(kind__in=["campaign.collected", "campaign.missed"]).get().payload
    active = campaign.pledges.filter(state=PledgeState.ACTIVE)
    waiting = campaign.pledges.filter(state__in=[PledgeState.STARTED, PledgeState.AWAITING_METHOD])
    return said["pledged_minor"] == sum(one.amount_minor for one in active) and not waiting.exists()


@pytest.mark.parametrize("try_number", range(8))
def test_cancel_against_the_close(try_number: int) -> None:
    """A pledge that was cancelled in time is never charged; one that was not is counted."""
    campaign, person = open_campaign(at=AT, goal_minor=20_00), accounts.person()
    made = promise(campaign, 30_00, at=AT, person=person)
    before = campaign.ends_at - timedelta(seconds=1)
    at_once(
        lambda: pledges.cancel_pledge(actor=person, pledge=made, at=before),
        lambda: closing.close(campaign=campaign, at=campaign.ends_at),
    )
    keep_going(campaign.ends_at)
    campaign.refresh_from_db()
    made.refresh_from_db()
    charged = Charge.objects.filter(purpose=made.purpose).exists()
    expected = {
        PledgeState.CANCELLED: (CampaignState.MISSED, False),
        PledgeState.COLLECTED: (CampaignState.SUCCEEDED, True),
    }
    assert (campaign.state, charged) == expected[PledgeState(made.state)]


def test_cancel_against_collect() -> None:
    """After the close nobody cancels: each pledge is charged once."""
    campaign, person = open_campaign(at=AT, goal_minor=20_00), accounts.person()
    made = promise(campaign, 30_00, at=AT, person=person)
    closing.close(campaign=campaign, at=campaign.ends_at)
    before = campaign.ends_at - timedelta(seconds=1)
    at_once(
        *[lambda: pledges.cancel_pledge(actor=person, pledge=made, at=before)] * 4,
        *[lambda: collection.collect_due(at=campaign.ends_at)] * 4,
    )
    made.refresh_from_db()
    assert made.state == PledgeState.COLLECTING
    assert Charge.objects.count() == 1


def test_two_workers_collect_each_pledge_once() -> None:
    campaign = open_campaign(at=AT)
    for _number in range(8):
        promise(campaign, 20_00, at=AT)
    closing.close(campaign=campaign, at=campaign.ends_at)
    at_once(*[lambda: collection.collect_due(at=campaign.ends_at)] * 4)
    assert Charge.objects.count() == 8


@pytest.mark.parametrize("try_number", range(6))
def test_a_refund_against_a_dispute_of_the_same_money(try_number: int) -> None:
    """Whoever is first: the payer gets it once, and nothing goes below zero."""
    campaign, person = open_campaign(at=AT, rule=Campaign.Rule.KEEP), accounts.person()
    started = pledge_by(person, campaign, 25_00, at=AT)
    work(AT)
    payments.decide(started.payment, demo.Status.PAID)
    work(AT)
    charge = Charge.objects.get(pk=started.payment.pk)
    at_once(
        lambda: pledges.cancel_pledge(actor=person, pledge=started.pledge, at=AT),
        lambda: advance_charge(Charge.objects.get(pk=charge.pk), Outcome("dispute"), at=AT),
    )
    charge.refresh_from_db()
    assert charge.state == "disputed"
    advance_charge(charge, Outcome("lose"), at=AT)
    work(AT)
    payments.assert_whole()
    charge.refresh_from_db()
    given = sum(one.amount_minor for one in Refund.objects.filter(charge=charge, state="done"))
    assert (charge.state, given) == ("lost", 0)
    assert campaign.account("held") not in payments.balances()


def test_totals_of_many_at_once_are_what_the_rows_say() -> None:
    campaign = open_campaign(at=AT)
    started = [pledge_by(accounts.person(), campaign, 10_00, at=AT) for _ in range(8)]
    work(AT)
    for one in started:
        save_card(one)
    at_once(*[lambda: work(AT)] * 4)
    work(AT)
    said = {name: getattr(campaign.total, name) for name in totals.counted(campaign)}
    assert said == totals.counted(campaign)
    assert said["pledged_minor"] == 80_00
