"""What a person is: staff of a group, of an organisation, a verified resident. Policies are built from these."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from civic.accounts.models import Membership, Organisation, Person, Residency
from civic.accounts.states import INACTIVE

Actor = Person | AnonymousUser | None


def in_group(actor: Actor, *names: str) -> bool:
    """Whether the actor is council staff of one of these groups, or a superuser. Groups are read once a request."""
    if actor is None or not actor.is_authenticated or not actor.is_active or not actor.is_staff:
        return False
    return actor.is_superuser or not actor.group_names.isdisjoint(names)


def verified_resident(actor: Actor, at: datetime, areas: Collection[UUID] = ()) -> bool:
    """Whether the city has confirmed where this person lives: in one of `areas`, or anywhere if none given."""
    if actor is None or not actor.is_authenticated:
        return False
    residencies = Residency.objects.filter(person_id=actor.pk).valid(at)
    return residencies.filter(area__in=areas).exists() if areas else residencies.exists()


def acts_for(actor: Actor, organisation: Organisation, *roles: str) -> bool:
    """Whether the person may act for the organisation in one of these roles (any, if none is given).

    Nobody acts for a suspended or closed organisation; who belongs to it is asked with `member_of`.
    """
    return organisation.state not in INACTIVE and member_of(actor, organisation, *roles)


def member_of(actor: Actor, organisation: Organisation, *roles: str) -> bool:
    """Whether the person belongs to the organisation in one of these roles (any, if none is given)."""
    if actor is None or not actor.is_authenticated:
        return False
    memberships = Membership.objects.filter(person_id=actor.pk, organisation=organisation)
    return memberships.filter(role__in=roles or Membership.Role.values).exists()
