"""What follows from events: people are told, counts are brought up to date. At least once, idempotent."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from civic.accounts import mail
from civic.core import events
from civic.core.models import Event
from civic.notifications.models import Notification
from civic.notifications.operations import Message, notify
from projects.calls.models import Call
from projects.discussion import counts, statements
from projects.discussion.models import Comment, Follow, ModerationCase
from projects.discussion.notification_types import STEPS_FOR_FOLLOWERS, STEPS_FOR_TEAM
from projects.discussion.states import CaseState
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
    # Who has such news waiting already, from an earlier event, is not told again.
    waiting = Notification.objects.unread().filter(kind="comment.followed", url=page).exclude(event=event)
    still = followers - set(waiting.values_list("person", flat=True))
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
        supporters = set(Support.objects.filter(project=project).values_list("person", flat=True))
        notify(people=(_followers(project) | supporters) - team, message=message, event=event)


def _for_followers(project: Project, step: str, event: Event) -> Message:
    """A change leads to what changed, and says so where it is about what one may withdraw over."""
    if step != "revised":
        return Message(f"followed.{step}", project.title, project.get_absolute_url())
    change = "terms_changed" if event.payload.get("terms") else step
    changes = reverse("proposals:changes", args=[project.slug])
    return Message(f"followed.{change}", project.title, f"{changes}#revision-{event.payload['revision']}")


@events.handler("call.voting_begun", "call.decided")
def on_call_step(event: Event) -> None:
    """Tells everybody who proposed, follows or supports a project that its call votes or has its result."""
    call = Call.objects.get(pk=event.subject_id)
    kind = "call.voting" if event.kind == "call.voting_begun" else event.kind
    mine = Project.objects.filter(call=call).public()
    people = {author for author in mine.values_list("author", flat=True) if author}
    people |= set(Follow.objects.running().filter(project__in=mine).values_list("person", flat=True))
    people |= set(Support.objects.filter(project__in=mine).values_list("person", flat=True))
    notify(people=people, message=Message(kind, call.title, call.get_absolute_url()), event=event)


def _followers(project: Project) -> set[UUID]:
    return set(Follow.objects.running().filter(project=project).values_list("person", flat=True))


@events.handler("moderation.reported")
def on_reported(event: Event) -> None:
    """Confirms the report (Article 16, paragraph 4)."""
    case = _case(event)
    if event.actor:
        _tell({event.actor}, "report.received", case, event, statements.receipt())
    for report in case.reports.exclude(email=""):
        key = f"report:{report.pk}:received"
        _write(report.email, _("We have your report"), statements.letter_of_receipt(case), key, event)


@events.handler("moderation.hidden", "moderation.edited", "moderation.kept")
def on_decided(event: Event) -> None:
    """Sends the author the statement of reasons, and whoever reported the answer."""
    case = _case(event)
    if case.decision != CaseState.KEPT and case.author_id:
        _tell({case.author_id}, event.kind, case, event, statements.reasons(case))
    answer = statements.answer_to_report(case)
    reporters = {report.reporter_id for report in case.reports.all() if report.reporter_id}
    _tell(reporters - {case.author_id}, "report.decided", case, event, answer)
    for report in case.reports.exclude(email=""):
        key = f"report:{report.pk}:decided"
        _write(report.email, _("We have decided about your report"), answer, key, event)


@events.handler("moderation.upheld", "moderation.overturned")
def on_reviewed(event: Event) -> None:
    """Tells whoever appealed, and the author whose thing is hidden or shown again."""
    case = _case(event)
    step = event.kind.removeprefix("moderation.")
    reasons = statements.second_decision(case)
    if case.appealed_by_id:
        _tell({case.appealed_by_id}, f"appeal.{step}", case, event, reasons)
    if step == "overturned" and case.author_id and case.author_id != case.appealed_by_id:
        _tell({case.author_id}, "moderation.hidden", case, event, reasons)


def _case(event: Event) -> ModerationCase:
    return ModerationCase.objects.with_things().get(pk=event.subject_id)


def _tell(people: set[UUID], kind: str, case: ModerationCase, event: Event, detail: str) -> None:
    message = Message(kind, case.on_project.title, case.get_absolute_url(), detail=detail)
    notify(people=people, message=message, event=event, anonymous=True)


def _write(address: str, subject: str, text: str, key: str, event: Event) -> None:
    text = f"{text}\n\n{settings.SITE_URL}/moderation/"
    mail.post(to=address, subject=subject, text=text, key=key, at=event.at)
