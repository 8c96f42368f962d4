"""What pages and panels show of sponsors: a fixed number of statements each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet

from civic.accounts.models import Membership, Organisation
from civic.core.columns import read, rows
from civic.core.errors import Text
from civic.core.money import Money
from marketplace.campaigns.conditions import why_no_pledge
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.queries.campaigns import in_phase
from marketplace.campaigns.states import CampaignState
from marketplace.invoicing.models import Invoice, summed
from marketplace.ledger.labels import Thing, things_of
from marketplace.sponsorship.models import Package, Sponsorship
from marketplace.sponsorship.states import PUBLIC_SPONSORS, SPONSORSHIP_ENDED

ACTING = [Membership.Role.OWNER, Membership.Role.MANAGER]
OF_PROJECT = ("campaign_id", "campaign__project_id", "campaign__project__title")
MOST_SPONSORS = 50
MOST_ON_ME = 20
OF_SPONSOR = (
    "counted_minor",
    "currency",
    "organisation_id",
    "organisation__name",
    "organisation__slug",
    "package_id",
)
OF_PACKAGE = ("id", "title", "benefits", "amount_minor", "places", "taken")
OF_CAMPAIGN = ("id", "state", "currency", "goal_minor", "sponsor_share_max_bp", "ends_at", "opened_at")


@dataclass(frozen=True)
class Choice:
    """A package with how many places are left (None: no limit) and why it can't be taken, if so."""

    package: Package
    taken: int
    fits: bool

    @property
    def left(self) -> int | None:
        """Places nobody has taken."""
        return None if self.package.places is None else max(0, self.package.places - self.taken)

    @property
    def free(self) -> bool:
        """Whether it can be taken: a place is left, and sponsors do not give their share already."""
        return self.fits and self.left != 0


@dataclass(frozen=True)
class Sponsors:
    """A campaign's sponsors: who gives what, how much together, and the most that they may give."""

    campaign: Campaign
    choices: list[Choice]
    given: list[Any]
    why_not: Text | None

    @property
    def open(self) -> bool:
        """Whether sponsors can commit themselves now."""
        return self.why_not is None

    @property
    def total_minor(self) -> int:
        """What of the shown sponsors counts, before tax."""
        return sum(one.counted_minor for one in self.given)

    @property
    def total(self) -> Money:
        """The same as money."""
        return self.campaign.money(self.total_minor)

    @property
    def share(self) -> str:
        """The most that they may give as a share of the goal, in words."""
        return f"{self.campaign.sponsor_share_max_bp / 100:g} %"

    @property
    def most(self) -> Money:
        """The most that sponsors may give together."""
        return self.campaign.money(self.campaign.sponsors_most_minor)


def why_no_sponsor(campaign: Campaign, at: datetime) -> Text | None:
    """Why the campaign takes no sponsors at this moment, as it takes no pledge; None where it does."""
    return why_no_pledge(campaign, campaign.project.state, in_phase(campaign, at), at)


def columns(actor: Any) -> dict[str, Any]:
    """The newest campaign with packages and sponsors as columns of the project; `on_project_page` reads them."""
    newest = (
        Campaign.objects.exclude(state=CampaignState.DRAFT)
        .filter(project=OuterRef("pk"))
        .order_by("-opened_at")
    )
    packages = _with_taken(
        Package.objects.filter(campaign__project=OuterRef("pk"), campaign__state=CampaignState.OPEN)
    )
    given = _shown(Sponsorship.objects.filter(campaign__project=OuterRef("pk")))
    return {
        "sponsorship_sponsored": rows(newest[:1], *OF_CAMPAIGN),
        "sponsorship_packages": rows(packages, *OF_PACKAGE, "campaign_id", "all_live_minor"),
        "sponsorship_sponsors": rows(given, *OF_SPONSOR, "campaign_id"),
    }


def on_project_page(project: Any, at: datetime) -> Sponsors | None:
    """The sponsors of a project that was read with `columns`; without a statement. None before any campaign."""
    found = read(Campaign, project.sponsorship_sponsored)
    if not found:
        return None
    campaign = found[0]
    campaign.project = project
    given = [one for one in read(Sponsorship, project.sponsorship_sponsors) if one.campaign_id == campaign.pk]
    return _sponsors(campaign, read(Package, project.sponsorship_packages), given, at)


