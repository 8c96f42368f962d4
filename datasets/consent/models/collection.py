import hashlib
import json
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Organisation
from civic.accounts.states import INACTIVE
from civic.core.models import BaseModel
from civic.core.states import Stateful, state_field
from datasets.catalogue.models import Dataset
from datasets.catalogue.models.dataset import writing
from datasets.consent.fields import Role, in_words
from datasets.consent.states import COLLECTION, HIDDEN, OVER, CollectionState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from civic.accounts.models import Person

LEAST_K, USUAL_K, MOST_K = 5, 10, 1000
MOST_L = 20


class Collections(models.QuerySet["Collection"]):
    """Which collections somebody may see."""

    def visible_to(self, actor: "Person | AnonymousUser") -> Self:
        """All but drafts, and what was taken down: its writers see both, and of the second who has shared there.

        Council staff see these and drafts that were removed.
        """
        shown = ~Q(state__in=HIDDEN)
        if not actor.is_authenticated:
            return self.filter(shown)
        if actor.is_staff:
            return self
        published = Q(publisher__in=writing(actor).values("organisation"))
        takes_part = Q(submissions__person=actor.pk) | Q(purposes__consents__person=actor.pk)
        shared = Q(pk__in=Collection.objects.filter(takes_part).values("pk"))
        mine = Q(state=CollectionState.DRAFT) & published
        taken_down = Q(state=CollectionState.REMOVED) & (published | shared)
        return self.filter(shown | mine | taken_down)


class Collection(Stateful, BaseModel):
    """What an organisation asks people to share. Its questions never change: who answered has answered these.

    Title and description change while it is a draft; then they are what people read.

    `k` is of the collection and not of a purpose: figures of two purposes over the same people could else be
    subtracted from each other (docs/adr/0050-releases-in-multiples-of-k.md).
    """

    TRANSITIONS = COLLECTION
    event_fields = {"publisher": "publisher_id"}
    noun = "collection"

    publisher = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="collections", verbose_name=_("publisher")
    )
    slug = models.SlugField(max_length=140, unique=True)
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("description"), max_length=4000)
    questions = models.JSONField(_("questions"))
    k = models.PositiveIntegerField(
        _("fewest people behind a figure"),
        default=USUAL_K,
        validators=[MinValueValidator(LEAST_K), MaxValueValidator(MOST_K)],
    )
    state = state_field(CollectionState, 7)

    objects = Collections.as_manager()

    class Meta:
        verbose_name = _("collection of shared data")
        verbose_name_plural = _("collections of shared data")
        ordering: ClassVar = ["title"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(k__gte=LEAST_K, k__lte=MOST_K), name="consent_collection_k_is_enough"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("consent:collection", args=[self.slug])

    @property
    def answering(self) -> str:
        """Who answers what people ask about their data."""
        stands_in = self.publisher.state in INACTIVE
        return gettext("the city's data steward") if stands_in else self.publisher.name

    @property
    def is_over(self) -> bool:
        """Whether nobody is asked any more."""
        return self.state in OVER


class Purpose(BaseModel):
    """What shared data is used for, and how it is released: into a dataset of its own, by a profile that stays.

    `columns` are those of a release (`fields.column`), `least_values` is l: how many values of each sensitive column
    a group of people who look the same has at least.
    """

    event_fields = {"collection": "collection_id", "dataset": "dataset_id"}
    noun = "purpose"

    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="purposes")
    dataset = models.OneToOneField(Dataset, on_delete=models.PROTECT, related_name="purpose")
    title = models.CharField(_("title"), max_length=120)
    columns = models.JSONField(_("columns"))
    least_values = models.PositiveIntegerField(
        _("fewest values of what is sensitive"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_L)],
    )

    class Meta:
        verbose_name = _("purpose")
        verbose_name_plural = _("purposes")
        ordering: ClassVar = ["created_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(least_values__gte=1, least_values__lte=MOST_L), name="consent_purpose_l_is_known"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def named(self, role: Role) -> list[str]:
        """The names of its columns that are this."""
        return [one["name"] for one in self.columns if one["role"] == role]

    @property
    def leaves(self) -> list[str]:
        """Which answers its figures tell of, and how coarse: what people consent to."""
        asked = {one["name"]: one for one in self.collection.questions}
        return [in_words(asked[one["name"]], one) for one in self.columns]

    @property
    def protection(self) -> str:
        """What keeps readers from learning the answer of somebody of whom they know that they took part."""
        hidden = set(self.named(Role.SENSITIVE))
        if not hidden or self.least_values == 1:
            return gettext("Where all people of a group say the same, the figures tell that of each of them.")
        labels = ", ".join(f"“{one['label']}”" for one in self.collection.questions if one["name"] in hidden)
        words = gettext(
            "A group whose figures would show fewer than %(number)s different answers to %(labels)s is left out."
        )
        return words % {"number": self.least_values, "labels": labels}

    @property
    def newest_notice(self) -> "Notice | None":
        """The words that hold now; consents to earlier ones do not cover what comes."""
        return max(self.notices.all(), key=lambda one: one.number, default=None)


class Notice(BaseModel):
    """A version of the words that a person reads before they consent; nothing of it ever changes.

    `digest` is the SHA-256 of the words and the profile; a page sends it back with the consent.
    """

    event_fields = {"purpose": "purpose_id", "number": "number", "digest": "digest"}
    noun = "notice"

    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="notices")
    number = models.PositiveIntegerField(_("version"))
    what = models.TextField(_("what is used, and for what"), max_length=1000)
    readers = models.TextField(_("who reads it"), max_length=1000)
    kept = models.TextField(_("how long it is kept"), max_length=1000)
    digest = models.CharField(_("digest"), max_length=64)
    published_at = models.DateTimeField(_("published"))

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering: ClassVar = ["purpose", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["purpose", "number"], name="one_notice_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.number}"

    @property
    def said(self) -> dict[str, Any]:
        """All that somebody consents to: the words, and by which profile figures leave."""
        purpose = self.purpose
        collection = purpose.collection
        return {
            "number": self.number,
            "purpose": purpose.title,
            **{name: getattr(self, name) for name in ("what", "readers", "kept")},
            "questions": collection.questions,
            "columns": purpose.columns,
            "k": collection.k,
            "l": purpose.least_values,
        }

    def computed_digest(self) -> str:
        """SHA-256 of that as JSON in UTF-8, with sorted keys and without blanks."""
        spelled = json.dumps(self.said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(spelled.encode()).hexdigest()
