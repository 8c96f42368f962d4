"""What the discussion, the moderation pages and the panels show: a fixed number of statements each."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet, TextChoices
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Membership, Organisation
from civic.core import paging
from civic.core.columns import read, rows
from civic.core.compiled import CompiledQuery
from civic.core.errors import NotFound
from civic.core.policies import may
from projects.discussion.models import Comment, Follow
from projects.proposals.models import Project

PAGE = 20
REPLIES_SHOWN = 5
THREAD_PAGE = 50
ON_ME = 5


class Order(TextChoices):
    """How a discussion may be sorted; the value is the keyset's column."""

    NEWEST = "-posted_at", _("Newest first")
    OLDEST = "posted_at", _("Oldest first")
    MOST_REPLIES = "-replies", _("Most replies")


@dataclass
class CommentEntry:
    """A comment as this reader sees it at this moment."""

    comment: Comment
    actor: Any
    at: datetime
    replies: "list[CommentEntry]" = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.comment.author.display_name if self.comment.author else str(_("Former member"))

    @property
    def badges(self) -> list[tuple[str, str]]:
        """What readers should know of who said it: text and kind of badge."""
        comment, found = self.comment, []
        if comment.author_id and (comment.author_id == comment.proposer_id or comment.by_team):  # type: ignore[attr-defined]
            found.append((str(_("Proposer")), "accent"))
        organisation = comment.organisation
        department = organisation and organisation.kind == Organisation.Kind.DEPARTMENT
        if (comment.author and comment.author.is_staff) or department:
            found.append((str(_("City")), "info"))
        if organisation:
            found.append((organisation.name, "neutral"))
        return found

    @property
    def answers(self) -> str:
        """The name of whom a reply within a thread answers, where that is not who opened it."""
        parent = self.comment.parent
        if parent is None or parent.pk == self.comment.thread_id or parent.author is None:
            return ""
        return parent.author.display_name

    @property
    def more(self) -> int:
        """How many replies are on the thread's own page only."""
        return max(0, self.comment.replies - len(self.replies))

    @cached_property
    def may_edit(self) -> bool:
        return may(self.actor, "edit", self.comment) and self.comment.is_editable(self.at)

    @cached_property
    def may_delete(self) -> bool:
        return may(self.actor, "delete", self.comment)


@dataclass
class Discussion:
    threads: list[CommentEntry]
    next: str
    order: Order

    @property
    def count(self) -> int:
        """How many comments the project has, as last counted, and at least those that are here."""
        here = sum(1 + len(entry.replies) for entry in self.threads)
        counted = self.threads[0].comment.in_all if self.threads else 0  # type: ignore[attr-defined]
        return max(counted or 0, here)


def discussion(
    project: Project,
    actor: Any,
    at: datetime,
    *,
    order: Order = Order.NEWEST,
    after: str = "",
    size: int = PAGE,
) -> Discussion:
    """A page of openings with the first replies of each: two statements. Raises Invalid for a damaged cursor."""
    if after:
        openings = Comment.objects.filter(project=project).openings().with_authors()
        found = paging.page(openings, after=after, size=size, by=order.value)
    else:
        first = FIRST_OPENINGS.all(order.value, size, project=project.pk)
        found = paging.cut(first, size, order.value)
    _on(project, found)
    threads = {comment.pk: CommentEntry(comment, actor, at) for comment in found}
    answered = [comment.pk for comment in found if comment.replies]
    if answered:
        replies = FIRST_REPLIES.all(**{f"thread_{number}": key for number, key in enumerate(answered)})
        for reply in _on(project, replies):
            threads[reply.thread_id].replies.append(CommentEntry(reply, actor, at))
    return Discussion(list(threads.values()), found.next, order)


def _first_openings(by: str, size: int, *, project: UUID) -> QuerySet[Comment]:
    openings = Comment.objects.filter(project=project).openings().with_authors()
    return openings.order_by(*paging.order(by))[: size + 1]


