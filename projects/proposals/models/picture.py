from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel
from projects.proposals.models.project import Project


def random_name(picture: "Picture", filename: str) -> str:
    """Where a file goes: nothing of the name that the browser sent remains."""
    return f"projects/{uuid4().hex}.webp"


class Picture(BaseModel):
    """A picture of the project, checked and re-encoded when it came in (pictures.py); the first is the cover.

    `file` is at most 1600 px wide or high, `thumb` at most 640.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="pictures")
    file = models.ImageField(_("picture"), upload_to=random_name, width_field="width", height_field="height")
    thumb = models.ImageField(_("small picture"), upload_to=random_name)
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    alt = models.CharField(_("what it shows, for people who cannot see it"), max_length=200)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering: ClassVar = ["position", "id"]
        # Each request of a file asks whose it is (file_guards).
        indexes: ClassVar = [
            models.Index(fields=["file"], name="picture_file"),
            models.Index(fields=["thumb"], name="picture_thumb"),
        ]

    def __str__(self) -> str:
        return self.alt
