"""The few columns that the support button needs, in one statement."""

from typing import Any

from django.db.models import F

from projects.proposals.models import Project
from projects.proposals.queries.page import not_yet_counted, supported_by


def to_support(slug: str, actor: Any) -> Project | None:
    """The project, if the actor may see it, with `supporters` and `supported`."""
    rows = Project.objects.visible_to(actor).filter(slug=slug).select_related("call")
    return rows.annotate(
        supporters=F("support_count__supports") + not_yet_counted(), supported=supported_by(actor)
    ).first()


def as_supported(project: Project, supported: bool) -> None:
    """Brings `supporters` and `supported` of a project from `to_support` up to what the person just did."""
    was, project.supported = project.supported, supported  # type: ignore[attr-defined]
    project.supporters += int(supported) - int(was)  # type: ignore[attr-defined]
