"""Match funds: never more than there is, never for money that is not there."""

import random
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from math import sqrt
from uuid import uuid4

from django.db.models import Q

from civic.accounts.models import Organisation, Person
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.states import PROMISED, CampaignState
from marketplace.matching import quadratic
from marketplace.matching.models import Allocation, Challenge, Deposit, FundReturn, MatchFund
from marketplace.matching.operations import (
    challenges,
    deposits,
    exclusions,
    funds,
    quadratic_allocation,
    returns,
)
from marketplace.matching.states import MatchFundState
from marketplace.payments.models import Charge
from tests.simulation.clock import due
from tests.simulation.draws import a, minor, one_of
from tests.simulation.engine import City, holds, verb
from tests.simulation.slices.payments import balances, still_there
from tests.simulation.slices.pledges import RESIDENT
from tests.simulation.world import finance

Rule = MatchFund.Rule


@due
def last_days() -> Iterator[datetime | None]:
    for fund in MatchFund.objects.filter(state=MatchFundState.OPEN):
        yield fund.freezes_at
        yield quadratic_allocation.challenged_until(fund)


@verb(
    0.6,
    officer=finance(),
    funder=a(Organisation, only=Q(kind=Organisation.Kind.DEPARTMENT)),
    rule=one_of(Rule.RATIO, Rule.RATIO, Rule.THRESHOLD, Rule.QUADRATIC),
    days=one_of(5, 20, 60),
    ratio=one_of(5_000, 10_000, 10_000),
    backers=one_of(2, 3),
    sum_=minor(20_00, 80_00),
)
def create_fund(
    city: City,
    officer: Person,
    funder: Organisation,
    rule: str,
    days: int,
    ratio: int,
    backers: int,
    sum_: int,
) -> MatchFund:
    """A fund is set up, and a deposit entered, which another officer confirms."""
    threshold = rule == Rule.THRESHOLD
    terms = funds.FundTerms(
        title=f"Fund {city.number}",
        summary="Adds to what residents give.",
        funder=funder,
        currency="EUR",
        rule=rule,
        freezes_at=city.at + timedelta(days=days),
        ratio_bp=ratio if rule == Rule.RATIO else None,
        threshold_backers=backers if threshold else None,
        threshold_minor=sum_ if threshold else None,
        challenge_days=3,
    )
    made = funds.create_fund(actor=officer, terms=terms, at=city.at)
    deposits.enter_deposit(actor=officer, fund=made, amount_minor=sum_ * 3, note="Budget", at=city.at)
    return made


@verb(1.5, officer=finance(), entered=a(Deposit, likely=Q(confirmed_at=None)))
def confirm_deposit(city: City, officer: Person, entered: Deposit) -> None:
    deposits.confirm_deposit(actor=officer, deposit=entered, at=city.at)


@verb(0.4, officer=finance(), fund=a(MatchFund), amount=minor(10_00, 100_00))
def enter_deposit(city: City, officer: Person, fund: MatchFund, amount: int) -> None:
    deposits.enter_deposit(actor=officer, fund=fund, amount_minor=amount, note="More", at=city.at)


@verb(1.5, officer=finance(), fund=a(MatchFund, likely=Q(state=MatchFundState.DRAFT)))
def open_fund(city: City, officer: Person, fund: MatchFund) -> None:
    funds.open_fund(actor=officer, fund=fund, at=city.at)


@verb(
    4,
    officer=finance(),
    fund=a(MatchFund, likely=Q(state=MatchFundState.OPEN)),
    campaign=a(Campaign, likely=Q(state=CampaignState.OPEN)),
)
def enrol(city: City, officer: Person, fund: MatchFund, campaign: Campaign) -> None:
    funds.enrol(actor=officer, fund=fund, campaign=campaign, at=city.at)


@verb(0.5, officer=finance(), campaign=a(Campaign, likely=Q(state=CampaignState.OPEN)), person=RESIDENT)
def exclude(city: City, officer: Person, campaign: Campaign, person: Person) -> None:
    exclusions.exclude(actor=officer, campaign=campaign, person=person, reason="A relative.", at=city.at)


