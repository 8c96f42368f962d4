"""Projects are delivered and paid out, or fail."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from civic.accounts.models import Organisation, Person
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.states import CampaignState
from marketplace.invoicing.models import InvoicePayment
from marketplace.payments.models import Charge
from marketplace.payouts import remainder
from marketplace.payouts.models import Hold, Payout, Return
from marketplace.payouts.operations import bank_details, payouts, returns
from marketplace.payouts.operations import holds as payout_holds
from marketplace.payouts.states import PayoutState, ReturnState
from marketplace.sponsorship.models import Sponsorship
from projects.delivery.models import Milestone
from projects.delivery.operations import milestone_steps, plans
from projects.delivery.states import MilestoneState
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from tests.factories import delivery, matching
from tests.simulation.clock import due
from tests.simulation.draws import Void, a, one_of
from tests.simulation.engine import City, holds, verb
from tests.simulation.slices.payments import balances
from tests.simulation.slices.sponsorship import acting_for
from tests.simulation.world import finance, manager

# No hold keeps the money where it is.
FREE = ~Exists(Hold.objects.filter(campaign=OuterRef("campaign"), lifted_at=None))


@due
def windows() -> Iterator[datetime]:
    yield from Payout.objects.filter(state=PayoutState.PLANNED).values_list("not_before", flat=True)


@verb(
    3,
    project=a(
        Project,
        likely=Q(state__in=[ProjectState.FUNDING, ProjectState.FUNDED], milestones=None),
        only=Q(author__isnull=False),
    ),
    shares=one_of((10_000,), (3_000, 7_000), (3_333, 6_667)),
)
def plan(city: City, project: Project, shares: tuple[int, ...]) -> None:
    day = localdate(city.at)
    parts = [
        plans.Part(f"Part {place}", "Something that people can see.", share, day + timedelta(days=20 * place))
        for place, share in enumerate(shares, 1)
    ]
    assert project.author
    plans.plan(actor=project.author, project=project, parts=parts, at=city.at)


@verb(3, officer=manager(), project=a(Project, likely=Q(state=ProjectState.FUNDED)))
def start_delivery(city: City, officer: Person, project: Project) -> None:
    milestone_steps.start_delivery(actor=officer, project=project, at=city.at)


@verb(
    6,
    milestone=a(
        Milestone,
        likely=Q(
            state__in=[MilestoneState.PLANNED, MilestoneState.RETURNED],
            project__state=ProjectState.DELIVERING,
        ),
        only=Q(project__author__isnull=False),
    ),
)
def hand_in(city: City, milestone: Milestone) -> None:
    """The team works on it, shows what is there and hands it in."""
    team = milestone.project.author
    assert team, "whose members are gone, hands nothing in any more"
    if milestone.state == MilestoneState.PLANNED:
        milestone = milestone_steps.start(actor=team, milestone=milestone, at=city.at)
    milestone_steps.add_evidence(
        actor=team, milestone=milestone, upload=delivery.upload(), text="The invoice", at=city.at
    )
    milestone_steps.submit(actor=team, milestone=milestone, at=city.at)


@verb(5, officer=manager(), milestone=a(Milestone, likely=Q(state=MilestoneState.SUBMITTED)))
def accept(city: City, officer: Person, milestone: Milestone) -> None:
    milestone_steps.accept(actor=officer, milestone=milestone, reason="All there.", at=city.at)


@verb(1, officer=manager(), milestone=a(Milestone, likely=Q(state=MilestoneState.SUBMITTED)))
def return_milestone(city: City, officer: Person, milestone: Milestone) -> None:
    milestone_steps.send_back(actor=officer, milestone=milestone, reason="The bench is missing.", at=city.at)


@verb(1, officer=manager(), project=a(Project, likely=Q(state=ProjectState.DELIVERING)))
def complete(city: City, officer: Person, project: Project) -> None:
    milestone_steps.complete(actor=officer, project=project, at=city.at)


@verb(0.4, officer=manager(), project=a(Project, likely=Q(state=ProjectState.DELIVERING)))
def fail(city: City, officer: Person, project: Project) -> None:
    milestone_steps.fail(actor=officer, project=project, reason="The ground is polluted.", at=city.at)


@verb(
    2,
    officer=manager(),
    project=a(
        Project,
        likely=Q(state=ProjectState.DELIVERING, milestones__state=MilestoneState.PLANNED),
        only=Q(author__isnull=False),
    ),
)
def deliver(city: City, officer: Person, project: Project) -> None:
    """The next part of a project is handed in and accepted without trouble."""
    following = project.milestones.filter(state__in=[MilestoneState.PLANNED, MilestoneState.RETURNED])
    milestone = following.order_by("number").first()
    if milestone is None:
        raise Void("milestone")
    hand_in(city, milestone)
    milestone.refresh_from_db()
    accept(city, officer, milestone)


@verb(
    6,
    officer=finance(),
    payout=a(Payout, likely=Q(FREE, state=PayoutState.PLANNED)),
    waits=one_of(True, True, False),
)
def request_payout(city: City, officer: Person, payout: Payout, waits: bool) -> None:
    """An officer asks for it; most wait for the day on which it may leave."""
    if waits and payout.not_before > city.at:
        city.clock.hop(payout.not_before - city.at, random.Random(city.number))
    payouts.request_payout(actor=officer, payout=payout, at=city.at)


@verb(8, officer=finance(), payout=a(Payout, likely=Q(FREE, state=PayoutState.REQUESTED)))
def approve_payout(city: City, officer: Person, payout: Payout) -> None:
    payouts.approve_payout(actor=officer, payout=payout, at=city.at)


@verb(0.7, officer=finance(), payout=a(Payout, likely=Q(state=PayoutState.REQUESTED)))
def return_payout(city: City, officer: Person, payout: Payout) -> None:
    payouts.send_back(actor=officer, payout=payout, reason="Look again.", at=city.at)


@verb(0.3, officer=finance(), campaign=a(Campaign, likely=Q(state=CampaignState.SUCCEEDED)))
def doubt(city: City, officer: Person, campaign: Campaign) -> None:
    payout_holds.doubt(actor=officer, campaign=campaign, reason="A letter came.", at=city.at)


@verb(3, officer=finance(), hold=a(Hold, likely=Q(lifted_at=None)))
def clear(city: City, officer: Person, hold: Hold) -> None:
    payout_holds.clear(actor=officer, hold=hold, reason="All well.", at=city.at)


@verb(0.5, organisation=a(Organisation, only=Q(memberships__role="owner")))
def enter_bank_details(city: City, organisation: Organisation) -> None:
    bank_details.enter_details(
        actor=acting_for(organisation),
        organisation=organisation,
        holder="Club",
        iban=matching.IBAN,
        at=city.at,
    )


RETURNED = [PayoutState.FAILED, PayoutState.REVERSED]
LEFT_OVER = Q(state=CampaignState.SUCCEEDED, project__state__in=[ProjectState.FAILED, ProjectState.CANCELLED])


@verb(2, officer=finance(), campaign=a(Campaign, likely=LEFT_OVER))
def propose_return(city: City, officer: Person, campaign: Campaign) -> None:
    returns.propose_return(actor=officer, campaign=campaign, reason="It will not be built.", at=city.at)


@verb(3, officer=finance(), returned=a(Return, likely=Q(state=ReturnState.PROPOSED)))
def confirm_return(city: City, officer: Person, returned: Return) -> None:
    returns.confirm_return(actor=officer, returned=returned, at=city.at)


@verb(0.5, officer=finance(), returned=a(Return, likely=Q(state=ReturnState.PROPOSED)))
def withdraw_return(city: City, officer: Person, returned: Return) -> None:
    returns.withdraw_return(actor=officer, returned=returned, reason="Look again.", at=city.at)


@holds()
def what_is_given_back_is_all_there_was(city: City) -> Iterator[str]:
    """After a return nothing is on the campaign's accounts, and no share is more than was brought (DOMAIN 14)."""
    known: set[object] = city.memory.setdefault("returned", set())
    for one in (
        Return.objects.filter(state=ReturnState.CONFIRMED).exclude(pk__in=known).select_related("campaign")
    ):
        known.add(one.pk)
        rest = balances().get(one.campaign.account("committed"), 0)
        if rest:
            yield f"{rest} left after a return"


