"""Courses that things take, in many orders: to where rules of several slices meet, as single verbs rarely do."""

import random
from collections.abc import Callable
from datetime import timedelta
from functools import reduce
from operator import or_

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q

from civic.accounts import groups
from civic.accounts.models import Organisation, Person
from civic.core.errors import Refused
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.states import CampaignState
from marketplace.invoicing.models import Invoice
from marketplace.matching.models import MatchFund
from marketplace.matching.states import MatchFundState
from marketplace.payments.models import Charge, DemoPayment, Transfer
from marketplace.payments.states import PAID
from marketplace.payouts.models import Payout
from marketplace.payouts.states import PayoutState
from marketplace.sponsorship.models import Sponsorship
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from tests.simulation.draws import Void, a, one_of, some_of
from tests.simulation.engine import City, verb
from tests.simulation.slices import campaigns, delivery, payments, pledges, sponsorship
from tests.simulation.slices import clock as time
from tests.simulation.slices import matching as matches
from tests.simulation.world import finance, manager

COMMUNITY = Q(memberships__role="owner", memberships__organisation__kind=Organisation.Kind.COMMUNITY)
RESIDENT = Q(is_staff=False, is_active=True)
Rule = MatchFund.Rule


@verb(
    3.5,
    author=a(Person, likely=COMMUNITY, only=RESIDENT),
    officer=manager(),
    backers=a(Person, likely=Q(residencies__state="verified"), only=RESIDENT),
    months=one_of(1, 3),
    shares=one_of((10_000,), (3_000, 7_000)),
    rule=one_of("", Rule.RATIO, Rule.RATIO, Rule.THRESHOLD, Rule.QUADRATIC, Rule.QUADRATIC),
    second=one_of("", "", "works", "works", "asks", "declines", "declines"),
    is_named=one_of(*[True] * 7, False),
    has_sponsor=one_of(True, False, False),
    # A campaign of three days is decided after four; or after twelve where somebody has not paid.
    days=one_of(4, 4, 4, 12),
    is_poisoned=one_of(*[False] * 6, True),
)
def fund_project(
    city: City,
    *,
    author: Person,
    officer: Person,
    backers: Person,
    months: int,
    shares: tuple[int, ...],
    rule: str,
    second: str,
    is_named: bool,
    has_sponsor: bool,
    days: int,
    is_poisoned: bool,
) -> None:
    """A project comes together without trouble, so that there is something to deliver and pay out.

    Where a second backer is needed for the goal, it may still miss it; and it may have named nobody to be paid.
    """
    campaigns.start_project(city, author, is_named)
    project = Project.objects.get(slug=f"project-{city.number}")
    delivery.plan(city, project, shares)
    # With a second backer all of it is needed: 60 and 40, and what the fund adds to both.
    goal = 150_00 if second and rule == Rule.RATIO else 100_00 if second else 50_00
    campaigns.open_campaign(city, officer, project, goal, Campaign.Rule.ALL_OR_NOTHING, 3, None, 5_000)
    campaign = project.campaigns.get()
    if rule:
        match_of(city, rule, campaign, 2 if second else 1)
    if has_sponsor:
        sponsor(city, campaign)
    pledges.back(city, backers, campaign, 60_00, months, False, "works")
    if second:
        residents = Person.objects.filter(residencies__state="verified", is_active=True, is_staff=False)
        other = residents.exclude(pk__in=[backers.pk, author.pk]).order_by("pk").first()
        if other is None:
            raise Void("second backer")
        pledges.back(city, other, campaign, 40_00, 1, False, second)
    # Workers hear of the gifts at once: after the fund's last day it would match nothing.
    time.work(city, 0, city.number)
    if is_poisoned:
        time.poison(city, campaign.pledges.earliest("created_at", "pk"), 24, True)
    city.clock.hop(timedelta(days=days), random.Random(city.number))
    project.refresh_from_db()
    if project.state == ProjectState.FUNDED:
        delivery.start_delivery(city, officer, project)


