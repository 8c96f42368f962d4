from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel
from projects.proposals.models import Project


class Follows(models.QuerySet["Follow"]):
    """Who follows what."""

    def running(self) -> "Follows":
        """Not ended by the person."""
        return self.filter(ended_at=None)


class Follow(BaseModel):
    """A person wants to hear of a project. An ended one is kept, so that commenting does not revive it."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="follows")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    since = models.DateTimeField(_("since"))
    ended_at = models.DateTimeField(_("ended"), null=True)

    objects = Follows.as_manager()

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "person"], name="one_follow_a_person"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-since"], condition=Q(ended_at=None), name="follow_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.project_id}"


class DiscussionCount(models.Model):
    """How many comments and followers a project has: rolled up after the event, recounted nightly."""

    project = models.OneToOneField(
        Project, primary_key=True, on_delete=models.CASCADE, related_name="discussion_count"
    )
    comments = models.PositiveIntegerField(_("comments"), default=0)
    followers = models.PositiveIntegerField(_("followers"), default=0)
    counted_at = models.DateTimeField(_("counted"))

    class Meta:
        verbose_name = _("discussion count")
        verbose_name_plural = _("discussion counts")

    def __str__(self) -> str:
        return f"{self.comments} · {self.followers}"
