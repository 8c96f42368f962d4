"""Saying that something breaks a rule: open to everybody (Digital Services Act, Article 16)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict, Invalid
from civic.core.locking import lock_row
from projects.discussion import limits
from projects.discussion.models import Comment, ModerationCase, Report
from projects.discussion.rules import RULES
from projects.discussion.states import CaseState
from projects.proposals.models import Project


def report(
    *,
    actor: Person | None,
    thing: Comment | Project,
    category: str,
    text: str,
    at: datetime,
    email: str = "",
    origin: str = "",
) -> Report:
    """Reports a comment or project; all open reports of a thing are one case.

    A second report by the same person (or address) while the first is open changes nothing. Without an
    account an address is needed. Raises Invalid (also for a category that is no house rule), Conflict where
    the thing is gone, limits.TooMany.
    """
    if category not in RULES:
        raise Invalid(category=_("Choose the house rule that is broken."))
    address = "" if actor else email.strip().lower()
    if not actor and not address:
        raise Invalid(email=_("We need an address, so that we can tell you what we decide."))
    with transaction.atomic():
        limits.lock_reports(actor)
        _still_there(thing)
        case = _open_case(thing, at)
        who: dict[str, Any] = {"reporter": actor} if actor else {"reporter": None, "email": address}
        earlier = case.reports.filter(**who).first()
        if earlier:
            return earlier
        limits.hold_reports(actor, origin, at)
        made = Report.objects.create(
            case=case, category=category, text=text, origin="" if actor else origin, reported_at=at, **who
        )
        events.record("moderation.reported", actor=actor, subject=case, at=at, payload={"category": category})
    return made


def _still_there(thing: Comment | Project) -> None:
    if isinstance(thing, Comment):
        current = lock_row(Comment.objects, no_key=True, pk=thing.pk)
        if not current.is_shown:
            raise Conflict(_("This comment is no longer there."))


def _open_case(thing: Comment | Project, at: datetime) -> ModerationCase:
    """The case that is open on this thing, or a new one; the partial unique index decides a race."""
    about = {"comment": thing} if isinstance(thing, Comment) else {"project": thing}
    case, _new = ModerationCase.objects.get_or_create(
        **about,
        state=CaseState.REPORTED,
        defaults={"author_id": thing.author_id, "quoted": _quoted(thing), "reported_at": at},
    )
    return case


def _quoted(thing: Comment | Project) -> str:
    """The text as it is now: what moderators judge, whatever its author does to it later."""
    return thing.body if isinstance(thing, Comment) else f"{thing.title}\n\n{thing.pitch}\n\n{thing.story}"
