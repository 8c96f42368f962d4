"""Reports: a dozen wait for the moderator, some are decided with reasons, and one of those is appealed."""

from datetime import datetime, timedelta
from typing import Any

from civic.accounts.models import Person
from civic.demo.city.cast import Cast
from projects.discussion.models import Comment, ModerationCase
from projects.discussion.operations import moderation, reports

# Not the moderator whom visitors can be: an appeal is for somebody else than the first decision.
MODERATOR = "ruben-asante"


def report(cast: Cast, comment: Comment, text: dict[str, Any], reporter: Person) -> None:
    """Somebody reports the comment: lately where it is to wait, at once where it was decided."""
    at = comment.posted_at + timedelta(hours=3)
    if "decision" not in text:
        at = max(at, cast.calendar.now - timedelta(hours=cast.chance("report", text["text"]).randint(2, 110)))
    made = reports.report(
        actor=reporter,
        thing=comment,
        category=text["reported"]["category"],
        text=text["reported"]["note"],
        at=min(at, cast.calendar.now - timedelta(minutes=20)),
    )
    if "decision" in text:
        _decide(cast, made.case, text, at + timedelta(hours=16))


def _decide(cast: Cast, case: ModerationCase, text: dict[str, Any], at: datetime) -> None:
    moderator, at = cast.people[MODERATOR], min(at, cast.calendar.now - timedelta(minutes=15))
    if text["decision"] == "kept":
        moderation.keep(actor=moderator, case=case, facts=text["statement"], at=at)
    else:
        moderation.hide(actor=moderator, case=case, category=text["category"], facts=text["statement"], at=at)
    if "appeal" in text and case.author:
        at = min(at + timedelta(hours=9), cast.calendar.now - timedelta(minutes=5))
        moderation.appeal(actor=case.author, case=case, text=text["appeal"], at=at)
