"""What sponsors bring a campaign, and what its end means for them."""

from marketplace.campaigns import goal
from marketplace.sponsorship.models import SponsorshipStanding
from marketplace.sponsorship.operations.sponsorships import lapse_for, release_unpaid

goal.sources.register(
    goal.GoalSource(
        "sponsors",
        20,
        SponsorshipStanding,
        "sponsors_firm_minor",
        "sponsors_paid_minor",
        failed=lapse_for,
        abandoned=release_unpaid,
    )
)
