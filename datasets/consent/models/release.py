from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel
from civic.core.states import Stateful, state_field
from datasets.access.models import Grant
from datasets.catalogue.models import Revision, Upload
from datasets.consent.fields import PEOPLE
from datasets.consent.models.collection import Notice, Purpose
from datasets.consent.models.sharing import Consent
from datasets.consent.states import DELETION, RELEASE, UNDER_WAY, DeletionState, ReleaseState
from datasets.consent.vocabularies import Answer


class Release(Stateful, BaseModel):
    """A table over what people have consented to, counted at one moment; a revision once it is published.

    `rows` are its cells with their people, each a multiple of k. `people` is their sum, `shared` how many consented at
    least, in multiples of k, too. `digest` is that of the parameters by which it was counted.
    """

    TRANSITIONS = RELEASE
    event_fields = {"purpose": "purpose_id", "digest": "digest"}
    noun = "release"

    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="releases")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="+")
    upload = models.OneToOneField(Upload, on_delete=models.PROTECT, null=True, related_name="release")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, related_name="releases")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    rows = models.JSONField(_("rows"))
    people = models.PositiveIntegerField(_("people in it"))
    shared = models.PositiveIntegerField(_("people who consented, at least"))
    digest = models.CharField(_("digest of its parameters"), max_length=64)
    made_at = models.DateTimeField(_("counted"))
    state = state_field(ReleaseState, 9)

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering: ClassVar = ["-made_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["purpose"], condition=Q(state__in=UNDER_WAY), name="one_release_under_way"
            ),
            models.CheckConstraint(
                condition=Q(revision__isnull=False) | ~Q(state__in=["published", "suspended"]),
                name="consent_release_published_is_a_revision",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["purpose", "-made_at"], name="consent_release_newest")]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.digest[:12]}"

    @property
    def header(self) -> list[str]:
        """The names of its columns."""
        return [*(one["name"] for one in self.purpose.columns), PEOPLE]

    @property
    def left_out(self) -> int:
        """At least how many who consented are in no row of it."""
        return max(0, self.shared - self.people)


class Inclusion(BaseModel):
    """That a release was counted with a consent, and with which version of what its person had shared.

    Whether their row reached k or not. Who takes everything back and shares again has answers with another id
    (`submission`, of a row that may be deleted), whose versions begin anew.
    """

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="inclusions")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="inclusions")
    submission = models.UUIDField(_("what was shared"))
    version = models.PositiveIntegerField(_("version of what was shared"))

    class Meta:
        verbose_name = _("consent in a release")
        verbose_name_plural = _("consents in releases")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["release", "consent"], name="one_inclusion_a_release")
        ]

    def __str__(self) -> str:
        return f"{self.release_id}: {self.consent_id}"


class Deletion(Stateful, BaseModel):
    """What a reader was told to delete, since somebody in it has withdrawn; by when, and what they answered."""

    TRANSITIONS = DELETION
    event_fields = {"grant": "grant_id", "release": "release_id"}
    noun = "deletion"

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="deletions")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="deletions")
    reads = models.PositiveIntegerField(_("how often it was read"))
    asked_at = models.DateTimeField(_("asked"))
    due_at = models.DateTimeField(_("until"))
    answer = models.CharField(_("answer"), max_length=7, choices=Answer, blank=True, default="")
    words = models.TextField(_("in their words"), max_length=2000, blank=True, default="")
    answered_at = models.DateTimeField(_("answered"), null=True)
    state = state_field(DeletionState, 8)

    class Meta:
        verbose_name = _("deletion")
        verbose_name_plural = _("deletions")
        ordering: ClassVar = ["due_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["grant", "release"], name="one_deletion_a_grant"),
        ]

    def __str__(self) -> str:
        return f"{self.release}: {self.grant.who}"

    def get_absolute_url(self) -> str:
        return reverse("consent:deletion", args=[self.pk])

    def is_late(self, at: datetime) -> bool:
        """Whether its day is over without an answer."""
        return self.state == DeletionState.ASKED and self.due_at <= at
