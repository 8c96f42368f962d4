from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Organisation
from civic.core import ids
from civic.core.models import BaseModel
from projects.discussion.rules import Category
from projects.proposals.models import Project, TeamMember

EDIT_WINDOW = timedelta(minutes=30)
MAX_LENGTH = 3000


class Comments(models.QuerySet["Comment"]):
    def shown(self) -> "Comments":
        """Neither taken back by its author nor hidden by a moderator."""
        return self.filter(hidden_for="", deleted_at=None)

    def openings(self) -> "Comments":
        """Comments on the project itself, not on another comment."""
        return self.filter(thread=None)

    def with_authors(self) -> "Comments":
        """Brings what is shown of the author, and how many comments the project has, in the same statement."""
        team = TeamMember.objects.filter(
            project=OuterRef("project"), person=OuterRef("author"), accepted_at__isnull=False
        )
        related = self.select_related("author", "organisation", "parent__author")
        in_all = F("project__discussion_count__comments")
        return related.annotate(by_team=Exists(team), proposer_id=F("project__author"), in_all=in_all)

    def first_of_each_thread(self, count: int) -> "Comments":
        """The oldest `count` replies of every thread."""
        window = Window(RowNumber(), partition_by=F("thread"), order_by=[F("posted_at"), F("id")])
        return self.annotate(place=window).filter(place__lte=count)


class Comment(BaseModel):
    """What somebody says about a project, or about what somebody else said.

    `thread` is the comment that opened the exchange (empty on itself), `parent` the one answered. A
    tombstone stays where a comment was taken back; `hidden_for` holds why a moderator hid it.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="comments")
    thread = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="thread_replies")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="answers")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="comments"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, related_name="comments"
    )
    body = models.TextField(_("text"), max_length=MAX_LENGTH, blank=True)
    token = models.UUIDField(
        default=ids.new_id, help_text=_("Of the form it came from: a double click posts once.")
    )
    replies = models.PositiveIntegerField(_("replies"), default=0)
    posted_at = models.DateTimeField(_("posted"))
    edited_at = models.DateTimeField(_("edited"), null=True)
    deleted_at = models.DateTimeField(_("taken back"), null=True)
    hidden_for = models.CharField(_("hidden for"), max_length=12, choices=Category, blank=True)

    objects = Comments.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["author", "token"], name="one_comment_a_form"),
            models.CheckConstraint(
                condition=Q(thread=None, parent=None) | Q(thread__isnull=False, parent__isnull=False),
                name="comment_reply_has_thread_and_parent",
            ),
            models.CheckConstraint(
                condition=Q(deleted_at=None) | Q(body=""), name="comment_tombstone_is_empty"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["project", "-posted_at", "-id"], condition=Q(thread=None), name="comment_newest"
            ),
            models.Index(
                fields=["project", "-replies", "-id"], condition=Q(thread=None), name="comment_most_replies"
            ),
            models.Index(fields=["thread", "posted_at", "id"], name="comment_thread"),
            models.Index(fields=["author", "-posted_at"], name="comment_author"),
        ]

    def __str__(self) -> str:
        return self.body[:60]

    def get_absolute_url(self) -> str:
        thread = reverse("discussion:thread", args=[self.project.slug, self.thread_id or self.pk])
        return f"{thread}#comment-{self.pk}"

    @property
    def is_shown(self) -> bool:
        """Whether its text may be shown to everybody."""
        return not self.hidden_for and self.deleted_at is None

    def editable_until(self) -> datetime:
        return self.posted_at + EDIT_WINDOW

    def is_editable(self, at: datetime) -> bool:
        return at < self.editable_until()


class CommentRevision(BaseModel):
    """What a comment said before it was edited; for moderators, not for the page."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="revisions")
    body = models.TextField(_("text"))
    replaced_at = models.DateTimeField(_("replaced"))

    class Meta:
        verbose_name = _("earlier text")
        verbose_name_plural = _("earlier texts")
        ordering: ClassVar = ["-replaced_at"]

    def __str__(self) -> str:
        return self.body[:60]


class Follows(models.QuerySet["Follow"]):
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
            models.UniqueConstraint(fields=["project", "person"], name="one_follow_a_person")
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-since"], condition=Q(ended_at=None), name="follow_of_person")
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
