"""The figures of a campaign, counted from its rows. Pledged and collected, guaranteed and estimated stay apart."""

from django.db.models import CharField, Count, F, Q, Sum, Value
from django.db.models.functions import Cast, Concat

from marketplace.campaigns import goal
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.states import PROMISED, PledgeState
from marketplace.payments.models import Charge, Refund
from marketplace.payments.states import REFUNDABLE, ChargeState

# What became of money that is not there any more, or never came.
GONE = [PledgeState.CANCELLED, PledgeState.DROPPED, PledgeState.CAMPAIGN_FAILED]


def counted(campaign: Campaign) -> dict[str, int]:
    """All figures of `CampaignTotal`, in minor units: one statement, and one a source."""
    return {**_pledges(campaign), **_others(campaign)}


def _others(campaign: Campaign) -> dict[str, int]:
    return {name: minor for source in goal.sources for name, minor in source.figures(campaign).items()}


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


def towards(figure: dict[str, int]) -> int:
    """What counts towards the goal of these figures: promises, money, firm sponsors and the guaranteed match."""
    return figure["pledged_minor"] + figure["collected_minor"] + _firm(figure)


def _firm(figure: dict[str, int]) -> int:
    return sum(figure[name] for source in goal.sources for name in source.firm)


def reaches(campaign: Campaign, minor: int) -> bool:
    """Whether that much is enough by the campaign's rule: its goal, or anything where it keeps what it raises."""
    return minor >= campaign.goal_minor if campaign.rule == Campaign.Rule.ALL_OR_NOTHING else minor > 0


def secured(campaign: Campaign) -> int:
    """Collected and firm, in minor units, counted from payments themselves: what a success is decided on.

    Money in dispute and money that goes back do not count.
    """
    return _paid(campaign, REFUNDABLE, PledgeState.COLLECTED) + _firm(_others(campaign))


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
