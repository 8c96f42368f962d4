"""People leave, hand over what they ran, ask for their data, and invite each other."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q

from civic.accounts import groups
from civic.accounts.models import (
    DataExport,
    ErasureRequest,
    Invitation,
    Membership,
    Organisation,
    Person,
    StaffInvitation,
)
from civic.accounts.operations import (
    erasure,
    exports,
    invitations,
    organisations,
    people,
    staff_invitations,
)
from civic.accounts.states import OrganisationState, StaffInvitationState
from tests.simulation.clock import due
from tests.simulation.draws import Void, a, one_of
from tests.simulation.engine import City, holds, verb
from tests.simulation.slices.pledges import RESIDENT

OWNER = Membership.Role.OWNER
ADMINISTRATOR = a(Person, only=Q(is_superuser=True))
# Organisations that nobody but the owner belongs to: those that can be closed, and are left alone by an erasure.
OF_OWNER = a(Membership, only=Q(role=OWNER, person__is_active=True))


@due
def invitations_end() -> Iterator[datetime | None]:
    yield from StaffInvitation.objects.open().values_list("expires_at", flat=True)
    yield from Invitation.objects.filter(accepted_at=None).values_list("expires_at", flat=True)


@verb(0.15, person=RESIDENT, closes=one_of(True, True, False))
def request_erasure(city: City, person: Person, closes: bool) -> None:
    erasure.request_erasure(actor=person, confirmation=person.email, close_organisations=closes, at=city.at)


@verb(0.05, person=RESIDENT)
def cancel_erasure(city: City, person: Person) -> None:
    erasure.cancel_erasure(actor=person, at=city.at)


@verb(0.3, person=RESIDENT)
def request_export(city: City, person: Person) -> None:
    exports.request_export(actor=person, at=city.at)


@verb(0.2, owner=RESIDENT, kind=one_of(Organisation.Kind.COMMUNITY, Organisation.Kind.BUSINESS))
def create_organisation(city: City, owner: Person, kind: str) -> None:
    organisations.create_organisation(
        actor=owner, name=f"Club {city.number}", kind=kind, about="We build.", website="", at=city.at
    )


@verb(0.3, of=OF_OWNER)
def close_organisation(city: City, of: Membership) -> None:
    organisations.close_organisation(actor=of.person, organisation=of.organisation, at=city.at)


@verb(0.5, of=OF_OWNER, guest=RESIDENT, role=one_of(OWNER, OWNER, *Membership.Role.values))
def invite(city: City, of: Membership, guest: Person, role: str) -> None:
    """Somebody is invited, and the letter goes out; its link is known to nobody but the letter."""
    invitations.invite(
        actor=of.person, organisation=of.organisation, email=guest.email, role=role, at=city.at
    )


@verb(0.8, invitation=a(Invitation, likely=Q(accepted_at=None)), other=RESIDENT, right=one_of(1, 1, 1, 0))
def join(city: City, invitation: Invitation, other: Person, right: int) -> None:
    """The link is followed, by whom it was sent to or by somebody else."""
    guest = Person.objects.filter(email=invitation.email, is_active=True).first() if right else other
    if guest is None:
        raise Void("guest")
    token = f"token-{city.number}"
    # As the letter does: the link is made when it is written.
    Invitation.objects.filter(pk=invitation.pk).update(token_hash=invitations.hash_of(token))
    invitations.accept_invitation(actor=guest, token=token, at=city.at)


SHARED = Q(
    Exists(Membership.objects.filter(organisation=OuterRef("organisation")).exclude(pk=OuterRef("pk"))),
    person__is_active=True,
)


@verb(0.3, of=a(Membership, likely=SHARED, only=Q(person__is_active=True)))
def hand_over(city: City, of: Membership) -> None:
    """An owner makes another member an owner and leaves."""
    other = of.organisation.memberships.exclude(pk=of.pk).order_by("pk").first()
    if other is None:
        raise Void("member")
    if other.role != OWNER:
        organisations.change_role(actor=of.person, membership=other, role=OWNER, at=city.at)
    organisations.leave_organisation(actor=of.person, membership=of, at=city.at)


@verb(0.2, of=a(Membership, likely=SHARED), by=OF_OWNER)
def remove_member(city: City, of: Membership, by: Membership) -> None:
    organisations.remove_member(actor=by.person, membership=of, at=city.at)


@verb(
    0.2,
    organisation=a(Organisation, likely=~Q(state=OrganisationState.CLOSED)),
    how=one_of("check", "suspend", "reinstate", "reinstate"),
)
def decide_organisation(city: City, organisation: Organisation, how: str) -> None:
    """The city's decision on it."""
    officer = Person.objects.filter(groups__name=groups.MODERATORS).earliest("pk")
    decided = getattr(organisations, f"{how}_organisation")
    decided(actor=officer, organisation=organisation, reason="We looked into it.", at=city.at)


