"""Pictures of projects are seen by whoever sees the project."""

from django.db.models import Q
from django.http import HttpRequest

from civic.core import media
from projects.proposals.models import Picture, Project


def sees_picture(request: HttpRequest, name: str) -> bool:
    """Whether the file is a picture of a project that the reader may see now."""
    of_visible = Picture.objects.filter(project__in=Project.objects.visible_to(request.user))
    return of_visible.filter(Q(file=name) | Q(thumb=name)).exists()


media.guards.register(media.Guard("projects", sees_picture))
