"""The figures of a campaign, counted from its rows. Pledged and collected, guaranteed and estimated stay apart."""

from django.db.models import Count, F, Q, Sum

from marketplace.funding.models import Allocation, Campaign, Pledge, Sponsorship
from marketplace.funding.states import FIRM, PROMISED, AllocationState, PledgeState, SponsorshipState

PAID_SPONSORS = [SponsorshipState.PAID, SponsorshipState.FULFILLED]
GUARANTEED = [AllocationState.RESERVED, AllocationState.COMMITTED, AllocationState.PAID]
# What became of money that is not there any more, or never came.
GONE = [PledgeState.CANCELLED, PledgeState.DROPPED, PledgeState.CAMPAIGN_FAILED]


def counted(campaign: Campaign) -> dict[str, int]:
    """All figures of `CampaignTotal`, in minor units: three statements."""
    return {**_pledges(campaign), **_sponsors(campaign), **_match(campaign)}


def _pledges(campaign: Campaign) -> dict[str, int]:
    collected = Q(collected_at__isnull=False) & ~Q(state__in=GONE)
    pledged = Q(state__in=PROMISED, collected_at=None)
    goes_on = Q(state__in=[*PROMISED, PledgeState.COLLECTED, PledgeState.PAST_DUE])
    return Pledge.objects.filter(campaign=campaign).aggregate(
        backers=Count(F("person"), filter=pledged | collected, distinct=True)
        + Count("pk", filter=(pledged | collected) & Q(person=None)),
        pledged_minor=Sum("amount_minor", filter=pledged, default=0),
        collected_minor=Sum("amount_minor", filter=collected, default=0),
        monthly_minor=Sum("amount_minor", filter=goes_on & Q(rhythm=Pledge.Rhythm.MONTHLY), default=0),
    )


def _sponsors(campaign: Campaign) -> dict[str, int]:
    return Sponsorship.objects.filter(campaign=campaign).aggregate(
        sponsors_firm_minor=Sum("amount_minor", filter=Q(state__in=FIRM), default=0),
        sponsors_paid_minor=Sum("amount_minor", filter=Q(state__in=PAID_SPONSORS), default=0),
    )


def _match(campaign: Campaign) -> dict[str, int]:
    return Allocation.objects.filter(campaign=campaign).aggregate(
        match_guaranteed_minor=Sum("amount_minor", filter=Q(state__in=GUARANTEED), default=0),
        match_estimated_minor=Sum("estimated_minor", filter=Q(state=AllocationState.ESTIMATED), default=0),
    )
