"""Evidence is seen by whoever sees the delivery of its project."""

from django.db.models import Q
from django.http import HttpRequest

from civic.core import media
from projects.delivery.models import Evidence
from projects.proposals.models import Project
from projects.proposals.states import PRIVATE


def sees_evidence(request: HttpRequest, name: str) -> bool:
    """Whether the file is evidence of a milestone that the reader may see now."""
    visible = Project.objects.visible_to(request.user).exclude(state__in=PRIVATE)
    found = Evidence.objects.filter(Q(file=name) | Q(thumb=name), milestone__project__in=visible)
    return found.exists()


media.guards.register(media.Guard("delivery", sees_evidence))
