"""Figures of a campaign, summed from the views of what counts (sql/standing.sql), and its total that everybody sees.

Pledged and collected, guaranteed and estimated stay apart.
"""

import logging
from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import Count, F, Q, Sum

from civic.core.locking import lock_row
from civic.core.models import Delivery, Outbox
from marketplace.campaigns import goal
from marketplace.campaigns.models import (
    Campaign,
    CampaignTotal,
    InstalmentStanding,
    Pledge,
    PledgeStanding,
    StandingView,
)
from marketplace.campaigns.states import PROMISED, CampaignState, PledgeState

log = logging.getLogger(__name__)

# Monthly pledges that go on.
GOES_ON = [*PROMISED, PledgeState.COLLECTED, PledgeState.PAST_DUE]
SUMS = {f"{name}_minor": Sum(name, default=0) for name in ("promised", "estimated", "standing")}
COUNTS = Q(standing__gt=0)
# Whoever erased the account is a backer still: each such pledge is one.
BACKERS = {
    "known": Count("person", filter=COUNTS, distinct=True),
    "erased": Count("pk", filter=COUNTS & Q(person=None)),
}


def counted(campaign: Campaign) -> dict[str, int]:
    """All figures of `CampaignTotal`, in minor units: two statements, and one a source."""
    pledges = PledgeStanding.objects.filter(campaign=campaign).aggregate(**SUMS, **BACKERS)
    monthly = Pledge.objects.filter(campaign=campaign, frequency=Pledge.Frequency.MONTHLY, state__in=GOES_ON)
    if campaign.rule == Campaign.Rule.KEEP:
        # Charged when it was promised, and declined: nothing is promised before it is paid.
        monthly = monthly.exclude(state=PledgeState.NEEDS_PAYER)
    found = Counter(
        backers=pledges["known"] + pledges["erased"],
        pledged_minor=int(pledges["promised_minor"]),
        collected_minor=int(pledges["standing_minor"] - pledges["promised_minor"]),
        # What they bring each month; it counts for no goal.
        monthly_minor=int(monthly.aggregate(total=Sum("amount_minor", default=0))["total"]),
    )
    for source in goal.sources:
        sums = source.standing._default_manager.filter(campaign=campaign).aggregate(**SUMS)
        found[source.promised] += int(sums["promised_minor"])
        found[source.settled] += int(sums["standing_minor"] - sums["promised_minor"])
        if source.estimated:
            found[source.estimated] += int(sums["estimated_minor"])
    return dict(found)


def towards(figure: dict[str, int]) -> int:
    """What counts towards the goal of these figures: all that stands; no estimates."""
    names = {"pledged_minor", "collected_minor"}
    names |= {name for source in goal.sources for name in (source.promised, source.settled)}
    return sum(figure[name] for name in names)


def reaches(campaign: Campaign, minor: int) -> bool:
    """Whether that much is enough by the campaign's rule: its goal, or anything where it keeps what it raises."""
    return minor >= campaign.goal_minor if campaign.rule == Campaign.Rule.ALL_OR_NOTHING else minor > 0


def secured(campaign: Campaign) -> int:
    """What is firm, in minor units: what a success is decided on. The database asks the same (payouts/sql/success.sql).

    Money in dispute and money that goes back do not count.
    """
    return _of_all(campaign, "firm")


def in_dispute(campaign: Campaign) -> int:
    """What of its money payers' banks hold, in minor units."""
    return _of_all(campaign, "disputed")


def _of_all(campaign: Campaign, column: str) -> int:
    views: list[type[StandingView]] = [PledgeStanding, *(source.standing for source in goal.sources)]
    rows = (view._default_manager.filter(campaign=campaign) for view in views)
    return sum(int(found.aggregate(total=Sum(column, default=0))["total"]) for found in rows)


def not_ours(campaign: Campaign) -> int:
    """What lies on the campaign's held account and is not its own: in dispute, or about to go back to its payer."""
    views: tuple[type[StandingView], ...] = (PledgeStanding, InstalmentStanding)
    total = 0
    for view in views:
        rows = view._default_manager.filter(campaign=campaign)
        total += rows.aggregate(total=Sum(F("paid") - F("returned") - F("firm"), default=0))["total"]
    return int(total)


def recount(campaign: Campaign, at: datetime) -> CampaignTotal:
    """Counts the campaign's rows anew and keeps the result; of two at once the later sees what the earlier saw."""
    with transaction.atomic():
        CampaignTotal.objects.get_or_create(campaign_id=campaign.pk, defaults={"counted_at": at})
        # Locked before it is counted: else the one of two that has the older figures could be the last to write.
        total = lock_row(CampaignTotal.objects, campaign_id=campaign.pk)
        for field, value in counted(campaign).items():
            setattr(total, field, value)
        total.counted_at = at
        total.save()
    return total


def recount_all(*, at: datetime) -> list[Campaign]:
    """Counts every campaign that has opened; returns, and reports as errors, those whose total was wrong.

    Nothing hides: the total is right again afterwards, and the log says what it was. Where news of the campaign is
    still on its way nothing is wrong: that counts it again.
    """
    wrong = []
    for campaign in Campaign.objects.exclude(state=CampaignState.DRAFT).select_related("total"):
        found = counted(campaign)
        data = {name: getattr(getattr(campaign, "total", None), name, None) for name in found}
        if data != found and not _has_news(campaign):
            wrong.append(campaign)
            log.error("total of campaign %s was %s, its rows say %s", campaign.pk, data, found)
            recount(campaign, at)
    return wrong


def _has_news(campaign: Campaign) -> bool:
    about = {"event__payload__campaign": str(campaign.pk)}
    return Outbox.objects.filter(**about).exists() or Delivery.objects.open().filter(**about).exists()
