from datetime import date
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel
from civic.core.states import Stateful, state_field
from projects.delivery.states import MILESTONE, MilestoneState
from projects.proposals.models import Project
from projects.proposals.states import ProjectState

WHOLE = 10_000


class Milestone(Stateful, BaseModel):
    """A part of the delivery: what will be there, by when, and for which share of the money.

    `share_bp` is in basis points: 2500 is 25 %. The shares of a project make exactly 10,000, or there are
    no milestones; the database checks it at the end of each transaction. `reason` is the steward's last word.
    """

    TRANSITIONS = MILESTONE
    event_fields = {"project": "project_id", "number": "number", "share_bp": "share_bp"}
    noun = "milestone"

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="milestones")
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=120)
    promise = models.CharField(_("what will be there"), max_length=600)
    share_bp = models.PositiveIntegerField(_("share in basis points"))
    due_on = models.DateField(_("due"))
    reason = models.TextField(_("last answer of the city"), max_length=2000, blank=True)
    state = state_field(MilestoneState, 12)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering: ClassVar = ["project", "number"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(share_bp__gt=0, share_bp__lte=WHOLE), name="milestone_share_is_a_share"
            ),
            models.UniqueConstraint(fields=["project", "number"], name="one_milestone_a_number"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "state_since"], name="milestone_waiting")]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("delivery:milestone", args=[self.pk])

    @property
    def share(self) -> str:
        """The share in percent, as people write it: “25 %”, “12.5 %”."""
        whole, rest = divmod(self.share_bp, 100)
        return f"{whole}.{rest:02}".rstrip("0") + " %" if rest else f"{whole} %"

    def is_overdue(self, today: date) -> bool:
        """Whether its day has passed and the team has not handed it in, while the project is being delivered.

        It follows from the states, the day and today, and is stored nowhere.
        """
        waits_for_team = self.state not in (MilestoneState.SUBMITTED, MilestoneState.ACCEPTED)
        return waits_for_team and self.due_on < today and self.project.state == ProjectState.DELIVERING


def random_name(evidence: "Evidence", filename: str) -> str:
    """Where a file goes: of the name that the browser sent nothing remains; the ending is ours."""
    return f"delivery/{uuid4().hex}.{filename.rpartition('.')[2]}"


class Evidence(BaseModel):
    """A picture or document that shows what was done. Public; never changed after the milestone is accepted.

    Pictures were re-encoded when they came in; documents are as they were sent and only offered as a download.
    """

    class Kind(models.TextChoices):
        PICTURE = "picture", _("Picture")
        PDF = "pdf", _("PDF document")
        CSV = "csv", _("CSV table")
        ODT = "odt", _("ODT document")

    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="evidence")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    text = models.CharField(_("what it shows"), max_length=200)
    file = models.FileField(_("file"), upload_to=random_name)
    thumb = models.FileField(_("small picture"), upload_to=random_name, blank=True)
    size = models.PositiveIntegerField(_("size in bytes"))
    added_at = models.DateTimeField(_("added"), editable=False)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering: ClassVar = ["id"]
        # Each request of a file asks whose it is (file_guards).
        indexes: ClassVar = [
            models.Index(fields=["file"], name="evidence_file"),
            models.Index(fields=["thumb"], name="evidence_thumb"),
        ]

    def __str__(self) -> str:
        return self.text


class Update(BaseModel):
    """News from the work, which those who follow the project are told of."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="updates")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), max_length=4000)
    token = models.UUIDField(editable=False, help_text=_("Of the form: sent twice, it posts once."))
    posted_at = models.DateTimeField(_("posted"), editable=False)

    class Meta:
        verbose_name = _("update")
        verbose_name_plural = _("updates")
        ordering: ClassVar = ["-posted_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["author", "token"], name="one_update_a_form")
        ]

    def __str__(self) -> str:
        return self.title
