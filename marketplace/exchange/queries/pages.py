"""What pages of other slices show of needs: a project's, a dataset's, a person's own, and the public ledger's."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Value, When

from civic.accounts import groups
from civic.accounts.models import Membership
from civic.accounts.roles import in_group
from civic.accounts.states import INACTIVE
from civic.core.columns import read, rows
from datasets.catalogue.models import Dataset
from datasets.catalogue.models.dataset import WRITERS
from marketplace.exchange.conditions import WITHOUT_ACCOUNT
from marketplace.exchange.models import BountyGift, BountyPayout, DataNeed
from marketplace.exchange.states import AT_REST, RUNNING, BountyPayoutState, NeedState, OfferState
from marketplace.ledger.labels import Thing, things_of
from marketplace.payouts.models import BankDetails
from projects.proposals.models import Project, TeamMember

COLUMNS = ("id", "title", "state", "deadline", "state_since", "currency")
PAYOUT = (
    "id",
    "state_since",
    "need_id",
    "need__title",
    "offer_id",
    "offer__organisation_id",
    "offer__organisation__slug",
)
# What its payout has brought to who delivered.
PAID = Case(When(payout__state=BountyPayoutState.SETTLED, then=F("payout__amount_minor")))


def project_columns(actor: Any) -> dict[str, Any]:
    """What the panel wants to know of a project; see civic.core.columns."""
    shown = Q(opened_at__isnull=False)
    if actor.is_authenticated:
        # A draft, for its team: no other page leads to it.
        shown |= Q(state=NeedState.DRAFT, project__in=Project.objects.worked_on_by(actor))
    found = DataNeed.objects.filter(shown, project=OuterRef("pk")).order_by("deadline", "pk")
    return {"exchange_needs": rows(found.annotate(paid_minor=PAID), *COLUMNS, "paid_minor")}


def on_project(project: Any) -> list[DataNeed]:
    """Its needs, those that run first; without a statement."""
    found: list[Any] = read(DataNeed, project.exchange_needs)
    for need in found:
        need.paid = need.money(need.paid_minor) if need.paid_minor else None
    return sorted(found, key=lambda need: need.state not in RUNNING)


def met_by(dataset: Dataset) -> list[DataNeed]:
    """Needs that were met by a revision of the dataset."""
    accepted = Q(offers__dataset=dataset, offers__deliveries__answer="accepted")
    found = DataNeed.objects.public().filter(accepted).distinct().select_related("project")
    return list(found.order_by("-opened_at", "pk")[:20])


def me_columns(person: Any, at: object) -> dict[str, Any]:
    """Whether the person gave to a bounty, and which needs wait for them, as columns of the person.

    Of their project: a draft, offers, a delivery. Of their organisation: an offer that was chosen, a bounty
    without an account.
    """
    ours = Q(project__author=OuterRef("pk")) | Q(
        project__team__person=OuterRef("pk"), project__team__accepted_at__isnull=False
    )
    # A draft whose words were taken down is not opened any more.
    draft = Q(state=NeedState.DRAFT, removed_words="")
    of_team = DataNeed.objects.filter(ours, draft | Q(state__in=[NeedState.OFFERED, NeedState.DELIVERED]))
    writes = Membership.objects.filter(person=OuterRef(OuterRef("pk")), role__in=WRITERS)
    active = writes.exclude(organisation__state__in=INACTIVE).values("organisation")
    chosen = Q(offers__state=OfferState.AWARDED, offers__organisation__in=active)
    of_winner = DataNeed.objects.filter(chosen, state=NeedState.AWARDED)
    owns = Membership.objects.filter(person=OuterRef(OuterRef("pk")), role=Membership.Role.OWNER)
    named = BankDetails.objects.filter(organisation=OuterRef("offer__organisation"))
    owed = BountyPayout.objects.filter(~Exists(named), state__in=AT_REST)
    owed = owed.filter(offer__organisation__in=owns.values("organisation")).order_by("state_since", "pk")
    return {
        "exchange_gave": Exists(BountyGift.objects.filter(person=OuterRef("pk"))),
        "exchange_of_team": rows(of_team.distinct().order_by("state_since", "pk"), *COLUMNS),
        "exchange_of_winner": rows(of_winner.distinct().order_by("state_since", "pk"), *COLUMNS),
        "exchange_owed": rows(owed, *PAYOUT),
    }


def waiting_columns(person: Any, at: datetime) -> dict[str, Any]:
    """How many bounties wait for finance officers, and since when; for a page of one of them alone.

    Those to be approved; those to be requested, with an account to pay to; those that have waited in vain for one.
    None that the officer may not decide about (`policies.decides`), nor one that they have requested or approved.
    """
    if not person.is_staff or not in_group(person, groups.FINANCE_OFFICERS):
        return {}
    payable = Q(Exists(usable_accounts(at))) | Q(in_vain_at__lte=at)
    officer = OuterRef("pk")
    others = ~Q(requested_by=officer) & ~Q(approved_by=officer)
    due = Q(state=BountyPayoutState.REQUESTED) & others | Q(state__in=AT_REST) & payable
    # Added in SQL: the page's statement is compiled once, and takes the moment as it is.
    dated = BountyPayout.objects.annotate(in_vain_at=F("need__state_since") + WITHOUT_ACCOUNT)
    one = dated.filter(due, *_without_part()).order_by().annotate(all=Value(1)).values("all")
    return {
        "bounties_waiting": Subquery(one.annotate(count=Count("pk")).values("count")),
        "bounties_since": Subquery(one.annotate(oldest=Min("state_since")).values("oldest")),
    }


def usable_accounts(at: Any) -> QuerySet[BankDetails]:
    """Accounts that the organisation of a bounty can be paid to at a moment, for a subquery."""
    return BankDetails.objects.filter(organisation=OuterRef("offer__organisation"), usable_from__lte=at)


def _without_part() -> list[Any]:
    """Of bounties below a person: those in which the person has no part, on neither side."""
    officer = OuterRef(OuterRef("pk"))
    belongs = Membership.objects.filter(organisation=OuterRef("offer__organisation"), person=officer)
    works = TeamMember.objects.filter(project=OuterRef("need__project"), person=officer)
    return [~Exists(belongs), ~Exists(works), ~Q(need__project__author=OuterRef("pk"))]


def of_team(person: Any) -> list[DataNeed]:
    """What `me_columns` found; without a statement."""
    return read(DataNeed, person.exchange_of_team)


def of_winner(person: Any) -> list[DataNeed]:
    """The same of needs that the person's organisation delivers next."""
    return read(DataNeed, person.exchange_of_winner)


def owed(person: Any) -> list[BountyPayout]:
    """The same of bounties that the person's organisation has no account for."""
    return read(BountyPayout, person.exchange_owed)


def account_names(codes: list[str]) -> Mapping[str, Thing]:
    """Whose money a bounty's account holds: its need, where everybody may see it."""
    return things_of(codes, DataNeed.objects.public(), "title", "exchange:need", "pk")
