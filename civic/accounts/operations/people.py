"""A person's profile, and what the council does with accounts."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Area, Person, StaffInvitation
from civic.accounts.queries import proven_addresses, session_name, sessions
from civic.core import events, states
from civic.core.errors import Conflict, readable_name, required
from civic.core.locking import lock_row
from civic.core.policies import require


def edit_profile(
    *, actor: Person, name: str, about: str, area: Area | None, indexed: bool, at: datetime
) -> Person:
    """Writes what a person says about themselves; nothing of it goes into the event log.

    Raises Forbidden where the account is closed; Invalid for a name that nobody can read.
    """
    name = readable_name(name) if name else ""
    with transaction.atomic():
        person = lock_person(actor)
        require(person, "edit", person)
        person.name, person.about, person.area, person.indexed = name, about.strip(), area, indexed
        person.save(update_fields=["name", "about", "area", "indexed"])
        events.record("person.edited", actor=actor, subject=person, at=at)
    return person


def appoint(
    *, actor: Person, person: Person, is_staff: bool, groups: Collection[Group], reason: str, at: datetime
) -> Person:
    """Makes somebody council staff with these groups, or ends that. For administrators.

    Raises Forbidden; Invalid without a reason; Conflict where the administrator would shut themselves out, or who comes
    to the council has no name.
    """
    require(actor, "appoint", person)
    reason = required(reason, _("Say why; the person can ask for this reason."))
    if person.pk == actor.pk and not is_staff:
        raise Conflict(_("You can't end your own council role. Ask another administrator."))
    with transaction.atomic():
        person = lock_person(person)
        if is_staff and not person.is_staff and not person.name:
            raise Conflict(
                _("This person writes a name in the profile first: those who work with them read it.")
            )
        write_role(by=actor, person=person, is_staff=is_staff, groups=groups, reason=reason, at=at)
    return person


def write_role(
    *, by: Person, person: Person, is_staff: bool, groups: Iterable[Group], reason: str, at: datetime
) -> None:
    """Writes a council role with its event, onto the locked row and in the caller's transaction."""
    groups = list(groups) if is_staff else []
    payload = {"staff": is_staff, "groups": sorted(group.name for group in groups)}
    # First: without it the database refuses the powers.
    events.record("person.appointed", actor=by, subject=person, at=at, payload=payload, note=reason)
    person.is_staff = is_staff
    # Whoever is no staff any more is no administrator either: the editors' site asks for this flag alone.
    person.is_superuser = person.is_superuser and is_staff
    person.save(update_fields=["is_staff", "is_superuser"])
    person.groups.set(groups)
    end_invitations(person, by=by, at=at)


def end_invitations(person: Person, *, by: Person, at: datetime) -> None:
    """Withdraws what would make somebody council staff whose role was decided in another way since."""
    waiting = StaffInvitation.objects.open().filter(email__in=proven_addresses(person))
    for invitation in waiting.order_by("pk"):
        states.transition(invitation, "withdraw", actor=by, at=at)


def close_account(*, actor: Person, person: Person, reason: str, at: datetime) -> Person:
    """Stops somebody from signing in; their sessions end at once. What they wrote stays.

    Raises Forbidden; Invalid without a reason; Conflict where it is closed already.
    """
    return _set_active(actor, person, "close", active=False, reason=reason, at=at)


def reopen_account(*, actor: Person, person: Person, reason: str, at: datetime) -> Person:
    """Lets somebody sign in again. Raises Forbidden, Invalid, Conflict as `close_account`."""
    return _set_active(actor, person, "reopen", active=True, reason=reason, at=at)


def _set_active(
    actor: Person, person: Person, verb: str, *, active: bool, reason: str, at: datetime
) -> Person:
    require(actor, verb, person)
    reason = required(reason, _("Say why; the person can ask for this reason."))
    with transaction.atomic():
        person = lock_person(person)
        if person.is_active == active or person.erased_at or person.pk == actor.pk:
            raise Conflict(_("This account can't be changed in this way."))
        kind = "person.reopened" if active else "person.closed"
        events.record(kind, actor=actor, subject=person, at=at, note=reason)  # first, as in `write_role`
        person.is_active = active
        person.save(update_fields=["is_active"])
        # A closed account's session opens nothing, but it would again as soon as the account does: whoever stole it
        # would be back. At reopening too, for those that began while it was being closed.
        sessions(person).delete()
        if not active:
            end_invitations(person, by=actor, at=at)
    return person


def end_sessions(*, actor: Person, keep: str, only: str = "", at: datetime) -> int:
    """Signs the person out everywhere but in the session `keep`, or of the session named `only`; returns of how many.

    Raises Forbidden; Conflict where there is no such session any more.
    """
    require(actor, "edit", actor)
    with transaction.atomic():
        keys = [key for key in sessions(actor).values_list("pk", flat=True) if key != keep]
        ended = [key for key in keys if not only or session_name(key) == only]
        if not ended:
            raise Conflict(_("You are not signed in there any more."))
        sessions(actor).filter(pk__in=ended).delete()
        events.record(
            "person.sessions_ended", actor=actor, subject=actor, at=at, payload={"sessions": len(ended)}
        )
    return len(ended)


def lock_person(person: Person) -> Person:
    """The row as it is now, locked until the transaction ends.

    Without it two requests at once could both find that nothing is under way for this person.
    """
    return lock_row(Person.objects, pk=person.pk)
