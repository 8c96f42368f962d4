"""A person's own pledges: what they promised, what was paid, what needs them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core.columns import read, rows
from marketplace.campaigns.models import Campaign, Instalment, Pledge
from marketplace.campaigns.states import NO_GIFT, PROMISED, InstalmentState, PledgeState
from marketplace.ledger.labels import Thing, things_of
from marketplace.payments.models import Charge
from marketplace.payments.purposes import Purpose
from marketplace.payments.queries.charges import keys as keys_of
from projects.proposals.models import Project

ON_ME = 10
# A first month that is being paid: the others follow by the same way to pay.
FIRST_UNDER_WAY = [PledgeState.COLLECTING, PledgeState.NEEDS_PAYER, PledgeState.COLLECTED]


def own(person: Any) -> QuerySet[Pledge]:
    """The person's pledges with campaign and project; a signed-in person's alone."""
    return Pledge.objects.filter(person=person.pk).select_related("campaign__project", "method")


def is_nameless(person: Any, campaign: Campaign) -> bool | None:
    """Whether what the person has given to the campaign hides the name; None where nothing was given."""
    if not person.is_authenticated:
        return None
    given = Pledge.objects.filter(person=person.pk, campaign=campaign).exclude(state__in=NO_GIFT)
    return given.order_by("-anonymous").values_list("anonymous", flat=True).first()


def charges_of(pledge: Pledge) -> list[Charge]:
    """Every payment of a pledge and its months, newest first, with refunds: two statements."""
    months = [month.purpose for month in pledge.instalments.all()]
    found = Charge.objects.filter(purpose__in=[pledge.purpose, *months]).prefetch_related("refunds")
    return list(found.order_by("-created_at"))


def me_columns(person: Person, at: object) -> dict[str, Any]:
    """The person's pledges as a column of the person, for /me/."""
    mine = Pledge.objects.filter(person=OuterRef("pk")).order_by("-id")
    late = Instalment.objects.filter(pledge__person=OuterRef("pk"), state=InstalmentState.NEEDS_PAYER)
    of_project = ("campaign_id", "campaign__project_id", "campaign__project__title")
    return {
        "campaigns_pledges": rows(
            mine[:ON_ME], "id", "amount_minor", "currency", "frequency", "state", "state_since", *of_project
        ),
        "campaigns_late": rows(late, "id", "pledge_id", "state_since"),
    }


def of_person(person: Any) -> list[Pledge]:
    """Those of a person that was read with `me_columns`; without a statement."""
    return read(Pledge, person.campaigns_pledges)


def late_months(person: Any) -> list[Instalment]:
    """Months that need the person; without a statement."""
    return read(Instalment, person.campaigns_late)


def purposes(ids: list[str]) -> Mapping[str, Purpose]:
    """Pledges in words, for the person's list of payments."""
    found = Pledge.objects.filter(pk__in=keys_of(ids)).select_related("campaign__project")
    return {str(one.pk): Purpose(one.campaign.project.title, one.get_absolute_url()) for one in found}


def month_purposes(ids: list[str]) -> Mapping[str, Purpose]:
    """Months in words."""
    found = Instalment.objects.filter(pk__in=keys_of(ids)).select_related("pledge__campaign__project")
    words = _("%(project)s, month %(number)s")
    return {
        str(one.pk): Purpose(
            words % {"project": one.pledge.campaign.project.title, "number": one.number},
            one.pledge.get_absolute_url(),
        )
        for one in found
    }


def charged_later(methods: list[UUID]) -> Mapping[UUID, list[str]]:
    """What saved methods will still be charged for."""
    found: dict[UUID, list[str]] = {}
    months = Q(frequency=Pledge.Frequency.MONTHLY, state__in=FIRST_UNDER_WAY)
    waiting = Q(state__in=[*PROMISED, PledgeState.PAST_DUE]) | months
    for pledge in Pledge.objects.filter(waiting, method__in=methods):
        if pledge.method_id:
            found.setdefault(pledge.method_id, []).append(pledge.purpose)
    return found


def account_names(codes: list[str]) -> Mapping[str, Thing]:
    """Whose money a campaign's account holds: its project, where everybody may see it."""
    of_public = Campaign.objects.filter(project__in=Project.objects.public())
    return things_of(codes, of_public, "project__title", "payouts:project-money", "project__slug")
