"""The figures of a campaign, summed from the views of what counts (sql/standing.sql).

Pledged and collected, guaranteed and estimated stay apart.
"""

from collections import Counter

from django.db.models import Count, F, Q, QuerySet, Sum

from marketplace.campaigns import goal
from marketplace.campaigns.models import Campaign, InstalmentStanding, Pledge, PledgeStanding, StandingView
from marketplace.campaigns.states import PROMISED, PledgeState


def counted(campaign: Campaign) -> dict[str, int]:
    """All figures of `CampaignTotal`, in minor units: two statements, and one a source."""
    found = Counter(_pledges(campaign))
    for source in goal.sources:
        sums = _sums(source.standing, campaign)
        found[source.promised] += sums["promised"]
        found[source.settled] += sums["standing"] - sums["promised"]
        if source.estimated:
            found[source.estimated] += sums["estimated"]
    return dict(found)


def _pledges(campaign: Campaign) -> dict[str, int]:
    rows = PledgeStanding.objects.filter(campaign=campaign)
    sums = _sums(PledgeStanding, campaign)
    counts = Q(standing__gt=0)
    # Whoever erased the account is a backer still: each such pledge is one.
    backers = rows.aggregate(
        known=Count("person", filter=counts, distinct=True),
        erased=Count("pk", filter=counts & Q(person=None)),
    )
    return {
        "backers": backers["known"] + backers["erased"],
        "pledged_minor": sums["promised"],
        "collected_minor": sums["standing"] - sums["promised"],
        "monthly_minor": _monthly(campaign),
    }


def _monthly(campaign: Campaign) -> int:
    """What monthly pledges that go on bring each month; it counts for no goal."""
    goes_on = [*PROMISED, PledgeState.COLLECTED, PledgeState.PAST_DUE]
    rows = Pledge.objects.filter(campaign=campaign, frequency=Pledge.Frequency.MONTHLY, state__in=goes_on)
    return int(rows.aggregate(total=Sum("amount_minor", default=0))["total"])


def _sums(view: type[StandingView], campaign: Campaign) -> dict[str, int]:
    names = ("promised", "estimated", "standing")
    rows: QuerySet[StandingView] = view._default_manager.filter(campaign=campaign)
    return {
        name: int(minor)
        for name, minor in rows.aggregate(**{name: Sum(name, default=0) for name in names}).items()
    }


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
    views: list[type[StandingView]] = [PledgeStanding, *(source.standing for source in goal.sources)]
    firm = (
        view._default_manager.filter(campaign=campaign).aggregate(total=Sum("firm", default=0))["total"]
        for view in views
    )
    return int(sum(firm))


def not_ours(campaign: Campaign) -> int:
    """What lies on the campaign's held account and is not its own: in dispute, or about to go back to its payer."""
    views: tuple[type[StandingView], ...] = (PledgeStanding, InstalmentStanding)
    total = 0
    for view in views:
        rows = view._default_manager.filter(campaign=campaign)
        total += rows.aggregate(total=Sum(F("paid") - F("returned") - F("firm"), default=0))["total"]
    return int(total)
