from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Organisation, Person
from civic.core.models import BaseModel
from civic.core.states import Stateful, state_field
from datasets.access.models.policy import LONGEST_DAYS
from datasets.access.states import OPEN_REQUEST, REQUEST, RequestState
from datasets.access.vocabularies import Purpose
from datasets.catalogue.models import Dataset
from datasets.catalogue.models.dataset import writing
from datasets.catalogue.permissions import Scope


class Requests(models.QuerySet["AccessRequest"]):
    """Which requests somebody may see."""

    def open(self) -> Self:
        """On their way to a decision."""
        return self.filter(state__in=OPEN_REQUEST)

    def of(self, person: Person) -> Self:
        """Those that the person has made, for themselves or an organisation that they still write for."""
        still = Q(organisation=None) | Q(organisation__in=writing(person).values("organisation"))
        return self.filter(still, person=person)

    def seen_by(self, person: Person) -> Self:
        """Those, and what others have sent for an organisation that the person writes for."""
        ours = self.filter(organisation__in=writing(person).values("organisation"))
        return self.of(person) | ours.exclude(submitted_at=None)

    def decided_by(self, person: Person) -> Self:
        """Those about data that the person writes; drafts are nobody's but their writer's."""
        mine = self.filter(dataset__publisher__in=writing(person).values("organisation"))
        return mine.exclude(submitted_at=None)


class AccessRequest(Stateful, BaseModel):
    """Who wants to read a dataset, for which organisation, why, and for how long.

    `questions` are the dataset's as they were when it was sent, `answers` in the same order. `renews` is the grant that
    it would follow.
    """

    TRANSITIONS = REQUEST
    event_fields = {"dataset": "dataset_id", "purpose": "purpose"}
    noun = "access_request"

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="access_requests")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("who"),
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="access_requests",
        verbose_name=_("for which organisation"),
    )
    renews: Any = models.ForeignKey(
        "access.Grant", on_delete=models.PROTECT, null=True, blank=True, related_name="renewals"
    )
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose)
    why = models.TextField(_("why"), max_length=2000, blank=True)
    days = models.PositiveIntegerField(_("for how many days"))
    scopes = ArrayField(models.CharField(max_length=8, choices=Scope), verbose_name=_("what it allows"))
    questions = ArrayField(models.CharField(max_length=200), default=list, verbose_name=_("questions"))
    answers = ArrayField(
        models.TextField(max_length=1000, blank=True), default=list, verbose_name=_("answers")
    )
    reason = models.TextField(_("what the publisher said"), max_length=2000, blank=True)
    submitted_at = models.DateTimeField(_("sent"), null=True, editable=False)
    state = state_field(RequestState, 9)

    objects = Requests.as_manager()

    class Meta:
        verbose_name = _("access request")
        verbose_name_plural = _("access requests")
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dataset", "person", "organisation"],
                condition=Q(state__in=OPEN_REQUEST, person__isnull=False),
                nulls_distinct=False,
                name="one_open_access_request",
            ),
            models.CheckConstraint(
                condition=Q(days__gte=1, days__lte=LONGEST_DAYS), name="access_request_days"
            ),
            models.CheckConstraint(
                condition=Q(scopes__contained_by=Scope.values), name="access_request_scopes_are_known"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "state_since"], name="access_request_waiting")]

    @property
    def version(self) -> str:
        """When it was sent last; empty before. What it says does not change until it is returned and sent again."""
        return self.submitted_at.isoformat() if self.submitted_at else ""

    def __str__(self) -> str:
        return f"{self.dataset}: {self.get_purpose_display()}"

    def get_absolute_url(self) -> str:
        return reverse("access:request", args=[self.pk])

    @property
    def is_private(self) -> bool:
        """Whether it was not sent yet, so that nobody reads it but who writes it."""
        return self.submitted_at is None

    @property
    def scope_words(self) -> list[str]:
        """What it would allow, in words."""
        return [str(Scope(one).label) for one in self.scopes]

    @property
    def answered(self) -> list[tuple[str, str]]:
        """Each question with its answer."""
        return list(zip(self.questions, self.answers, strict=False))

    @property
    def who(self) -> str:
        """In whose name it is: the organisation's, or the person's."""
        if self.organisation is not None:
            return self.organisation.name
        return self.person.display_name if self.person else str(_("Former member"))
