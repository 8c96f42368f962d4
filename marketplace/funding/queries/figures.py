"""The figures of a campaign, counted from its rows. Pledged and collected, guaranteed and estimated stay apart."""

from django.db.models import CharField, Count, F, Q, Sum, Value
from django.db.models.functions import Cast, Concat

from marketplace.funding.models import Allocation, Campaign, Pledge, Sponsorship
from marketplace.funding.states import FIRM, PROMISED, AllocationState, PledgeState, SponsorshipState
from marketplace.payments.models import Charge, Refund
from marketplace.payments.states import REFUNDABLE, ChargeState

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


def towards(figure: dict[str, int]) -> int:
    """What counts towards the goal of these figures: promises, money, firm sponsors and the guaranteed match."""
    counting = (
        "pledged_minor",
        "collected_minor",
        "sponsors_firm_minor",
        "sponsors_paid_minor",
        "match_guaranteed_minor",
    )
    return sum(figure[name] for name in counting)


def reaches(campaign: Campaign, minor: int) -> bool:
    """Whether that much is enough by the campaign's rule: its goal, or anything where it keeps what it raises."""
    return minor >= campaign.goal_minor if campaign.rule == Campaign.Rule.ALL_OR_NOTHING else minor > 0


def secured(campaign: Campaign) -> int:
    """Collected and firm, in minor units, counted from payments themselves: what a success is decided on.

    Money in dispute and money that goes back do not count.
    """
    others = {**_sponsors(campaign), **_match(campaign)}
    firm = others["sponsors_firm_minor"] + others["sponsors_paid_minor"] + others["match_guaranteed_minor"]
    return _paid(campaign, REFUNDABLE, PledgeState.COLLECTED) + firm


def not_ours(campaign: Campaign) -> int:
    """What lies on the campaign's held account and is not its own: in dispute, or about to go back to its payer."""
    disputed = _paid(campaign, [ChargeState.DISPUTED], *PledgeState)
    return disputed + _paid(campaign, REFUNDABLE, *GONE)


def _paid(campaign: Campaign, charge_states: list[ChargeState], *pledge_states: PledgeState) -> int:
    """What charges in these states have brought for pledges in those, less what was given back."""
    name = Concat(Value("pledge:"), Cast("pk", CharField()))
    pledges = Pledge.objects.filter(campaign=campaign, state__in=pledge_states)
    charges = Charge.objects.filter(
        state__in=charge_states, purpose__in=pledges.annotate(name=name).values("name")
    )
    paid = charges.aggregate(total=Sum("amount_minor", default=0))["total"]
    back = Refund.objects.filter(charge__in=charges).aggregate(total=Sum("amount_minor", default=0))["total"]
    return int(paid - back)
