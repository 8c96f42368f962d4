"""Reads over people, residency and organisations for pages and panels."""

from datetime import datetime

from django.db.models import Case, Count, IntegerField, QuerySet, Value, When

from civic.accounts.models import (
    DataExport,
    ErasureRequest,
    Invitation,
    Membership,
    Organisation,
    Person,
    Residency,
)
from civic.accounts.states import OrganisationState
from civic.core import events


def residency_of(person: Person) -> Residency | None:
    """The person's residency that counts: the live one, else the last one; None before the first request."""
    rows = Residency.objects.filter(person=person).select_related("area").order_by("-created_at")
    found = list(rows[:20])
    live = [row for row in found if row.state in ("requested", "code_sent", "verified")]
    return next(iter([*live, *found]), None)


def reason_of(thing: Residency | Organisation, verb: str) -> str:
    """The reason that staff gave for the last such step ("" where none was given or it is forgotten)."""
    last = events.about(thing).filter(kind=f"{thing.kind}.{verb}").order_by("-seq").first()
    return last.note if last else ""


def organisations(sort: str = "") -> QuerySet[Organisation]:
    """The public list, with the number of members; of one kind if given."""
    rows = Organisation.objects.public().annotate(member_count=Count("memberships")).order_by("name", "pk")
    return rows.filter(sort=sort) if sort else rows


def memberships_of(person: Person) -> QuerySet[Membership]:
    """The organisations a person belongs to, by name."""
    return (
        Membership.objects.filter(person=person).select_related("organisation").order_by("organisation__name")
    )


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    """Who belongs to the organisation: owners first."""
    rows = Membership.objects.filter(organisation=organisation).select_related("person")
    order = {Membership.Role.OWNER: 0, Membership.Role.MANAGER: 1, Membership.Role.MEMBER: 2}
    return rows.alias(rank=_rank(order)).order_by("rank", "created_at")


def _rank(order: dict[Membership.Role, int]) -> object:
    return Case(
        *(When(role=role, then=Value(place)) for role, place in order.items()), output_field=IntegerField()
    )


def open_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """Invitations nobody has accepted yet, newest first; run out ones too, as they can be sent again."""
    return organisation.invitations.filter(accepted_at=None).order_by("-created_at")


def invitation_by(token_hash: str, at: datetime) -> Invitation | None:
    """The invitation of a link, if it is still good."""
    rows = Invitation.objects.select_related("organisation", "invited_by")
    good = rows.filter(token_hash=token_hash, accepted_at=None, expires_at__gt=at)
    return good.exclude(organisation__state=OrganisationState.SUSPENDED).first()


def export_of(person: Person) -> DataExport | None:
    """The person's last copy, without the archive itself."""
    return DataExport.objects.defer("archive").filter(person=person).order_by("-created_at").first()


def erasure_of(person: Person) -> ErasureRequest | None:
    """The person's wish to be erased, if there is one."""
    return ErasureRequest.objects.filter(person=person).first()
