"""The end of an account: asked for, waited for, and done. What others need of it stays, without the person."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from civic.accounts import mail, privacy
from civic.accounts.models import ErasureRequest, Organisation, Person
from civic.accounts.operations.organisations import end_organisation, lock_left_alone
from civic.accounts.operations.people import lock_person
from civic.core import events, row_steps
from civic.core.errors import Conflict, Invalid
from civic.core.policies import require


class NotAskedFor(Exception):
    """There is a request to erase somebody who has not asked, or who took that back. It is put off for the desk."""


log = logging.getLogger(__name__)

GRACE = timedelta(days=7)
REQUESTED = "person.erasure_requested"
CANCELLED = "person.erasure_cancelled"
BLOCKED = "person.erasure_blocked"


def request_erasure(
    *, actor: Person, confirmation: str, close_organisations: bool = False, at: datetime
) -> ErasureRequest:
    """Asks for one's account to be erased in seven days; `confirmation` is the account's email address.

    Organisations that nobody else belongs to are closed with it. Raises Invalid for another address, or where that was
    not agreed to; Conflict while something has to be settled first.
    """
    require(actor, "erase", actor)
    if confirmation.strip().lower() != actor.email.lower():
        raise Invalid(confirmation=_("Type the email address of this account."))
    with transaction.atomic():
        person = lock_person(actor)
        if waiting := ErasureRequest.objects.filter(person=person).first():
            return waiting  # asked for already: told, mailed and counted once
        _refuse_blocked(person)
        alone = list(Organisation.objects.left_alone_by(person))
        if alone and not close_organisations:
            raise Invalid(close_organisations=_("Hand it over first, or agree that it is closed."))
        events.record(REQUESTED, actor=actor, subject=person, at=at)  # first: the row is refused without it
        return ErasureRequest.objects.create(person=person, due_at=at + GRACE)


def cancel_erasure(*, actor: Person, at: datetime) -> None:
    """Takes the request back. Raises Conflict where there is none."""
    require(actor, "erase", actor)
    with transaction.atomic():
        if not ErasureRequest.objects.filter(person=actor).delete()[0]:
            raise Conflict(_("Your account is not waiting to be erased."))
        events.record(CANCELLED, actor=actor, subject=actor, at=at)


def erase_due(*, at: datetime) -> int:
    """Erases whose days are over; returns how many. Who has something to settle by now is written to, and kept."""
    due = ErasureRequest.objects.filter(due_at__lte=at).select_related("person").order_by("due_at", "pk")
    return row_steps.each("accounts to be erased", due, lambda request: _erase(request, at), at=at)


def _erase(request: ErasureRequest, at: datetime) -> bool:
    if not _asked(request.person):
        raise NotAskedFor(f"nobody asked for the erasure {request.pk}")
    try:
        erase_person(person=request.person, at=at)
    except Conflict as blocked:
        log.info("erasure blocked: %s", blocked.code)
        request.delete()
        events.record(BLOCKED, actor=None, subject=request.person, at=at)
        context = {"reason": blocked.detail}
        mail.write("accounts/mail/erasure_blocked", to=request.person.email, context=context, at=at)
        return False
    return True


def _asked(person: Person) -> bool:
    """Whether the newest that the log tells is that they asked themselves.

    Asked here too, beside the database's rule for new rows: there is no way back.
    """
    told = events.about(person).filter(kind__in=[REQUESTED, CANCELLED, BLOCKED]).last()
    return bool(told and told.kind == REQUESTED and told.actor == person.pk)


def erase_person(*, person: Person, at: datetime) -> None:
    """Applies every slice's declaration at once; afterwards nothing on the site says who it was.

    The row stays as “Former member”, so that the event log and public counts hold. Raises Conflict while
    something has to be settled first.
    """
    with transaction.atomic():
        person = lock_person(person)
        _refuse_blocked(person)
        address = person.email
        for organisation in lock_left_alone(person):
            end_organisation(organisation, by=None, at=at)
        rows = sum(privacy.erase(entry, person) for entry in privacy.personal_data)
        person.groups.clear()
        Person.objects.filter(pk=person.pk).update(erased_at=at)
        events.record("person.erased", actor=None, subject=person, at=at, payload={"rows": rows})
        # After the erasure of what waits for this address; the outbox forgets the address once this is sent.
        mail.write("accounts/mail/erased", to=address, context={}, at=at)


def _refuse_blocked(person: Person) -> None:
    for reason in privacy.blockers(person):
        raise Conflict(reason)
