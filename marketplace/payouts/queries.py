"""What pages and operations read of payouts; the money trail comes as columns of the project, in its own statement."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Membership, Organisation
from civic.core import events
from civic.core.columns import read, rows
from civic.core.errors import Text
from civic.core.models import Event
from civic.core.money import Money, allocate
from marketplace.campaigns import accounts
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.states import CampaignState
from marketplace.ledger import queries as ledger
from marketplace.matching.models import Allocation
from marketplace.matching.states import AllocationState, MatchFundState
from marketplace.payments.models import Charge
from marketplace.payments.purposes import key_in
from marketplace.payouts.models import BankDetails, Hold, Payout
from marketplace.payouts.states import PayoutState
from projects.delivery.models import Milestone

# What takes of a campaign's money once it is heard.
TAKES = (
    *("charge.disputed", "charge.lost", "refund.requested", "refund.taken_back"),
    *("pledge.cancelled", "pledge.changed", "pledge.dropped"),
)


def columns(actor: Any) -> dict[str, Any]:
    """What the panel wants to know of a project; see civic.core.columns."""
    mine = {"campaign__project": OuterRef("pk")}
    matched = Allocation.objects.filter(**mine).exclude(state=AllocationState.RELEASED)
    matched = matched.exclude(fund__state=MatchFundState.DRAFT).exclude(campaign__state=CampaignState.DRAFT)
    return {
        "payouts_matches": rows(
            matched.order_by("fund"),
            *("state", "amount_minor", "estimated_minor", "fund_id", "fund__title", "fund__slug"),
            "fund__currency",
        ),
        "payouts_payouts": rows(
            Payout.objects.filter(**mine).order_by("created_at", "pk"),
            *("campaign_id", "amount_minor", "currency", "not_before", "state", "state_since", "part"),
            *("milestone_id", "milestone__number", "milestone__title"),
        ),
        "payouts_holds": rows(
            Hold.objects.filter(lifted_at=None, **mine).order_by("placed_at"), "kind", "reason", "placed_at"
        ),
    }


def unpayable_columns(person: Any, at: object) -> dict[str, Any]:
    """Organisations that the person owns, with a planned payout and no account, as a column of the person."""
    owned = Membership.objects.filter(
        organisation=OuterRef("pk"), person=OuterRef(OuterRef("pk")), role=Membership.Role.OWNER
    )
    planned = Payout.objects.filter(campaign__project__organisation=OuterRef("pk"), state=PayoutState.PLANNED)
    known = BankDetails.objects.filter(organisation=OuterRef("pk"))
    waiting = Organisation.objects.filter(Exists(owned), Exists(planned), ~Exists(known))
    return {"payouts_unpayable": rows(waiting.order_by("name"), "name", "slug")}


def unpayable(person: Any) -> list[Organisation]:
    """What `unpayable_columns` found; without a statement."""
    return read(Organisation, person.payouts_unpayable)


def matches(project: Any) -> list[Allocation]:
    """What funds give the project's campaigns."""
    return read(Allocation, project.payouts_matches)


def payouts(project: Any) -> list[Payout]:
    """What was planned or paid for milestones, in order."""
    return read(Payout, project.payouts_payouts)


def holds(project: Any) -> list[Hold]:
    """What keeps the money where it is."""
    return read(Hold, project.payouts_holds)


def why_held(campaign: Campaign) -> Text | None:
    """What keeps the campaign's money where it is, in words: a hold, or a loss that has not been booked yet."""
    if Hold.objects.filter(campaign=campaign, lifted_at=None).exists():
        return _("Money of this campaign is held back; see why under its holds.")
    # What follows from these comes out of the campaign's money: paid out before that, it would be the city's loss.
    if any(_concerns(event, campaign) for event in events.unheard(*TAKES)):
        return _("Something has just become of a payment to this campaign. Try again in a minute.")
    return None


def _concerns(event: Event, campaign: Campaign) -> bool:
    if "campaign" in event.payload:
        return str(event.payload["campaign"]) == str(campaign.pk)
    charges = Charge.objects.filter(
        Q(refunds=event.subject_id) if event.kind.startswith("refund.") else Q(pk=event.subject_id)
    )
    return any(
        charge.account.startswith(f"campaign/{campaign.pk}/") or _is_sponsors(charge, campaign)
        for charge in charges
    )


def _is_sponsors(charge: Charge, campaign: Campaign) -> bool:
    slug, key = key_in(charge.purpose)
    return slug == "invoice" and campaign.sponsorships.filter(invoice=key).exists()


def money_of(campaign: Campaign) -> Money:
    """All that a campaign that succeeded has for its milestones: what is left, released, paid out, and its match."""
    parts = (accounts.of_campaign(campaign, "committed"), accounts.of_campaign(campaign, "released"))
    left = sum(ledger.balance(account).minor for account in parts)
    gone = _sum(Payout.objects.filter(campaign=campaign, state__in=["sent", "settled"]), "amount_minor")
    owed = Allocation.objects.filter(campaign=campaign, state=AllocationState.COMMITTED)
    return campaign.money(left + gone + _sum(owed, "amount_minor"))


def due(milestone: Milestone, campaign: Campaign, but: Payout | None = None) -> Money:
    """What is due for this milestone now, beside all payouts `but` this one; the last milestone takes the rest.

    Shares are of what the campaign has today, so that later ones make up for money that came late, or carry a loss.
    """
    plan = list(Milestone.objects.filter(project=milestone.project_id).order_by("number"))
    parts = allocate(money_of(campaign), [one.share_bp for one in plan])
    # What is only planned follows the money, and is no amount yet: after a loss it may be more than there is.
    others = Payout.objects.filter(campaign=campaign, released_at__isnull=False)
    if but:
        others = others.exclude(pk=but.pk)
    planned = list(others.values_list("milestone", "amount_minor"))
    counted = {milestone.pk, *(key for key, _minor in planned)}
    wanted = sum(part.minor for one, part in zip(plan, parts, strict=True) if one.pk in counted)
    return campaign.money(max(0, wanted - sum(minor for _key, minor in planned)))


def usable_details(payout: Payout, at: datetime) -> BankDetails | None:
    """The newest account of the project's organisation that may be used by now."""
    organisation = payout.campaign.project.organisation_id
    return usable_details_of(organisation, at) if organisation else None


def usable_details_of(organisation: UUID, at: datetime) -> BankDetails | None:
    """The newest account of an organisation that may be used by now."""
    usable = BankDetails.objects.filter(organisation=organisation, usable_from__lte=at)
    return usable.order_by("-usable_from", "-created_at").first()


def _sum(rows: QuerySet[Any], column: str) -> int:
    return rows.aggregate(total=Sum(column, default=0))["total"]
