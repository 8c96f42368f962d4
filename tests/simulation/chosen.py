"""For each finding that was mended the steps that lead straight to it, and what sees it where its mend is missing.

Random walks come to a fault late or never; these come to it at once, so that what has to see it is known to see it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from civic.accounts import groups
from civic.accounts.models import Area, Organisation, Person
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.invoicing.models import Invoice
from marketplace.matching.models import MatchFund
from marketplace.payments.models import Charge, DemoPayment
from marketplace.payouts.models import Payout
from marketplace.sponsorship.models import Package, Sponsorship
from projects.calls.models import Call
from projects.proposals.models import Project
from tests.simulation import story as stories
from tests.simulation.engine import Walk
from tests.simulation.story import Story, begin, officers, people

Status = DemoPayment.Status


@dataclass(frozen=True)
class Chosen:
    """Steps, and the signature of the violation that they end with once the mend is taken out."""

    steps: Callable[[Story], None]
    seen_by: str


CHOSEN: dict[str, Chosen] = {}


def leads_to(finding: str, seen_by: str) -> Callable[[Callable[[Story], None]], Callable[[Story], None]]:
    """Adds the steps that lead to a finding."""

    def add(steps: Callable[[Story], None]) -> Callable[[Story], None]:
        CHOSEN[finding] = Chosen(steps, seen_by)
        return steps

    return add


def take(walk: Walk, finding: str) -> None:
    """Takes the steps of a finding. Raises Violation."""
    CHOSEN[finding].steps(Story(walk, lambda _words: None))


def funded(
    story: Story, *, months: int = 1, rule: str = "", second: str = "", shares: Any = (10_000,)
) -> Campaign:
    """A campaign that somebody has backed with 60 euros, four days after its beginning."""
    [manager, _other] = officers(groups.PROGRAMME_MANAGERS)
    clubs = Organisation.objects.filter(kind=Organisation.Kind.COMMUNITY)
    story.do(
        "fund_project",
        author=Person.objects.filter(memberships__organisation__in=clubs).earliest("pk"),
        officer=manager,
        backers=Person.objects.filter(memberships=None, residencies__state="verified").earliest("pk"),
        months=months,
        shares=shares,
        rule=rule,
        second=second,
        is_named=True,
        has_sponsor=False,
        days=4,
        is_poisoned=False,
    )
    return Campaign.objects.latest("created_at", "pk")


def disputed(story: Story, charge: Charge, end: str = "", part: int = 1) -> None:
    """The payer's bank takes a payment back, and decides whose it is where an end is said."""
    story.do("dispute", charge=charge, part=part)
    story.do("work", seconds=30)
    if end:
        story.do("decide_dispute", charge=charge, end=end, part=part)
        story.do("work", seconds=30)


def give(story: Story, who: Person, campaign: Campaign, amount: int) -> None:
    """A pledge by a card that works, and workers who hear of it."""
    stories.give(story, who, who.name, campaign, amount, "works")
    story.do("work", seconds=30)


def first_payment(campaign: Campaign) -> Charge:
    """Of the pledge that came first."""
    pledge = Pledge.objects.filter(campaign=campaign).earliest("created_at", "pk")
    return Charge.objects.get(purpose=pledge.purpose)


def sponsored(story: Story, *, is_paid: bool) -> Sponsorship:
    """A sponsor's contract for a campaign that has succeeded: paid by card, or not even billed."""
    who = people()
    [finance, _other] = officers(groups.FINANCE_OFFICERS)
    campaign = begin(story, who, "Trees on the square", 80_00)
    story.do("plan", project=campaign.project, shares=[10_000])
    sponsor = Organisation.objects.filter(kind=Organisation.Kind.BUSINESS).earliest("pk")
    story.do("offer", package=Package.objects.get(campaign=campaign), sponsor=sponsor)
    contract = Sponsorship.objects.get(campaign=campaign)
    story.do("check", sponsorship=contract, officer=finance)
    story.do("contract", sponsorship=contract)
    give(story, who["Ada"], campaign, 60_00)
    story.wait(9)
    if is_paid:
        story.do("issue", sponsorship=contract, officer=finance)
        story.do("pay_invoice", invoice=Invoice.objects.get(sponsorship=contract))
        story.do("work", seconds=60)
        payment = DemoPayment.objects.filter(status=Status.OPEN).latest("pk")
        story.do("decide", payment=payment, status=Status.PAID, behaviour="works")
        story.do("work", seconds=60)
    return contract


@leads_to("M1", "what_is_reached_is_backed")
def a_match_of_gifts_that_were_not_paid(story: Story) -> None:
    funded(story, rule=MatchFund.Rule.RATIO, second="declines")
    story.wait(8)


@leads_to("M2", "matches_are_for_money_that_is_there")
def a_threshold_of_people_who_did_not_pay(story: Story) -> None:
    funded(story, rule=MatchFund.Rule.THRESHOLD, second="declines")
    story.wait(8)


@leads_to("M3", "matches_are_for_money_that_is_there")
def a_share_of_promises(story: Story) -> None:
    campaign = funded(story, rule=MatchFund.Rule.QUADRATIC, second="declines")
    fund = MatchFund.objects.get(allocations__campaign=campaign)
    [_maker, other] = officers(groups.FINANCE_OFFICERS)
    story.do("share_out", fund=fund, officer=other, waits=True)
    story.wait(8)


