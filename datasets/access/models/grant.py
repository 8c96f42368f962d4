import hashlib
from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Membership, Organisation, Person
from civic.core.models import BaseModel
from civic.core.states import Stateful, state_field
from datasets.access.models.agreement import Agreement
from datasets.access.states import GRANT, STANDING, GrantState
from datasets.access.vocabularies import Basis, Purpose
from datasets.catalogue.models import Dataset
from datasets.catalogue.models.dataset import writing
from datasets.catalogue.permissions import Scope


def key_digest(key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


class Grants(models.QuerySet["Grant"]):
    """Which grants somebody may see. Whether one lets somebody read, `access_may_read` alone says."""

    def standing(self) -> Self:
        """Not over: in force or suspended."""
        return self.filter(state__in=STANDING)

    def due(self, at: datetime) -> Self:
        """Whose time is over and whose state does not say so yet."""
        return self.standing().filter(expires_at__lte=at)

    def of(self, person: Person) -> Self:
        """Those of the person, and of organisations that they belong to."""
        mine = Membership.objects.filter(person_id=person.pk).values("organisation")
        return self.filter(Q(person=person, organisation=None) | Q(organisation__in=mine))

    def given_by(self, person: Person) -> Self:
        """Those of data that the person writes."""
        return self.filter(dataset__publisher__in=writing(person).values("organisation"))


class Grant(Stateful, BaseModel):
    """Who may read which dataset, with which scopes and for which purpose, until when.

    Of a person, or of an organisation and so of whoever belongs to it at the moment of a read; `person` is then who has
    asked. What the city has suspended or revoked is `held`, what the publisher has is `paused`: each ends by who made
    it, also once the grant is over. `key_digest` is the SHA-256 of the key by which programs of `key_person` read; the
    key itself is nowhere.
    """

    TRANSITIONS = GRANT
    event_fields = {"dataset": "dataset_id", "agreement": "agreement_id", "purpose": "purpose"}
    noun = "grant"

    agreement = models.OneToOneField(Agreement, on_delete=models.PROTECT, related_name="grant")
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="grants")
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
        related_name="grants",
        verbose_name=_("for which organisation"),
    )
    basis = models.CharField(_("how it came about"), max_length=10, choices=Basis)
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose)
    scopes = ArrayField(models.CharField(max_length=8, choices=Scope), verbose_name=_("what it allows"))
    granted_at = models.DateTimeField(_("granted"))
    expires_at = models.DateTimeField(_("until"))
    reason = models.TextField(_("why it was suspended or ended"), max_length=2000, blank=True)
    held = models.BooleanField(_("suspended by the city"), default=False)
    paused = models.BooleanField(_("suspended by the publisher"), default=False)
    key_digest = models.CharField(max_length=64, blank=True, default="", editable=False)
    key_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    state = state_field(GrantState, 9)

    objects = Grants.as_manager()

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        ordering: ClassVar = ["-granted_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("granted_at")), name="access_grant_has_a_time"
            ),
            models.CheckConstraint(
                condition=Q(scopes__contained_by=Scope.values), name="access_grant_scopes_are_known"
            ),
            models.UniqueConstraint(
                fields=["key_digest"], condition=~Q(key_digest=""), name="one_grant_a_key"
            ),
        ]
        indexes: ClassVar = [
            # What each read asks for.
            models.Index(fields=["dataset", "person"], condition=Q(state="active"), name="access_grant_live"),
            models.Index(fields=["expires_at"], condition=Q(state__in=STANDING), name="access_grant_due"),
        ]

    def __str__(self) -> str:
        return f"{self.dataset}: {self.who}"

    def get_absolute_url(self) -> str:
        return reverse("access:grant", args=[self.pk])

    @property
    def who(self) -> str:
        """Who may read: the organisation, or the person."""
        if self.organisation is not None:
            return self.organisation.name
        return self.person.display_name if self.person else str(_("Former member"))

    @property
    def scope_words(self) -> list[str]:
        """What it allows, in words."""
        return [str(Scope(one).label) for one in self.scopes]

    @property
    def is_held_by_both(self) -> bool:
        """Whether the city and the publisher have both suspended it."""
        return self.held and self.paused

    @property
    def can_resume(self) -> bool:
        """Whether it is suspended by one side alone, so that this side can bring it back into force."""
        return self.can("resume") and not self.is_held_by_both

    @property
    def can_release(self) -> bool:
        """Whether a suspension can be taken back that leaves it as it is: it is over, or held by both sides."""
        return (self.held or self.paused) and not self.can_resume

    def is_over(self, at: datetime) -> bool:
        """Whether it has come to an end, by a step or by its time."""
        return self.state not in STANDING or self.expires_at <= at
