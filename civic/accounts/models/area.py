from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from civic.core.models import Row


class Area(Row):
    """The city (no parent) or one of its districts: where a project is and who may vote on it."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(unique=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="districts")
    boundary = models.JSONField(
        _("boundary"), null=True, blank=True, help_text=_("A GeoJSON geometry (RFC 7946), WGS 84.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering: ClassVar = ["position", "name"]

    def __str__(self) -> str:
        return self.name
