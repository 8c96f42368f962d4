from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel


class DataExport(BaseModel):
    """A copy of what the site knows about one person, built in the background, for that person only.

    The archive lies in the database and not among the uploaded files: nothing but the view that checks
    the person can reach it, and it is gone with its row.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exports")
    progress = models.PositiveSmallIntegerField(_("progress in percent"), default=0)
    archive = models.BinaryField(default=bytes)
    ready_at = models.DateTimeField(_("ready"), null=True)
    expires_at = models.DateTimeField(_("expires"))

    class Meta:
        verbose_name = _("data export")
        verbose_name_plural = _("data exports")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(ready_at=None), name="one_export_under_way_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.progress} %"

    def available(self, at: datetime) -> bool:
        """Whether it can be downloaded."""
        return self.ready_at is not None and at < self.expires_at


class ErasureRequest(BaseModel):
    """Somebody wants their account erased; until `due_at` they can change their mind."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="erasure_request"
    )
    due_at = models.DateTimeField(_("erased on"))

    class Meta:
        verbose_name = _("erasure request")
        verbose_name_plural = _("erasure requests")

    def __str__(self) -> str:
        return str(self.person)
