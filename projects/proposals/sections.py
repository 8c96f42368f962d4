"""The sections of the project page that are about the proposal itself; higher slices add theirs between them."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.accounts.models import Area
from civic.core.money import Money
from projects.proposals import queries
from projects.proposals.models import Project
from projects.proposals.panels import Panel, register

HISTORY_SHOWN = 8


def _story(project: Project, actor: Any, at: datetime) -> dict[str, Any] | None:
    photos = queries.photos_of(project)[1:]
    return {"story": project.story, "photos": photos} if project.story or photos else None


def _costs(project: Project, actor: Any, at: datetime) -> dict[str, Any] | None:
    lines = [
        {"label": line["label"], "amount": Money(line["minor"], project.currency)}
        for line in project.lines  # type: ignore[attr-defined]
    ]
    if not lines and project.cost is None:
        return None
    return {"lines": lines, "cost": project.cost}


def _participants(project: Project, actor: Any, at: datetime) -> dict[str, Any] | None:
    return {"participants": project.participants} if project.participants else None  # type: ignore[attr-defined]


def _place(project: Project, actor: Any, at: datetime) -> dict[str, Any] | None:
    if not project.area_id and not project.place and project.latitude is None:
        return None
    spot = []
    if project.latitude is not None and project.longitude is not None:
        spot = [{"lat": float(project.latitude), "lon": float(project.longitude), "title": project.title}]
    areas = list(Area.objects.filter(parent__isnull=False)) if spot else []
    return {"area": project.area, "place": project.place, "spot": spot, "areas": areas}


def _team(project: Project, actor: Any, at: datetime) -> dict[str, Any] | None:
    people = queries.people_of(project)
    return (
        {"people": people, "organisation": project.organisation} if people or project.organisation else None
    )


def _history(project: Project, actor: Any, at: datetime) -> dict[str, Any] | None:
    names = {person.pk: person.display_name for person, _role in queries.people_of(project)}
    lines = queries.told(project.proposals_history)  # type: ignore[attr-defined]
    entries = [
        {"title": line.title, "at": line.at, "text": line.text, "who": _who(line, names)} for line in lines
    ]
    return {"entries": entries, "changes": project.get_absolute_url() + "changes/"} if entries else None


def _history_column(actor: Any) -> dict[str, Any]:
    return {"proposals_history": queries.latest_events(HISTORY_SHOWN)}


def _who(line: queries.History, names: dict[Any, str]) -> str:
    if line.actor is None:
        return ""
    return names.get(line.actor, _("The city") if line.kind != "project.team_joined" else "")


def register_sections() -> None:
    """Fills the registry; called once, when the app is ready."""
    here = "proposals/panels"
    register(Panel(10, "story", gettext_lazy("Story"), f"{here}/story.html", _story, preview=True))
    register(Panel(30, "costs", gettext_lazy("What it costs"), f"{here}/costs.html", _costs, preview=True))
    register(
        Panel(
            40,
            "participants",
            gettext_lazy("Who brings what"),
            f"{here}/participants.html",
            _participants,
            preview=True,
        )
    )
    register(Panel(50, "place", gettext_lazy("Place"), f"{here}/place.html", _place, preview=True))
    register(Panel(20, "team", gettext_lazy("Team"), f"{here}/team.html", _team, side=True))
    register(
        Panel(
            90,
            "history",
            gettext_lazy("What happened so far"),
            f"{here}/history.html",
            _history,
            columns=_history_column,
        )
    )
