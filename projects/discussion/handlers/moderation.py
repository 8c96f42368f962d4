"""What follows from reports and decisions: whoever is concerned is told, by law."""

from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from civic.accounts import mail
from civic.core import events
from civic.core.models import Event
from civic.notifications.operations import Message, notify
from projects.discussion import statements
from projects.discussion.models import ModerationCase
from projects.discussion.states import CaseState


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
    mail.post(
        to=address,
        subject=subject,
        text=f"{text}\n\n{settings.SITE_URL}/moderation/",
        key=key,
        at=event.at,
    )
