"""Which gifts a match fund counts: those of verified residents who have no part in the project."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from civic.accounts.models import Membership, Person, Residency
from civic.core.models import Event
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.matching.models import Exclusion, MatchFund
from projects.proposals.models import TeamMember


def counting(
    campaign: Campaign, fund: MatchFund, at: datetime, *, disputed: bool = False
) -> QuerySet[Pledge]:
    """The pledges of a campaign that the fund counts at this moment, oldest first; with those in dispute if asked.

    Of a monthly pledge the first month counts. Sponsors are organisations and never pledge, so they never count.
    """
    counts = Q(figures__standing__gt=0) | (Q(figures__disputed__gt=0) if disputed else Q())
    standing = Pledge.objects.filter(counts, campaign=campaign, person__isnull=False)
    enough = standing.filter(amount_minor__gte=fund.gift_min_minor)
    residents = Residency.objects.filter(person=OuterRef("person"), verified_at__lte=at).valid(at)
    unrelated = enough.filter(Exists(residents)).exclude(related(campaign, fund, "person"))
    return unrelated.order_by("pk")


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


def given_before(moment: datetime) -> Q:
    """Whether a pledge stood before this moment, by the event log."""
    steps = Event.objects.filter(
        subject_type=Pledge._meta.label,
        subject_id=OuterRef("key_text"),
        kind__in=["pledge.activated", "pledge.succeeded"],
        at__lt=moment,
    )
    return Q(Exists(steps))


def with_key_text(pledges: QuerySet[Pledge]) -> QuerySet[Pledge]:
    """Pledges with their id as the event log writes it."""
    return pledges.annotate(key_text=Cast("pk", TextField()))