# Whoever ran it has erased the account, or it was closed.
LEFT_ALONE = ~Exists(Membership.objects.active().filter(organisation=OuterRef("pk"), role=OWNER))


@verb(0.4, organisation=a(Organisation, likely=Q(LEFT_ALONE)), owner=RESIDENT)
def name_owner(city: City, organisation: Organisation, owner: Person) -> None:
    """The city names somebody where nobody is left who could."""
    officer = Person.objects.filter(groups__name=groups.MODERATORS).earliest("pk")
    organisations.name_owner(
        actor=officer, organisation=organisation, email=owner.email, reason="They asked.", at=city.at
    )


@verb(0.2, organisation=a(Organisation, likely=Q(LEFT_ALONE, ~Q(state=OrganisationState.CLOSED))))
def close_abandoned(city: City, organisation: Organisation) -> None:
    officer = Person.objects.filter(groups__name=groups.MODERATORS).earliest("pk")
    organisations.close_abandoned(
        actor=officer, organisation=organisation, reason="Nobody is left.", at=city.at
    )


@verb(0.2, administrator=ADMINISTRATOR, guest=RESIDENT, group=one_of(*groups.ALL))
def invite_staff(city: City, administrator: Person, guest: Person, group: str) -> None:
    staff_invitations.invite_staff(
        actor=administrator, email=guest.email, groups=[group], reason="She knows the work.", at=city.at
    )


@verb(0.3, invitation=a(StaffInvitation, likely=Q(state=StaffInvitationState.OPEN)))
def join_staff(city: City, invitation: StaffInvitation) -> None:
    guest = Person.objects.filter(email=invitation.email, is_active=True).first()
    if guest is None:
        raise Void("guest")
    token = f"staff-{city.number}"
    StaffInvitation.objects.filter(pk=invitation.pk).update(token_hash=invitations.hash_of(token))
    staff_invitations.accept_staff_invitation(actor=guest, token=token, at=city.at)


@verb(0.1, administrator=ADMINISTRATOR, invitation=a(StaffInvitation), again=one_of(True, False))
def renew_or_withdraw(city: City, administrator: Person, invitation: StaffInvitation, again: bool) -> None:
    if again:
        staff_invitations.renew_staff_invitation(actor=administrator, invitation=invitation, at=city.at)
    else:
        staff_invitations.withdraw_staff_invitation(actor=administrator, invitation=invitation, at=city.at)


@verb(0.15, administrator=ADMINISTRATOR, person=a(Person, only=Q(is_staff=True, memberships__isnull=False)))
def dismiss(city: City, administrator: Person, person: Person) -> None:
    """A resident who joined the council staff leaves it."""
    people.appoint(
        actor=administrator, person=person, is_staff=False, groups=[], reason="Her time is over.", at=city.at
    )


@verb(0.1, person=RESIDENT, closes=one_of(True, False, False))
def close_or_reopen_account(city: City, person: Person, closes: bool) -> None:
    """A moderator closes an account, or opens one again."""
    moderator = Person.objects.filter(groups__name=groups.MODERATORS).earliest("pk")
    if closes:
        people.close_account(actor=moderator, person=person, reason="Threats.", at=city.at)
        return
    closed = Person.objects.filter(is_active=False, erased_at=None).order_by("pk").first()
    if closed is None:
        raise Void("closed account")
    people.reopen_account(actor=moderator, person=closed, reason="A mistake.", at=city.at)


@holds()
def who_can_act_has_an_owner(city: City) -> Iterator[str]:
    """No organisation has members and no owner, and a closed one has no members."""
    counted = Organisation.objects.annotate(
        members=Count("memberships"), owners=Count("memberships", filter=Q(memberships__role=OWNER))
    )
    for one in counted:
        if one.members and not one.owners:
            yield f"{one.state}: {one.members} members and no owner"
        if one.state == OrganisationState.CLOSED and one.members:
            yield f"closed with {one.members} members"


@holds("end")
def copies_of_data_were_made(city: City) -> Iterator[str]:
    """No copy that somebody asked for is still being made."""
    yield from (f"{one.progress} %" for one in DataExport.objects.filter(ready_at=None))


@holds("end")
def accounts_are_erased_in_time(city: City) -> Iterator[str]:
    """Who asked for it is erased, or was told what hinders it: no request waits past its day."""
    late = ErasureRequest.objects.filter(due_at__lt=city.at - timedelta(days=2))
    yield from (f"asked for {one.due_at:%d %b}" for one in late)