def match_of(city: City, rule: str, campaign: Campaign, backers: int) -> None:
    """A fund of three days takes part, filled and opened by two officers."""
    officer, other = Person.objects.filter(groups__name=groups.FINANCE_OFFICERS).order_by("pk")[:2]
    funder = Organisation.objects.filter(kind=Organisation.Kind.DEPARTMENT).earliest("pk")
    fund = matches.create_fund(city, officer, funder, rule, 3, 10_000, backers, 40_00)
    matches.confirm_deposit(city, other, fund.deposits.get())
    matches.open_fund(city, officer, fund)
    fund.refresh_from_db()
    matches.enrol(city, officer, fund, campaign)


def sponsor(city: City, campaign: Campaign) -> None:
    """A business offers to sponsor it, is checked, and accepts the terms; none where all have closed."""
    businesses = Organisation.objects.filter(kind=Organisation.Kind.BUSINESS, memberships__role="owner")
    business = businesses.order_by("pk").first()
    if business is None:
        return
    officer = Person.objects.filter(groups__name=groups.FINANCE_OFFICERS).earliest("pk")
    sponsorship.offer(city, campaign.packages.get(), business)
    contract = Sponsorship.objects.get(campaign=campaign)
    sponsorship.check(city, officer, contract)
    contract.refresh_from_db()
    sponsorship.contract(city, contract)


@verb(
    5,
    campaign=a(
        Campaign,
        likely=Q(state__in=[CampaignState.COLLECTING, CampaignState.SUCCEEDED]),
        only=~Q(state=CampaignState.DRAFT),
    ),
    officer=finance(),
    other=finance(),
    head=manager(),
    way=some_of(
        ("fail", "month"),
        ("cancel", "month"),
        ("lose", "month"),
        ("win", "month"),
        ("refund", "lose"),
        ("a part", "lose"),
        ("share out", "month"),
        ("deliver", "share out", "request", "approve"),
        ("deliver", "request", "lose", "approve"),
        ("bill", "lose"),
        ("bill", "win", "fail"),
        ("bill", "fail", "give back"),
        ("fail", "give back", "lose"),
        ("cancel", "bill"),
    ),
)
def go_on(
    city: City, campaign: Campaign, officer: Person, other: Person, head: Person, way: list[str]
) -> None:
    """What becomes of one campaign; what is refused on the way is tried and passed over."""
    project = campaign.project
    steps: dict[str, Callable[[], object]] = {
        "fail": lambda: delivery.fail(city, head, project),
        "cancel": lambda: campaigns.cancel_project(city, head, project),
        "month": lambda: city.clock.hop(timedelta(days=31), random.Random(city.number), timedelta(hours=6)),
        "lose": lambda: decided(city, charge_of(campaign), DemoPayment.Status.LOST),
        "win": lambda: decided(city, charge_of(campaign), DemoPayment.Status.WON),
        "refund": lambda: payments.refund(city, officer, charge_of(campaign)),
        "a part": lambda: payments.refund_a_part(city, officer, charge_of(campaign), 50),
        "share out": lambda: matches.share_out(city, officer, fund_of(campaign), True),
        "start": lambda: delivery.start_delivery(city, head, project),
        "deliver": lambda: delivery.deliver(city, head, project),
        "request": lambda: delivery.request_payout(city, officer, payout_of(campaign), True),
        "approve": lambda: delivery.approve_payout(city, other, payout_of(campaign)),
        "bounce": lambda: payments.transfer_bounces(city, transfer_of(campaign)),
        "anew": lambda: anew(city, officer, other, campaign),
        "bill": lambda: bill(city, officer, campaign),
        "give back": lambda: give_back(city, officer, other, campaign),
    }
    for name in way:
        try:
            steps[name]()
            time.work(city, 0, city.number)
        except (Refused, Void, ObjectDoesNotExist):
            continue


@verb(
    5,
    campaign=a(Campaign, only=Q(state=CampaignState.SUCCEEDED)),
    officer=finance(),
    other=finance(),
    head=manager(),
    way=some_of(
        ("lose", "bounce", "anew"),
        ("bounce", "lose", "anew"),
        ("bounce", "anew", "lose", "bounce", "anew"),
        ("a part", "lose", "bounce", "anew"),
        ("bounce", "lose", "fail", "give back"),
        ("bill", "lose", "bounce", "anew"),
        ("month", "lose", "bounce", "deliver", "request", "approve"),
    ),
)
def pay_out_and_go_on(
    city: City, campaign: Campaign, officer: Person, other: Person, head: Person, way: list[str]
) -> None:
    """What has gone to a project comes back, and in between its payers' banks take back what they had paid."""
    go_on(city, campaign, officer, other, head, ["start", "deliver", "request", "approve", *way])


