"""Campaigns: what is reached is backed, and everybody sees what there is."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, Sum

from civic.accounts.models import Person
from civic.core.models import Event
from civic.core.money import Money
from marketplace.campaigns.models import Campaign, CampaignTotal, Instalment, Pledge
from marketplace.campaigns.operations import campaigns, closing, totals
from marketplace.campaigns.states import CampaignState, PledgeState
from marketplace.matching.models import Allocation
from marketplace.payments.models import Charge
from marketplace.payments.states import ChargeState
from marketplace.sponsorship.models import Sponsorship
from projects.calls.models import Call
from projects.calls.states import PhaseKind
from projects.proposals.models import Project
from projects.proposals.operations import recipient, review
from projects.proposals.states import ProjectState
from tests.factories import proposals
from tests.simulation.clock import due
from tests.simulation.draws import a, minor, one_of
from tests.simulation.engine import City, holds, verb
from tests.simulation.role import as_owner
from tests.simulation.slices.payments import balances, still_there
from tests.simulation.slices.sponsorship import packages
from tests.simulation.world import manager

# Who acts for an organisation that can be paid: without one no campaign opens.
ACTS = a(Person, likely=Q(memberships__role="owner"), only=Q(is_staff=False, is_active=True))


RUNNING = Q(state__in=[CampaignState.OPEN, CampaignState.COLLECTING])


ALIVE = [ProjectState.FUNDING, ProjectState.FUNDED, ProjectState.DELIVERING]


@due
def ends() -> Iterator[datetime | None]:
    live = Campaign.objects.filter(RUNNING)
    for ends_at, grace in live.values_list("ends_at", "grace_ends_at"):
        yield ends_at
        yield grace


@verb(1.2, author=ACTS, with_organisation=one_of(True, True, True, False))
def start_project(city: City, author: Person, with_organisation: bool) -> None:
    """A project has come to its funding phase."""
    theirs = author.memberships.select_related("organisation").first() if with_organisation else None
    with as_owner():  # it has come so far before
        proposals.project(
            Call.objects.get(phases__kind=PhaseKind.FUNDING),
            state=ProjectState.FUNDING,
            author=author,
            organisation=theirs.organisation if theirs else None,
            title=f"Project {city.number}",
            slug=f"project-{city.number}",
        )


@verb(
    0.6,
    officer=manager(),
    project=a(Project, likely=Q(organisation=None), only=Q(author__isnull=False)),
)
def name_organisation(city: City, officer: Person, project: Project) -> None:
    """The city names who is paid, from those that the author acts for."""
    assert project.author
    theirs = project.author.memberships.select_related("organisation").first()
    if theirs:
        recipient.name_organisation(
            actor=officer,
            project=project,
            organisation=theirs.organisation,
            reason="Agreed with the team.",
            at=city.at,
        )


@verb(
    2.5,
    officer=manager(),
    project=a(Project, likely=Q(state=ProjectState.FUNDING), only=Q(author__isnull=False)),
    goal=minor(10_00, 90_00),
    rule=one_of(*[Campaign.Rule.ALL_OR_NOTHING] * 3, Campaign.Rule.KEEP),
    days=one_of(3, 8, 15),
    cap=one_of(None, None, None, None, None, 150),
    sponsors=one_of(5_000, 10_000),
)
def open_campaign(
    city: City,
    officer: Person,
    project: Project,
    goal: int,
    rule: str,
    days: int,
    cap: int | None,
    sponsors: int,
) -> None:
    """The team writes a campaign and the city opens it."""
    terms = campaigns.Terms(
        goal=Money(goal, "EUR"),
        rule=rule,
        ends_at=city.at + timedelta(days=days),
        use="Wood, screws and a bench to sit on.",
        pledge_min=Money(1_00, "EUR"),
        cap=Money(goal * cap // 100, "EUR") if cap else None,
        sponsor_share_max_bp=sponsors,
    )
    assert project.author
    made = campaigns.draft_campaign(actor=project.author, project=project, terms=terms, at=city.at)
    packages(city, made, project.author)
    campaigns.open_campaign(actor=officer, campaign=made, at=city.at)


@verb(0.2, officer=manager(), campaign=a(Campaign, likely=RUNNING))
def cancel_campaign(city: City, officer: Person, campaign: Campaign) -> None:
    closing.cancel_campaign(actor=officer, campaign=campaign, reason="It can't be built.", at=city.at)


@verb(0.2, officer=manager(), project=a(Project, likely=Q(state__in=ALIVE)))
def cancel_project(city: City, officer: Person, project: Project) -> None:
    review.cancel(actor=officer, project=project, reason="It can't be built.", at=city.at)


GUARANTEED = ["reserved", "committed", "paid"]


def settled(campaign: Campaign) -> int:
    """Money for a campaign that was there when it succeeded, from charges, refunds, invoices and matches themselves.

    By no view of ours. What was disputed and nobody here had heard of counts: one step can let a campaign succeed
    and then take in what has waited in the inbox.
    """
    own = [f"pledge:{key}" for key in Pledge.objects.filter(campaign=campaign).values_list("pk", flat=True)]
    charges = Charge.objects.filter(purpose__in=own)
    succeeded = Event.objects.filter(kind="campaign.succeeded", subject_id=campaign.pk).latest("seq")
    since = Event.objects.filter(kind="charge.disputed", seq__gt=succeeded.seq)
    later = [UUID(key) for key in since.values_list("subject_id", flat=True)]
    pledged = still_there(charges.exclude(pk__in=later))
    pledged += still_there(charges.filter(pk__in=later), in_dispute=True)
    matched = 0
    for one in Allocation.objects.filter(campaign=campaign, state__in=GUARANTEED).select_related("fund"):
        # What is added to a gift in dispute is kept until that is decided, and counts for no goal meanwhile.
        most = pledged * one.fund.ratio_bp // 10_000 + len(own) if one.fund.ratio_bp else one.amount_minor
        matched += min(one.amount_minor, most)
    return pledged + matched + sponsored(campaign)


def sponsored(campaign: Campaign) -> int:
    """Net amounts of contracts that stand: paid, or firmly due by an invoice that is issued or to be issued."""
    standing = Sponsorship.objects.filter(campaign=campaign).exclude(
        state__in=["offered", "conflict_checked", "lapsed", "declined", "credited"]
    )
    return sum(one.amount_minor for one in standing)


@holds()
def what_is_reached_is_backed(city: City) -> Iterator[str]:
    """A campaign succeeds with money that is there or firmly due and no less (DOMAIN 5 and 13)."""
    known: set[object] = city.memory.setdefault("succeeded", set())
    for campaign in Campaign.objects.filter(state=CampaignState.SUCCEEDED).exclude(pk__in=known):
        known.add(campaign.pk)
        there = settled(campaign)
        if campaign.rule == Campaign.Rule.ALL_OR_NOTHING and there < campaign.goal_minor:
            yield f"{campaign.pk}: goal {campaign.goal_minor}, there {there}"


@holds("quiet")
def totals_are_true(city: City) -> Iterator[str]:
    """What everybody sees is what the rows say."""
    for total in CampaignTotal.objects.select_related("campaign"):
        found = totals.counted(total.campaign)
        wrong = {
            name: (getattr(total, name), value)
            for name, value in found.items()
            if getattr(total, name) != value
        }
        if wrong:
            yield f"{total.campaign.state}: {wrong}"


@holds("end")
def campaigns_are_decided(city: City) -> Iterator[str]:
    """No campaign waits, nobody is asked for money, and ended ones hold none."""
    for campaign in Campaign.objects.filter(RUNNING):
        yield f"{campaign.state} since {campaign.state_since:%d %b}"
    for state in Pledge.objects.exclude(state__in=OVER).values_list("state", flat=True):
        yield f"pledge {state}"
    there = balances()
    for campaign in Campaign.objects.filter(state__in=[CampaignState.MISSED, CampaignState.CANCELLED]):
        disputed = Charge.objects.filter(account=campaign.account("held"), state=ChargeState.DISPUTED)
        rest = there.get(campaign.account("held"), 0)
        if rest and not disputed.exists():
            yield f"{rest} left on held of a campaign that is {campaign.state}"


OVER = [
    PledgeState.COLLECTED,
    PledgeState.DROPPED,
    PledgeState.CANCELLED,
    PledgeState.CAMPAIGN_FAILED,
    PledgeState.ENDED,
]


@holds("quiet")
def totals_are_what_charges_say(city: City) -> Iterator[str]:
    """What everybody sees as collected is what has been paid and not gone back, by no view of ours."""
    for total in CampaignTotal.objects.select_related("campaign"):
        own = Pledge.objects.filter(campaign=total.campaign, collected_at__isnull=False)
        stand = own.exclude(
            state__in=[PledgeState.DROPPED, PledgeState.CANCELLED, PledgeState.CAMPAIGN_FAILED]
        )
        there = sum(still_there(Charge.objects.filter(purpose=f"pledge:{one.pk}")) for one in stand)
        if total.collected_minor != there:
            yield f"{total.campaign.state}: {total.collected_minor} collected, {there} there"


@holds("quiet")
def money_of_backers_is_there(city: City) -> Iterator[str]:
    """What backers have paid and not got back lies on their campaign's accounts, or was paid out (DOMAIN 13)."""
    there = balances()
    for campaign in Campaign.objects.exclude(state=CampaignState.DRAFT):
        pledges = Pledge.objects.filter(campaign=campaign)
        purposes = [f"pledge:{key}" for key in pledges.values_list("pk", flat=True)]
        months = Instalment.objects.filter(pledge__in=pledges).values_list("pk", flat=True)
        purposes += [f"instalment:{key}" for key in months]
        paid = still_there(Charge.objects.filter(purpose__in=purposes))
        own = sum(amount for code, amount in there.items() if code.startswith(f"campaign/{campaign.pk}/"))
        left = campaign.payouts.filter(released_at__isnull=False, state__in=["sent", "settled"])
        gone = left.aggregate(total=Sum("amount_minor"))["total"] or 0
        if own + gone < paid:
            yield f"{campaign.state}: backers have paid {paid}, {own} there and {gone} paid out"


@holds()
def what_raises_money_can_be_paid(city: City) -> Iterator[str]:
    """No campaign succeeds for a project that has nobody who could be paid (M23)."""
    for campaign in Campaign.objects.filter(state=CampaignState.SUCCEEDED, project__organisation=None):
        yield f"{campaign.pk}"
