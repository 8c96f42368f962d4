"""Organisations and who belongs to them."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from civic.accounts import privacy
from civic.accounts.models import Membership, Organisation, Person
from civic.accounts.states import OrganisationState
from civic.core import events, ids, states
from civic.core.errors import Conflict, Invalid, readable_name, required
from civic.core.locking import lock_row, lock_rows
from civic.core.policies import require

OWNER = Membership.Role.OWNER
# Words that stand in the same place of an address.
RESERVED = {"new"}


def create_organisation(
    *, actor: Person, name: str, kind: str, about: str = "", website: str = "", at: datetime
) -> Organisation:
    """A new organisation with the actor as its owner; the city checks it later.

    Raises Invalid where the kind is not one for residents, or the name has nothing to make an address of.
    """
    require(actor, "create", Organisation)
    _check_kind(actor, kind)
    name = readable_name(name)
    slug = slugify(name)[:120].strip("-")
    if not slug:
        raise Invalid(name=_("Use a name with letters in it."))
    if slug in RESERVED or Organisation.objects.filter(slug=slug).exists():
        slug = f"{slug}-{ids.readable_code(5).lower()}"
    fields = {"name": name, "kind": kind, "about": about.strip(), "website": website}
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(slug=slug, **fields)
            payload = {"kind": kind}
            # Before the membership: the database refuses a member that nobody told of.
            events.record("organisation.created", actor=actor, subject=organisation, at=at, payload=payload)
            Membership.objects.create(organisation=organisation, person=actor, role=OWNER)
    except IntegrityError:
        # Two asked for the same free address at once; without this the second would see an error page.
        raise Conflict(_("Somebody took this name a moment ago. Please send it again.")) from None
    return organisation


def edit_organisation(
    *, actor: Person, organisation: Organisation, name: str, kind: str, about: str, website: str, at: datetime
) -> Organisation:
    """Writes what an organisation says about itself; its address stays. Raises Forbidden, Invalid."""
    with transaction.atomic():
        organisation = _locked(organisation)
        require(actor, "edit", organisation)
        if kind != organisation.kind:
            _check_kind(actor, kind)
        organisation.name, organisation.kind = readable_name(name), kind
        organisation.about, organisation.website = about.strip(), website
        organisation.save(update_fields=["name", "kind", "about", "website"])
        events.record("organisation.edited", actor=actor, subject=organisation, at=at)
    return organisation


def change_role(*, actor: Person, membership: Membership, role: str, at: datetime) -> Membership:
    """Gives a member another role. Raises Forbidden; Conflict where the last owner would be gone."""
    with transaction.atomic():
        membership = _locked_membership(membership)
        require(actor, "change_role", membership)
        if role != OWNER:
            _keep_an_owner(membership)
        elif not membership.person.is_active:
            raise Conflict(_("This account is closed. Make somebody an owner who can sign in."))
        payload = {"member": str(membership.person_id), "from": membership.role, "to": role}
        subject = membership.organisation
        events.record("organisation.role_changed", actor=actor, subject=subject, at=at, payload=payload)
        membership.role = role
        membership.save(update_fields=["role"])
    return membership


def remove_member(*, actor: Person, membership: Membership, at: datetime) -> None:
    """Ends somebody's membership. Raises Forbidden; Conflict where the last owner would be gone."""
    _end(actor, membership, "remove", at)


def leave_organisation(*, actor: Person, membership: Membership, at: datetime) -> None:
    """Ends one's own membership. Raises Forbidden; Conflict for the last owner."""
    _end(actor, membership, "leave", at)


def close_organisation(*, actor: Person, organisation: Organisation, at: datetime) -> None:
    """Ends an organisation whose only member the actor is, with its contact details and invitations.

    What it paid, was paid and committed itself to stays in the books by its name, as does the name on projects.
    Raises Forbidden; Conflict where others can act for it, or something of it runs (a project, an invoice, money).
    """
    with transaction.atomic():
        organisation = _locked(organisation)
        require(actor, "close", organisation)
        if organisation.memberships.active().exclude(person=actor).exists():
            raise Conflict(_("Others belong to it. Make one of them an owner, then leave."))
        end_organisation(organisation, by=actor, at=at)


def end_organisation(
    organisation: Organisation, *, by: Person | None, at: datetime, reason: str = ""
) -> None:
    """Closes the organisation and deletes what is kept of it and no law asks for; in the caller's transaction.

    A suspended one stays suspended: it does not come back to the site by being left. Raises Conflict as
    `close_organisation`.
    """
    if runs := privacy.why_not_closed(organisation):
        raise Conflict(runs)
    if organisation.state != OrganisationState.SUSPENDED:
        states.transition(organisation, "close", actor=by, at=at, reason=reason)
    organisation.about = organisation.website = ""
    organisation.save(update_fields=["about", "website"])
    organisation.invitations.all().delete()
    organisation.memberships.all().delete()
    # After the memberships: the database lets an account be deleted only where nobody is left who could be paid.
    for delete in privacy.closing_deletes:
        delete(organisation)


def lock_left_alone(person: Person) -> list[Organisation]:
    """The organisations that nobody but the person can act for, locked: nobody joins them until they are closed."""
    locked = lock_rows(Organisation.objects.of(person))
    return [one for one in locked if not one.memberships.active().exclude(person=person).exists()]


