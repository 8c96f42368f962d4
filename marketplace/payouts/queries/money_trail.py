"""The money trail of a project, read as columns of the project itself: no statement of its own."""

from typing import Any

from django.db.models import Exists, OuterRef

from civic.accounts.models import Membership, Organisation
from civic.core.columns import read, rows
from marketplace.campaigns.states import CampaignState
from marketplace.matching.models import Allocation
from marketplace.matching.states import AllocationState, MatchFundState
from marketplace.payouts.models import BankDetails, Hold, Payout
from marketplace.payouts.states import PayoutState


def columns(actor: Any) -> dict[str, Any]:
    """What the panel wants to know of a project; see civic.core.columns."""
    mine = {"campaign__project": OuterRef("pk")}
    matched = Allocation.objects.filter(**mine).exclude(state=AllocationState.RELEASED)
    matched = matched.exclude(fund__state=MatchFundState.DRAFT).exclude(campaign__state=CampaignState.DRAFT)
    return {
        "payouts_matches": rows(
            matched.order_by("fund"),
            *("state", "amount_minor", "estimated_minor", "fund_id", "fund__title", "fund__slug"),
            "fund__currency",
        ),
        "payouts_payouts": rows(
            Payout.objects.filter(**mine).order_by("created_at", "pk"),
            *("campaign_id", "amount_minor", "currency", "not_before", "state", "state_since", "part"),
            *("milestone_id", "milestone__number", "milestone__title"),
        ),
        "payouts_holds": rows(
            Hold.objects.filter(lifted_at=None, **mine).order_by("placed_at"), "kind", "reason", "placed_at"
        ),
    }


def unpayable_columns(person: Any, at: object) -> dict[str, Any]:
    """Organisations that the person owns, with a planned payout and no account, as a column of the person."""
    owned = Membership.objects.filter(
        organisation=OuterRef("pk"), person=OuterRef(OuterRef("pk")), role=Membership.Role.OWNER
    )
    planned = Payout.objects.filter(campaign__project__organisation=OuterRef("pk"), state=PayoutState.PLANNED)
    known = BankDetails.objects.filter(organisation=OuterRef("pk"))
    waiting = Organisation.objects.filter(Exists(owned), Exists(planned), ~Exists(known))
    return {"payouts_unpayable": rows(waiting.order_by("name"), "name", "slug")}


def unpayable(person: Any) -> list[Organisation]:
    """What `unpayable_columns` found; without a statement."""
    return read(Organisation, person.payouts_unpayable)


def matches(project: Any) -> list[Allocation]:
    """What funds give the project's campaigns."""
    return read(Allocation, project.payouts_matches)


def payouts(project: Any) -> list[Payout]:
    """What was planned or paid for milestones, in order."""
    return read(Payout, project.payouts_payouts)


def holds(project: Any) -> list[Hold]:
    """What keeps the money where it is."""
    return read(Hold, project.payouts_holds)
