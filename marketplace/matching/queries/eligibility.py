"""Which gifts a match fund counts: those of verified residents who have no part in the project."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, Least

from civic.accounts.models import Membership, Person, Residency
from civic.core.models import Event
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.matching.models import Exclusion, MatchFund
from marketplace.matching.states import LeftOut
from projects.proposals.models import TeamMember


def counting(
    campaign: Campaign, fund: MatchFund, at: datetime, *, disputed: bool = False
) -> QuerySet[Pledge]:
    """The pledges of a campaign that the fund counts at this moment, oldest first; with those in dispute if asked.

    Of a monthly pledge the first month counts. Sponsors are organisations and never pledge, so they never count.
    """
    known = enough(campaign, fund, disputed=disputed).filter(_resident(at), person__isnull=False)
    return known.exclude(related(campaign, fund, "person")).order_by("pk")


def enough(campaign: Campaign, fund: MatchFund, *, disputed: bool = False) -> QuerySet[Pledge]:
    """The pledges of a campaign of which the fund's least still stands: `stands` is without what went back or was lost.

    What is in dispute stands only if asked.
    """
    stands: Any = F("figures__standing") + (F("figures__disputed") if disputed else 0)
    found = Pledge.objects.annotate(stands=Cast(stands, BigIntegerField()))
    return found.filter(campaign=campaign, stands__gte=max(fund.gift_min_minor, 1))


def left_out(
    pledges: QuerySet[Pledge], campaign: Campaign, fund: MatchFund, at: datetime
) -> dict[UUID, LeftOut]:
    """Which of these pledges of a campaign are not matched any more at this moment, and why: two statements.

    Whoever erased the account since cannot be asked; the gift stands.
    """
    known = pledges.filter(campaign=campaign, person__isnull=False)
    strangers = known.exclude(_resident(at)).values_list("pk", flat=True)
    parties = known.filter(related(campaign, fund, "person")).values_list("pk", flat=True)
    return dict.fromkeys(strangers, LeftOut.NO_RESIDENCY) | dict.fromkeys(parties, LeftOut.RELATED)


def _resident(at: datetime) -> Q:
    return Q(Exists(Residency.objects.filter(person=OuterRef("person"), verified_at__lte=at).valid(at)))


def related(campaign: Campaign, fund: MatchFund, person: str) -> Q:
    """Whether the person in this column has a part in it: the team, the organisations behind both, declared ones."""
    project = campaign.project
    whose = OuterRef(person)
    behind = [key for key in (project.organisation_id, fund.funder_id) if key]
    return (
        Q(**{person: project.author_id})
        | Q(Exists(TeamMember.objects.filter(project=project, person=whose)))
        | Q(Exists(Membership.objects.filter(organisation__in=behind, person=whose)))
        | Q(Exists(Exclusion.objects.filter(campaign=campaign, person=whose)))
    )


def is_related(person: Person, campaign: Campaign, fund: MatchFund) -> bool:
    """Whether this person's gifts to the campaign are left out: one statement."""
    return Person.objects.filter(related(campaign, fund, "pk"), pk=person.pk).exists()


def frozen_gifts(
    campaign: Campaign, fund: MatchFund, at: datetime
) -> QuerySet[Pledge, tuple[UUID, UUID, int]]:
    """The gifts that a quadratic fund counts, and those in dispute, as (pledge, person, minor): one statement.

    Of each so much as stood on the fund's last day, by the event log: whoever raises a gift after that, before an
    upheld challenge freezes anew, raises no match.
    """
    steps = Event.objects.filter(
        subject_type=Pledge._meta.label, subject_id=OuterRef("key_text"), at__lt=fund.freezes_at
    )
    stood = steps.filter(kind__in=["pledge.activated", "pledge.succeeded"])
    said = steps.filter(kind__in=["pledge.started", "pledge.activated", "pledge.changed"]).order_by(
        "-at", "-pk"
    )
    amount = Cast(Subquery(said.values("payload__minor")[:1]), BigIntegerField())
    pledges = counting(campaign, fund, min(at, fund.freezes_at), disputed=True)
    found = pledges.annotate(key_text=Cast("pk", TextField())).filter(Exists(stood))
    # LEAST passes over NULL: where the log names no amount, it is the pledge's own.
    counted = found.annotate(counted=Least("stands", "amount_minor", amount))
    counted = counted.filter(counted__gte=fund.gift_min_minor)
    return counted.values_list("pk", "person", "counted")
