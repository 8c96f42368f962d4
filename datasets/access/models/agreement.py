from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Organisation
from civic.core.models import BaseModel
from datasets.access.models.request import AccessRequest
from datasets.access.vocabularies import Basis, Purpose
from datasets.catalogue.models import Dataset


class Agreement(BaseModel):
    """The terms as they were when both sides said yes: an ODRL 2.2 Agreement, of which nothing ever changes.

    `digest` is the SHA-256 of `document` in UTF-8; PostgreSQL compares them. `request` is what it answers, where
    the publisher has approved one.
    """

    event_fields = {"dataset": "dataset_id", "digest": "digest"}

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="agreements")
    request = models.OneToOneField(
        AccessRequest, on_delete=models.PROTECT, null=True, related_name="agreement"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="agreements"
    )
    basis = models.CharField(_("how it came about"), max_length=10, choices=Basis)
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose)
    document = models.TextField(_("terms as ODRL"))
    digest = models.CharField(_("digest"), max_length=64)
    agreed_at = models.DateTimeField(_("agreed"))

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering: ClassVar = ["-agreed_at"]

    def __str__(self) -> str:
        return self.digest[:12]

    def get_absolute_url(self) -> str:
        return reverse("access:agreement", args=[self.pk])
