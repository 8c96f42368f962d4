"""Queries that somebody saved under an address."""

from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel
from datasets.analytics.engine.language import Query
from datasets.analytics.engine.parsing import read
from datasets.catalogue.models import Dataset


class Chart(models.TextChoices):
    """How an answer is drawn, beside its table."""

    BARS = "bar", _("Bars")
    LINE = "line", _("Line")
    NONE = "none", _("Only the table")


class SavedQueries(models.QuerySet["SavedQuery"]):
    """Which of them there are."""

    def kept(self) -> Self:
        """All but those that were removed."""
        return self.filter(removed_at=None)

    def embedded(self, at: datetime) -> Self:
        """Those that strangers can see by a token at this moment, as far as who signed it may still read."""
        return self.kept().filter(embedded_until__gt=at)


class SavedQuery(BaseModel):
    """A question about a dataset that was given a name. Nothing of it gives a right: each read asks for its reader.

    `revision` is the number of the one that is asked, None for the newest. `shown` puts it on the page of its dataset.
    Embeds that were signed in an earlier `embed_round` are over; of this round the last one ends at `embedded_until`.
    """

    event_fields = {"dataset": "dataset_id", "joined": "joined_id"}
    noun = "query"

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=120)
    revision = models.PositiveIntegerField(_("revision"), null=True)
    query = models.JSONField(_("query"))
    chart = models.CharField(_("chart"), max_length=4, choices=Chart)
    shown = models.BooleanField(_("on the dataset's page"), default=False)
    embed_round = models.PositiveIntegerField(_("round of its embeds"), default=0)
    embedded_until = models.DateTimeField(_("embedded until"), null=True, editable=False)
    saved_at = models.DateTimeField(_("saved"), editable=False)
    removed_at = models.DateTimeField(_("removed"), null=True)

    objects = SavedQueries.as_manager()

    class Meta:
        verbose_name = _("saved query")
        verbose_name_plural = _("saved queries")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(chart__in=Chart.values), name="saved_query_chart_is_known"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["dataset", "-id"],
                condition=models.Q(removed_at=None, shown=True),
                name="saved_query_shown",
            ),
            models.Index(
                fields=["dataset", "embedded_until"],
                condition=models.Q(removed_at=None, embedded_until__isnull=False),
                name="saved_query_embedded",
            ),
            models.Index(
                fields=["owner", "-id"], condition=models.Q(removed_at=None), name="saved_query_own"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("analytics:saved", args=[self.pk])

    @property
    def asked(self) -> Query:
        """The query itself. Raises Invalid where a later version of the language does not know it any more."""
        return read(self.query)

    @cached_property
    def datasets(self) -> list[Dataset]:
        """Whose data the answer has: the dataset, and the one beside it, whatever has become of it."""
        beside = self.query.get("join")
        if not beside:
            return [self.dataset]
        return [self.dataset, *Dataset.objects.select_related("publisher").filter(slug=beside["dataset"])]

    @property
    def joined_id(self) -> UUID | None:
        """The dataset beside the first, for the log."""
        return self.datasets[-1].pk if len(self.datasets) > 1 else None

    @property
    def by_consent(self) -> bool:
        """Whether the answer has figures of what people share: who reads them is always known."""
        return any(one.by_consent for one in self.datasets)
