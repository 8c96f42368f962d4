"""What match funds bring a campaign, and what its end means for them."""

from marketplace.campaigns import goal
from marketplace.matching.models import AllocationStanding
from marketplace.matching.operations.matching import (
    commit_match,
    match_campaign,
    release_match,
    release_owed,
    reverse_match,
)
from marketplace.matching.queries.previews import match_preview

goal.sources.register(
    goal.GoalSource(
        "match",
        # Funds are locked before the ledger's accounts, which sponsors' credit notes lock: match comes first at an end.
        10,
        AllocationStanding,
        promised="match_guaranteed_minor",
        settled="match_guaranteed_minor",
        estimated="match_estimated_minor",
        refresh=match_campaign,
        withdraw=reverse_match,
        succeeded=commit_match,
        failed=release_match,
        abandoned=release_owed,
        preview=match_preview,
    )
)