def sponsors_of(campaign: Campaign, at: datetime) -> Sponsors:
    """The same for one campaign: two statements."""
    packages = _with_taken(Package.objects.filter(campaign=campaign))
    given = _shown(Sponsorship.objects.filter(campaign=campaign)).select_related("organisation")
    return _sponsors(campaign, list(packages), list(given), at)


def _shown(found: QuerySet[Sponsorship]) -> QuerySet[Sponsorship]:
    counted = found.filter(state__in=PUBLIC_SPONSORS).annotate(counted_minor=F("figures__standing"))
    return counted.order_by("-amount_minor", "created_at")[:MOST_SPONSORS]


def _with_taken(packages: QuerySet[Package]) -> QuerySet[Package]:
    live = ~Q(sponsorships__state__in=SPONSORSHIP_ENDED) & Q(sponsorships__isnull=False)
    all_live = Sponsorship.objects.filter(campaign=OuterRef("campaign")).exclude(state__in=SPONSORSHIP_ENDED)
    given = summed(all_live.order_by().values("campaign"), "amount_minor")
    counted = packages.annotate(taken=Count("sponsorships", filter=live), all_live_minor=given)
    return counted.order_by("-amount_minor", "id")


def _sponsors(
    campaign: Campaign, packages: Iterable[Any], given: list[Sponsorship], at: datetime
) -> Sponsors:
    choices = []
    for package in packages:
        package.campaign = campaign
        fits = package.all_live_minor + package.amount_minor <= campaign.sponsors_most_minor
        choices.append(Choice(package, package.taken, fits))
    return Sponsors(campaign, choices, given, why_no_sponsor(campaign, at))


def organisations_of(person: Any) -> QuerySet[Organisation]:
    """Those that the person may commit to something, by name."""
    acting = Membership.objects.filter(person_id=person.pk, role__in=ACTING)
    return Organisation.objects.public().filter(pk__in=acting.values("organisation")).order_by("name")


def listed(organisation: Organisation) -> list[Sponsorship]:
    """An organisation's sponsorships, newest first, each with its invoice and credit notes: three statements."""
    amounts = Invoice.objects.with_amounts()
    notes = Prefetch("invoice__credit_notes", queryset=amounts.order_by("serial"))
    papers = (Prefetch("invoice", queryset=amounts), notes)
    found = Sponsorship.objects.filter(organisation=organisation)
    rows = found.select_related("campaign__project", "package").prefetch_related(*papers)
    return list(rows.order_by("-created_at")[:200])


def invoices_of(sponsorship: Sponsorship) -> list[Invoice]:
    """Its invoice and credit notes, as far as there are any; without a statement where `listed` has read them."""
    invoice = sponsorship.invoice
    return [invoice, *invoice.credit_notes.all()] if invoice else []


def me_columns(person: Any, at: datetime) -> dict[str, Any]:
    """Sponsorships of organisations that the person acts for, as a column of theirs; `acting_for` reads it."""
    found = Sponsorship.objects.filter(
        organisation__memberships__person=OuterRef("pk"), organisation__memberships__role__in=ACTING
    )
    paths = (
        "id",
        "state",
        "state_since",
        "amount_minor",
        "currency",
        "organisation_id",
        "organisation__name",
    )
    latest = found.order_by("-created_at")[:MOST_ON_ME]
    return {
        "sponsorship_sponsorships": rows(
            latest, *paths, "campaign_id", "campaign__project_id", "campaign__project__title"
        )
    }


def acting_for(person: Any) -> list[Sponsorship]:
    """The sponsorships of a person who was read with `me_columns`; without a statement."""
    return read(Sponsorship, person.sponsorship_sponsorships)


def account_names(codes: list[str]) -> Mapping[str, Thing]:
    """Whose money a sponsorship's account holds, for the public ledger: one statement."""
    page = ("accounts:organisation", "organisation__slug")
    return things_of(codes, Sponsorship.objects.public(), "organisation__name", *page)
