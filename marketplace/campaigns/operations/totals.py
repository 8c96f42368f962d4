"""Figures of a campaign, summed from the views of what counts (sql/standing.sql), and its total that everybody sees.

Pledged and collected, guaranteed and estimated stay apart.
"""

import json
import logging
from collections import Counter
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import BooleanField, Case, DateField, ExpressionWrapper, F, Sum, When
from django.db.models.functions import TruncDate

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
from marketplace.campaigns.queries.campaigns import OVER, STANDS
from marketplace.campaigns.states import PROMISED, CampaignState, PledgeState

log = logging.getLogger(__name__)

# Monthly pledges that go on.
GOES_ON = [*PROMISED, PledgeState.COLLECTED, PledgeState.PAST_DUE]
SUMS = {f"{name}_minor": Sum(name, default=0) for name in ("promised", "estimated", "standing")}
# Figures of the lists alone: nothing is decided on them, and the event of a decision, which stays, has none of them.
PUBLISHED = ("nameless", "gone_on", "gone", "amounts")
# What is published of a campaign's pledges. One pass: what stands of a pledge is a sum of its own, of its charges.
# Whoever erased the account is a backer still: each such pledge is one.
PLEDGES = """
WITH gift AS MATERIALIZED ({gifts}),
ending AS (SELECT max(ended) AS day FROM gift WHERE ended IS NOT NULL AND (anonymous OR person_id IS NULL)),
amount AS (SELECT standing, frequency, count(*) AS pledges FROM gift WHERE standing > 0 GROUP BY 1, 2)
SELECT coalesce(sum(promised), 0)::bigint, coalesce(sum(standing), 0)::bigint,
       count(DISTINCT person_id) FILTER (WHERE standing > 0)
       + count(*) FILTER (WHERE standing > 0 AND person_id IS NULL),
       count(DISTINCT person_id) FILTER (WHERE listed AND anonymous)
       + count(*) FILTER (WHERE listed AND person_id IS NULL),
       (SELECT day FROM ending),
       count(DISTINCT person_id) FILTER (WHERE (listed OR ended = (SELECT day FROM ending)) AND anonymous)
       - count(DISTINCT person_id) FILTER (WHERE listed AND anonymous)
       + count(*) FILTER (WHERE NOT listed AND ended = (SELECT day FROM ending) AND person_id IS NULL),
       (SELECT coalesce(json_agg(json_build_object('amount_minor', standing, 'frequency', frequency,
                                                   'pledges', pledges) ORDER BY standing, frequency), '[]')
          FROM amount)::text
  FROM gift
"""
# A gift that had arrived before the day on which it ended: its giver is listed until that day is over.
ENDED = Case(
    When(state__in=OVER, collected_at__date__lt=TruncDate("state_since"), then=TruncDate("state_since")),
    output_field=DateField(),
)


def counted(campaign: Campaign) -> dict[str, Any]:
    """All figures of `CampaignTotal`, in minor units: two statements, and one a source."""
    promised, standing, backers, nameless, gone_on, gone, amounts = _pledges(campaign)
    monthly = Pledge.objects.filter(campaign=campaign, frequency=Pledge.Frequency.MONTHLY, state__in=GOES_ON)
    if campaign.rule == Campaign.Rule.KEEP:
        # Charged when it was promised, and declined: nothing is promised before it is paid.
        monthly = monthly.exclude(state=PledgeState.NEEDS_PAYER)
    found = Counter(
        backers=backers,
        pledged_minor=promised,
        collected_minor=standing - promised,
        # What they bring each month; it counts for no goal.
        monthly_minor=int(monthly.aggregate(total=Sum("amount_minor", default=0))["total"]),
    )
    for source in goal.sources:
        sums = source.standing._default_manager.filter(campaign=campaign).aggregate(**SUMS)
        found[source.promised] += int(sums["promised_minor"])
        found[source.settled] += int(sums["standing_minor"] - sums["promised_minor"])
        if source.estimated:
            found[source.estimated] += int(sums["estimated_minor"])
    # What of a gift that went back in part is the rest; of a monthly one, its first payment.
    published = (nameless, gone_on, gone, json.loads(amounts))
    return dict(found) | dict(zip(PUBLISHED, published, strict=True))


def _pledges(campaign: Campaign) -> tuple[Any, ...]:
    """The row of `PLEDGES`."""
    gifts = Pledge.objects.filter(campaign=campaign).values(
        "person_id",
        "anonymous",
        "frequency",
        promised=F("figures__promised"),
        standing=F("figures__standing"),
        listed=ExpressionWrapper(STANDS, output_field=BooleanField()),
        ended=ENDED,
    )
    sql, values = gifts.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(PLEDGES.format(gifts=sql), values)
        row: tuple[Any, ...] = cursor.fetchone()
    return row


def towards(figure: dict[str, Any]) -> int:
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
