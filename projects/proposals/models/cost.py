from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel
from civic.core.money import Money
from projects.proposals.models.project import Project


class CostLine(BaseModel):
    """One thing the project needs money for; the project's cost is their sum."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="cost_lines")
    label = models.CharField(_("what for"), max_length=120)
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("cost line")
        verbose_name_plural = _("cost lines")
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="cost_line_positive")
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def amount(self) -> Money:
        """The amount in the project's currency."""
        return Money(self.amount_minor, self.project.currency)
