from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Organisation
from civic.accounts.states import INACTIVE
from civic.core.models import BaseModel
from civic.core.states import Stateful, state_field
from datasets.catalogue.models import Dataset
from datasets.catalogue.models.dataset import writing
from datasets.reuses.states import REUSE, ReuseState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from civic.accounts.models import Person

MOST_DATASETS = 10
LONGEST_TITLE, LONGEST_TEXT, LONGEST_ADDRESS = 120, 2000, 500


class Kind(models.TextChoices):
    APPLICATION = "application", _("App or website")
    MAP = "map", _("Map or chart")
    ARTICLE = "article", _("Article or report")
    RESEARCH = "research", _("Research")
    TEACHING = "teaching", _("Teaching")
    OTHER = "other", _("Something else")


class Reuses(models.QuerySet["Reuse"]):
    """Which reuses somebody may see."""

    def public(self) -> "Reuses":
        """Shown, of nobody who is suspended or closed, and of at least one dataset that everybody finds."""
        listed = Dataset.objects.listed().filter(reuses=OuterRef("pk"))
        left = Organisation.objects.filter(pk=OuterRef("organisation"), state__in=INACTIVE)
        suspended = Q(organisation=None, person__is_active=False)
        return self.filter(Exists(listed), ~Exists(left), state=ReuseState.SHOWN).exclude(suspended)

    def of(self, person: "Person | AnonymousUser") -> "Reuses":
        """One's own, and those of organisations that one writes for."""
        if not person.is_authenticated:
            return self.none()
        theirs = writing(person).values("organisation")
        return self.filter(Q(organisation=None, person=person.pk) | Q(organisation__in=theirs))

    def with_names(self) -> "Reuses":
        """With what a list shows of who it is by."""
        return self.select_related("person", "organisation")


class Reuse(Stateful, BaseModel):
    """Something that was built with datasets of the catalogue, at an address elsewhere (CKAN calls it a showcase).

    `person` has proposed it, for themselves or for the `organisation`. `reason` is the city's last word about it.
    """

    TRANSITIONS = REUSE
    noun = "reuse"

    datasets = models.ManyToManyField(Dataset, related_name="reuses", verbose_name=_("datasets"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    description = models.TextField(_("description"), max_length=LONGEST_TEXT)
    address = models.URLField(_("address"), max_length=LONGEST_ADDRESS)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="reuses",
        help_text=_("Empty after the person erased their account."),
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="reuses"
    )
    token = models.UUIDField(editable=False, help_text=_("Of the form: sent twice, it proposes once."))
    reason = models.TextField(_("the city's words"), max_length=2000, blank=True)
    proposed_at = models.DateTimeField(_("proposed"), editable=False)
    state = state_field(ReuseState, 10)

    objects = Reuses.as_manager()

    class Meta:
        verbose_name = _("reuse")
        verbose_name_plural = _("reuses")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "token"], name="one_reuse_a_form"),
            models.CheckConstraint(
                condition=Q(address__regex=r"^https?://[^[:space:]]+$"), name="reuse_address_is_of_the_web"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "-state_since", "-id"], name="reuse_newest"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reuses:reuse", args=[self.pk])

    @property
    def by(self) -> str:
        """Who has built it, as everybody may read it."""
        if self.organisation:
            return self.organisation.name
        return self.person.display_name if self.person else str(_("Former member"))
