"""Keeping the wanted list of a project."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict, Invalid, required
from civic.core.locking import lock_row
from civic.core.policies import require
from projects.contributions import conditions
from projects.contributions.models import Kind, Want
from projects.contributions.states import TAKEN
from projects.proposals.models import Project

MOST = 30
MOST_AMOUNT = 1_000_000


@dataclass(frozen=True)
class Wish:
    """What a line of the wanted list says: `amount` of `unit`, until `needed_by`."""

    kind: str
    title: str
    amount: int
    unit: str
    details: str = ""
    needed_by: date | None = None


def add_want(*, actor: Person, project: Project, wish: Wish, at: datetime) -> Want:
    """Adds a line. Raises Forbidden (not the team), Conflict (project over, list full), Invalid."""
    check(wish)
    with transaction.atomic():
        current = _managed(actor, project)
        if Want.objects.open().filter(project=current).count() >= MOST:
            raise Conflict(
                _("A wanted list has at most %(most)s lines. Take one off first.") % {"most": MOST}
            )
        want = Want.objects.create(project=current, **vars(wish))
        events.record("want.added", actor=actor, subject=want, at=at)
    return want


def change_want(*, actor: Person, want: Want, wish: Wish, at: datetime) -> Want:
    """Changes a line; never to less than was accepted already. Raises Forbidden, Conflict, Invalid."""
    check(wish)
    with transaction.atomic():
        _managed(actor, want.project)
        current = lock(want)
        taken = promised(current)
        if wish.amount < taken:
            words = _("You accepted %(taken)s already; it cannot be less than that.") % {"taken": taken}
            raise Invalid(amount=words)
        if taken and (wish.kind, wish.unit) != (current.kind, current.unit):
            raise Invalid(unit=_("People promised help in this kind and unit already: both stay."))
        for name, value in vars(wish).items():
            setattr(current, name, value)
        current.save()
        events.record("want.changed", actor=actor, subject=current, at=at)
    return current


def close_want(*, actor: Person, want: Want, at: datetime) -> Want:
    """Takes a line off the list; promises that were accepted stay. Raises Forbidden, Conflict."""
    with transaction.atomic():
        _managed(actor, want.project)
        current = lock(want)
        current.closed_at = at
        current.save(update_fields=["closed_at"])
        events.record("want.closed", actor=actor, subject=current, at=at)
    return current


def check(wish: Wish) -> None:
    """Raises Invalid for a line that says too little or asks for too much."""
    if wish.kind not in Kind.values:
        raise Invalid(kind=_("Choose what kind of help it is."))
    for name in ("title", "unit"):
        required(getattr(wish, name), _("Say in a few words what is wanted."), field=name)
    if not 0 < wish.amount <= MOST_AMOUNT:
        raise Invalid(amount=_("Give a whole number between 1 and 1,000,000."))


def lock(want: Want) -> Want:
    """The line as it is now, locked. Raises Conflict where it was taken off the list."""
    current = lock_row(Want.objects, pk=want.pk)
    if current.closed_at:
        raise Conflict(_("This was taken off the list."))
    return current


def promised(want: Want) -> int:
    """How much of it is accepted, delivered or verified, read now."""
    return sum(want.contributions.filter(state__in=TAKEN).values_list("amount", flat=True))


def _managed(actor: Person, project: Project) -> Project:
    # Locked, so that two lines added at once do not exceed the longest list. NO KEY: what refers to the project
    # (a comment, a support) need not wait for it.
    current = lock_row(Project.objects, no_key=True, pk=project.pk)
    require(actor, "want_help", current)
    why_not = conditions.why_not_offer(current)
    if why_not:
        raise Conflict(why_not)
    return current