@leads_to("M4", "a_paid_sponsorship_has_its_money")
def a_sponsor_disputes(story: Story) -> None:
    sponsored(story, is_paid=True)
    disputed(story, Charge.objects.get(purpose__startswith="invoice:", provider="demo"), Status.LOST)


@leads_to("M5", "collect pledges raises PoisonedError")
def a_row_fails(story: Story) -> None:
    who = people()
    first = begin(story, who, "A bench by the river", 50_00, days=3)
    give(story, who["Ada"], first, 60_00)
    second = begin(story, who, "Trees on the square", 50_00, days=3)
    give(story, who["Cleo"], second, 60_00)
    story.do("poison", pledge=Pledge.objects.get(campaign=first), hours=24 * 4, waits=False)
    story.wait(4)


@leads_to("M6", "money_of_backers_is_there")
def a_refund_and_then_a_lost_dispute(story: Story) -> None:
    who = people()
    campaign = begin(story, who, "A bench by the river", 50_00)
    give(story, who["Ada"], campaign, 40_00)
    give(story, who["Cleo"], campaign, 25_00)
    story.wait(9)
    given = first_payment(campaign)
    [finance, _other] = officers(groups.FINANCE_OFFICERS)
    story.do("refund", charge=given, officer=finance)
    story.do("work", seconds=60)
    disputed(story, given, Status.LOST)


@leads_to("M7", "nobody_is_charged_for_what_is_over")
def a_project_with_monthly_backers_fails(story: Story) -> None:
    campaign = funded(story, months=3)
    story.do("fail", project=campaign.project)
    story.wait(40)


@leads_to("M19", "log: the step for %r failed")
def a_project_is_cancelled_while_its_campaign_runs(story: Story) -> None:
    who = people()
    campaign = begin(story, who, "A bench by the river", 50_00)
    give(story, who["Ada"], campaign, 60_00)
    story.do("cancel_project", project=campaign.project)
    story.wait(9)


@leads_to("M20", "months_end_with_the_first_payment")
def the_first_payment_is_lost(story: Story) -> None:
    campaign = funded(story, months=3)
    disputed(story, first_payment(campaign), Status.LOST)
    story.wait(40)


@leads_to("M21", "log:")
def a_dispute_of_a_monthly_backer_is_won(story: Story) -> None:
    campaign = funded(story, months=3)
    disputed(story, first_payment(campaign), Status.WON)


@leads_to("M22", "sponsors_of_what_failed_owe_nothing")
def a_project_with_a_sponsor_is_cancelled(story: Story) -> None:
    contract = sponsored(story, is_paid=False)
    story.do("cancel_project", project=contract.campaign.project)
    story.do("work", seconds=30)


@leads_to("M23", "what_raises_money_can_be_paid")
def nobody_could_be_paid(story: Story) -> None:
    who = people()
    [manager, _other] = officers(groups.PROGRAMME_MANAGERS)
    story.do("start_project", author=who["Emil"], with_organisation=False)
    project = Project.objects.latest("created_at", "pk")
    opened = {"goal": 50_00, "rule": Campaign.Rule.ALL_OR_NOTHING, "days": 3, "cap": None, "sponsors": 5_000}
    if story.attempt("open_campaign", officer=manager, project=project, **opened) != "done":
        return
    give(story, who["Ada"], project.campaigns.get(), 60_00)
    story.wait(4)


@leads_to("M26", "request_payout raises")
def a_fund_is_shared_out_before_the_payout(story: Story) -> None:
    campaign = funded(story, rule=MatchFund.Rule.QUADRATIC, second="works")
    fund = MatchFund.objects.get(allocations__campaign=campaign)
    [_maker, other] = officers(groups.FINANCE_OFFICERS)
    story.do("deliver", project=campaign.project)
    story.do("share_out", fund=fund, officer=other, waits=True)
    story.do("request_payout", payout=Payout.objects.get(campaign=campaign), waits=True)


@leads_to("V1", "the_published_file_has_the_published_winners")
def a_project_leaves_the_ballot_of_a_ranking(story: Story) -> None:
    story.do("start_vote", kind="ranking", rule="greedy", days=1, cost=90_00, least_age=None, district="")
    call = Call.objects.get(slug__startswith="vote-")
    voters = Person.objects.filter(memberships=None, residencies__state="verified", is_staff=False)
    # The third project wins by three to two, unless the place of the first one, which leaves, counts on for two.
    orders = [[2, 1, 3, 0]] * 3 + [[1, 0, 2, 3]] * 2
    for voter, order in zip(voters.order_by("pk"), orders, strict=False):
        story.do("cast", person=voter, call=call, order=order, most=4)
    story.do("take_off_the_ballot", project=call.projects.earliest("pk"))
    story.wait(2)


@leads_to("I7", "one_human_votes_once")
def somebody_votes_with_two_accounts(story: Story) -> None:
    story.do("start_vote", kind="approval", rule="greedy", days=10, cost=40_00, least_age=None, district="")
    call = Call.objects.get(slug__startswith="vote-")
    story.do(
        "try_to_vote_twice",
        number=0,
        call=call,
        area=Area.objects.get(name="Old Town"),
        ways=["a desk", "a vote", "a withdraw", "a letter", "b desk", "b vote"],
        left_out=None,
        order=[0, 1, 2, 3],
    )
