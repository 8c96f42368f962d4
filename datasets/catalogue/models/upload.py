from datetime import timedelta
from typing import Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel
from civic.core.states import Stateful, state_field
from civic.core.work import Job
from datasets.catalogue.models.dataset import Dataset
from datasets.catalogue.states import UPLOAD, WORKED_ON, UploadState


def random_name(_upload: "Upload", filename: str) -> str:
    """Where a file lies: of the name that the browser sent nothing remains but a known ending."""
    return f"catalogue/{uuid4().hex}.{filename.rpartition('.')[2]}"


class Upload(Stateful, BaseModel):
    """A file on its way to become a revision.

    `received` of its `size` in bytes are here; what comes in parts lies apart until it is whole and a worker has put
    it into the storage (`files.part`). `file` is as it was sent. `proposal` is the first look at it, `answers` what the
    publisher said to that, and `found` what the read found, with sizes and digests of `parquet` and `csv`, which would
    be published. `failure` says why it cannot be read.
    """

    TRANSITIONS = UPLOAD
    event_fields = {"dataset": "dataset_id"}
    noun = "upload"

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="uploads")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=200)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    received = models.PositiveBigIntegerField(_("bytes received"), default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    file = models.FileField(_("file"), upload_to=random_name, blank=True)
    parquet = models.FileField(_("Parquet file"), upload_to=random_name, blank=True)
    csv = models.FileField(_("CSV file"), upload_to=random_name, blank=True)
    proposal = models.JSONField(_("first look"), null=True)
    answers = models.JSONField(_("answers"), default=dict)
    found = models.JSONField(_("what was found"), null=True)
    failure = models.TextField(_("why it cannot be read"), blank=True)
    received_at = models.DateTimeField(_("received"), editable=False)
    expires_at = models.DateTimeField(_("expires"), editable=False)
    state = state_field(UploadState, 9)

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(
                fields=["expires_at"],
                condition=~models.Q(state__in=["published", "discarded", "expired", "refused"]),
                name="upload_open",
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(received__lte=models.F("size")), name="upload_within_its_size"
            ),
            models.CheckConstraint(
                condition=models.Q(received=models.F("size"))
                | models.Q(state__in=["receiving", "discarded", "expired"]),
                name="upload_is_received_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("catalogue:upload", args=[self.pk])

    @property
    def is_worked_on(self) -> bool:
        """Whether a worker has something to do with it."""
        return self.state in WORKED_ON

    @property
    def is_in_parts(self) -> bool:
        """Whether its bytes lie apart still, as they come or came."""
        return not self.file and self.state in (UploadState.RECEIVING, UploadState.RECEIVED)

    @property
    def files(self) -> list[Any]:
        """The files that are there."""
        return [file for file in (self.file, self.parquet, self.csv) if file]


class UploadStep(Job, BaseModel):
    """Looking at a file, or reading it: the two things that take longer than somebody waits for a page."""

    class Step(models.TextChoices):
        PROPOSE = "propose", _("look at it")
        READ = "read", _("read it")

    pauses = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=10))
    # A file is given four minutes (`reading_process.LIMITS`); it is copied before, and put into the storage after.
    held_for = timedelta(minutes=6)

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(_("step"), max_length=7, choices=Step)

    class Meta(Job.Meta):
        verbose_name = _("step of an upload")
        verbose_name_plural = _("steps of uploads")

    def __str__(self) -> str:
        return f"{self.step} {self.upload_id}"


class RejectedRow(BaseModel):
    """A row of an upload that is left out, and why. `line` is its physical line; without a `column` it is no row."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="rejected")
    place = models.PositiveIntegerField(_("place"))
    line = models.PositiveBigIntegerField(_("line"))
    column = models.TextField(_("column"), blank=True)
    value = models.TextField(_("value"), blank=True)
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("rejected row")
        verbose_name_plural = _("rejected rows")
        ordering: ClassVar = ["upload", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["upload", "place"], name="one_rejected_row_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.reason}"
