"""Reports, open to everybody (Digital Services Act, Article 16); decisions on them, always with reasons; appeals.

The second decision is by somebody else.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.accounts import mail
from civic.accounts.models import Person
from civic.core import events, states
from civic.core.errors import Conflict, Forbidden, Invalid, required
from civic.core.locking import lock_row
from civic.core.policies import may, require
from projects.discussion import limits
from projects.discussion.models import Comment, ModerationCase, Report
from projects.discussion.operations.comments import clean, replace_text
from projects.discussion.rules import NO_BREACH, RULES
from projects.discussion.states import CaseState
from projects.proposals.models import Project

NO_FACTS = gettext_lazy("Say why: the people concerned will read it.")


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
    the thing is gone or the address had a day's letters, limits.TooMany.
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
        if address:
            most = limits.REPORTS_OF_ADDRESS
            mail.count_to_stranger(to=address, sender=None, at=at, kind="report", most=most)
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


def hide(*, actor: Person, case: ModerationCase, category: str, facts: str, at: datetime) -> None:
    """Hides the thing for breaking the rule of `category`; the author is sent the reasons.

    Raises Forbidden, Invalid without facts, IllegalTransition where somebody decided before.
    """
    with transaction.atomic():
        _decide(actor, case, CaseState.HIDDEN, category, facts, at)
        show_or_hide(case, category)
        states.transition(case, "hide", actor=actor, at=at, reason=facts, payload={"category": category})


def keep(*, actor: Person, case: ModerationCase, facts: str, at: datetime) -> None:
    """Leaves the thing as it is; whoever reported it is told why."""
    with transaction.atomic():
        _decide(actor, case, CaseState.KEPT, "", facts, at)
        states.transition(case, "keep", actor=actor, at=at, reason=facts)


def edit(*, actor: Person, case: ModerationCase, category: str, facts: str, text: str, at: datetime) -> None:
    """Replaces the text of a comment by one without the breach; the earlier text is kept for an appeal."""
    if case.comment is None:
        raise Invalid(_("Only comments can be edited here. Hide the project, or ask its team to change it."))
    with transaction.atomic():
        _decide(actor, case, CaseState.EDITED, category, facts, at)
        comment = lock_row(Comment.objects, no_key=True, pk=case.comment.pk)
        if comment.deleted_at:
            raise Invalid(text=_("Its author has taken the comment back."))
        replace_text(comment, clean(text), at)
        states.transition(case, "edit", actor=actor, at=at, reason=facts, payload={"category": category})


def _decide(
    actor: Person, case: ModerationCase, decision: str, category: str, facts: str, at: datetime
) -> None:
    states.lock(case)
    require(actor, "decide", case)
    facts = required(facts, NO_FACTS, field="facts")
    if decision != CaseState.KEPT and category not in RULES:
        raise Invalid(category=_("Choose the house rule that is broken."))
    if case.state == CaseState.REPORTED:
        data = {"decision": decision, "category": category, "facts": facts}
        _write(case, decided_by=actor, decided_at=at, **data)


def appeal(*, actor: Person, case: ModerationCase, text: str, at: datetime) -> None:
    """Asks for a second decision by another moderator (Digital Services Act, Article 20).

    Open to the author of what was hidden or edited, and to a reporter of what was kept, for six months
    and once. Raises Forbidden, Invalid without a text.
    """
    with transaction.atomic():
        states.lock(case)
        if not (case.is_appealable(at) and may(actor, "appeal", case)):
            raise Forbidden(_("There is no appeal for you in this case, or its time is over."))
        text = required(text, _("Say why the decision is wrong."), field="text")
        _write(case, appeal=text, appealed_by=actor, appealed_at=at)
        states.transition(case, "appeal", actor=actor, at=at, reason=text)


def _second_decision(actor: Person, case: ModerationCase, verb: str, reasons: str, at: datetime) -> None:
    """The first decision stands, or is undone: what it hid or edited is as it was, what it kept is hidden.

    Raises Forbidden for whoever made it.
    """
    with transaction.atomic():
        states.lock(case)
        require(actor, "review", case)
        reasons = required(reasons, NO_FACTS, field="facts")
        if case.state == CaseState.APPEALED:
            _write(case, review=reasons, reviewed_by=actor, reviewed_at=at)
        states.transition(case, verb, actor=actor, at=at, reason=reasons)
        if verb == "overturn":
            _undo(case, at)


def _undo(case: ModerationCase, at: datetime) -> None:
    if case.decision == CaseState.KEPT:
        show_or_hide(case, case.reports.order_by("reported_at").values_list("category", flat=True)[0])
    elif case.decision == CaseState.HIDDEN:
        show_or_hide(case, "")
    elif case.comment and not case.comment.deleted_at:
        replace_text(case.comment, case.quoted, at)


def show_or_hide(case: ModerationCase, category: str) -> None:
    """Marks the thing as hidden for this category, or (empty) as shown."""
    things: Any = Comment.objects if case.comment_id else Project.objects
    things.filter(pk=case.comment_id or case.project_id).update(hidden_for=category)


def _write(case: ModerationCase, **columns: Any) -> None:
    """Writes what a decision says, in its transaction and before the state that needs it."""
    for column, value in columns.items():
        setattr(case, column, value)
    case.save(update_fields=list(columns))


def decide(
    *,
    actor: Person,
    case: ModerationCase,
    verb: str,
    facts: str,
    at: datetime,
    category: str = "",
    text: str = "",
) -> None:
    """One of the five decisions by its name.

    Empty facts become the usual words for the rule (for `keep`, that none is broken); an appeal needs
    words of its own. Raises what the decision raises.
    """
    facts = facts.strip()
    if verb == "keep":
        keep(actor=actor, case=case, facts=facts or str(NO_BREACH), at=at)
    elif verb in ("uphold", "overturn"):
        _second_decision(actor, case, verb, facts, at)
    elif category not in RULES:
        raise Invalid(category=_("Choose the house rule that is broken."))
    elif verb == "hide":
        hide(actor=actor, case=case, category=category, facts=facts or str(RULES[category].breach), at=at)
    else:
        reason = facts or str(RULES[category].breach)
        edit(actor=actor, case=case, category=category, facts=reason, text=text, at=at)
