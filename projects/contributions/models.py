from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Organisation
from civic.core.models import BaseModel
from civic.core.states import Stateful, state_field
from projects.contributions.states import CONTRIBUTION, TAKEN, ContributionState
from projects.proposals.models import Project


class Kind(models.TextChoices):
    TIME = "time", _("Time")
    SKILLS = "skills", _("Skills")
    SPACE = "space", _("Space")
    EQUIPMENT = "equipment", _("Equipment")
    DATA = "data", _("Data")
    DEVICE = "device", _("Device")


class Wants(models.QuerySet["Want"]):
    """What projects want, and how much of it they have."""

    def open(self) -> "Wants":
        """What has not been taken off the list."""
        return self.filter(closed_at=None)

    def with_amounts(self) -> "Wants":
        """Each with `taken` (amount promised or given) and `waiting` (offers that wait for an answer)."""
        counted = Q(contributions__state__in=TAKEN)
        waiting = Q(contributions__state=ContributionState.OFFERED)
        return self.annotate(
            taken=Coalesce(Sum("contributions__amount", filter=counted), 0),
            waiting=Count("contributions", filter=waiting),
        )


class Want(BaseModel):
    """One line of a project's wanted list: `amount` of `unit` (“12 hours”), until `needed_by`.

    It stays after it was taken off the list, since contributions point to it.
    """

    event_fields = {"project": "project_id", "kind": "kind", "amount": "amount"}

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="wants")
    kind = models.CharField(_("kind of help"), max_length=12, choices=Kind)
    title = models.CharField(_("what is wanted"), max_length=120)
    details = models.CharField(_("what to know about it"), max_length=600, blank=True)
    amount = models.PositiveIntegerField(_("how much"))
    unit = models.CharField(_("of what"), max_length=40)
    needed_by = models.DateField(_("needed until"), null=True, blank=True)
    closed_at = models.DateTimeField(_("taken off the list"), null=True, editable=False)

    objects = Wants.as_manager()

    class Meta:
        verbose_name = _("wanted help")
        verbose_name_plural = _("wanted help")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="want_amount_positive")
        ]

    def __str__(self) -> str:
        return self.title


class Contributions(models.QuerySet["Contribution"]):
    def of(self, project: Project) -> "Contributions":
        """All of one project."""
        return self.filter(want__project=project)

    def verified(self) -> "Contributions":
        """Help that was really given."""
        return self.filter(state=ContributionState.VERIFIED)

    def latest_verified(self) -> "Contributions":
        """Help that was really given, the last first."""
        return self.verified().order_by("-state_since", "-pk")

    def with_things(self) -> "Contributions":
        """With what a list of them shows."""
        return self.select_related("want__project__call", "person", "organisation")

    def visible_to(self, actor: Any) -> "Contributions":
        """One's own, those of one's organisations, and those to projects of one's team."""
        if not actor.is_authenticated:
            return self.none()
        own = Contribution.objects.filter(person=actor.pk)
        theirs = Contribution.objects.filter(organisation__in=actor.memberships.values("organisation"))
        projects = Project.objects.worked_on_by(actor).values("pk")
        ours = Contribution.objects.filter(want__project__in=projects)
        # A union: no index answers an "or" over several tables.
        return self.filter(pk__in=own.values("pk").union(theirs.values("pk"), ours.values("pk")))


class Contribution(Stateful, BaseModel):
    """Help that is not money, from the offer on: `amount` in the unit of what is wanted.

    `person` offered it; for themselves, or for the `organisation`. With `anonymous` the public does not
    learn who. `reason` is the project's last word about it, for who offered it.
    """

    TRANSITIONS = CONTRIBUTION
    noun = "contribution"

    want = models.ForeignKey(Want, on_delete=models.PROTECT, related_name="contributions")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="contributions",
        help_text=_("Empty after the person erased their account."),
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="contributions"
    )
    amount = models.PositiveIntegerField(_("how much"))
    message = models.TextField(_("message to the team"), max_length=1000, blank=True)
    anonymous = models.BooleanField(_("without a name in public"), default=False)
    token = models.UUIDField(editable=False, help_text=_("Of the form: sent twice, it offers once."))
    reason = models.TextField(_("last answer of the project"), max_length=1000, blank=True)
    state = state_field(ContributionState, 12)
    offered_at = models.DateTimeField(_("offered"), editable=False)

    objects = Contributions.as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="contribution_amount_positive"),
            models.UniqueConstraint(fields=["person", "token"], name="one_contribution_a_form"),
            models.UniqueConstraint(
                fields=["want", "person"],
                condition=Q(state=ContributionState.OFFERED),
                name="one_waiting_offer_a_person",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["want", "state"], name="contribution_want_state"),
            models.Index(fields=["state", "state_since"], name="contribution_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.want.unit} · {self.want}"

    def get_absolute_url(self) -> str:
        return reverse("contributions:contribution", args=[self.pk])

    @property
    def public_name(self) -> str:
        """Who helped, as everybody may read it; empty where they want no name or are gone."""
        if self.anonymous:
            return ""
        if self.organisation:
            return self.organisation.name
        return self.person.display_name if self.person else ""

    @property
    def team_name(self) -> str:
        """Who offers, as the team needs to know it: the person, and for whom they speak."""
        name = self.person.display_name if self.person else str(_("Former member"))
        return f"{name} ({self.organisation})" if self.organisation else name
