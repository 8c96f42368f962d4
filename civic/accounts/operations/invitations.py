"""Invitations to an organisation: sent by email, counted for the invited address only, for 14 days."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from civic.accounts import mail
from civic.accounts.models import Invitation, Membership, Organisation, Person
from civic.accounts.queries import owns_address
from civic.accounts.states import INACTIVE
from civic.core import events
from civic.core.errors import Conflict, Forbidden, Invalid, NotFound
from civic.core.locking import lock_first, lock_row
from civic.core.policies import may, require

VALID_FOR = timedelta(days=14)
MOST_OPEN = 50


def invite(*, actor: Person, organisation: Organisation, email: str, role: str, at: datetime) -> Invitation:
    """Invites an address to join; the letter goes out from the worker.

    Raises Forbidden; Invalid where the address is a member or invited already, or too many are open; Conflict where
    the address or the inviter had a day's letters.
    """
    with transaction.atomic():
        # Invitations sent at once wait here: each would count the others' open ones without seeing them.
        organisation = lock_row(Organisation.objects, pk=organisation.pk)
        require(actor, "invite", organisation)
        address = email.strip().lower()
        _check_invitable(organisation, address)
        mail.count_to_stranger(to=address, sender=actor, at=at)
        invitation = Invitation(
            organisation=organisation,
            email=address,
            role=role,
            invited_by=actor,
            token_hash=hash_of(secrets.token_urlsafe()),
            expires_at=at + VALID_FOR,
        )
        # First, as in `accept_invitation`: the database refuses an invitation or a member that nobody told of.
        _record("organisation.invited", actor, invitation, at)
        invitation.save(force_insert=True)
    return invitation


def resend_invitation(*, actor: Person, invitation: Invitation, at: datetime) -> Invitation:
    """Sends the letter again with a new link; the one before stops working.

    Raises Forbidden; Conflict where it was accepted or withdrawn meanwhile, or the address had a day's letters.
    """
    with transaction.atomic():
        invitation = _locked_open(invitation)
        require(actor, "resend", invitation)
        mail.count_to_stranger(to=invitation.email, sender=actor, at=at)
        # First: without it the database lets no invitation be open longer.
        _record("organisation.invited", actor, invitation, at)
        invitation.expires_at = at + VALID_FOR
        invitation.token_hash = hash_of(secrets.token_urlsafe())
        invitation.save(update_fields=["expires_at", "token_hash"])
    return invitation


def revoke_invitation(*, actor: Person, invitation: Invitation, at: datetime) -> None:
    """Withdraws an invitation. Raises Forbidden; Conflict where it was accepted meanwhile."""
    with transaction.atomic():
        invitation = _locked_open(invitation)
        require(actor, "revoke", invitation)
        _record("organisation.invitation_revoked", actor, invitation, at)
        invitation.delete()


def send_invitation(*, invitation: Invitation, at: datetime) -> None:
    """Makes the link and writes the letter. The token exists in the letter only; we keep its hash."""
    token = secrets.token_urlsafe(32)
    Invitation.objects.filter(pk=invitation.pk).update(token_hash=hash_of(token))
    context = {
        "organisation": invitation.organisation.name,
        "inviter": invitation.invited_by.display_name,
        "role": invitation.get_role_display(),
        "expires_at": invitation.expires_at,
        "url": f"{settings.SITE_URL}/invitations/{token}/",
    }
    mail.write("accounts/mail/invitation", to=invitation.email, context=context, at=at)


def accept_invitation(*, actor: Person, token: str, at: datetime) -> Organisation:
    """Joins the organisation with the invited role.

    Raises NotFound for a link that is not (or no longer) good; Forbidden unless one of the actor's verified
    addresses is the invited one; Conflict where the actor's place there was decided in another way
    since it was sent.
    """
    with transaction.atomic():
        # It has locked the organisation, as whoever removes a member has.
        invitation = by_token(token, at)
        if not owns_address(actor, invitation.email):
            raise Forbidden(
                _("This invitation is for another email address. Sign in with the address it was sent to.")
            )
        _check_stands(invitation, actor)
        _record("organisation.joined", actor, invitation, at)
        Membership.objects.get_or_create(
            organisation=invitation.organisation, person=actor, defaults={"role": invitation.role}
        )
        invitation.accepted_at = at
        invitation.save(update_fields=["accepted_at"])
    return invitation.organisation


def _check_stands(invitation: Invitation, actor: Person) -> None:
    """Who sent the last letter may still invite, and nothing was decided of the actor since it went to some address.

    As with invitations of staff: who was removed or demoted comes back by no letter of before, nor by a friend's.
    """
    told = events.about(invitation.organisation)
    sent = told.filter(kind="organisation.invited", payload__invitation=str(invitation.pk)).last()
    sender: Person | None = invitation.invited_by
    if sent and sent.actor:
        sender = Person.objects.filter(pk=sent.actor).first()
    if not may(sender, "invite", invitation.organisation):
        raise NotFound(_("This invitation is no longer good. Ask the organisation for a new one."))
    kinds = ["organisation.member_removed", "organisation.member_left", "organisation.role_changed"]
    decided = told.filter(kind__in=kinds, payload__member=str(actor.pk), seq__gt=sent.seq if sent else 0)
    if decided.exists():
        raise Conflict(_("Your place there was decided in another way since. Ask for a new invitation."))


def by_token(token: str, at: datetime) -> Invitation:
    """The open invitation of this link, locked. Raises NotFound."""
    good = Invitation.objects.filter(token_hash=hash_of(token), accepted_at=None, expires_at__gt=at)
    good = good.exclude(organisation__state__in=INACTIVE)
    # The organisation first, as whoever closes it does: it deletes its invitations, and we would wait for each other.
    lock_first(Organisation.objects.filter(pk__in=good.values("organisation")))
    # The lock makes a withdrawal wait, or be seen: nobody joins by a link that was taken away a moment before.
    invitation = lock_first(good.select_related("organisation"))
    if invitation is None:
        raise NotFound(_("This invitation is no longer good. Ask the organisation for a new one."))
    return invitation


def hash_of(token: str) -> str:
    """What is kept of a token; it is random and long, so that it needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def _check_invitable(organisation: Organisation, address: str) -> None:
    if organisation.memberships.filter(person__email__iexact=address).exists():
        raise Invalid(email=_("This person belongs to the organisation already."))
    waiting = organisation.invitations.filter(accepted_at=None)
    if waiting.filter(email__iexact=address).exists():
        raise Invalid(email=_("This address has an invitation already. You can send it again below."))
    if waiting.count() >= MOST_OPEN:
        raise Invalid(email=_("There are too many open invitations. Withdraw some first."))


def _locked_open(invitation: Invitation) -> Invitation:
    # Read again under the lock: the page that the button stood on may be older than the answer to the invitation.
    rows = Invitation.objects.filter(pk=invitation.pk, accepted_at=None)
    current = lock_first(rows.select_related("organisation"))
    if current is None:
        raise Conflict(_("This invitation was accepted or withdrawn meanwhile."))
    return current


def _record(kind: str, actor: Person, invitation: Invitation, at: datetime) -> None:
    payload = {"invitation": str(invitation.pk), "role": invitation.role}
    events.record(kind, actor=actor, subject=invitation.organisation, at=at, payload=payload)
