"""Milestones bring payouts, disputes stop them, transfers tell what became of them; owners hear. Idempotent."""

from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from civic.accounts.models import Membership, Organisation
from civic.core import events
from civic.core.models import Event
from civic.notifications.operations import Message, notify
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.states import CampaignState
from marketplace.matching.models import Allocation
from marketplace.payments.models import Charge, Refund, Transfer
from marketplace.payouts import notification_types
from marketplace.payouts.models import BankDetails, Payout, Return
from marketplace.payouts.operations import disputes, losses, payouts
from marketplace.payouts.remainder import FUND
from projects.delivery.models import Milestone
from projects.proposals.roles import team_of


@events.handler("milestone.accepted")
def on_milestone_accepted(event: Event) -> None:
    """Plans its payout."""
    milestone = Milestone.objects.filter(pk=event.subject_id).first()
    if milestone:
        payouts.plan_payouts(milestone, event.at)


TRANSFER_STEPS = {"transfer.settled": "settle", "transfer.failed": "fail", "transfer.reversed": "reverse"}


@events.handler(*TRANSFER_STEPS)
def on_transfer(event: Event) -> None:
    """Moves the payout to where its transfer stands."""
    transfer = Transfer.objects.filter(pk=event.subject_id).first()
    if transfer and transfer.purpose.startswith("payout:"):
        payouts.settle_transfer(transfer.purpose, TRANSFER_STEPS[event.kind], event.at, transfer.failure)


STEPS = {
    "charge.disputed": disputes.open_dispute,
    "charge.won": disputes.win_dispute,
    "charge.lost": disputes.lose_dispute,
}


@events.handler(*STEPS)
def on_dispute(event: Event) -> None:
    """Does what the step of the charge asks for."""
    charge = Charge.objects.filter(pk=event.subject_id).first()
    if charge:
        STEPS[event.kind](charge, event.at)


@events.handler(
    *("pledge.succeeded", "instalment.succeeded", "sponsorship.paid", "sponsorship.partly_paid"),
    once_per="campaign",
)
def on_money(event: Event) -> None:
    """What comes in after a campaign's success bears first what was lost before."""
    reached = Campaign.objects.filter(pk=event.payload.get("campaign"), state=CampaignState.SUCCEEDED).first()
    if reached:
        losses.money_came(reached, event.at)


@events.handler("refund.taken_back")
def on_refund_gone(event: Event) -> None:
    """What a refund that has gone after all has cost is the campaign's, as of a lost dispute."""
    disputes.refund_gone(Refund.objects.select_related("charge").get(pk=event.subject_id), event.at)


@events.handler("bank_details.entered")
def on_details(event: Event) -> None:
    """Every owner, whoever of them it was: a thief with one account meets the others."""
    details = BankDetails.objects.select_related("organisation").filter(pk=event.subject_id).first()
    if details:
        organisation = details.organisation
        url = reverse("payouts:bank", args=[organisation.slug])
        notify(people=_owners(organisation), message=Message(event.kind, organisation.name, url), event=event)


@events.handler(*[f"payout.{step}" for step in notification_types.TO_OWNERS])
def on_payout(event: Event) -> None:
    """The owners of the organisation that is paid, or the team where there is none."""
    found = (
        Payout.objects.select_related("campaign__project__organisation").filter(pk=event.subject_id).first()
    )
    if found is None:
        return
    project = found.campaign.project
    people = _owners(project.organisation) if project.organisation else team_of(project)
    params = {
        "amount": found.amount.format(),
        "from": date_format(localtime(found.not_before), "DATE_FORMAT"),
    }
    url = f"{project.get_absolute_url()}#panel-payouts"
    notify(people=people, message=Message(event.kind, project.title, url, params=params), event=event)


@events.handler("return.confirmed")
def on_return(event: Event) -> None:
    """The team, and the owners of what funds get something back; backers hear of their refund, sponsors get a paper."""
    found = Return.objects.select_related("campaign__project").get(pk=event.subject_id)
    project, url = found.campaign.project, found.campaign.project.get_absolute_url()
    params = {"amount": found.amount.format()}
    message = Message(event.kind, project.title, url, params=params, detail=event.note)
    notify(people=team_of(project), message=message, event=event)
    back = {share["key"]: share["minor"] for share in found.shares if share["kind"] == FUND}
    for one in Allocation.objects.filter(pk__in=back).select_related("fund__funder"):
        params = {"amount": found.campaign.money(back[str(one.pk)]).format(), "fund": one.fund.title}
        message = Message("return.funder", project.title, url, params=params, detail=event.note)
        notify(people=_owners(one.fund.funder), message=message, event=event)


def _owners(organisation: Organisation) -> set[UUID]:
    owners = Membership.objects.filter(organisation=organisation, role=Membership.Role.OWNER)
    return set(owners.values_list("person", flat=True))