def check_organisation(*, actor: Person, organisation: Organisation, reason: str = "", at: datetime) -> None:
    """The city has checked that it exists and is who it says. Raises Forbidden, IllegalTransition."""
    require(actor, "check", organisation)
    states.transition(organisation, "check", actor=actor, at=at, reason=reason)


def suspend_organisation(*, actor: Person, organisation: Organisation, reason: str, at: datetime) -> None:
    """Takes an organisation off the site; nobody can act for it. The members can read the reason.

    Raises Forbidden, IllegalTransition; Invalid without a reason.
    """
    require(actor, "suspend", organisation)
    reason = required(reason, _("Say why; the members can read this."))
    states.transition(organisation, "suspend", actor=actor, at=at, reason=reason)


def reinstate_organisation(*, actor: Person, organisation: Organisation, reason: str, at: datetime) -> None:
    """Brings a suspended organisation back.

    Raises as `suspend_organisation`; Conflict where nobody could act for it.
    """
    require(actor, "reinstate", organisation)
    reason = required(reason, _("Say why; the members can read this."))
    with transaction.atomic():
        locked = _locked(organisation)
        if locked.state == OrganisationState.SUSPENDED and not locked.memberships.active().exists():
            raise Conflict(_("Nobody is left who could act for it. Name an owner first."))
        states.transition(organisation, "reinstate", actor=actor, at=at, reason=reason)


def name_owner(
    *, actor: Person, organisation: Organisation, email: str, reason: str, at: datetime
) -> Membership:
    """Makes the person of a confirmed address an owner, where no owner is left who could sign in.

    Raises Forbidden; Invalid without a reason, or where nobody has confirmed this address; Conflict where it has an
    owner, or is closed.
    """
    require(actor, "name_owner", organisation)
    reason = required(reason, _("Say why; the members can read this."))
    with transaction.atomic():
        organisation = _locked(organisation)
        proven = {"emailaddress__email__iexact": email.strip(), "emailaddress__verified": True}
        owner = Person.objects.public().filter(**proven).first()
        if owner is None:
            raise Invalid(email=_("There is no account whose owner has confirmed this address."))
        if organisation.state == OrganisationState.CLOSED:
            raise Conflict(_("It is closed."))
        if organisation.memberships.active().filter(role=OWNER).exists():
            raise Conflict(_("It has an owner, who can make others owners too."))
        payload = {"member": str(owner.pk), "to": OWNER}
        events.record(
            "organisation.owner_named", actor=actor, subject=organisation, at=at, payload=payload, note=reason
        )
        membership, _new = Membership.objects.update_or_create(
            organisation=organisation, person=owner, defaults={"role": OWNER}
        )
    return membership


def close_abandoned(*, actor: Person, organisation: Organisation, reason: str, at: datetime) -> None:
    """Ends an organisation that nobody is left to act for, as `close_organisation` does; a suspended one stays that.

    Raises Forbidden; Invalid without a reason; Conflict where somebody could close it, or something of it runs.
    """
    require(actor, "close_abandoned", organisation)
    reason = required(reason, _("Say why; it is kept in the event log."))
    with transaction.atomic():
        organisation = _locked(organisation)
        if organisation.memberships.active().exists():
            raise Conflict(_("Somebody can act for it still. Name an owner, who can close it."))
        end_organisation(organisation, by=actor, at=at, reason=reason)


def without_anybody(person: Person) -> list[Organisation]:
    """The organisations of this person that nobody can act for, or in which nobody could name an owner."""
    owned = Membership.objects.active().filter(organisation=OuterRef("pk"), role=OWNER)
    return list(Organisation.objects.of(person).exclude(Exists(owned)).order_by("name"))


def _end(actor: Person, membership: Membership, verb: str, at: datetime) -> None:
    with transaction.atomic():
        membership = _locked_membership(membership)
        require(actor, verb, membership)
        _keep_an_owner(membership)
        payload = {"member": str(membership.person_id), "role": membership.role}
        membership.delete()
        kind = "organisation.member_removed" if verb == "remove" else "organisation.member_left"
        events.record(kind, actor=actor, subject=membership.organisation, at=at, payload=payload)


def _locked(organisation: Organisation) -> Organisation:
    """The row, locked before its memberships are read: two owners who leave at once must not both find the other."""
    return lock_row(Organisation.objects, pk=organisation.pk)


def _locked_membership(membership: Membership) -> Membership:
    organisation = _locked(Organisation(pk=membership.organisation_id))
    current = organisation.memberships.select_related("person").filter(pk=membership.pk).first()
    if current is None:
        raise Conflict(_("This person no longer belongs to the organisation."))
    return current


def _keep_an_owner(membership: Membership) -> None:
    owners = Membership.objects.active().filter(organisation=membership.organisation_id, role=OWNER)
    if membership.is_owner and not owners.exclude(pk=membership.pk).exists():
        raise Conflict(_("An organisation needs an owner. Make somebody else an owner first, or close it."))


def _check_kind(actor: Person, kind: str) -> None:
    if kind not in Organisation.Kind.values:
        raise Invalid(kind=_("Choose one of the kinds."))
    if kind == Organisation.Kind.DEPARTMENT and not actor.is_staff:
        raise Invalid(kind=_("Only council staff can set up a city department."))
