from typing import Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel
from datasets.catalogue.models.dataset import Dataset
from datasets.catalogue.models.upload import Upload
from datasets.catalogue.vocabularies import Format


class Revision(BaseModel):
    """One version of a dataset. It is never changed: what is wrong is mended by the next one.

    `sha256` is that of its Parquet file. `schema` is a Table Schema; `profile` says of each column what is in it, and
    has the first rows; `report` is how its file was read, with its `difference` from the revision before.
    """

    event_fields = {"dataset": "dataset_id", "number": "number", "sha256": "sha256"}

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    upload = models.OneToOneField(Upload, on_delete=models.PROTECT, related_name="revision")
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveBigIntegerField(_("rows"))
    rejected_rows = models.PositiveBigIntegerField(_("rejected rows"))
    schema = models.JSONField(_("columns"))
    profile = models.JSONField(_("profile"))
    report = models.JSONField(_("how it was read"))
    note = models.CharField(_("what is new"), max_length=600, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    published_at = models.DateTimeField(_("published"), editable=False)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering: ClassVar = ["dataset", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dataset", "number"], name="one_dataset_revision_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.dataset} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("catalogue:revision", args=[self.dataset.slug, self.number])

    @property
    def difference(self) -> dict[str, Any] | None:
        """`columns` and `rows` that it has and the revision `from` has not, as `differences` says; None if unknown."""
        found: dict[str, Any] | None = self.report.get("difference")
        return found

    @property
    def public_sha256(self) -> str | None:
        """What everybody may know of the digest: None where the data is not open (`Distribution.public_sha256`)."""
        return self.sha256 if self.dataset.is_open else None

    @property
    def public_difference(self) -> dict[str, Any] | None:
        """What everybody may know of the difference: how many rows came and went is for who may read them."""
        return self.difference if self.dataset.is_open else None

    @property
    def public_schema(self) -> dict[str, Any]:
        """What everybody may read of the schema: of a dataset that is not open no word that stands in its rows.

        `readAs` has some: what stood for a missing value, for yes and for no.
        """
        if self.dataset.is_open:
            return dict(self.schema)
        fields = [{"name": field["name"], "type": field["type"]} for field in self.schema["fields"]]
        return {"fields": fields, "missingValues": [""]}

    @property
    def columns(self) -> list[dict[str, Any]]:
        """Each column of the schema with what its profile says."""
        profiles = self.profile["columns"]
        return [field | profiles.get(field["name"], {}) for field in self.schema["fields"]]


def published_name(_distribution: "Distribution", filename: str) -> str:
    """Where a published file lies: a name that nobody guesses, for the page that checks is the only way to it."""
    return f"catalogue/{uuid4().hex}.{filename.rpartition('.')[2]}"


class Distribution(BaseModel):
    """A file of a revision."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="distributions")
    format = models.CharField(_("format"), max_length=8, choices=Format)
    media_type = models.CharField(_("media type"), max_length=60)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    file = models.FileField(_("file"), upload_to=published_name, unique=True)

    class Meta:
        verbose_name = _("distribution")
        verbose_name_plural = _("distributions")
        ordering: ClassVar = ["revision", "format"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["revision", "format"], name="one_file_a_format")
        ]

    def __str__(self) -> str:
        return f"{self.revision_id}.{self.format}"

    @property
    def public_sha256(self) -> str | None:
        """What everybody may know of the digest: None where the data is not open.

        By it, and by the size, anybody finds out which of few possible tables it is, and nobody is told.
        """
        return self.sha256 if self.revision.dataset.is_open else None

    @property
    def public_size(self) -> int | None:
        """The same of the size."""
        return self.size if self.revision.dataset.is_open else None

    def get_absolute_url(self) -> str:
        """The lasting address of this file."""
        revision = self.revision
        return reverse("catalogue:file", args=[revision.dataset.slug, revision.number, self.format])
