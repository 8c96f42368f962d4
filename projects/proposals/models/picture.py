from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from civic.core.models import Row
from projects.proposals.models.project import Project


class Picture(Row):
    """A picture of the project, checked and re-encoded when it came in; the first is the cover."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="pictures")
    file = models.ImageField(_("picture"), upload_to="projects/", width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    alt = models.CharField(_("what it shows, for people who cannot see it"), max_length=200)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering: ClassVar = ["position", "id"]

    def __str__(self) -> str:
        return self.alt
