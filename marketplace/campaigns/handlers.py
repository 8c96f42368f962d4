"""Counts campaigns anew when their pledges change, and tells backers what becomes of theirs. Idempotent."""

from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from civic.accounts.letters import letterhead
from civic.core import events
from civic.core.models import Event
from civic.notifications.operations import Message, notify
from marketplace.campaigns import wording
from marketplace.campaigns.models import Campaign, Instalment, Pledge
from marketplace.campaigns.notification_types import TO_BACKER
from marketplace.campaigns.operations.totals import recount
from marketplace.campaigns.queries.campaigns import reason_of
from marketplace.campaigns.states import TAKEN_BACK
from marketplace.payments import operations as payments
from marketplace.payments.models import Claim, Refund
from marketplace.payments.queries import claims, disputes
from marketplace.payments.queries.charges import key_after
from marketplace.payments.states import RefundState

CHANGES_TOTALS = [
    f"pledge.{step}"
    for step in (
        "activated",
        "changed",
        "cancelled",
        "collected",
        "succeeded",
        "payer_asked",
        "dropped",
        "campaign_failed",
        "continued",
        "fallen_behind",
        "ended",
        "anonymised",
        "named",
        "hidden",
    )
]


@events.handler(*CHANGES_TOTALS, once_per="campaign")
def on_pledge_changed(event: Event) -> None:
    """Counts its campaign anew."""
    campaign = Campaign.objects.filter(pk=event.payload.get("campaign")).first()
    if campaign:
        recount(campaign, event.at)


@events.handler(*[f"pledge.{step}" for step in TO_BACKER])
def on_pledge(event: Event) -> None:
    """Tells the person; what they did themselves they know."""
    pledge = Pledge.objects.select_related("campaign__project").filter(pk=event.subject_id).first()
    if pledge and str(pledge.person_id) != str(event.actor) and _worth_telling(event, pledge):
        _tell(wording.FELL_AWAY.get(event.note, event.kind), pledge, event)


def _worth_telling(event: Event, pledge: Pledge) -> bool:
    """A pledge that is charged at once, pays its months again or was taken back is told of by its payment."""
    if event.kind != "pledge.activated":
        return event.note != TAKEN_BACK
    return pledge.campaign.rule == Campaign.Rule.ALL_OR_NOTHING and pledge.collected_at is None


@events.handler("refund.requested")
def on_refund(event: Event) -> None:
    """Tells the person that money of a pledge comes back. What waits for what they owe is told as it is kept."""
    if not event.payload.get("waits") and (pledge := _paid_by(event)):
        _tell("pledge.refunded", pledge, event, event.payload["minor"])


@events.handler("refund.alternative_sought")
def on_refund_returned(event: Event) -> None:
    """Asks the person for an account, where what came back has settled no claim of the same payment by now."""
    refund = Refund.objects.get(pk=event.subject_id)
    if refund.state == RefundState.ALTERNATIVE_DUE and (pledge := _paid_by(event)):
        words = ""
        if claims.is_claimed(refund.charge_id):
            words = _("They wait until what came back to you twice is settled.")
        elif email := letterhead()["contact_email"]:
            words = _("Its address: %(email)s") % {"email": email}
        _tell("pledge.refund_returned", pledge, event, refund.amount_minor, detail=words)


@events.handler("refund.paid_otherwise")
def on_refund_paid(event: Event) -> None:
    """Tells the person that the money which had come back has been paid all the same."""
    if pledge := _paid_by(event):
        _tell("pledge.refund_paid", pledge, event, event.payload["minor"])


@events.handler("refund.covered")
def on_refund_covered(event: Event) -> None:
    """Tells the person that what was announced does not come. What has settled a claim is told by the claim."""
    if (minor := event.payload.get("covered_minor")) and (pledge := _paid_by(event)):
        _tell("pledge.refund_covered", pledge, event, minor)


@events.handler("charge.disputed", "charge.won", "charge.lost")
def on_dispute(event: Event) -> None:
    """Tells the person what their bank does with a payment of a pledge: a dispute may be a mistake, or a thief's."""
    dispute = disputes.dispute_of(UUID(event.subject_id), event.kind, event.at)
    if dispute and (pledge := _paid_by(event)):
        told = wording.of_dispute(event.kind, dispute, pledge, event.at)
        if told:
            _tell(told.kind, pledge, event, told.amount.minor, detail=told.detail)


@events.handler("claim.opened", "claim.reopened")
def on_claim(event: Event) -> None:
    """Asks the person for what came back to them twice, and says how to pay it."""
    if not (pledge := _paid_by(event)):
        return
    claim = Claim.objects.select_related("dispute__charge__payer").get(pk=event.subject_id)
    how = claims.how_to_pay(payments.ask_claim(claim, payer=claim.charge.payer, at=event.at))
    words = _("By bank transfer to %(holder)s, %(account)s, reference %(reference)s.") % how if how else ""
    _tell("pledge.claimed", pledge, event, claim.owed.minor, detail=words)


@events.handler("claim.paid", "claim.written_off")
def on_claim_settled(event: Event) -> None:
    """Tells the person that they owe it no more, and why."""
    if pledge := _paid_by(event):
        claim = Claim.objects.select_related("dispute__charge").get(pk=event.subject_id)
        ending, amount = claims.ending_of(claim, event.kind)
        _tell(f"pledge.{ending}", pledge, event, amount.minor)


def _paid_by(event: Event) -> Pledge | None:
    """The pledge that the payment of an event is for: its first, or that of a month."""
    purpose = str(event.payload.get("purpose", ""))
    key = key_after(purpose, "pledge")
    if month := key_after(purpose, "instalment"):
        key = Instalment.objects.filter(pk=month).values_list("pledge", flat=True).first()
    found = Pledge.objects.select_related("campaign__project")
    return found.filter(pk=key).first() if key else None


def _tell(kind: str, pledge: Pledge, event: Event, minor: int | None = None, detail: str = "") -> None:
    if pledge.person_id is None:
        return
    campaign = pledge.campaign
    message = Message(
        kind,
        campaign.project.title,
        pledge.get_absolute_url(),
        params=_params(pledge, pledge.amount_minor if minor is None else minor),
        detail=reason_of(campaign) if kind == "pledge.campaign_failed" else detail,
    )
    notify(people={pledge.person_id}, message=message, event=event)


def _params(pledge: Pledge, minor: int) -> dict[str, Any]:
    ends = pledge.campaign.grace_ends_at
    return {
        "amount": pledge.campaign.money(minor).format(),
        "until": date_format(localtime(ends), "j F") if ends else "",
    }
