"""What follows from events of this slice; runs in the worker, at least once."""

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse

from civic.accounts import mail, operations, tasks
from civic.accounts.models import (
    ErasureRequest,
    Invitation,
    Membership,
    Organisation,
    Person,
    Residency,
    StaffInvitation,
)
from civic.core import events
from civic.core.models import Event


@events.handler("organisation.invited")
def send_invitation(event: Event) -> None:
    """Sends the letter of an invitation that still waits; a second run replaces the link of the first."""
    rows = Invitation.objects.select_related("organisation", "invited_by")
    invitation = rows.filter(pk=event.payload["invitation"], accepted_at=None).first()
    if invitation:
        operations.send_invitation(invitation=invitation, at=event.at)


@events.handler("staff_invitation.sent", "staff_invitation.renewed")
def send_staff_invitation(event: Event) -> None:
    """Sends the letter of an invitation that is still open; a second run replaces the link of the first."""
    invitation = (
        StaffInvitation.objects.open().select_related("invited_by").filter(pk=event.subject_id).first()
    )
    if invitation:
        operations.send_staff_invitation(invitation=invitation, at=event.at)


@events.handler("staff_invitation.accepted", "staff_invitation.expired")
def mail_inviter(event: Event) -> None:
    """Mails whoever invited somebody to the council staff that it was accepted, or that nobody did in time."""
    invitation = StaffInvitation.objects.select_related("invited_by").filter(pk=event.subject_id).first()
    if invitation and invitation.invited_by:
        context = {"email": invitation.email, "roles": invitation.roles}
        _write(event, "staff_invitation", [invitation.invited_by], **context)


@events.handler("export.requested")
def build_export(event: Event) -> None:
    """Starts the making of a copy, on its own: it is long, and its progress shall be seen meanwhile.

    Robust: without a broker it is the clock that starts it, once the patience with it is over.
    """

    def start() -> None:  # no partial: Django logs the name of what failed, and a partial has none
        tasks.build_export.delay(event.subject_id)

    transaction.on_commit(start, robust=True)


@events.handler("residency.rejected", "residency.verified", "residency.expired")
def mail_resident(event: Event) -> None:
    """Mails a person what others, or the clock, did to their residency; what they did themselves they know."""
    residency = Residency.objects.select_related("person", "area").get(pk=event.subject_id)
    own = event.actor == residency.person_id
    unanswered_letter = event.kind == "residency.expired" and event.payload["from"] == "code_sent"
    if not own and not unanswered_letter:
        was = event.payload["from"] == "verified"
        _write(event, "residency", [residency.person], area=residency.area.name, was_confirmed=was)


@events.handler(
    "organisation.checked", "organisation.suspended", "organisation.reinstated", "organisation.owner_named"
)
def mail_owners(event: Event) -> None:
    """Mails the owners what the city decided about their organisation, and why."""
    organisation = Organisation.objects.get(pk=event.subject_id)
    owned = Membership.objects.filter(organisation=organisation, role=Membership.Role.OWNER)
    owners = [membership.person for membership in owned.select_related("person")]
    _write(event, "organisation", owners, name=organisation.name, link=organisation.get_absolute_url())


@events.handler("person.closed", "person.reopened", "person.sessions_ended")
def mail_person(event: Event) -> None:
    """Mails a person that the city closed or opened their account, and why, or that somebody ended their sessions."""
    person = Person.objects.get(pk=event.subject_id)
    _write(event, "account", [person])


@events.handler("person.erasure_requested")
def mail_erasure(event: Event) -> None:
    """Mails a person that their account will be erased, and how to keep it.

    By its event and not by the verb: whoever writes the request into the database writes that, too, or is refused.
    """
    request = ErasureRequest.objects.select_related("person").filter(person__pk=event.subject_id).first()
    if request:
        names = [one.name for one in Organisation.objects.left_alone_by(request.person)]
        context = {"due_at": request.due_at, "organisations": names}
        mail.write("accounts/mail/erasure_requested", to=request.person.email, context=context, at=event.at)


@events.handler("person.password_changed", "person.address_changed", "person.second_step_changed")
def mail_administrators(event: Event) -> None:
    """Mails the other administrators that somebody of the council staff signs in differently from now on.

    Whoever can write to the database changes that without a page, and may change first where the person is written to.
    """
    person = Person.objects.get(pk=event.subject_id)
    if person.is_staff:
        others = Person.objects.public().filter(is_superuser=True, is_staff=True).exclude(pk=person.pk)
        _write(
            event,
            "way_in",
            others,
            name=person.display_name,
            link=reverse("admin:accounts_person_change", args=[person.pk]),
        )


def _write(event: Event, subject: str, people: Iterable[Person], **context: object) -> None:
    template = f"accounts/mail/{subject}_{event.kind.partition('.')[2]}"
    for person in people:
        if not person.erased_at:
            mail.write(template, to=person.email, context={"reason": event.note} | context, at=event.at)
