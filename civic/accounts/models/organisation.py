from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from civic.accounts.states import ORGANISATION, OrganisationState
from civic.core.models import Row
from civic.core.states import Stateful


class Organisation(Stateful, Row):
    """A business, community group, university or city department; people act for it by membership."""

    class Kind(models.TextChoices):
        BUSINESS = "business", _("business")
        COMMUNITY = "community", _("community group")
        UNIVERSITY = "university", _("university")
        DEPARTMENT = "department", _("city department")

    TRANSITIONS = ORGANISATION
    kind = "organisation"

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(max_length=140, unique=True)
    sort = models.CharField(_("kind"), max_length=12, choices=Kind)
    about = models.TextField(_("about"), max_length=2000, blank=True)
    website = models.URLField(_("website"), blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=OrganisationState, default=OrganisationState.UNCHECKED, editable=False
    )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/organisations/{self.slug}/"


class Membership(Row):
    """A person may act for an organisation: owners manage members, managers act, members take part."""

    class Role(models.TextChoices):
        OWNER = "owner", _("owner")
        MANAGER = "manager", _("manager")
        MEMBER = "member", _("member")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.MEMBER)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "person"], name="one_membership_an_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation}"


class Invitation(Row):
    """An invitation by email to join an organisation; the link carries a token of which we keep the hash."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("email address"))
    role = models.CharField(_("role"), max_length=8, choices=Membership.Role, default=Membership.Role.MEMBER)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(_("expires"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, editable=False)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("email"),
                "organisation",
                condition=models.Q(accepted_at=None),
                name="one_open_invitation_an_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.organisation}"
