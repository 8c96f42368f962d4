from datetime import timedelta
from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Organisation
from civic.core.models import BaseModel
from civic.core.states import Stateful, state_field
from civic.core.work import Job
from datasets.catalogue.states import HARVEST, SOURCE, UNDER_WAY, HarvestState, Outcome, SourceState
from datasets.catalogue.vocabularies import Theme

LONGEST_ADDRESS, LONGEST_IDENTIFIER = 2000, 500


class Source(Stateful, BaseModel):
    """A catalogue elsewhere that is harvested once a day, in the name of an organisation of ours.

    `theme` is that of datasets that name none of the EU's table. A licence that is not named stays unknown.
    """

    class Kind(models.TextChoices):
        DCAT = "dcat", _("DCAT-AP (Turtle, JSON-LD, RDF/XML)")
        CKAN = "ckan", _("CKAN")

    TRANSITIONS = SOURCE
    event_fields = {"publisher": "publisher_id", "kind": "kind"}
    noun = "source"

    title = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=4, choices=Kind)
    address = models.CharField(_("address"), max_length=LONGEST_ADDRESS, unique=True)
    publisher = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("publisher")
    )
    theme = models.CharField(_("theme of what names none"), max_length=4, choices=Theme)
    state = state_field(SourceState, 6)

    class Meta:
        verbose_name = _("harvested catalogue")
        verbose_name_plural = _("harvested catalogues")
        ordering: ClassVar = ["title"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(theme__in=Theme.values), name="source_theme_is_known"),
            models.CheckConstraint(condition=Q(kind__in=["dcat", "ckan"]), name="source_kind_is_known"),
        ]

    def __str__(self) -> str:
        return self.title


class Harvest(Stateful, BaseModel):
    """One reading of a source. It waits where it would remove more than a third of what is here of the source.

    `found` is how many records the source has; the counts after it are of what was done with them. `leaving` is how
    many datasets are here and not in the source any more.
    """

    TRANSITIONS = HARVEST
    event_fields = {"source": "source_id"}
    noun = "harvest"

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="harvests")
    found = models.PositiveIntegerField(_("records"), default=0)
    leaving = models.PositiveIntegerField(_("gone from the source"), default=0)
    created = models.PositiveIntegerField(_("new"), default=0)
    updated = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("as they were"), default=0)
    linked = models.PositiveIntegerField(_("here already"), default=0)
    removed = models.PositiveIntegerField(_("removed"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)
    reason = models.TextField(_("why it ended early"), blank=True)
    begun_at = models.DateTimeField(_("begun"))
    state = state_field(HarvestState, 8)

    class Meta:
        verbose_name = _("harvest")
        verbose_name_plural = _("harvests")
        ordering: ClassVar = ["-begun_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source"], condition=Q(state__in=UNDER_WAY), name="one_open_harvest_a_source"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["source", "-begun_at"], name="harvest_of_source")]

    def __str__(self) -> str:
        return f"{self.source}, {self.begun_at:%Y-%m-%d %H:%M}"


class HarvestRecord(BaseModel):
    """What a source says of one dataset, and what became of that; of the newest harvest of each source."""

    harvest = models.ForeignKey(Harvest, on_delete=models.CASCADE, related_name="records")
    place = models.PositiveIntegerField(_("place"))
    identifier = models.CharField(_("identifier"), max_length=LONGEST_IDENTIFIER)
    title = models.CharField(_("title"), max_length=200)
    # `harvest.records.Record`, until it is done.
    said = models.JSONField(_("what it says"), null=True, encoder=DjangoJSONEncoder)
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    dataset = models.ForeignKey(
        "catalogue.Dataset", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("dataset")
    )

    class Meta:
        verbose_name = _("record of a harvest")
        verbose_name_plural = _("records of harvests")
        ordering: ClassVar = ["harvest", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["harvest", "place"], name="one_record_a_place")
        ]

    def __str__(self) -> str:
        return self.title or self.identifier


class HarvestStep(Job, BaseModel):
    """Reading a source, or taking over what was read. What was done is kept by each record: it goes on from there."""

    class Step(models.TextChoices):
        FETCH = "fetch", _("read the source")
        APPLY = "apply", _("take it over")

    pauses = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
    # Reading is given five minutes (`harvest.pages.SECONDS`); each record after that is a transaction of its own.
    held_for = timedelta(minutes=14)

    harvest = models.ForeignKey(Harvest, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(_("step"), max_length=5, choices=Step)

    class Meta(Job.Meta):
        verbose_name = _("step of a harvest")
        verbose_name_plural = _("steps of harvests")

    def __str__(self) -> str:
        return f"{self.step} {self.harvest_id}"


class Series(BaseModel):
    """Datasets that belong together, such as one a year; of one publisher."""

    publisher = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("publisher")
    )
    slug = models.SlugField(max_length=140, unique=True)
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("description"), max_length=4000, blank=True)

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering: ClassVar = ["title"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["publisher", "title"], name="one_series_a_title")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("catalogue:series", args=[self.slug])
