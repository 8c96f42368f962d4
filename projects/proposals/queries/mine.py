"""What a person has to do with projects: their own, and what waits for them."""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import QuerySet

from civic.core.columns import read, rows
from projects.proposals.models import Project, TeamInvitation
from projects.proposals.models.project import Projects
from projects.proposals.queries.listing import cards
from projects.proposals.states import ProjectState


def my_projects(person: Any, *, most: int = 24) -> Projects:
    """Projects that the person wrote or is in the team of, last changed first."""
    return cards(Project.objects.worked_on_by(person)).order_by("-updated_at")[:most]


def invitations_of(person: Any) -> QuerySet[TeamInvitation]:
    """Open invitations to one of the person's verified addresses."""
    addresses = EmailAddress.objects.filter(user=person.pk, verified=True).values("email")
    return (
        TeamInvitation.objects.filter(email__in=addresses)
        .select_related("project", "invited_by")
        .order_by("-id")
    )


def me_columns(person: Any, at: datetime) -> dict[str, Any]:
    """What waits for a person, as columns of theirs; `returned` and `invited` read it."""
    back = Project.objects.filter(author=person.pk, state=ProjectState.RETURNED).order_by("state_since")
    return {
        "proposals_returned": rows(back, "title", "slug", "state_since"),
        "proposals_invited": rows(invitations_of(person), "id", "created_at", "project_id", "project__title"),
    }


def returned(person: Any) -> list[Project]:
    """Projects that the city has returned for changes, of a person read with `me_columns`."""
    return read(Project, person.proposals_returned)


def invited(person: Any) -> list[TeamInvitation]:
    """Open invitations to a team, of a person read with `me_columns`."""
    return read(TeamInvitation, person.proposals_invited)
