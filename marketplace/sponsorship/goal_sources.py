"""What sponsors bring a campaign, and what its end means for them."""

from django.db.models import Q, Sum

from marketplace.campaigns import goal
from marketplace.campaigns.models import Campaign
from marketplace.sponsorship.models import Sponsorship
from marketplace.sponsorship.operations.sponsorships import lapse_for
from marketplace.sponsorship.states import FIRM, SponsorshipState

PAID = [SponsorshipState.PAID, SponsorshipState.FULFILLED]


def figures(campaign: Campaign) -> dict[str, int]:
    """What sponsors have contracted and paid, in minor units before tax."""
    return Sponsorship.objects.filter(campaign=campaign).aggregate(
        sponsors_firm_minor=Sum("amount_minor", filter=Q(state__in=FIRM), default=0),
        sponsors_paid_minor=Sum("amount_minor", filter=Q(state__in=PAID), default=0),
    )


firm = ("sponsors_firm_minor", "sponsors_paid_minor")
goal.sources.register(goal.GoalSource("sponsors", 20, figures, firm, failed=lapse_for))
