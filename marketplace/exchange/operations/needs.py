"""A need of data: stated by the project's team, opened, and its ends, after which the whole bounty goes back."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from civic.accounts.models import Area, Person
from civic.core import events
from civic.core.errors import Conflict, IllegalTransition, Invalid, required
from civic.core.policies import require
from civic.core.states import transition
from marketplace.exchange import conditions, locking
from marketplace.exchange.models import DataNeed, Offer
from marketplace.exchange.operations.gifts import settle_gifts
from marketplace.exchange.states import RUNNING, NeedState, OfferState
from projects.delivery.models import Milestone
from projects.proposals.models import Project
from projects.proposals.operations.revisions import locked as locked_project

MOST_COLUMNS = 40
LONGEST_REASON = 2000
# Words of Table Schema that our own reader writes; empty takes any.
TYPES = ("", "string", "integer", "number", "boolean", "date", "time", "datetime", "geojson")


@dataclass(frozen=True)
class Terms:
    """What a need asks for. `columns` are pairs of a name and a type of Table Schema, which may be empty."""

    title: str
    description: str
    deadline: date
    columns: list[tuple[str, str]] = field(default_factory=list)
    milestone: Milestone | None = None
    area: Area | None = None
    first_day: date | None = None
    last_day: date | None = None
    fresh_days: int | None = None


def state_need(*, actor: Person, project: Project, terms: Terms, at: datetime) -> DataNeed:
    """Writes a draft. Raises Forbidden (not the team), Conflict (the project's state), Invalid."""
    with transaction.atomic():
        current = locked_project(project)
        require(actor, "state_need", current)
        if not conditions.may_state(current):
            raise Conflict(_("A project states what data it needs once it is open, until it is delivered."))
        columns = _columns(terms, current, at)
        need = DataNeed(
            project=current,
            author=actor,
            book=settings.LEDGER_BOOK,
            currency=current.currency,
            state_since=at,
            **columns,
        )
        events.record("data_need.stated", actor=actor, subject=need, at=at)
        need.save(force_insert=True)
    return need


def edit_need(*, actor: Person, need: DataNeed, terms: Terms, at: datetime) -> DataNeed:
    """Changes a draft. Raises Forbidden, Conflict (it is open, its words were taken down), Invalid."""
    with transaction.atomic():
        current = locking.lock_need(need)
        require(actor, "edit", current)
        if why := conditions.why_not_edited(current):
            raise Conflict(why)
        columns = _columns(terms, current.project, at)
        events.record("data_need.edited", actor=actor, subject=current, at=at)
        DataNeed.objects.filter(pk=current.pk).update(**columns)
        for name, value in columns.items():
            setattr(current, name, value)
    return current


def open_need(*, actor: Person, need: DataNeed, at: datetime) -> DataNeed:
    """Lets people give and offer. Raises Forbidden, IllegalTransition, Conflict (project's state, last day, words)."""
    with transaction.atomic():
        current = locking.lock_need(need)
        require(actor, "open", current)
        if current.can("open"):
            if current.is_taken_down:
                raise Conflict(conditions.TAKEN_DOWN)
            if not conditions.may_state(current.project):
                raise Conflict(_("The project is not at a stage at which it looks for data."))
            if conditions.is_past(current, at):
                raise Conflict(_("Its last day is over: choose a later one first."))
            DataNeed.objects.filter(pk=current.pk).update(opened_at=at)
            current.opened_at = at
        elif current.state in RUNNING:
            raise IllegalTransition(_("It is open already."))
        transition(current, "open", actor=actor, at=at)
    return current


def withdraw_need(*, actor: Person, need: DataNeed, reason: str, at: datetime) -> DataNeed:
    """Ends a need that is not accepted: everybody gets back what they gave. Raises Forbidden, Invalid, Conflict."""
    reason = required(reason, _("Say why; everybody who gave or offered reads it."), longest=LONGEST_REASON)
    with transaction.atomic():
        current = locking.lock_need(need)
        require(actor, "withdraw", current)
        _end(current, "withdraw", actor, reason, at)
    return current


def lapse_need(*, need: DataNeed, at: datetime) -> DataNeed:
    """Ends a need whose last day is over without a delivery. Changes nothing where it was delivered, or ended before.

    Raises Conflict before its last day is over.
    """
    with transaction.atomic():
        current = locking.lock_need(need)
        if not current.can("lapse"):
            return current
        if not conditions.is_past(current, at):
            raise Conflict(_("Its last day is not over."))
        _end(current, "lapse", None, "", at)
    return current


def end_with_project(project: Project, actor: Person | None, reason: str, at: datetime) -> None:
    """The project is cancelled or has failed: what is not delivered is withdrawn. What was accepted is paid.

    What is delivered waits for its answer, as where its last day is over: a team could else read the data, withdraw the
    project and keep the bounty from who delivered. Runs in the caller's transaction. Doing it again changes nothing.
    """
    for need in locking.lock_needs_of(project):
        if need.can("withdraw") and need.state != NeedState.DELIVERED:
            _end(need, "withdraw", actor, reason, at)


def remind_of_answer(*, need: DataNeed, at: datetime) -> bool:
    """Tells that a delivery waits for its answer since 30 days, once a delivery; whether it was told now."""
    with transaction.atomic():
        current = locking.lock_need(need)
        since = current.state_since
        waits = current.state == NeedState.DELIVERED and since and since + conditions.UNANSWERED <= at
        if not waits or (current.reminded_at and since and current.reminded_at >= since):
            return False
        events.record("data_need.reminded", actor=None, subject=current, at=at)
        DataNeed.objects.filter(pk=current.pk).update(reminded_at=at)
    return True


def _end(need: DataNeed, verb: str, actor: Person | None, reason: str, at: datetime) -> None:
    """Offers are declined with it; the gifts go back at once, those in dispute once that is over."""
    transition(need, verb, actor=actor, at=at, reason=reason)
    DataNeed.objects.filter(pk=need.pk).update(reason=reason)
    need.reason = reason
    for offer in Offer.objects.filter(need=need, state__in=[OfferState.MADE, OfferState.AWARDED]).order_by(
        "pk"
    ):
        transition(offer, "decline", actor=actor, at=at, reason=reason)
    settle_gifts(need, at)


def _columns(terms: Terms, project: Project, at: datetime) -> dict[str, Any]:
    title = required(terms.title, _("Say in a few words which data."), field="title", longest=120)
    words = _("Say what the data is for, and what it has to hold.")
    description = required(terms.description, words, field="description", longest=4000)
    if terms.deadline < localdate(at):
        raise Invalid(deadline=_("Choose a day to come."))
    if terms.first_day and terms.last_day and terms.last_day < terms.first_day:
        raise Invalid(last_day=_("The last day comes after the first."))
    if terms.milestone and terms.milestone.project_id != project.pk:
        raise Invalid(milestone=_("Choose a milestone of this project."))
    names = [name for name, _kind in terms.columns]
    if len(names) > MOST_COLUMNS or len(set(names)) < len(names) or not all(name.strip() for name in names):
        raise Invalid(columns=_("Name each column once, and 40 at most."))
    if any(kind not in TYPES for _name, kind in terms.columns):
        raise Invalid(columns=_("The types are: %(types)s.") % {"types": ", ".join(TYPES[1:])})
    known = {name: value for name, value in vars(terms).items() if name != "columns"}
    columns = [{"name": name, "type": kind} for name, kind in terms.columns]
    return known | {"title": title, "description": description, "columns": columns}
