from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel
from projects.proposals.models.project import Project


class ProjectRevision(BaseModel):
    """What a project said at one moment: at each submission, and at each change after it was opened.

    Append-only; `content` is the public content alone (see operations.revisions.snapshot).
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(_("made"))
    reason = models.CharField(_("what changed and why"), max_length=400, blank=True)
    content = models.JSONField(_("content"))

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "number"], name="one_revision_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.project} · {self.number}"
