from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic.accounts.states import INACTIVE, ORGANISATION, OrganisationState
from civic.core.models import BaseModel
from civic.core.states import Stateful, state_field

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from civic.accounts.models.person import Person


class Organisations(models.QuerySet["Organisation"]):
    """Which organisations somebody may see."""

    def public(self) -> Self:
        """Those that are active: neither suspended nor closed."""
        return self.exclude(state__in=INACTIVE)

    def left_alone_by(self, person: "Person") -> Self:
        """Those that nobody but the person can act for."""
        others = Membership.objects.active().filter(organisation=OuterRef("pk")).exclude(person=person)
        return self.of(person).exclude(Exists(others)).order_by("name")

    def of(self, person: "Person") -> Self:
        """Those that the person is a member of, whatever their state."""
        return self.filter(memberships__person=person)

    def visible_to(self, actor: "Person | AnonymousUser") -> Self:
        """All but suspended ones, the actor's own, and all of them for council staff.

        Closed ones too, which are shown as that: projects and invoices name them.
        """
        if not actor.is_authenticated:
            return self.exclude(state=OrganisationState.SUSPENDED)
        if actor.is_staff:
            return self
        own = Membership.objects.filter(person_id=actor.pk).values("organisation")
        return self.filter(~Q(state=OrganisationState.SUSPENDED) | Q(pk__in=own))


class Organisation(Stateful, BaseModel):
    """A business, community group, university or city department; people act for it by membership."""

    class Kind(models.TextChoices):
        BUSINESS = "business", _("business")
        COMMUNITY = "community", _("community group")
        UNIVERSITY = "university", _("university")
        DEPARTMENT = "department", _("city department")

    TRANSITIONS = ORGANISATION
    noun = "organisation"

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(max_length=140, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    about = models.TextField(_("about"), max_length=2000, blank=True)
    website = models.URLField(_("website"), blank=True)
    state = state_field(OrganisationState, 12)

    objects = Organisations.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            # By one kind that is none, the catalogue of all data could not be written.
            models.CheckConstraint(
                condition=Q(kind__in=["business", "community", "university", "department"]),
                name="organisation_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("accounts:organisation", args=[self.slug])


class Memberships(models.QuerySet["Membership"]):
    """Who belongs to which organisation."""

    def active(self) -> Self:
        """Of people who can sign in: whose account is closed or erased acts for nobody."""
        return self.filter(person__is_active=True)


class Membership(BaseModel):
    """A person may act for an organisation: owners manage members, managers act, members take part."""

    class Role(models.TextChoices):
        OWNER = "owner", _("owner")
        MANAGER = "manager", _("manager")
        MEMBER = "member", _("member")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.MEMBER)

    objects = Memberships.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "person"], name="one_membership_an_organisation")
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation}"

    @property
    def is_owner(self) -> bool:
        return self.role == self.Role.OWNER


class Invitation(BaseModel):
    """An invitation by email to join an organisation; the link carries a token of which we keep the hash.

    Withdrawing one deletes it. It counts for the one address only, and until `expires_at`.
    """

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
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                Lower("email"),
                "organisation",
                condition=models.Q(accepted_at=None),
                name="one_open_invitation_an_address",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.organisation}"
