"""Wanting to hear of a project, or no longer."""

from datetime import datetime

from django.db import transaction

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import NotFound
from projects.discussion.models import Follow
from projects.proposals.models import Project


def follow(*, actor: Person, project: Project, at: datetime) -> None:
    """Follows the project from now on; doing so twice changes nothing. Raises NotFound for one that is not public."""
    with transaction.atomic():
        if not Project.objects.visible_to(actor).filter(pk=project.pk).exists():
            raise NotFound
        row, new = Follow.objects.get_or_create(project=project, person=actor, defaults={"since": at})
        revived = Follow.objects.filter(pk=row.pk, ended_at__isnull=False).update(ended_at=None, since=at)
        if new or revived:
            events.record("project.followed", actor=actor, subject=project, at=at)


def unfollow(*, actor: Person, project: Project, at: datetime) -> None:
    """Follows no longer; commenting will not change that."""
    with transaction.atomic():
        running = Follow.objects.running().filter(project=project, person=actor)
        if running.update(ended_at=at):
            events.record("project.unfollowed", actor=actor, subject=project, at=at)


def follow_unless_ended(*, actor: Person, project: Project, at: datetime) -> None:
    """Follows because of what the actor did (a comment), unless they have ended that once."""
    if not Follow.objects.filter(project=project, person=actor).exists():
        follow(actor=actor, project=project, at=at)
