from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from civic.accounts.models.area import Area
from civic.accounts.states import RESIDENCY, ResidencyState
from civic.core.models import Row
from civic.core.states import Stateful


class Residencies(models.QuerySet["Residency"]):
    """Questions about who lives where."""

    def valid(self, at: datetime) -> "Residencies":
        """Verified and not yet run out."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=at), state=ResidencyState.VERIFIED)


class Residency(Stateful, Row):
    """That a person lives in an area, once the city has confirmed it by letter, desk or registry.

    `identity` is a keyed HMAC of what the city's registry knows the person by: one living person can
    be verified through one account only, and the registry's data itself is never kept here.
    """

    class Method(models.TextChoices):
        LETTER = "letter", _("code by letter")
        DESK = "desk", _("at the service desk")
        REGISTRY = "registry", _("registry")

    TRANSITIONS = RESIDENCY
    kind = "residency"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="residencies")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="residencies")
    method = models.CharField(_("method"), max_length=8, choices=Method)
    state = models.CharField(
        _("state"), max_length=12, choices=ResidencyState, default=ResidencyState.REQUESTED, editable=False
    )
    identity = models.CharField(max_length=64, blank=True, editable=False)
    address = models.TextField(_("postal address"), blank=True, help_text=_("Forgotten once the letter is answered."))
    code_hash = models.CharField(max_length=128, blank=True, editable=False)
    code_tries = models.PositiveSmallIntegerField(default=0, editable=False)
    verified_at = models.DateTimeField(_("verified"), null=True, editable=False)
    expires_at = models.DateTimeField(_("expires"), null=True, editable=False)

    objects = Residencies.as_manager()

    class Meta:
        verbose_name = _("residency")
        verbose_name_plural = _("residencies")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=[ResidencyState.REQUESTED, ResidencyState.CODE_SENT, ResidencyState.VERIFIED]),
                name="one_live_residency_a_person",
            ),
            models.UniqueConstraint(
                fields=["identity"],
                condition=Q(state=ResidencyState.VERIFIED) & ~Q(identity=""),
                name="one_account_an_identity",
            ),
            models.CheckConstraint(
                condition=~Q(state=ResidencyState.VERIFIED) | Q(verified_at__isnull=False),
                name="verified_residency_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.area}"


class RegistryEntry(Row):
    """One line of an uploaded registry extract, as a keyed HMAC: who lives where, unreadable to us."""

    identity = models.CharField(max_length=64, unique=True)
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+")
    batch = models.UUIDField(help_text=_("The upload that brought or last confirmed this line."))

    class Meta:
        verbose_name = _("registry entry")
        verbose_name_plural = _("registry entries")

    def __str__(self) -> str:
        return self.identity[:12]