def _first_replies(**threads: UUID) -> QuerySet[Comment]:
    replies = Comment.objects.filter(thread__in=threads.values()).with_authors()
    return replies.first_of_each_thread(REPLIES_SHOWN).order_by("posted_at", "pk")


# Part of every project's page, where building these two statements cost more than all other panels (ADR 41).
FIRST_OPENINGS = CompiledQuery(Comment, _first_openings)
FIRST_REPLIES = CompiledQuery(Comment, _first_replies)


def thread(
    project: Project, opening: UUID, actor: Any, at: datetime, *, after: str = ""
) -> tuple[CommentEntry, str]:
    """One exchange with a page of its replies, oldest first, and the cursor of the next. Raises NotFound, Invalid."""
    openings = Comment.objects.filter(project=project).openings().with_authors()
    comment = openings.filter(pk=opening).first()
    if comment is None:
        raise NotFound
    replies = Comment.objects.filter(thread=comment).with_authors()
    found = paging.page(replies, after=after, size=THREAD_PAGE, by="posted_at")
    opened, *answers = [CommentEntry(each, actor, at) for each in _on(project, [comment, *found])]
    opened.replies = answers
    return opened, found.next


def _on(project: Project, comments: Iterable[Comment]) -> list[Comment]:
    """The comments with the project that is known anyway: their addresses need it."""
    found = list(comments)
    for comment in found:
        comment.project = project
    return found


def one(comment: UUID, actor: Any, at: datetime) -> CommentEntry:
    """One comment as this reader sees it, without its replies."""
    return CommentEntry(Comment.objects.with_authors().select_related("project").get(pk=comment), actor, at)


def speaks_for(actor: Any) -> QuerySet[Organisation]:
    """Organisations in whose name the person may comment."""
    roles = (Membership.Role.OWNER, Membership.Role.MANAGER)
    mine = Membership.objects.filter(person=actor.pk, role__in=roles).values("organisation")
    return Organisation.objects.filter(pk__in=mine)


def speakers(project: Any) -> list[Organisation]:
    """`speaks_for`, of a project that was read with `columns`; without a statement."""
    return read(Organisation, project.discussion_speaks_for)


def columns(actor: Any) -> dict[str, Any]:
    """What the project's page asks of a discussion in the project's own statement."""
    own = Follow.objects.running().filter(person=actor.pk, project=OuterRef("pk"))
    return {
        "discussion_follows": Exists(own),
        "discussion_followers": F("discussion_count__followers"),
        "discussion_speaks_for": rows(speaks_for(actor), "id", "name"),
    }


def following(actor: Any, project: Project) -> tuple[bool, int]:
    """Whether the person follows the project, and how many do, as last counted: one statement."""
    return followed(Project.objects.annotate(**columns(actor)).get(pk=project.pk))


def followed(project: Any) -> tuple[bool, int]:
    """Whether the person follows a project that was read with `columns`, and how many do; without a statement."""
    follows = project.discussion_follows
    return follows, max(project.discussion_followers or 0, int(follows))


def me_columns(person: Any, at: datetime) -> dict[str, Any]:
    """What a person follows and said lately, as columns of theirs; `followed_by` and `comments_of` read them."""
    public = Project.objects.public().values("pk")
    follows = Follow.objects.running().filter(person=person.pk, project__in=public).order_by("-since")
    comments = Comment.objects.shown().filter(author=person.pk, project__in=public).order_by("-posted_at")
    of_project = ["project_id", "project__title", "project__slug", "project__state"]
    return {
        "discussion_followed": rows(follows[:ON_ME], *of_project),
        "discussion_comments": rows(comments[:ON_ME], "id", "thread_id", "body", "posted_at", *of_project),
    }


def followed_by(person: Any) -> list[Project]:
    """The public projects that a person read with `me_columns` follows, latest first."""
    return [follow.project for follow in read(Follow, person.discussion_followed)]


def comments_of(person: Any) -> list[Comment]:
    """The latest comments, still shown, of a person read with `me_columns`."""
    return read(Comment, person.discussion_comments)
