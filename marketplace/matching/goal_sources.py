"""What match funds bring a campaign, and what its end means for them."""

from django.db.models import Q, Sum

from marketplace.campaigns import goal
from marketplace.campaigns.models import Campaign
from marketplace.matching.models import Allocation
from marketplace.matching.operations.matching import commit_match, match_campaign, release_match, take_back
from marketplace.matching.queries.previews import match_preview
from marketplace.matching.states import AllocationState

GUARANTEED = [AllocationState.RESERVED, AllocationState.COMMITTED, AllocationState.PAID]


def figures(campaign: Campaign) -> dict[str, int]:
    """What funds guarantee and what they may add, in minor units."""
    return Allocation.objects.filter(campaign=campaign).aggregate(
        match_guaranteed_minor=Sum("amount_minor", filter=Q(state__in=GUARANTEED), default=0),
        match_estimated_minor=Sum("estimated_minor", filter=Q(state=AllocationState.ESTIMATED), default=0),
    )


goal.sources.register(
    goal.GoalSource(
        "match",
        # Funds are locked before the ledger's accounts, which sponsors' credit notes lock: match comes first at an end.
        10,
        figures,
        ("match_guaranteed_minor",),
        refresh=match_campaign,
        withdraw=take_back,
        succeeded=commit_match,
        failed=release_match,
        preview=match_preview,
    )
)
