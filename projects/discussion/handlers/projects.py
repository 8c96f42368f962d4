"""What follows from events: people are told, counts are brought up to date. At least once, idempotent."""

from uuid import UUID

from django.urls import reverse

from civic.core import events
from civic.core.models import Event
from civic.notifications.models import Notification
from civic.notifications.operations import Message, notify
from projects.calls.models import Call
from projects.discussion import counts
from projects.discussion.models import Comment, Follow
from projects.discussion.notification_types import STEPS_FOR_FOLLOWERS, STEPS_FOR_TEAM
from projects.proposals.models import Project, Support
from projects.proposals.roles import team_of


@events.handler("comment.posted")
def on_comment_posted(event: Event) -> None:
    """Tells, each person once: whom it answers, the project's team, and those who follow."""
    comment = Comment.objects.shown().select_related("project", "parent").filter(pk=event.subject_id).first()
    if comment is None:
        return  # taken back or hidden meanwhile
    project, url = comment.project, comment.get_absolute_url()
    answered = {comment.parent.author_id} if comment.parent and comment.parent.author_id else set()
    team = team_of(project) - answered
    followers = _followers(project) - team - answered
    notify(people=answered, message=Message("comment.reply", project.title, url), event=event)
    notify(people=team, message=Message("comment.own", project.title, url), event=event)
    page = reverse("discussion:discussion", args=[project.slug])
    still = followers - _have_unread("comment.followed", page, event)
    notify(people=still, message=Message("comment.followed", project.title, page), event=event)


@events.handler("comment.posted", "comment.deleted")
def on_comments_changed(event: Event) -> None:
    """Rolls up the project's count."""
    comment = Comment.objects.filter(pk=event.subject_id).first()
    if comment:
        counts.recount(comment.project_id, event.at)


@events.handler("project.followed", "project.unfollowed")
def on_follows_changed(event: Event) -> None:
    """Rolls up the project's count."""
    counts.recount(UUID(event.subject_id), event.at)


@events.handler(*[f"project.{step}" for step in {*STEPS_FOR_TEAM, *STEPS_FOR_FOLLOWERS} - {"terms_changed"}])
def on_project_step(event: Event) -> None:
    """Tells the team, with the reason where there is one, and those who follow or support the project."""
    project = Project.objects.filter(pk=event.subject_id).first()
    if project is None:
        return
    step, team = event.kind.removeprefix("project."), team_of(project)
    if step in STEPS_FOR_TEAM:
        message = Message(f"project.{step}", project.title, project.get_absolute_url(), detail=event.note)
        notify(people=team, message=message, event=event)
    if step in STEPS_FOR_FOLLOWERS:
        message = _for_followers(project, step, event)
        notify(people=(_followers(project) | _supporters(project)) - team, message=message, event=event)


def _for_followers(project: Project, step: str, event: Event) -> Message:
    """A change leads to what changed, and says so where it is about what one may withdraw over."""
    if step != "revised":
        return Message(f"followed.{step}", project.title, project.get_absolute_url())
    said = "terms_changed" if event.payload.get("terms") else step
    changes = reverse("proposals:changes", args=[project.slug])
    return Message(f"followed.{said}", project.title, f"{changes}#revision-{event.payload['revision']}")


def tell_of_call(call: Call, kind: str, event: Event) -> None:
    """Tells everybody who proposed, follows or supports a project of the call."""
    mine = Project.objects.filter(call=call).public()
    people = {author for author in mine.values_list("author", flat=True) if author}
    people |= set(Follow.objects.running().filter(project__in=mine).values_list("person", flat=True))
    people |= set(Support.objects.filter(project__in=mine).values_list("person", flat=True))
    notify(people=people, message=Message(kind, call.title, call.get_absolute_url()), event=event)


@events.handler("call.voting_begun")
def on_voting_began(event: Event) -> None:
    """A call can be voted in."""
    tell_of_call(Call.objects.get(pk=event.subject_id), "call.voting", event)


@events.handler("call.decided")
def on_call_decided(event: Event) -> None:
    """A call has its result."""
    tell_of_call(Call.objects.get(pk=event.subject_id), "call.decided", event)


def _followers(project: Project) -> set[UUID]:
    return set(Follow.objects.running().filter(project=project).values_list("person", flat=True))


def _supporters(project: Project) -> set[UUID]:
    return set(Support.objects.filter(project=project).values_list("person", flat=True))


def _have_unread(kind: str, url: str, event: Event) -> set[UUID]:
    """Who has such news waiting already, from an earlier event."""
    waiting = Notification.objects.unread().filter(kind=kind, url=url).exclude(event=event)
    return set(waiting.values_list("person", flat=True))
