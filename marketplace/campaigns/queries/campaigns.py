"""What pages show of campaigns: a fixed number of statements each, none of their own on the project's page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.db.models.functions import Now, TruncDate
from django.utils.timezone import localdate

from civic.accounts.models import Person
from civic.core import events
from civic.core.columns import read, rows
from civic.core.money import Money
from civic.core.paging import Page, page_at
from marketplace.campaigns.models import LOT, NAMED, Campaign, CampaignTotal, Pledge, StretchGoal
from marketplace.campaigns.states import NO_GIFT, CampaignState, PledgeState

BACKERS_ON_PROJECT_PAGE = 8
# So many pledges are looked at for them: of a campaign that lost most of its gifts some fewer are shown.
LOOKED_AT = 24
# The columns of a total that the project's page shows; `amounts` may be long.
OF_TOTAL = [field.attname for field in CampaignTotal._meta.concrete_fields if field.name != "amounts"]
# The city's day by the database's clock: the project's page is one compiled statement, which no moment comes into.
# Days are compared: a beginning of a day has no time zone in SQL, and would be that of another day for some hours.
TODAY = TruncDate(Now())
# Whose gift is over. Where a campaign fails all names go at once, and tell of nobody.
OVER = [PledgeState.CANCELLED, PledgeState.DROPPED, PledgeState.ENDED]
_IN_DISPUTE = Q(figures__disputed__gt=0, collected_at__isnull=False) & ~Q(
    state__in=[*NO_GIFT, PledgeState.DROPPED]
)
_OVER_TODAY = Q(state__in=OVER, state_since__date__gte=TODAY, collected_at__date__lt=TODAY)
# Whose giver is a backer in the list. A name that went with the dispute, the loss or the refund of the public ledger
# would say whose it is: it stays while its bank looks into the gift, and until the end of the day on which that ended.
STANDS = Q(figures__standing__gt=0) | _IN_DISPUTE
LISTED = STANDS | _OVER_TODAY
OF_BACKER = ["person_id", "person__name", "person__erased_at"]


@dataclass(frozen=True)
class Standing:
    """A campaign with the figures that everybody sees, each as money: `pledged` of `total.pledged_minor`, and so on."""

    campaign: Campaign
    total: CampaignTotal

    def __getattr__(self, name: str) -> Money:
        return self.campaign.money(getattr(self.total, f"{name}_minor"))


def listed(actor: Any, state: str = "") -> QuerySet[Campaign]:
    """Campaigns for the list: running ones unless a state is named; with project, call and total."""
    found = Campaign.objects.visible_to(actor).exclude(state=CampaignState.DRAFT)
    wanted = [state] if state in CampaignState.values else [CampaignState.OPEN]
    found = found.filter(state__in=wanted)
    return found.select_related("project__call", "project__area", "total").defer("total__amounts")


def standing(campaign: Campaign) -> Standing:
    """The figures of a campaign that was read with its total; all nothing where none was counted yet."""
    known = getattr(campaign, "total", None) or CampaignTotal(campaign=campaign)
    return Standing(campaign, known)


def columns(actor: Any) -> dict[str, Any]:
    """The newest campaign of a project, its further goals and backers, as columns; see civic.core.columns."""
    shown = ~Q(state=CampaignState.DRAFT)
    newest = Campaign.objects.filter(shown, project=OuterRef("pk")).order_by("-opened_at", "-id")[:1]
    of_newest = {"campaign__project": OuterRef("pk")}
    # By the campaign's key: for those "of a campaign of this project" PostgreSQL reads the city's pledges by their ids
    # until it has found enough, and most projects have none. The project's page is two queries above.
    of_project = Campaign.objects.filter(shown, project=OuterRef(OuterRef(OuterRef("pk"))))
    newest_first = of_project.order_by("-opened_at", "-id")
    latest = Pledge.objects.filter(campaign=Subquery(newest_first.values("pk")[:1]))
    wanted = {
        "campaigns_newest": rows(newest),
        "campaigns_total": rows(CampaignTotal.objects.filter(**of_newest), *OF_TOTAL),
        "campaigns_stretch": rows(StretchGoal.objects.filter(**of_newest).order_by("amount_minor")),
        "campaigns_backers": rows(_backers(latest), "campaign_id", *OF_BACKER),
        "campaigns_draft": Exists(Campaign.objects.filter(project=OuterRef("pk"), state=CampaignState.DRAFT)),
    }
    if actor.is_authenticated:
        mine = Pledge.objects.filter(person=actor.pk, **of_newest).exclude(state=PledgeState.CANCELLED)
        wanted["campaigns_mine"] = rows(
            mine.order_by("-id"), "id", "campaign_id", "amount_minor", "currency", "state"
        )
    return wanted


def _backers(pledges: QuerySet[Pledge]) -> QuerySet[Pledge]:
    # By lot, the same for everybody: the latest would say who gave the newest amounts of the public ledger. The first
    # of the lot's index are cut off before it is asked what stands of them, and as an array: PostgreSQL does not know
    # how many pledges the campaign has, and would else look at all.
    first = ArraySubquery(pledges.filter(NAMED).order_by(LOT).values("pk")[:LOOKED_AT])
    among = Func(first, function="ANY", output_field=UUIDField())
    is_one = Func(F("pk"), among, template="%(expressions)s", arg_joiner=" = ", output_field=BooleanField())
    of_these = Pledge.objects.filter(is_one, LISTED)
    return _with_name(of_these).order_by(LOT)[:BACKERS_ON_PROJECT_PAGE]


def _with_name(pledges: QuerySet[Pledge]) -> QuerySet[Pledge]:
    """Pledges of those who show their name. One without hides all that the person gave to the campaign.

    What one person gave to a campaign is added up in the input of a quadratic fund, and would join the two.
    """
    without = Pledge.objects.filter(
        LISTED, campaign=OuterRef("campaign"), person=OuterRef("person"), anonymous=True
    )
    return pledges.filter(~Exists(without), person__isnull=False)


def on_project(project: Any) -> Standing | None:
    """The newest campaign of a project that was read with `columns`; without a statement."""
    found = read(Campaign, project.campaigns_newest)
    if not found:
        return None
    campaign = found[0]
    campaign.project = project
    totals = {total.campaign_id: total for total in read(CampaignTotal, project.campaigns_total)}
    return Standing(campaign, totals.get(campaign.pk) or CampaignTotal(campaign=campaign))


def stretch_on(project: Any, campaign: Campaign) -> list[StretchGoal]:
    """Its further goals; without a statement."""
    return [one for one in read(StretchGoal, project.campaigns_stretch) if one.campaign_id == campaign.pk]


def backers_on(project: Any, campaign: Campaign) -> list[Person]:
    """Some of who backs it and shows the name, by name; without a statement."""
    found = [one for one in read(Pledge, project.campaigns_backers) if one.campaign_id == campaign.pk]
    people = {one.person_id: one.person for one in found if one.person}
    return sorted(people.values(), key=lambda person: person.display_name.casefold())


def mine_on(project: Any, campaign: Campaign) -> list[Pledge]:
    """The reader's own pledges to it; without a statement."""
    found = read(Pledge, getattr(project, "campaigns_mine", []))
    return [one for one in found if one.campaign_id == campaign.pk]