def is_undecided(campaign: Campaign, there: dict[str, int]) -> bool:
    """Whether money of it is held, or a bank looks into a payment of a backer or of a sponsor."""
    sponsored = Sponsorship.objects.filter(campaign=campaign).values("invoice")
    asked = InvoicePayment.objects.filter(invoice__in=sponsored, charge__state="disputed")
    payers = Charge.objects.filter(account=campaign.account("held"), state="disputed")
    return bool(there.get(campaign.account("held"), 0)) or asked.exists() or payers.exists()


@holds("end")
def what_is_left_has_an_owner(city: City) -> Iterator[str]:
    """Whatever a project that ended has left can go back to somebody who brought it (DOMAIN 14).

    While a bank decides on a payment nothing goes back, and what is not disputed of that payment is nobody's to give.
    Disputed money that was set apart for a payout when the bank asked is among what is left, and not held.
    """
    there = balances()
    for campaign in Campaign.objects.filter(LEFT_OVER):
        if is_undecided(campaign, there):
            continue
        left, brought = there.get(campaign.account("committed"), 0), sum(remainder.brought(campaign).values())
        if left > brought:
            yield f"{left} left, {brought} brought"


@holds()
def payouts_stay_within_the_money(city: City) -> Iterator[str]:
    """Released is no more than what payouts say, and those no more than accepted shares of what came (DOMAIN 6)."""
    for campaign in Campaign.objects.filter(payouts__isnull=False).distinct():
        accepted = sum(
            campaign.project.milestones.filter(state=MilestoneState.ACCEPTED).values_list(
                "share_bp", flat=True
            )
        )
        planned = campaign.payouts.filter(released_at__isnull=False).exclude(
            state__in=[PayoutState.FAILED, PayoutState.REVERSED]
        )
        if planned.exists() and not accepted:
            yield "money has left for nothing that was accepted"


@holds("quiet")
def what_came_back_bears_first_what_was_lost(city: City) -> Iterator[str]:
    """A campaign has no more to pay out than what its payers brought and has not been paid out (DOMAIN 6, 13).

    Its payers' disputes are looked at once they are decided: until then their money is set apart elsewhere.
    """
    there = balances()
    for campaign in Campaign.objects.filter(state=CampaignState.SUCCEEDED, payouts__isnull=False).distinct():
        if is_undecided(campaign, there):
            continue
        left, brought = there.get(campaign.account("committed"), 0), sum(remainder.brought(campaign).values())
        apart = campaign.payouts.filter(released_at__isnull=False).exclude(state__in=RETURNED)
        out = sum(apart.values_list("amount_minor", flat=True))
        if left > max(0, brought - out):
            yield f"{left} left, {brought} brought, {out} paid out"


@holds("end")
def payouts_are_decided(city: City) -> Iterator[str]:
    """Nothing is on its way for ever."""
    yield from (f"payout {one.state}" for one in Payout.objects.filter(state=PayoutState.SENT))


@holds()
def what_raised_money_can_be_paid(city: City) -> Iterator[str]:
    """No money is planned for a project that nobody can be paid for."""
    for payout in Payout.objects.filter(campaign__project__organisation=None):
        yield f"{payout.state}, and the project has no organisation"
