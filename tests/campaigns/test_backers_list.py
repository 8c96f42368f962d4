"""The list of backers does not say who disputes, or gets money back, as it happens (SA9 of 27 November)."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils.timezone import localtime

from civic.accounts.models import Person
from civic.accounts.operations.erasure import erase_person
from civic.core import clock
from civic.core.models import Event
from marketplace.campaigns.models import Campaign, CampaignTotal, Pledge
from marketplace.campaigns.operations import closing, pledges, totals
from marketplace.campaigns.queries import campaigns
from marketplace.payments.models import Charge
from marketplace.payments.operations import refund_rest
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.providers import Outcome
from tests.factories import accounts, sponsors
from tests.factories.campaigns import open_campaign, pledge_by, work
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db


def given(campaign: Campaign, at: datetime, person: Person | None = None, *, hidden: bool = False) -> Pledge:
    """A gift of 20.00 that arrived at this moment."""
    made = pledge_by(person or accounts.person(), campaign, 20_00, at=at).pledge
    # Rows of before a wish held for all gifts of a person differ, too.
    Pledge.objects.filter(pk=made.pk).update(anonymous=hidden)
    work(at)
    step(made, "succeed", at)
    return made


def listed(pledge: Pledge) -> tuple[bool, bool, int]:
    """Whether the campaign's page and the project's show the giver, and how many the list counts without a name."""
    campaign = pledge.campaign
    project = Client().get(campaign.project.get_absolute_url()).content.decode()
    page = Client().get(campaign.get_absolute_url()).content.decode()
    name = f"/people/{pledge.person_id}/"
    total = CampaignTotal.objects.get(campaign=campaign)
    return name in page, name in project, campaigns.nameless(total, clock.now())


def step(pledge: Pledge, verb: str, at: datetime) -> None:
    advance_charge(Charge.objects.get(purpose=pledge.purpose), Outcome(verb), at=at)
    work(at)


def taken(pledge: Pledge, how: str, at: datetime) -> None:
    if how == "lost":
        step(pledge, "dispute", at)
        step(pledge, "lose", at)
    if how == "refunded":
        charge = Charge.objects.get(purpose=pledge.purpose)
        refund_rest(actor=sponsors.officer(), charge=charge, reason="Asked.", at=at)
    if how == "cancelled":
        pledges.cancel_pledge(actor=pledge.person, pledge=pledge, at=at)
    work(at)


def test_a_name_stays_while_the_gift_is_in_dispute_1127_sa9() -> None:
    now = clock.now()
    named = given(open_campaign(rule="keep"), now)
    assert listed(named) == (True, True, 0)
    for verb in ("dispute", "win"):
        step(named, verb, now)
        assert listed(named) == (True, True, 0), verb
    named.campaign.total.refresh_from_db()
    # What is published of money is what stands.
    amounts = [(one["amount_minor"], one["pledges"]) for one in named.campaign.total.amounts]
    assert (amounts, named.campaign.total.collected_minor) == ([(20_00, 1)], 20_00)


@pytest.mark.parametrize("how", ["lost", "refunded", "cancelled"])
def test_a_name_that_goes_goes_with_the_day_1127_sa9(how: str) -> None:
    now = clock.now()
    campaign = open_campaign(at=now - timedelta(days=3), rule="keep", ends_at=now + timedelta(days=6))
    named, hidden = (given(campaign, now - timedelta(days=2), hidden=one) for one in (False, True))
    for one in (named, hidden):
        taken(one, how, now)
    assert Pledge.objects.filter(figures__standing__gt=0).count() == 0
    assert listed(named) == (True, True, 1)
    assert CampaignTotal.objects.get(campaign=campaign).amounts == []


@pytest.mark.parametrize("how", ["lost", "refunded", "cancelled"])
def test_a_name_that_went_yesterday_is_gone_1127_sa9(how: str) -> None:
    now = clock.now()
    campaign = open_campaign(at=now - timedelta(days=3), rule="keep", ends_at=now + timedelta(days=6))
    named, hidden = (given(campaign, now - timedelta(days=2), hidden=one) for one in (False, True))
    for one in (named, hidden):
        taken(one, how, now - timedelta(days=1, minutes=2))
    assert listed(named) == (False, False, 0)


def test_a_gift_without_a_name_hides_the_others_also_in_dispute_1127_sa9() -> None:
    now = clock.now()
    named = given(open_campaign(rule="keep"), now)
    hidden = given(named.campaign, now, named.person, hidden=True)
    for verb in ("dispute", "win"):
        assert listed(named) == (False, False, 1)
        step(hidden, verb, now)


def test_an_ended_pledge_offers_no_name_to_hide_1127() -> None:
    now = clock.now()
    campaign = open_campaign(at=now - timedelta(days=3), rule="keep", ends_at=now + timedelta(days=6))
    today, before = (given(campaign, now - timedelta(days=2)) for _ in range(2))
    taken(today, "cancelled", now)
    taken(before, "cancelled", now - timedelta(days=1, minutes=2))
    # Until the day is over the name is there.
    for one, offered in ((today, True), (before, False)):
        assert ("Hide my name" in text_of(visitor(one.person), one.get_absolute_url())) is offered


def test_a_campaign_ends_in_which_a_gift_without_a_name_had_ended_1127_l1() -> None:
    now = clock.now()
    campaign = open_campaign(at=now - timedelta(days=3), rule="keep", ends_at=now + timedelta(days=6))
    taken(given(campaign, now - timedelta(days=2), hidden=True), "cancelled", now)
    assert CampaignTotal.objects.get(campaign=campaign).gone_on
    closing.close(campaign=campaign, at=campaign.ends_at)
    (ended,) = Event.objects.filter(kind="campaign.missed", subject_id=campaign.pk)
    # What it was decided on is kept for ever; who showed no name, and each amount, are no part of that.
    assert {name for name in ended.payload if "_minor" in name} >= {"pledged_minor", "collected_minor"}
    assert not {"nameless", "gone_on", "gone", "amounts"} & {*ended.payload}


def test_a_name_that_is_hidden_is_gone_before_it_is_counted_1127_l1() -> None:
    now = clock.now()
    named = given(open_campaign(rule="keep"), now)
    pledges.show_name(actor=named.person, pledge=named, shown=False, at=now)
    assert listed(named) == (False, False, 0)
    work(now)
    assert listed(named) == (False, False, 1)
    pledges.show_name(actor=named.person, pledge=named, shown=True, at=now)
    work(now)
    assert listed(named) == (True, True, 0)


@pytest.mark.parametrize("over", [False, True])
def test_who_erases_the_account_is_a_backer_without_a_name_1127_l1(over: bool) -> None:
    now = clock.now()
    campaign = open_campaign(at=now - timedelta(days=3), rule="keep", ends_at=now + timedelta(days=6))
    named = given(campaign, now - timedelta(days=2))
    if over:
        taken(named, "cancelled", now)
    erase_person(person=named.person, at=now)
    work(now)
    assert listed(named) == (False, False, 1)
    assert not totals.recount_all(at=now)


@pytest.mark.parametrize("how", ["lost", "refunded", "cancelled"])
def test_the_day_of_a_name_is_the_citys_day_1127_sa9(how: str) -> None:
    """In the first hours of a day it is another day in UTC, in which the database writes its moments."""
    now = clock.now()
    campaign = open_campaign(at=now - timedelta(days=3), rule="keep", ends_at=now + timedelta(days=6))
    named, hidden = (given(campaign, now - timedelta(days=2), hidden=one) for one in (False, True))
    midnight = localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    ended = [midnight + timedelta(seconds=1), midnight - timedelta(seconds=1)]
    for one in (named, hidden):
        taken(one, how, now)
    for moment, is_listed in zip(ended, (True, False), strict=True):
        Pledge.objects.filter(campaign=campaign).update(state_since=moment)
        totals.recount(campaign, moment)
        assert listed(named) == (is_listed, is_listed, int(is_listed)), moment
