"""What a person has to do with projects: their own, and what waits for them."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet

from projects.proposals.models import Project, TeamInvitation
from projects.proposals.models.project import Projects
from projects.proposals.queries.listing import cards
from projects.proposals.states import ProjectState


def my_projects(person: Any, *, most: int = 24) -> Projects:
    """Projects that the person wrote or is in the team of, last changed first."""
    teams = person.teams.filter(accepted_at__isnull=False).values("project")
    return cards(Project.objects.filter(Q(author=person) | Q(pk__in=teams))).order_by("-updated_at")[:most]


def invitations_of(person: Any) -> QuerySet[TeamInvitation]:
    """Open invitations to one of the person's verified addresses."""
    addresses = EmailAddress.objects.filter(user=person, verified=True).values("email")
    return (
        TeamInvitation.objects.filter(email__in=addresses)
        .select_related("project", "invited_by")
        .order_by("-id")
    )


def waiting_for(person: Any) -> Projects:
    """The person's projects that the city has returned for changes."""
    return Project.objects.filter(author=person, state=ProjectState.RETURNED).order_by("state_since")
