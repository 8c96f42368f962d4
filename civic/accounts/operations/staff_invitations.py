"""Council staff join by invitation: an administrator names an address and groups, its owner accepts in a week."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from civic.accounts import groups as council
from civic.accounts import mail
from civic.accounts.models import Person, StaffInvitation
from civic.accounts.operations.invitations import hash_of
from civic.accounts.operations.people import lock_person, write_role
from civic.accounts.queries import owns_address
from civic.accounts.states import StaffInvitationState
from civic.core import events, row_steps, states
from civic.core.errors import Conflict, Forbidden, Invalid, NotFound, required
from civic.core.locking import lock_first
from civic.core.policies import may, require

VALID_FOR = timedelta(days=7)
# Whom nobody let in is forgotten: the address belongs to somebody who never asked to be here.
FORGOTTEN_AFTER = timedelta(days=90)
NO_LONGER_GOOD = _("This invitation is no longer good. Ask the person who invited you for a new one.")


def invite_staff(
    *, actor: Person, email: str, groups: Collection[str], reason: str, at: datetime
) -> StaffInvitation:
    """Invites an address into groups of the council staff; the letter goes out from the worker.

    Raises Forbidden; Invalid without a group or a reason, or where the address is staff or invited already; Conflict
    where the address or the inviter had a day's letters, or the inviter has no name.
    """
    require(actor, "create", StaffInvitation)
    _require_name(actor)
    reason = required(reason, _("Say why; the person can ask for this reason."))
    names = sorted(set(groups))
    if not names or not set(names) <= set(council.ALL):
        raise Invalid(groups=_("Choose at least one group."))
    address = email.strip().lower()
    if EmailAddress.objects.filter(email__iexact=address, verified=True, user__is_staff=True).exists():
        raise Invalid(email=_("This person is council staff already. Change the groups on their own page."))
    try:
        with transaction.atomic():
            _count(actor, address, at)
            invitation = StaffInvitation(
                email=address,
                groups=names,
                reason=reason,
                invited_by=actor,
                token_hash=hash_of(secrets.token_urlsafe()),
                expires_at=at + VALID_FOR,
            )
            payload = {"groups": names}
            # First: the database refuses an invitation that nobody told of.
            events.record("staff_invitation.sent", actor=actor, subject=invitation, at=at, payload=payload)
            invitation.save(force_insert=True)
    except IntegrityError:
        # `one_open_staff_invitation_an_address`: the database decides between two administrators, who both saw none.
        raise Invalid(email=_("This address is invited already. Send that invitation again.")) from None
    return invitation


def renew_staff_invitation(*, actor: Person, invitation: StaffInvitation, at: datetime) -> StaffInvitation:
    """Sends the letter again for another week, now in the actor's name; the link before stops working.

    Raises Forbidden; IllegalTransition where it was accepted or withdrawn; Conflict where the address had a day's
    letters, or was invited anew meanwhile, or the actor has no name.
    """
    require(actor, "renew", invitation)
    _require_name(actor)
    try:
        with transaction.atomic():
            _count(actor, invitation.email, at)
            states.transition(invitation, "renew", actor=actor, at=at)
            invitation.invited_by, invitation.expires_at = actor, at + VALID_FOR
            invitation.token_hash = hash_of(secrets.token_urlsafe())
            invitation.save(update_fields=["invited_by", "expires_at", "token_hash"])
    except IntegrityError:
        raise Conflict(_("This address has a newer invitation.")) from None
    return invitation


def withdraw_staff_invitation(
    *, actor: Person, invitation: StaffInvitation, reason: str = "", at: datetime
) -> StaffInvitation:
    """Ends an invitation; its link stops working. Raises Forbidden, IllegalTransition."""
    require(actor, "withdraw", invitation)
    states.transition(invitation, "withdraw", actor=actor, at=at, reason=reason)
    return invitation


def send_staff_invitation(*, invitation: StaffInvitation, at: datetime) -> None:
    """Makes the link and writes the letter. The token exists in the letter only; we keep its hash."""
    token = secrets.token_urlsafe(32)
    StaffInvitation.objects.filter(pk=invitation.pk).update(token_hash=hash_of(token))
    context = {
        "inviter": invitation.invited_by or "",
        "roles": invitation.roles,
        "expires_at": invitation.expires_at,
        "url": f"{settings.SITE_URL}/council/invitations/{token}/",
    }
    mail.write("accounts/mail/staff_invitation", to=invitation.email, context=context, at=at)


def accept_staff_invitation(*, actor: Person, token: str, at: datetime) -> StaffInvitation:
    """Makes the actor council staff with the invited groups, beside those that they have.

    Raises NotFound for a link that is not (or no longer) good, also where whoever invited may not appoint any more;
    Forbidden unless one of the actor's verified addresses is the invited one; Conflict without a second step or a
    name, and where an administrator has decided the actor's role in another way since the letter was sent.
    """
    with transaction.atomic():
        # The lock makes a withdrawal and a second click wait, or be seen: the link counts once.
        invitation = lock_first(StaffInvitation.objects.good(hash_of(token), at).select_related("invited_by"))
        inviter = invitation.invited_by if invitation else None
        if invitation is None or inviter is None or not may(inviter, "appoint", actor):
            raise NotFound(NO_LONGER_GOOD)
        if not owns_address(actor, invitation.email):
            raise Forbidden(
                _("This invitation is for another email address. Sign in with the address it was sent to.")
            )
        if settings.STAFF_MFA_REQUIRED and not Authenticator.objects.filter(user=actor).exists():
            raise Conflict(_("Set up the second step of signing in first."))
        _require_name(actor)
        # Before it is read what was decided: an administrator who ends the role at this moment locks the person, too.
        person = lock_person(actor)
        if _is_overtaken(invitation, person):
            raise Conflict(
                _("Your role was decided in another way since. Ask an administrator to invite you anew.")
            )
        states.transition(invitation, "accept", actor=actor, at=at)
        groups = Group.objects.filter(Q(name__in=invitation.groups) | Q(user=person)).distinct()
        # The decision is that of whoever invited; that the person accepted it, the event before tells.
        write_role(
            by=inviter,
            person=person,
            is_staff=True,
            groups=groups,
            reason=invitation.reason,
            at=at,
        )
    return invitation


def _require_name(person: Person) -> None:
    """A letter of “Resident 0ce8” looks like fraud, and so do steps of the desk that nobody's name stands beside."""
    if not person.name:
        raise Conflict(_("Write your name in your profile first: those who work with you read it."))


