from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from civic.core.models import Row
from projects.proposals.models.project import Project


class Support(Row):
    """A light “I want this”; never counted as a ballot. Insert only: the project row is not touched."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="supports")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="supports")

    class Meta:
        verbose_name = _("support")
        verbose_name_plural = _("supports")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "person"], name="one_support_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person} → {self.project}"


class SupportCount(models.Model):
    """How many support a project: rolled up by a task, so that a hot project is no hot row."""

    project = models.OneToOneField(Project, primary_key=True, on_delete=models.CASCADE, related_name="support_count")
    supports = models.PositiveIntegerField(_("supports"), default=0)
    counted_at = models.DateTimeField(_("counted"))

    class Meta:
        verbose_name = _("support count")
        verbose_name_plural = _("support counts")

    def __str__(self) -> str:
        return str(self.supports)