@verb(
    2,
    officer=finance(),
    fund=a(MatchFund, only=Q(rule=Rule.QUADRATIC), likely=Q(state="frozen")),
    waits=one_of(True, True, False),
)
def share_out(city: City, officer: Person, fund: MatchFund, waits: bool) -> None:
    """An officer shares a fund out; most wait until nobody may challenge it any more."""
    until = quadratic_allocation.challenged_until(fund)
    if waits and until and until > city.at:
        city.clock.hop(until - city.at, random.Random(city.number))
    quadratic_allocation.settle(actor=officer, fund=fund, at=city.at)


@verb(0.5, person=RESIDENT, fund=a(MatchFund, only=Q(rule=Rule.QUADRATIC)))
def challenge(city: City, person: Person, fund: MatchFund) -> None:
    challenges.challenge(
        actor=person, fund=fund, text="One of them is a relative.", token=uuid4(), at=city.at
    )


@verb(1, officer=finance(), found=a(Challenge), upheld=one_of(True, False))
def decide_challenge(city: City, officer: Person, found: Challenge, upheld: bool) -> None:
    decided = challenges.uphold if upheld else challenges.reject
    decided(actor=officer, challenge=found, reason="Looked into it.", at=city.at)


@verb(0.8, officer=finance(), fund=a(MatchFund, likely=Q(state__in=["settled", "closed"])))
def ask_return(city: City, officer: Person, fund: MatchFund) -> None:
    returns.request_return(
        actor=officer, fund=fund, holder="Office", iban="DE89370400440532013000", reason="Over", at=city.at
    )


@verb(1, officer=finance(), found=a(FundReturn, likely=Q(state="requested")), yes=one_of(True, True, False))
def decide_return(city: City, officer: Person, found: FundReturn, yes: bool) -> None:
    if yes:
        returns.approve_return(actor=officer, returned=found, at=city.at)
    else:
        returns.withdraw_return(actor=officer, returned=found, reason="Not yet.", at=city.at)


@holds()
def a_fund_never_gives_more_than_it_has(city: City) -> Iterator[str]:
    """Paid in = available + reserved + committed + paid, by the ledger (DOMAIN 4)."""
    there = balances()
    for fund in MatchFund.objects.all():
        parts = {part: there.get(fund.account(part), 0) for part in ("available", "reserved", "committed")}
        own = Allocation.objects.filter(fund=fund)
        owed = sum(one.amount_minor for one in own if one.state in ("reserved", "estimated"))
        if min(parts.values()) < 0:
            yield f"{fund.rule}: {parts}"
        if fund.rule != Rule.QUADRATIC and owed > parts["reserved"]:
            yield f"{fund.rule}: promises {owed}, has set aside {parts['reserved']}"


@holds()
def a_fund_holds_what_was_paid_in_and_has_not_left(city: City) -> Iterator[str]:
    """Deposits less what went back to the funder: in the fund, or paid to campaigns, and every cent of it known."""
    there = balances()
    for fund in MatchFund.objects.all():
        came = sum(
            one.amount_minor for one in fund.deposits.all() if one.confirmed_at and not one.taken_back_at
        )
        left = sum(one.amount_minor for one in fund.returns.all() if one.state in ("sent", "settled"))
        inside = sum(there.get(fund.account(part), 0) for part in ("available", "reserved", "committed"))
        paid = sum(one.amount_minor for one in fund.allocations.all() if one.state == "paid")
        # A transfer comes back a moment before its return hears of it.
        back = sum(
            one.amount_minor for one in fund.returns.all() if one.state in ("sent", "settled", "failed")
        )
        if not came - left <= inside + paid <= came - left + back:
            yield f"{fund.rule}: paid in {came}, gone {left}, has {inside}, paid {paid}"


