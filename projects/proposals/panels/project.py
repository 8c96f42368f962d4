"""The sections of the project page that are about the proposal itself; higher slices add theirs between them."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.accounts.models import Area
from civic.core.money import Money
from civic.core.panels import Panel
from projects.proposals import project_page, queries
from projects.proposals.fields import sections
from projects.proposals.models import Project

HISTORY_SHOWN = 8


def story(project: Project, actor: Any, at: datetime) -> dict[str, Any] | None:
    """The text, what else is told about the project, and the pictures after the first, which is the cover."""
    shown = {"story": project.story, "sections": sections(project), "photos": queries.photos_of(project)[1:]}
    return shown if any(shown.values()) else None


def costs(project: Project, actor: Any, at: datetime) -> dict[str, Any] | None:
    """The lines of the budget and their sum."""
    lines = [
        {"label": line["label"], "amount": Money(line["amount_minor"], project.currency)}
        for line in project.lines  # type: ignore[attr-defined]
    ]
    if not lines and project.cost is None:
        return None
    return {"lines": lines, "cost": project.cost}


def participants(project: Project, actor: Any, at: datetime) -> dict[str, Any] | None:
    """Who takes part, what they bring and what they want."""
    return {"participants": project.participants} if project.participants else None  # type: ignore[attr-defined]


def place(project: Project, actor: Any, at: datetime) -> dict[str, Any] | None:
    """Where it is, with a map where the spot is known."""
    if not project.area_id and not project.place and project.latitude is None:
        return None
    spot = []
    if project.latitude is not None and project.longitude is not None:
        spot = [{"lat": float(project.latitude), "lon": float(project.longitude), "title": project.title}]
    areas = list(Area.objects.filter(parent__isnull=False)) if spot else []
    return {"area": project.area, "place": project.place, "spot": spot, "areas": areas}


def team(project: Project, actor: Any, at: datetime) -> dict[str, Any] | None:
    """The author and the team."""
    people = queries.people_of(project)
    return (
        {"people": people, "organisation": project.organisation} if people or project.organisation else None
    )


def history(project: Project, actor: Any, at: datetime) -> dict[str, Any] | None:
    """The latest events of the project."""
    names = {person.pk: person.display_name for person, _role in queries.people_of(project)}
    lines = queries.told(project.proposals_history)  # type: ignore[attr-defined]
    entries = [
        {"title": line.title, "at": line.at, "text": line.text, "who": _who(line, names)} for line in lines
    ]
    return (
        {"entries": entries, "changes": reverse("proposals:changes", args=[project.slug])}
        if entries
        else None
    )


def history_column(actor: Any) -> dict[str, Any]:
    """What `history` reads."""
    return {"proposals_history": queries.latest_events(HISTORY_SHOWN)}


def _who(line: queries.History, names: dict[Any, str]) -> str:
    if line.actor is None:
        return ""
    return names.get(line.actor, _("The city") if line.kind != "project.team_joined" else "")


project_page.panels.register(
    Panel(10, "story", gettext_lazy("Story"), "proposals/panels/story.html", story, preview=True),
    Panel(30, "costs", gettext_lazy("What it costs"), "proposals/panels/costs.html", costs, preview=True),
    Panel(
        40,
        "participants",
        gettext_lazy("Who brings what"),
        "proposals/panels/participants.html",
        participants,
        preview=True,
    ),
    Panel(50, "place", gettext_lazy("Place"), "proposals/panels/place.html", place, preview=True),
    Panel(20, "team", gettext_lazy("Team"), "proposals/panels/team.html", team, side=True),
    Panel(
        90,
        "history",
        gettext_lazy("What happened so far"),
        "proposals/panels/history.html",
        history,
        columns=history_column,
    ),
)
