"""Campaigns and pledges: what is reached is backed, and nobody is charged for what is over."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import uuid4

from django.db.models import Count, Q, Sum

from civic.accounts.models import Person
from civic.core.models import Event
from civic.core.money import Money
from marketplace.campaigns.models import Campaign, CampaignTotal, Instalment, Pledge
from marketplace.campaigns.operations import campaigns, closing, collection, instalments, pledges, totals
from marketplace.campaigns.states import CampaignState, InstalmentState, PledgeState
from marketplace.matching.models import Allocation
from marketplace.payments.models import Charge, DemoPayment
from marketplace.payments.providers import demo
from marketplace.payments.states import ChargeState
from projects.calls.models import Call
from projects.calls.states import PhaseKind
from projects.proposals.models import Project
from projects.proposals.operations import recipient, review
from projects.proposals.states import ProjectState
from tests.factories import proposals
from tests.simulation.clock import due
from tests.simulation.engine import City, a, holds, minor, one_of, verb
from tests.simulation.slices.payments import BEHAVIOURS, OPEN, balances, key_of, still_there
from tests.simulation.world import manager

RESIDENT = a(Person, only=Q(is_staff=False, is_active=True))
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


@due
def months() -> Iterator[datetime]:
    for day in (
        Instalment.objects.filter(state=InstalmentState.DUE).values_list("due_on", flat=True).distinct()
    ):
        yield datetime.fromisoformat(f"{day}T00:00:00+00:00")


@verb(1.2, author=ACTS, with_organisation=one_of(True, True, True, False))
def start_project(city: City, author: Person, with_organisation: bool) -> None:
    """A project has come to its funding phase."""
    theirs = author.memberships.select_related("organisation").first() if with_organisation else None
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
    from tests.simulation.slices.sponsorship import packages

    made = campaigns.draft_campaign(actor=project.author, project=project, terms=terms, at=city.at)
    packages(city, made, project.author)
    campaigns.open_campaign(actor=officer, campaign=made, at=city.at)


@verb(
    6,
    backer=RESIDENT,
    campaign=a(Campaign, likely=Q(state=CampaignState.OPEN)),
    amount=minor(1_00, 90_00),
    months=one_of(1, 1, 1, 2, 3),
    anonymous=one_of(False, False, True),
)
def pledge(
    city: City,
    backer: Person,
    campaign: Campaign,
    amount: int,
    months: int,
    anonymous: bool,
    provider: str = "demo",
) -> None:
    """Somebody promises money."""
    pledges.pledge(
        actor=backer,
        campaign=campaign,
        amount=Money(amount, campaign.currency),
        provider=provider,
        token=uuid4(),
        at=city.at,
        months=months,
        anonymous=anonymous,
    )


@verb(
    22,
    backer=RESIDENT,
    campaign=a(Campaign, likely=Q(state=CampaignState.OPEN)),
    amount=minor(1_00, 60_00),
    months=one_of(1, 1, 1, 2, 3),
    anonymous=one_of(False, False, True),
    behaviour=BEHAVIOURS,
)
def back(
    city: City, backer: Person, campaign: Campaign, amount: int, months: int, anonymous: bool, behaviour: str
) -> None:
    """Somebody promises money and goes on to the provider's page at once, as nearly everybody does.

    A card that declines later has to be saved first: without that no promise would ever fail at the close.
    """
    pledge(city, backer, campaign, amount, months, anonymous)
    city.clock.start("run commands")
    payment = DemoPayment.objects.filter(OPEN).order_by("-pk").first()
    if payment:
        demo.decide(payment, DemoPayment.Status.PAID, behaviour=behaviour, at=city.at)


@verb(4, backer=RESIDENT, campaign=a(Campaign, likely=Q(state=CampaignState.OPEN)), amount=minor(1_00, 60_00))
def back_by_transfer(city: City, backer: Person, campaign: Campaign, amount: int) -> None:
    """Somebody is told where to transfer the money to, and with which reference."""
    pledge(city, backer, campaign, amount, 1, False, "bank")
    city.clock.start("run commands")


PLEDGE = a(
    Pledge, likely=Q(state__in=[PledgeState.ACTIVE, PledgeState.COLLECTED]), only=Q(person__isnull=False)
)


@verb(2, of=PLEDGE, amount=minor(1_00, 90_00))
def change_pledge(city: City, of: Pledge, amount: int) -> None:
    assert of.person
    pledges.change_pledge(actor=of.person, pledge=of, amount=Money(amount, of.currency), at=city.at)


@verb(2, of=PLEDGE)
def cancel_pledge(city: City, of: Pledge) -> None:
    assert of.person
    pledges.cancel_pledge(actor=of.person, pledge=of, at=city.at)


@verb(1, of=PLEDGE, shown=one_of(True, False))
def show_name(city: City, of: Pledge, shown: bool) -> None:
    """For all gifts of this person to the campaign."""
    assert of.person
    pledges.show_name(actor=of.person, pledge=of, shown=shown, at=city.at)


@verb(1, of=a(Pledge, likely=Q(frequency="monthly"), only=Q(person__isnull=False)))
def stop_monthly(city: City, of: Pledge) -> None:
    assert of.person
    pledges.stop_monthly(actor=of.person, pledge=of, at=city.at)


@verb(2, of=a(Pledge, likely=Q(state=PledgeState.NEEDS_PAYER), only=Q(person__isnull=False)))
def pay_now(city: City, of: Pledge) -> None:
    """Who was asked to pay in person goes on."""
    assert of.person
    collection.pay_now(actor=of.person, pledge=of, at=city.at)


@verb(1, of=a(Pledge, likely=Q(state=PledgeState.PAST_DUE), only=Q(person__isnull=False)))
def pay_month_now(city: City, of: Pledge) -> None:
    assert of.person
    instalments.pay_now(actor=of.person, pledge=of, at=city.at)


@verb(0.2, officer=manager(), campaign=a(Campaign, likely=RUNNING))
def cancel_campaign(city: City, officer: Person, campaign: Campaign) -> None:
    closing.cancel_campaign(actor=officer, campaign=campaign, reason="It can't be built.", at=city.at)


@verb(0.2, officer=manager(), project=a(Project, likely=Q(state__in=ALIVE)))
def cancel_project(city: City, officer: Person, project: Project) -> None:
    review.cancel(actor=officer, project=project, reason="It can't be built.", at=city.at)


def settled(campaign: Campaign) -> int:
    """Money for a campaign that is there, from charges, refunds, invoices and matches themselves: no view of ours."""
    own = [f"pledge:{key}" for key in Pledge.objects.filter(campaign=campaign).values_list("pk", flat=True)]
    pledged = still_there(Charge.objects.filter(purpose__in=own))
    matched = Allocation.objects.filter(campaign=campaign, state__in=["reserved", "committed", "paid"])
    return pledged + (matched.aggregate(total=Sum("amount_minor"))["total"] or 0) + sponsored(campaign)


def sponsored(campaign: Campaign) -> int:
    """Net amounts of contracts that stand: paid, or firmly due by an invoice that is issued or to be issued."""
    from marketplace.sponsorship.models import Sponsorship

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


@holds()
def nobody_is_charged_for_what_is_over(city: City) -> Iterator[str]:
    """No charge is begun after its campaign or project came to nothing; in the order of events, not of states."""
    last = city.memory.get("charges_seen", 0)
    ends: dict[str, int] = city.memory.setdefault("ended", {})
    over = (
        "campaign.cancelled",
        "campaign.missed",
        "project.cancelled",
        "project.failed",
        "project.unfunded",
    )
    for event in Event.objects.filter(seq__gt=last).order_by("seq"):
        city.memory["charges_seen"] = event.seq
        if event.kind in over:
            ends[event.subject_id] = event.seq
        if event.kind != "charge.started":
            continue
        purpose = str(event.payload.get("purpose"))
        found = pledge_of(purpose)
        if found is None:
            continue
        for key in (str(found.campaign_id), str(found.campaign.project_id)):
            if key in ends:
                yield f"{purpose.partition(':')[0]} charged after the end of {key}"


def pledge_of(purpose: str) -> Pledge | None:
    """The pledge that a charge is for."""
    rows = Pledge.objects.select_related("campaign")
    if purpose.startswith("pledge:"):
        return rows.filter(pk=key_of(purpose)).first()
    if purpose.startswith("instalment:"):
        return rows.filter(instalments=key_of(purpose)).first()
    return None


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


@holds("quiet")
def promises_of_ended_campaigns_are_over(city: City) -> Iterator[str]:
    """Nothing stays promised to a campaign that came to nothing for longer than its workers need."""
    late = Pledge.objects.filter(
        campaign__state__in=[CampaignState.MISSED, CampaignState.CANCELLED],
        campaign__state_since__lt=city.at - timedelta(days=2),
    ).exclude(
        state__in=[PledgeState.CANCELLED, PledgeState.DROPPED, PledgeState.CAMPAIGN_FAILED, PledgeState.ENDED]
    )
    yield from (
        f"{one.state} in a campaign that is {one.campaign.state}" for one in late.select_related("campaign")
    )


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


NOTHING_GIVEN = [PledgeState.STARTED, PledgeState.CANCELLED, PledgeState.CAMPAIGN_FAILED]


@holds()
def a_name_is_one_wish_a_campaign(city: City) -> Iterator[str]:
    """No person is shown with one gift to a campaign and hidden with another: the one would name the other."""
    given = Pledge.objects.filter(person__isnull=False).exclude(state__in=NOTHING_GIVEN)
    wishes = given.values("campaign", "person")
    both = wishes.annotate(n=Count("anonymous", distinct=True)).filter(n__gt=1)
    yield from (f"{one['person']} in {one['campaign']}" for one in both)


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


@holds()
def months_end_with_the_first_payment(city: City) -> Iterator[str]:
    """No month is charged once nothing is left of what the pledge brought; an hour is given for the news of it."""
    last, gone = city.memory.get("months_seen", 0), city.memory.setdefault("gone", {})
    for event in Event.objects.filter(seq__gt=last).order_by("seq"):
        city.memory["months_seen"] = event.seq
        if event.kind in ("charge.lost", "refund.requested"):
            purpose = str(event.payload.get("purpose"))
            charges = list(Charge.objects.filter(purpose=purpose))
            if purpose.startswith("pledge:") and not still_there(charges):
                gone.setdefault(key_of(purpose), event.at)
        if event.kind == "charge.started" and str(event.payload.get("purpose")).startswith("instalment:"):
            found = pledge_of(str(event.payload["purpose"]))
            if found and found.pk in gone and event.at > gone[found.pk] + timedelta(hours=1):
                yield f"{found.state}: a month is charged, nothing is left of the first"
