"""Who is who: the questions that the policies of higher slices are built from."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from civic.accounts.models import Membership, Organisation, Person, Residency

Actor = Person | AnonymousUser


def in_group(actor: Actor | None, name: str) -> bool:
    """Council staff of this group, or a superuser. Groups are read once a request."""
    if actor is None or not actor.is_authenticated or not actor.is_active or not actor.is_staff:
        return False
    return actor.is_superuser or name in _groups(actor)


def _groups(actor: Any) -> set[str]:
    if not hasattr(actor, "_group_names"):
        actor._group_names = set(actor.groups.values_list("name", flat=True))
    names: set[str] = actor._group_names
    return names


def verified_resident(actor: Actor | None, at: datetime, areas: Collection[UUID] = ()) -> bool:
    """Whether the city has confirmed where this person lives: in one of `areas`, or anywhere if none given."""
    if actor is None or not actor.is_authenticated:
        return False
    residencies = Residency.objects.filter(person_id=actor.pk).valid(at)
    return residencies.filter(area__in=areas).exists() if areas else residencies.exists()


def acts_for(actor: Actor | None, organisation: Organisation, *roles: str) -> bool:
    """Whether the person is a member of the organisation in one of these roles (any, if none is given)."""
    if actor is None or not actor.is_authenticated:
        return False
    memberships = Membership.objects.filter(person_id=actor.pk, organisation=organisation)
    return memberships.filter(role__in=roles or Membership.Role.values).exists()
