from typing import TYPE_CHECKING, ClassVar, Self
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Area, Membership, Organisation
from civic.accounts.states import INACTIVE, OrganisationState
from civic.core.models import BaseModel
from civic.core.states import Stateful, state_field
from datasets.catalogue.models.source import LONGEST_IDENTIFIER, Series, Source
from datasets.catalogue.states import DATASET, DatasetState
from datasets.catalogue.vocabularies import (
    FREE_FOR_HIGH_VALUE,
    AccessLevel,
    Format,
    Frequency,
    HighValue,
    Licence,
    Theme,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from civic.accounts.models import Person

# Who may write for an organisation.
WRITERS = [Membership.Role.OWNER, Membership.Role.MANAGER]


def writing(person: "Person") -> "models.QuerySet[Membership]":
    """Memberships by which the person writes: nobody does for an organisation that is suspended or closed."""
    mine = Membership.objects.filter(person_id=person.pk, role__in=WRITERS)
    return mine.exclude(organisation__state__in=INACTIVE)


def writers_of(organisation: UUID) -> set[UUID]:
    """Who writes for an organisation and can sign in: whoever hears of its data."""
    members = Membership.objects.active().filter(organisation=organisation, role__in=WRITERS)
    return set(members.values_list("person", flat=True))


class Datasets(models.QuerySet["Dataset"]):
    """Which datasets somebody may see."""

    def listed(self) -> Self:
        """Those that are published."""
        return self.filter(state=DatasetState.PUBLISHED)

    def written_by(self, person: "Person") -> Self:
        """Those of the organisations that the person writes for, drafts and withdrawn ones too."""
        return self.filter(publisher__in=writing(person).values("organisation"))

    def visible_to(self, actor: "Person | AnonymousUser") -> Self:
        """All but drafts, which their writers and council staff see. A withdrawn one has a page that says why."""
        if not actor.is_authenticated:
            return self.exclude(state=DatasetState.DRAFT)
        if actor.is_staff:
            return self
        return self.filter(
            ~Q(state=DatasetState.DRAFT) | Q(publisher__in=writing(actor).values("organisation"))
        )


class Dataset(Stateful, BaseModel):
    """What an organisation publishes: words about a table, whose rows are in its revisions.

    `latest` is the number of its newest revision, 0 before the first. `answers` are what its publisher said about
    questions of earlier files, by the names of `reading.Choices`. `reason` says why it was withdrawn; one that is
    `held` was withdrawn by the city, and only the city brings it back.
    """

    TRANSITIONS = DATASET
    event_fields = {"publisher": "publisher_id"}
    noun = "dataset"

    publisher = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="datasets", verbose_name=_("publisher")
    )
    # Of a table of the exchange itself its name (`own_tables`).
    source = models.CharField(
        _("table of the exchange"), max_length=60, blank=True, default="", editable=False
    )
    # Its revisions are made of what people share and may withdraw, and of nothing else.
    by_consent = models.BooleanField(_("made of what people share"), default=False, editable=False)
    # Of one that is harvested the catalogue that it comes from, and its name there. It has no revision of ours.
    harvested_from = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        null=True,
        related_name="datasets",
        editable=False,
        verbose_name=_("harvested from"),
    )
    identifier = models.CharField(
        _("identifier at its source"), max_length=LONGEST_IDENTIFIER, blank=True, default="", editable=False
    )
    series = models.ForeignKey(
        Series, on_delete=models.PROTECT, null=True, related_name="datasets", verbose_name=_("series")
    )
    slug = models.SlugField(max_length=140, unique=True)
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("description"), max_length=4000)
    keywords = ArrayField(
        models.CharField(max_length=40), verbose_name=_("keywords"), default=list, blank=True
    )
    theme = models.CharField(_("theme"), max_length=4, choices=Theme)
    frequency = models.CharField(_("how often it changes"), max_length=9, choices=Frequency)
    licence = models.CharField(_("licence"), max_length=80, choices=Licence)
    high_value_category = models.CharField(
        _("high-value category"), max_length=40, choices=HighValue, blank=True, default=""
    )
    access_level = models.CharField(
        _("who may read it"), max_length=10, choices=AccessLevel, default=AccessLevel.OPEN
    )
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("area")
    )
    first_day = models.DateField(_("first day"), null=True, blank=True)
    last_day = models.DateField(_("last day"), null=True, blank=True)
    answers = models.JSONField(_("answers about its files"), default=dict)
    latest = models.PositiveIntegerField(_("latest revision"), default=0)
    revised_at = models.DateTimeField(_("revised"), null=True)
    reason = models.TextField(_("why it was withdrawn"), max_length=2000, blank=True)
    held = models.BooleanField(_("withdrawn by the city"), default=False)
    state = state_field(DatasetState, 9)

    objects = Datasets.as_manager()

    class Meta:
        verbose_name = _("dataset")
        verbose_name_plural = _("datasets")
        ordering: ClassVar = ["title"]
        # Mirrors live grants for whoever asks django-guardian; what may be read `permissions` says.
        permissions: ClassVar = [("read_rows", _("Can read the rows"))]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(latest__gt=0) | Q(harvested_from__isnull=False, latest=0),
                name="published_dataset_has_a_revision",
            ),
            models.CheckConstraint(
                condition=Q(latest=0, revised_at=None)
                | Q(latest__gt=0, revised_at__isnull=False)
                | Q(harvested_from__isnull=False, latest=0),
                name="revised_when_there_is_a_revision",
            ),
            models.CheckConstraint(
                condition=Q(high_value_category="") | Q(licence__in=FREE_FOR_HIGH_VALUE),
                name="high_value_data_is_free_to_use",
            ),
            # By one theme that is none, the whole catalogue could not be written.
            models.CheckConstraint(condition=Q(theme__in=Theme.values), name="dataset_theme_is_known"),
            models.CheckConstraint(
                condition=Q(frequency__in=Frequency.values) | Q(frequency="", harvested_from__isnull=False),
                name="dataset_frequency_is_known",
            ),
            # Of what is harvested it may be unknown, or another one.
            models.CheckConstraint(
                condition=Q(licence__in=Licence.values) | Q(licence="", harvested_from__isnull=False),
                name="dataset_licence_is_known",
            ),
            models.CheckConstraint(
                condition=Q(high_value_category__in=["", *HighValue.values]),
                name="dataset_high_value_category_is_known",
            ),
            models.CheckConstraint(
                condition=Q(access_level__in=AccessLevel.values), name="dataset_access_level_is_known"
            ),
            models.CheckConstraint(
                condition=Q(access_level=AccessLevel.OPEN) | Q(high_value_category="", source=""),
                name="high_value_and_own_data_is_open",
            ),
            # People have consented to readers who are let in, and who are told what to delete.
            models.CheckConstraint(
                condition=Q(by_consent=False)
                | Q(access_level=AccessLevel.ON_REQUEST, source="", harvested_from=None),
                name="dataset_by_consent_is_on_request",
            ),
            # One of the exchange's own tables is one dataset.
            models.UniqueConstraint(fields=["source"], condition=~Q(source=""), name="one_dataset_a_table"),
            # What a source names once is here once, however often it is harvested.
            models.UniqueConstraint(
                fields=["harvested_from", "identifier"],
                condition=Q(harvested_from__isnull=False),
                name="one_dataset_an_identifier",
            ),
            models.CheckConstraint(
                condition=Q(harvested_from=None, identifier="")
                | Q(harvested_from__isnull=False, series=None, source="") & ~Q(identifier=""),
                name="harvested_dataset_has_an_identifier",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["-revised_at", "-id"], condition=Q(state="published"), name="dataset_listed"
            ),
            models.Index(fields=["state", "state_since"], name="dataset_waiting"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("catalogue:dataset", args=[self.slug])

    @property
    def contact_page(self) -> str:
        """Where its publisher is asked: the organisation's own site, or its page here.

        Of a suspended one, whose page nobody sees, the page of the dataset, which names it.
        """
        return self.publisher.website or self.publisher_page or self.get_absolute_url()

    @property
    def publisher_page(self) -> str:
        """The page of its publisher; empty while the city has suspended it, since then there is none."""
        suspended = self.publisher.state == OrganisationState.SUSPENDED
        return "" if suspended else self.publisher.get_absolute_url()

    @property
    def undescribed(self) -> list[str]:
        """Names of what DCAT-AP recommends and its publisher has not said; empty for a complete description."""
        recommended = {
            _("keywords"): self.keywords,
            _("area"): self.area_id,
            _("first day"): self.first_day,
            _("last day"): self.last_day,
        }
        return [str(name) for name, said in recommended.items() if not said]

    @property
    def is_harvested(self) -> bool:
        """Whether it is of another catalogue, which alone changes what it says."""
        return self.harvested_from_id is not None

    @property
    def formats(self) -> list[str]:
        """In which it can be had, here or, as its catalogue says, there."""
        if not self.is_harvested:
            return [str(label) for label in Format.labels]
        return sorted({file["format"] for file in self.original.files if file["format"]})[:4]

    @property
    def is_open(self) -> bool:
        """Whether everybody may read it; of all else nobody gets more than its description without being asked who."""
        return self.access_level == AccessLevel.OPEN

    @property
    def access_note(self) -> str:
        """Who may read it, for lists; empty where everybody may."""
        return "" if self.is_open else str(self.get_access_level_display())

    @property
    def is_withdrawn(self) -> bool:
        return self.state == DatasetState.WITHDRAWN
