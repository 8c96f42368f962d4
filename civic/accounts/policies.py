"""Who may do what with accounts, and the questions that the policies of higher slices are built from."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from civic.accounts import groups
from civic.accounts.models import (
    Area,
    Invitation,
    Membership,
    Organisation,
    Person,
    RegistryUpload,
    Residency,
)
from civic.accounts.states import OrganisationState
from civic.core.errors import Forbidden

Actor = Person | AnonymousUser
OWNER, MANAGER = Membership.Role.OWNER, Membership.Role.MANAGER


def in_group(actor: Actor | None, name: str) -> bool:
    """Council staff of this group, or a superuser. Groups are read once a request."""
    if actor is None or not actor.is_authenticated or not actor.is_active or not actor.is_staff:
        return False
    return actor.is_superuser or name in actor.group_names


def verified_resident(actor: Actor | None, at: datetime, areas: Collection[UUID] = ()) -> bool:
    """Whether the city has confirmed where this person lives: in one of `areas`, or anywhere if none given."""
    if actor is None or not actor.is_authenticated:
        return False
    residencies = Residency.objects.filter(person_id=actor.pk).valid(at)
    return residencies.filter(area__in=areas).exists() if areas else residencies.exists()


def acts_for(actor: Actor | None, organisation: Organisation, *roles: str) -> bool:
    """Whether the person may act for the organisation in one of these roles (any, if none is given).

    Nobody acts for a suspended organisation; who belongs to it is asked with `member_of`.
    """
    if organisation.state == OrganisationState.SUSPENDED:
        return False
    return member_of(actor, organisation, *roles)


def member_of(actor: Actor | None, organisation: Organisation, *roles: str) -> bool:
    """Whether the person belongs to the organisation in one of these roles (any, if none is given)."""
    if actor is None or not actor.is_authenticated:
        return False
    memberships = Membership.objects.filter(person_id=actor.pk, organisation=organisation)
    return memberships.filter(role__in=roles or Membership.Role.values).exists()


def may(actor: Actor | None, verb: str, thing: Any) -> bool:
    """Whether the actor may do this; `thing` is a row, or a model where nothing exists yet."""
    if actor is None or not actor.is_authenticated or not actor.is_active:
        return False
    # A request gives its person as a lazy object, which says of its class what it stands for.
    model = thing if isinstance(thing, type) else thing.__class__
    rule = RULES.get((model, verb))
    return rule is not None and rule(actor, thing)


def require(actor: Actor | None, verb: str, thing: Any) -> None:
    """Raises Forbidden unless the actor may do this."""
    if not may(actor, verb, thing):
        raise Forbidden(_("Your account has no permission for this."))


def _anybody(actor: Any, thing: Any) -> bool:
    return True


def _owner(actor: Actor, organisation: Organisation) -> bool:
    return acts_for(actor, organisation, OWNER)


def _manager(actor: Actor, organisation: Organisation) -> bool:
    return acts_for(actor, organisation, OWNER, MANAGER)


def _manages_invitation(actor: Actor, invitation: Invitation) -> bool:
    return _owner(actor, invitation.organisation)


def _manages_membership(actor: Actor, membership: Membership) -> bool:
    return _owner(actor, membership.organisation)


def _own(actor: Actor, row: Any) -> bool:
    return bool(row.person_id == actor.pk)


def _self(actor: Actor, person: Person) -> bool:
    return person.pk == actor.pk


def _group(*names: str) -> Callable[[Actor, Any], bool]:
    def rule(actor: Actor, thing: Any) -> bool:
        return any(in_group(actor, name) for name in names)

    return rule


def _superuser(actor: Actor, thing: Any) -> bool:
    return actor.is_active and actor.is_superuser


def _moderates(actor: Actor, person: Person) -> bool:
    """Moderators close accounts of residents; only an administrator closes one of the council."""
    return in_group(actor, groups.MODERATORS) and (actor.is_superuser or not person.is_staff)


_stewards = _group(groups.DATA_STEWARDS)
_checkers = _group(groups.MODERATORS, groups.PROGRAMME_MANAGERS)

RULES: dict[tuple[type, str], Callable[[Any, Any], bool]] = {
    (Area, "save"): _group(groups.PROGRAMME_MANAGERS),
    (Person, "edit"): _self,
    (Person, "export"): _self,
    (Person, "erase"): _self,
    (Person, "close"): _moderates,
    (Person, "reopen"): _moderates,
    (Person, "appoint"): _superuser,
    (Organisation, "create"): _anybody,
    (Organisation, "edit"): _manager,
    (Organisation, "invite"): _owner,
    (Organisation, "check"): _checkers,
    (Organisation, "suspend"): _checkers,
    (Organisation, "reinstate"): _checkers,
    (Invitation, "resend"): _manages_invitation,
    (Invitation, "revoke"): _manages_invitation,
    (Membership, "change_role"): _manages_membership,
    (Membership, "remove"): _manages_membership,
    (Membership, "leave"): _own,
    (Residency, "request"): _anybody,
    (Residency, "withdraw"): _own,
    (Residency, "confirm"): _own,
    (Residency, "print"): _stewards,
    (Residency, "verify"): _stewards,
    (Residency, "reject"): _stewards,
    (RegistryUpload, "create"): _stewards,
}