@holds()
def a_stranger_recomputes_what_a_fund_gives(city: City) -> Iterator[str]:
    """What a quadratic fund has published comes to what it gives, also after gifts fell away."""
    # One that was given up before it opened has published nothing.
    shared = MatchFund.objects.filter(rule=Rule.QUADRATIC, state__in=["settled", "closed"])
    for fund in shared.exclude(state="closed", frozen_at=None):
        document = fund.published_input or {}
        shares = quadratic.recompute(document)
        if quadratic.digest(document) != fund.input_digest:
            yield "the digest is of another input"
        for one in fund.allocations.filter(state__in=["reserved", "committed", "paid"]):
            # Less where gifts came back after the fund had given the money on.
            if one.amount_minor > shares[str(one.campaign_id)]:
                yield f"gives {one.amount_minor}, published {shares[str(one.campaign_id)]}"


def most_for(gifts: Iterable[int]) -> int:
    """What gifts can bring of a quadratic fund that has enough: by the formula, and a cent for each of rounding."""
    given = list(gifts)
    return int(sum(map(sqrt, given)) ** 2) - sum(given) + len(given)


@holds()
def a_share_is_for_gifts_that_were_paid(city: City) -> Iterator[str]:
    """What a fund was shared out by is no more than what those campaigns have of people at that moment (M3)."""
    known: set[object] = city.memory.setdefault("shared", set())
    for fund in MatchFund.objects.filter(rule=Rule.QUADRATIC, state="settled").exclude(pk__in=known):
        known.add(fund.pk)
        for one in fund.allocations.filter(state__in=["reserved", "committed"]).select_related("campaign"):
            given: dict[object, int] = {}
            for pledge in one.campaign.pledges.all():
                arrived = still_there(Charge.objects.filter(purpose=f"pledge:{pledge.pk}"))
                promised = pledge.amount_minor if pledge.state in PROMISED else 0
                given[pledge.person_id or pledge.pk] = (
                    given.get(pledge.person_id or pledge.pk, 0) + arrived + promised
                )
            if one.amount_minor > (most := most_for(given.values())):
                yield f"gives {one.amount_minor}, gifts that stand bring {most}"


@holds()
def matches_are_for_money_that_is_there(city: City) -> Iterator[str]:
    """When a campaign succeeds, each match counts people whose money has arrived and is not in dispute (DOMAIN 13).

    A ratio fund that gives no more keeps what it added to a gift in dispute until that is decided.
    """
    known: set[object] = city.memory.setdefault("matched", set())
    for campaign in Campaign.objects.filter(state=CampaignState.SUCCEEDED).exclude(pk__in=known):
        known.add(campaign.pk)
        given: dict[object, int] = {}
        disputed = 0
        for pledge in campaign.pledges.all():
            charges = Charge.objects.filter(purpose=f"pledge:{pledge.pk}")
            arrived = still_there(charges)
            disputed += still_there(charges, in_dispute=True) - arrived
            if arrived:
                person = pledge.person_id or pledge.pk
                given[person] = given.get(person, 0) + arrived
        for one in Allocation.objects.filter(
            campaign=campaign, state__in=["committed", "paid"]
        ).select_related("fund"):
            fund = one.fund
            gives = fund.state == MatchFundState.OPEN and city.at < fund.freezes_at
            counts = sum(given.values()) + (0 if gives else disputed)
            most = counts * (fund.ratio_bp or 0) // 10_000 + campaign.pledges.count()
            if fund.rule == Rule.RATIO and one.amount_minor > most:
                yield f"ratio: {one.amount_minor} for {counts}"
            if (
                fund.rule == Rule.THRESHOLD
                and one.amount_minor
                and len(given) < (fund.threshold_backers or 0)
            ):
                yield f"threshold: {one.amount_minor} for {len(given)} of {fund.threshold_backers}"
            if fund.rule == Rule.QUADRATIC and one.amount_minor > (most := most_for(given.values())):
                yield f"quadratic: {one.amount_minor}, gifts that have arrived bring {most}"


@holds("end")
def funds_of_ended_campaigns_owe_nothing(city: City) -> Iterator[str]:
    """A campaign that came to nothing binds no money of a fund."""
    bound = Allocation.objects.filter(
        campaign__state__in=[CampaignState.MISSED, CampaignState.CANCELLED],
        state__in=["estimated", "reserved", "committed"],
        amount_minor__gt=0,
    )
    yield from (f"{one.state} {one.amount_minor}" for one in bound)