@verb(
    5,
    campaign=a(
        Campaign,
        only=Q(
            allocations__fund__rule=Rule.QUADRATIC,
            allocations__fund__state__in=[MatchFundState.OPEN, MatchFundState.FROZEN],
            state__in=[CampaignState.COLLECTING, CampaignState.SUCCEEDED],
        ),
    ),
    officer=finance(),
    other=finance(),
    head=manager(),
    way=some_of(
        ("share out", "month"),
        ("deliver", "share out", "request", "approve"),
        ("deliver", "share out", "request", "approve"),
        ("share out", "lose", "deliver", "request", "approve"),
    ),
)
def share_out_and_go_on(
    city: City, campaign: Campaign, officer: Person, other: Person, head: Person, way: list[str]
) -> None:
    """A fund is shared out while money is still collected, or between an acceptance and its payout."""
    go_on(city, campaign, officer, other, head, way)


def charge_of(campaign: Campaign) -> Charge:
    """The sponsor's payment where there is one, else the one that came first."""
    own = [f"pledge:{key}" for key in campaign.pledges.values_list("pk", flat=True)]
    bills = campaign.sponsorships.filter(invoice__isnull=False).values_list("invoice", flat=True)
    there = Charge.objects.filter(state__in=PAID, provider="demo")
    for bill_ in bills:
        if found := there.filter(purpose__startswith=f"invoice:{bill_}:").first():
            return found
    return there.filter(purpose__in=own).earliest("created_at", "pk")


def fund_of(campaign: Campaign) -> MatchFund:
    """The quadratic fund that it takes part in."""
    return MatchFund.objects.filter(rule=Rule.QUADRATIC, allocations__campaign=campaign).earliest("pk")


def payout_of(campaign: Campaign) -> Payout:
    """What is planned or waits for approval."""
    waiting = campaign.payouts.filter(state__in=[PayoutState.PLANNED, PayoutState.REQUESTED])
    return waiting.earliest("created_at", "pk")


def transfer_of(campaign: Campaign) -> Transfer:
    """What went to its project last."""
    own = [f"payout:{key}" for key in campaign.payouts.values_list("pk", flat=True)]
    gone = Transfer.objects.filter(reduce(or_, (Q(purpose__startswith=one) for one in own), Q(pk=None)))
    return gone.filter(state="settled").latest("created_at", "pk")


def anew(city: City, officer: Person, other: Person, campaign: Campaign) -> None:
    """A payout that came back is asked for and approved again."""
    payout = campaign.payouts.filter(state=PayoutState.REVERSED).earliest("created_at", "pk")
    delivery.request_payout(city, officer, payout, True)
    delivery.approve_payout(city, other, payout)


def decided(city: City, charge: Charge, end: str) -> None:
    """The payer's bank takes the money back and decides whose it is."""
    payments.dispute(city, charge, 1)
    time.work(city, 0, city.number)
    payments.decide_dispute(city, charge, end, 1)


def give_back(city: City, officer: Person, other: Person, campaign: Campaign) -> None:
    """What is left goes back to backers, funds and sponsors; of what a sponsor paid, by a credit note for a part."""
    delivery.propose_return(city, officer, campaign)
    delivery.confirm_return(city, other, campaign.returns.latest("pk"))


def bill(city: City, officer: Person, campaign: Campaign) -> None:
    """The sponsor's invoice is issued and paid by card."""
    sponsorship.issue(city, officer, campaign.sponsorships.earliest("pk"))
    sponsorship.pay_invoice(city, Invoice.objects.get(sponsorship__campaign=campaign))
    city.clock.start("run commands")
    payment = DemoPayment.objects.filter(payments.OPEN).latest("pk")
    payments.decide(city, payment, DemoPayment.Status.PAID, "works")
