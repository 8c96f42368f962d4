from typing import Any, ClassVar

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic.accounts import groups
from civic.accounts.models import Area, Organisation
from civic.accounts.roles import in_group
from civic.core.models import BaseModel
from civic.core.money import CURRENCIES, Money
from civic.core.states import Stateful, state_field
from projects.calls.models import Call
from projects.proposals.states import PRIVATE, PROJECT, ProjectState


class Theme(models.TextChoices):
    """What a project is about."""

    CLIMATE = "climate", _("Climate and energy")
    GREEN = "green", _("Parks and nature")
    MOBILITY = "mobility", _("Getting around")
    CULTURE = "culture", _("Culture and events")
    YOUTH = "youth", _("Children and youth")
    HEALTH = "health", _("Health and sport")
    NEIGHBOURHOOD = "neighbourhood", _("Neighbours and care")
    ECONOMY = "economy", _("Work and local economy")
    DIGITAL = "digital", _("Digital city")


# What staff opened, whatever became of it. A draft that its team cancelled never was.
PUBLISHED = ~Q(state__in=PRIVATE) & ~Q(state=ProjectState.CANCELLED, opened_at=None)
PUBLIC = Q(hidden_for="") & PUBLISHED


class Projects(models.QuerySet["Project"]):
    """Which projects somebody may see, and the usual questions about them."""

    def public(self) -> "Projects":
        """What everybody may see: from the moment staff opened it, unless a moderator has hidden it."""
        return self.filter(PUBLIC)

    def hidden(self) -> "Projects":
        """What everybody could see until a moderator hid it."""
        return self.filter(PUBLISHED).exclude(hidden_for="")

    def listed(self) -> "Projects":
        """Public ones for lists; says it the way the index of the newest has it."""
        return self.public().filter(opened_at__isnull=False)

    def visible_to(self, actor: Any) -> "Projects":
        """Public ones, the actor's own, and what was handed in: to a call they run; for the council's reviewers to any.

        What is still being written is for its team alone.
        """
        if not actor.is_authenticated:
            return self.public()
        # `public` as conditions of the row: as a list of keys it was every project of the city for each reader.
        seen = PUBLIC | Q(pk__in=Project.objects.worked_on_by(actor).values("pk"))
        if in_group(actor, groups.PROGRAMME_MANAGERS, groups.AUDITORS):
            seen |= ~Q(state=ProjectState.DRAFT)
        elif actor.is_staff:
            seen |= Q(call__in=Call.objects.run_by(actor)) & ~Q(state=ProjectState.DRAFT)
        return self.filter(seen)

    def worked_on_by(self, person: Any) -> "Projects":
        """Those that the person wrote or whose team they are in.

        A union, as no index answers an "or" over two tables: PostgreSQL would read every project of the city.
        """
        written = Project.objects.filter(author=person.pk).values("pk")
        return self.filter(
            pk__in=written.union(person.teams.filter(accepted_at__isnull=False).values("project"))
        )


class Project(Stateful, BaseModel):
    """A joint innovation project of residents, businesses and the city."""

    TRANSITIONS = PROJECT
    noun = "project"

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="projects")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="projects",
        help_text=_("Empty for an imported project and after its author erased their account."),
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="projects"
    )
    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(max_length=160, unique=True)
    pitch = models.CharField(_("pitch in one sentence"), max_length=200, blank=True)
    story = models.TextField(_("story"), max_length=12_000, blank=True)
    theme = models.CharField(_("theme"), max_length=16, choices=Theme, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="projects")
    place = models.CharField(_("place in words"), max_length=200, blank=True)
    latitude = models.DecimalField(
        max_digits=8,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    cost_minor = models.BigIntegerField(
        _("cost in minor units"),
        null=True,
        blank=True,
        help_text=_("The sum of the cost lines; empty: not known."),
    )
    currency = models.CharField(_("currency"), max_length=3)
    ballot_number = models.CharField(
        _("number on the ballot"), max_length=40, blank=True, help_text=_("Given when shortlisted.")
    )
    state = state_field(ProjectState, 12)
    hidden_for = models.CharField(
        _("hidden for"),
        max_length=12,
        blank=True,
        editable=False,
        help_text=_("The house rule, if a moderator hid it."),
    )
    version = models.PositiveIntegerField(
        default=0,
        editable=False,
        help_text=_("Counts edits, so that two people do not overwrite each other."),
    )
    submitted_at = models.DateTimeField(_("submitted"), null=True, editable=False)
    opened_at = models.DateTimeField(_("opened"), null=True, editable=False)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = Projects.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(cost_minor=None) | Q(cost_minor__gt=0), name="project_cost_positive"
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="project_place_has_both_coordinates",
            ),
            models.UniqueConstraint(
                fields=["call", "ballot_number"],
                condition=~Q(ballot_number=""),
                name="one_ballot_number_a_call",
            ),
            models.CheckConstraint(condition=Q(currency__in=CURRENCIES), name="project_currency_is_known"),
        ]
        indexes: ClassVar = [
            models.Index(
                F("opened_at").desc(), F("id").desc(), condition=~Q(opened_at=None), name="project_newest"
            ),
            models.Index(fields=["call", "state"], name="project_call_state"),
            models.Index(fields=["call", "-opened_at", "-id"], name="project_call_newest"),
            models.Index(fields=["theme", "-opened_at", "-id"], name="project_theme_newest"),
            models.Index(fields=["area", "-opened_at", "-id"], name="project_area_newest"),
            models.Index(fields=["state", "-opened_at", "-id"], name="project_state_newest"),
            models.Index(fields=["state", "state_since"], name="project_waiting"),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Untitled project"))

    def get_absolute_url(self) -> str:
        return reverse("proposals:show", args=[self.slug])

    @property
    def drawn_cover(self) -> str:
        """Address of the drawn cover; it holds all that the drawing depends on."""
        return reverse("proposals:cover", args=[self.pk, self.theme or "any"])

    @property
    def cover_url(self) -> str:
        """Address of the cover for cards: a small picture where queries.cards found one, else the drawn one."""
        thumb = self.__dict__.get("cover_thumb")
        return default_storage.url(thumb) if thumb else self.drawn_cover

    @property
    def cost(self) -> Money | None:
        """What it costs as a whole; None while unknown."""
        return None if self.cost_minor is None else Money(self.cost_minor, self.currency)
