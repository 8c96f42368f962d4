from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel


def check_boundary(value: Any) -> None:
    """Raises ValidationError unless this is a Polygon or MultiPolygon of GeoJSON (RFC 7946) in degrees."""
    depth = {"Polygon": 2, "MultiPolygon": 3}.get(value.get("type", "") if isinstance(value, dict) else "")
    if depth is None:
        raise ValidationError(_("Enter a GeoJSON geometry of the type Polygon or MultiPolygon."))
    positions = [value.get("coordinates")]
    for _level in range(depth):
        if not all(isinstance(part, list) and part for part in positions):
            raise ValidationError(_("The coordinates are not nested as GeoJSON wants them."))
        positions = [inner for part in positions for inner in part]
    if not all(_is_position(position) for position in positions):
        raise ValidationError(_("Each position is [longitude, latitude] in degrees."))


def _is_position(position: Any) -> bool:
    if not isinstance(position, list) or len(position) < 2:
        return False
    longitude, latitude = position[:2]
    if not all(isinstance(number, int | float) for number in (longitude, latitude)):
        return False
    return -180 <= longitude <= 180 and -90 <= latitude <= 90


class Area(BaseModel):
    """The city (no parent) or one of its districts: where a project is and who may vote on it."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(unique=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="districts"
    )
    boundary = models.JSONField(
        _("boundary"),
        null=True,
        blank=True,
        validators=[check_boundary],
        help_text=_("A GeoJSON geometry (RFC 7946), WGS 84."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering: ClassVar = ["position", "name"]

    def __str__(self) -> str:
        return self.name