def backers(campaign: Campaign, *, after: str, size: int) -> Page[Person]:
    """Who backs it and shows the name, each once, by lot. A page of pledges of whom none counts any more may be empty.

    No amounts and no order of giving: an amount with a name is found again in the input of a match fund and in the
    public ledger, and by what is left over tells who has given without a name.
    """
    with_lot = Pledge.objects.filter(NAMED, campaign=campaign).annotate(lot=LOT)
    # Cut off by the lot's index first, as above: what stands of a pledge is a sum of its own.
    found = page_at(with_lot.order_by("lot"), after=after, size=size)
    listed = Pledge.objects.filter(LISTED, pk__in=[one.pk for one in found]).annotate(lot=LOT)
    earlier = with_lot.filter(LISTED, person=OuterRef("person"), lot__lt=OuterRef("lot"))
    shown = _with_name(listed).filter(~Exists(earlier)).select_related("person").order_by("-person")
    return Page([one.person for one in shown if one.person], found.next)


def nameless(total: CampaignTotal, at: datetime) -> int:
    """How many back it without their name, erased accounts too, as they were counted (operations/totals.py)."""
    return total.nameless + (total.gone if total.gone_on == localdate(at) else 0)


def reason_of(campaign: Campaign) -> str:
    """Why a campaign was cancelled, in the words of who did it: one statement; empty where it was not."""
    if campaign.state != CampaignState.CANCELLED:
        return ""
    last = events.about(campaign).filter(kind="campaign.cancelled").last()
    return last.note if last else ""


def draft_of(project: Any) -> Campaign | None:
    """The campaign that the team is writing."""
    return Campaign.objects.filter(project=project, state=CampaignState.DRAFT).first()


def in_phase(campaign: Campaign, at: datetime) -> bool:
    """Whether its call is in the funding phase; reads prefetched phases."""
    phase = campaign.project.call.phase_at(at)
    return phase is not None and phase.kind == "funding"
