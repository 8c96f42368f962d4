from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel
from datasets.catalogue.models.dataset import Dataset
from datasets.catalogue.models.source import LONGEST_ADDRESS


class Original(BaseModel):
    """What the source of a harvested dataset says of it beside its words; of its files the addresses, never a byte.

    `uri` is the name that the source gives it, by which it is known when it comes from elsewhere, too. `files` are as
    `harvest.records.File`. `licence` is in the words of the source. By `digest` it is seen whether anything changed.
    """

    dataset = models.OneToOneField(Dataset, on_delete=models.CASCADE, related_name="original")
    uri = models.CharField(_("URI"), max_length=LONGEST_ADDRESS, blank=True)
    page = models.CharField(_("page"), max_length=LONGEST_ADDRESS, blank=True)
    publisher = models.CharField(_("publisher"), max_length=300, blank=True)
    licence = models.CharField(_("licence"), max_length=300, blank=True)
    files = models.JSONField(_("files"), default=list)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("original of a harvested dataset")
        verbose_name_plural = _("originals of harvested datasets")
        indexes: ClassVar = [models.Index(fields=["uri"], condition=~Q(uri=""), name="original_uri")]

    def __str__(self) -> str:
        return self.uri or str(self.dataset_id)


class Follows(models.QuerySet["Follow"]):
    def running(self) -> "Follows":
        """Not ended by the person."""
        return self.filter(ended_at=None)


class Follow(BaseModel):
    """A person wants to hear of a dataset."""

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="follows")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(_("since"))
    ended_at = models.DateTimeField(_("ended"), null=True)

    objects = Follows.as_manager()

    class Meta:
        verbose_name = _("follow of a dataset")
        verbose_name_plural = _("follows of datasets")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dataset", "person"], name="one_dataset_follow_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.dataset_id}"
