from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _

from civic.accounts.groups import WORDS
from civic.accounts.states import STAFF_INVITATION, StaffInvitationState
from civic.core.models import BaseModel
from civic.core.states import Stateful, state_field


class StaffInvitations(models.QuerySet["StaffInvitation"]):
    """Which invitations still count."""

    def open(self) -> Self:
        """Neither accepted nor withdrawn; their time may be over, if the clock has not come yet."""
        return self.filter(state=StaffInvitationState.OPEN)

    def good(self, token_hash: str, at: datetime) -> Self:
        """The one that a link leads to, if it still counts."""
        return self.open().filter(token_hash=token_hash, expires_at__gt=at)


class StaffInvitation(Stateful, BaseModel):
    """An administrator's invitation of an email address into groups of the council staff.

    The link carries a token of which we keep the hash; it counts for the one address only, until `expires_at`.
    """

    TRANSITIONS = STAFF_INVITATION
    noun = "staff_invitation"

    email = models.EmailField(_("email address"))
    # Names of civic.accounts.groups, as the event that appoints somebody has them.
    groups = ArrayField(models.CharField(max_length=40), verbose_name=_("council groups"))
    reason = models.TextField(_("reason"), max_length=1000)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(_("expires"))
    state = state_field(StaffInvitationState, 10)

    objects = StaffInvitations.as_manager()

    class Meta:
        verbose_name = _("invitation of staff")
        verbose_name_plural = _("invitations of staff")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                Lower("email"),
                condition=models.Q(state=StaffInvitationState.OPEN),
                name="one_open_staff_invitation_an_address",
            )
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def roles(self) -> str:
        """What the invited person would be: “auditor and finance officer”."""
        return get_text_list([str(WORDS[name]) for name in self.groups], str(_("and")))
