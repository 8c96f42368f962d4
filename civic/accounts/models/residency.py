from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from civic.accounts.models.area import Area
from civic.accounts.states import LIVE_RESIDENCY, RESIDENCY, ResidencyState
from civic.core.models import BaseModel
from civic.core.states import Stateful, state_field


class Residencies(models.QuerySet["Residency"]):
    """Questions about who lives where."""

    def valid(self, at: datetime) -> Self:
        """Verified and not yet run out."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=at), state=ResidencyState.VERIFIED)

    def live(self) -> Self:
        """Verified or on the way to it; a person has at most one."""
        return self.filter(state__in=LIVE_RESIDENCY)

    def letters_to(self, address_mark: str | OuterRef) -> Self:
        """Letters to this address that were asked for, until their hold is over."""
        return self.filter(address_mark=address_mark).exclude(address_mark="")

    def run_out(self, at: datetime) -> Self:
        """Letters not answered in time, and confirmations whose term has ended."""
        return self.filter(state__in=[ResidencyState.CODE_SENT, ResidencyState.VERIFIED], expires_at__lte=at)


class Residency(Stateful, BaseModel):
    """That a person lives in an area, once the city has confirmed it by letter, desk or registry.

    `identity` (name and birth date) and `document` are keyed HMACs: one living person can be verified
    through one account only, and what they were made from is not kept. They stay for a while after the
    residency has ended (`identity.HOLD`), so that leaving and coming back is no second vote.
    """

    class Method(models.TextChoices):
        LETTER = "letter", _("code by letter")
        DESK = "desk", _("at the service desk")
        REGISTRY = "registry", _("registry")

    TRANSITIONS = RESIDENCY
    noun = "residency"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="residencies")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="residencies")
    method = models.CharField(_("method"), max_length=8, choices=Method)
    state = state_field(ResidencyState, 12)
    identity = models.CharField(max_length=64, blank=True, editable=False)
    document = models.CharField(max_length=64, blank=True, editable=False)
    born = models.DateField(
        _("date of birth"),
        null=True,
        editable=False,
        help_text=_("Forgotten once the confirmation has ended."),
    )
    recipient = models.CharField(_("name on the letter"), max_length=160, blank=True)
    address = models.TextField(
        _("postal address"), blank=True, help_text=_("Forgotten once the letter is answered.")
    )
    address_mark = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    code_hash = models.CharField(max_length=64, blank=True, editable=False)
    code_tries = models.PositiveSmallIntegerField(default=0, editable=False)
    verified_at = models.DateTimeField(_("verified"), null=True, editable=False)
    expires_at = models.DateTimeField(
        _("expires"),
        null=True,
        editable=False,
        help_text=_("Of the letter's code, then of the confirmation."),
    )

    objects = Residencies.as_manager()

    class Meta:
        verbose_name = _("residency")
        verbose_name_plural = _("residencies")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state__in=LIVE_RESIDENCY), name="one_live_residency_a_person"
            ),
            models.UniqueConstraint(
                fields=["identity"],
                condition=Q(verified_at__isnull=False) & ~Q(identity=""),
                name="one_account_an_identity",
            ),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(verified_at__isnull=False) & ~Q(document=""),
                name="one_account_a_document",
            ),
            models.CheckConstraint(
                condition=~Q(state=ResidencyState.VERIFIED) | Q(verified_at__isnull=False),
                name="verified_residency_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.area}"

    @property
    def waiting_since(self) -> datetime:
        """Since when somebody has to do something about it."""
        return self.state_since or self.created_at


class RegistryUpload(BaseModel):
    """One extract of the residents' register that staff uploaded; the file itself is never kept."""

    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    lines = models.PositiveIntegerField(_("lines"))

    class Meta:
        verbose_name = _("registry upload")
        verbose_name_plural = _("registry uploads")

    def __str__(self) -> str:
        return f"{localdate(self.created_at)} · {self.lines}"


class RegistryEntry(BaseModel):
    """One line of an uploaded registry extract, as a keyed HMAC: who lives where, unreadable to us."""

    identity = models.CharField(max_length=64, unique=True)
    person = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        db_index=True,
        help_text=_("Name and birth date, without the number."),
    )
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+")
    upload = models.ForeignKey(
        RegistryUpload,
        on_delete=models.CASCADE,
        related_name="entries",
        help_text=_("The upload that brought or last confirmed this line."),
    )

    class Meta:
        verbose_name = _("registry entry")
        verbose_name_plural = _("registry entries")

    def __str__(self) -> str:
        return self.identity[:12]
