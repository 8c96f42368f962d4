from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Organisation
from civic.core.models import BaseModel
from projects.proposals.models.project import Project


class TeamMember(BaseModel):
    """Somebody who makes the project happen; public once they have accepted."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="team")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="teams")
    role = models.CharField(_("role"), max_length=80)
    accepted_at = models.DateTimeField(_("accepted"), null=True, editable=False)

    class Meta:
        verbose_name = _("team member")
        verbose_name_plural = _("team members")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "person"], name="one_place_in_a_team")
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.role}"


class TeamInvitation(BaseModel):
    """An invitation by email to join a team. It says nothing about whether that address has an account."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("email address"))
    role = models.CharField(_("role"), max_length=80)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("team invitation")
        verbose_name_plural = _("team invitations")
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), "project", name="one_team_invitation_an_address")
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.project}"


class ParticipantGoal(BaseModel):
    """What a participant brings and what it wants in return, both public.

    The participant is an organisation, or, where there is none, a group named in words (“neighbours
    of Linnside”).
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="goals")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="goals"
    )
    name = models.CharField(_("participant"), max_length=120, blank=True)
    brings = models.CharField(_("brings"), max_length=280)
    wants = models.CharField(_("wants in return"), max_length=280)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("participant goal")
        verbose_name_plural = _("participant goals")
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(name=""),
                name="participant_goal_has_a_participant",
            )
        ]

    def __str__(self) -> str:
        return self.organisation.name if self.organisation else self.name
