"""Sponsors on the project's page, on an organisation's, and what waits for who acts for a sponsor."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy

from civic.accounts import me, public_pages
from civic.accounts.models import Organisation, Person
from civic.core.panels import Panel
from civic.core.registry import Hook
from marketplace.ledger import labels
from marketplace.sponsorship import queries
from marketplace.sponsorship.models import Sponsorship
from marketplace.sponsorship.states import SponsorshipState
from projects.proposals import project_page
from projects.proposals.models import Project

WAITING = {
    SponsorshipState.CONFLICT_CHECKED: gettext_lazy(
        "%(organisation)s can sponsor “%(title)s”: accept the terms."
    ),
    SponsorshipState.INVOICED: gettext_lazy("The invoice of %(organisation)s for “%(title)s” is to be paid."),
    SponsorshipState.PART_PAID: gettext_lazy(
        "A part of the invoice of %(organisation)s for “%(title)s” is open."
    ),
}
MOST = 20


def sponsors(project: Project, actor: Any, at: datetime) -> dict[str, Any] | None:
    """Packages that can be taken, sponsors and their share; nothing where there is neither."""
    found = queries.on_project_page(project, at)
    if found is None or not (found.given or (found.choices and found.open)):
        return None
    return {"sponsors": found, "campaign": found.campaign}


def sponsored(organisation: Organisation, at: datetime) -> dict[str, Any] | None:
    """What the organisation sponsors for everybody to see: one statement."""
    counted = Sponsorship.objects.public().annotate(counted_minor=F("figures__standing"))
    shown = counted.filter(organisation=organisation, counted_minor__gt=0)
    found = list(shown.select_related("campaign__project").order_by("-created_at")[:MOST])
    return {"sponsorships": found, "organisation": organisation} if found else None


def mine(person: Person, at: datetime) -> dict[str, Any] | None:
    """What organisations sponsor that the person acts for, newest first."""
    found = queries.acting_for(person)
    return {"sponsorships": found} if found else None


def todos(person: Person, at: datetime) -> Iterable[me.Todo]:
    """Terms to accept and invoices to pay."""
    for one in queries.acting_for(person):
        if one.state not in WAITING:
            continue
        named = {"organisation": one.organisation.name, "title": one.campaign.project.title}
        text = str(WAITING[SponsorshipState(one.state)]) % named
        yield me.Todo(text, one.get_absolute_url(), since=one.state_since, icon="organisation")


project_page.panels.register(
    Panel(
        16,
        "sponsors",
        gettext_lazy("Sponsors"),
        "sponsorship/_sponsors_panel.html",
        sponsors,
        columns=queries.columns,
    )
)
public_pages.organisation_panels.register(
    Panel(40, "sponsors", gettext_lazy("Sponsors"), "sponsorship/_organisation_panel.html", sponsored)
)
me.panels.register(
    Panel(
        45,
        "sponsorships",
        gettext_lazy("Sponsorships of your organisations"),
        "sponsorship/_my_sponsorships.html",
        mine,
        columns=queries.me_columns,
    )
)
me.todos.register(me.TodoSource("sponsorships", todos))
labels.resolvers.register(Hook("sponsorship/", queries.account_names))
