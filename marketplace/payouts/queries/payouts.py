"""What a campaign's milestones are worth, and what has been paid out for them."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Sum

from civic.core.money import Money, allocate
from marketplace.campaigns import accounts
from marketplace.campaigns.models import Campaign
from marketplace.ledger import queries as ledger
from marketplace.matching.models import Allocation
from marketplace.matching.states import AllocationState
from marketplace.payouts.models import BankDetails, Payout
from projects.delivery.models import Milestone


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
    others = Payout.objects.filter(campaign=campaign)
    if but:
        others = others.exclude(pk=but.pk)
    planned = list(others.values_list("milestone", "amount_minor"))
    counted = {milestone.pk, *(key for key, _minor in planned)}
    wanted = sum(part.minor for one, part in zip(plan, parts, strict=True) if one.pk in counted)
    return campaign.money(max(0, wanted - sum(minor for _key, minor in planned)))


def usable_details(payout: Payout, at: datetime) -> BankDetails | None:
    """The newest account of the project's organisation that may be used by now."""
    organisation = payout.campaign.project.organisation_id
    usable = BankDetails.objects.filter(organisation=organisation, usable_from__lte=at)
    return usable.order_by("-usable_from", "-created_at").first() if organisation else None


def _sum(rows: QuerySet[Any], column: str) -> int:
    return rows.aggregate(total=Sum(column, default=0))["total"]
