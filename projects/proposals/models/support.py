from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel
from projects.proposals.models.project import Project


class Support(BaseModel):
    """A light “I want this”; never counted as a ballot. Insert only: the project row is not touched."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="supports")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="supports")

    class Meta:
        verbose_name = _("support")
        verbose_name_plural = _("supports")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "person"], name="one_support_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.person} → {self.project}"


class SupportChange(models.Model):
    """A support given (+1) or taken back (-1) that no count holds yet. A trigger on Support fills it."""

    id = models.BigAutoField(primary_key=True)
    # No constraint: when a project goes, its supports do, and the trigger notes that here.
    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="support_changes", db_constraint=False
    )
    delta = models.SmallIntegerField()

    class Meta:
        verbose_name = _("support change")
        verbose_name_plural = _("support changes")

    def __str__(self) -> str:
        return f"{self.delta:+d}"


class SupportCount(models.Model):
    """How many support a project: rolled up by a task, so that a hot project is no hot row.

    A trigger on Project makes the row, so that every project has one.
    """

    project = models.OneToOneField(
        Project, primary_key=True, on_delete=models.CASCADE, related_name="support_count"
    )
    supports = models.PositiveIntegerField(_("supports"), default=0)
    counted_at = models.DateTimeField(_("counted"))

    class Meta:
        verbose_name = _("support count")
        verbose_name_plural = _("support counts")
        indexes: ClassVar = [models.Index(fields=["-supports", "-project"], name="support_most")]

    def __str__(self) -> str:
        return str(self.supports)