def _is_overtaken(invitation: StaffInvitation, person: Person) -> bool:
    """Whether the person's role was decided after the letter, or the last of it, was sent.

    `end_invitations` withdraws those to addresses that the person had proven by then; another may be proven later.
    """
    sent = events.about(invitation).filter(kind__in=["staff_invitation.sent", "staff_invitation.renewed"])
    decided = events.about(person).filter(kind__in=["person.appointed", "person.closed"])
    return decided.filter(seq__gt=sent.aggregate(last=Max("seq"))["last"] or 0).exists()


def end_staff_invitations(*, at: datetime) -> int:
    """Ends invitations whose week is over, and forgets those that ended long ago unaccepted; returns how many ended."""
    over = StaffInvitation.objects.filter(
        state__in=[StaffInvitationState.EXPIRED, StaffInvitationState.WITHDRAWN],
        state_since__lt=at - FORGOTTEN_AFTER,
    )
    over.delete()
    due = StaffInvitation.objects.open().filter(expires_at__lte=at).order_by("expires_at")
    return row_steps.each(
        "staff invitations",
        due,
        lambda invitation: states.transition(invitation, "expire", actor=None, at=at),
        at=at,
    )


def _count(actor: Person, address: str, at: datetime) -> None:
    mail.count_to_stranger(to=address, sender=actor, at=at, kind="council", most=mail.LETTERS_OF_COUNCIL)
