"""Reads over people, residency and organisations for pages and panels."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db.models import Case, Count, QuerySet, When
from django.utils.crypto import salted_hmac

from civic.accounts.models import (
    DataExport,
    ErasureRequest,
    Invitation,
    Membership,
    Organisation,
    Person,
    Residency,
    StaffInvitation,
)
from civic.accounts.states import INACTIVE, LIVE_RESIDENCY
from civic.accounts.viewers import ViewerKind
from civic.core import events
from civic.core.columns import expressions, read, rows
from civic.core.compiled import CompiledQuery
from civic.core.event_kinds import event_kind
from civic.core.policies import may
from civic.core.sessions import contents

LATEST_RESIDENCIES = 20


# The session's key for the browser that signed in, and when.
DEVICE = "accounts:device"
# The first sign that is found counts: most browsers say that they are Chrome or Safari too.
BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    *(("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows")),
    *(("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")),
)


def proven_addresses(person: Person) -> list[str]:
    """The person's own address, and the others that they confirmed."""
    confirmed = EmailAddress.objects.filter(user_id=person.pk, verified=True).order_by("pk")
    return list(dict.fromkeys([person.email, *confirmed.values_list("email", flat=True)]))


def signed_up_unproven(email: str) -> Person | None:
    """Who signed up with this address, and has confirmed none so far: anybody may have been it."""
    waiting = Person.objects.public().filter(email__iexact=email, is_staff=False, last_login=None)
    return waiting.filter(emailaddress__verified=False).exclude(emailaddress__verified=True).first()


def sessions(person: Person) -> QuerySet[Session]:
    """The person's open sessions; what is in them is signed text, so each has to be opened."""
    wanted = str(person.pk)
    open_ones: Iterable[Session] = Session.objects.iterator(chunk_size=2000)
    keys = [session.pk for session in open_ones if contents(session).get("_auth_user_id") == wanted]
    return Session.objects.filter(pk__in=keys)


@dataclass(frozen=True)
class Device:
    """One open session: `name` tells it apart without giving its key away."""

    name: str
    browser: str
    since: datetime | None
    current: bool


def devices(person: Person, current: str | None) -> list[Device]:
    """Where the person is signed in, this browser first, then those that signed in last."""
    found = []
    for session in sessions(person):
        known = contents(session).get(DEVICE, {})
        since = datetime.fromisoformat(known["since"]) if "since" in known else None
        name = session_name(session.pk)
        found.append(Device(name, _browser(known.get("browser", "")), since, session.pk == current))
    never = datetime.min.replace(tzinfo=UTC)
    return sorted(found, key=lambda one: (one.current, one.since or never), reverse=True)


def session_name(key: str) -> str:
    """How a page names a session: its key would let whoever reads the page in."""
    return salted_hmac("accounts:session", key, algorithm="sha256").hexdigest()[:16]


def _browser(agent: str) -> str:
    """The browser and the system in words that its owner knows; empty where it says nothing of them."""
    named = (next((word for sign, word in signs if sign in agent), "") for signs in (BROWSERS, SYSTEMS))
    return ", ".join(filter(None, named))


def residency_of(person: Person) -> Residency | None:
    """The person's residency that counts: the live one, else the last one; None before the first request."""
    found = Residency.objects.filter(person=person).select_related("area").order_by("-created_at")
    return _that_counts(list(found[:LATEST_RESIDENCIES]))


def _that_counts(found: list[Residency]) -> Residency | None:
    live = [row for row in found if row.state in LIVE_RESIDENCY]
    return next(iter([*live, *found]), None)


Columns = Callable[[Person, datetime], dict[str, Any]]


def own_page(person: Person, columns: tuple[Columns, ...], at: datetime) -> Person:
    """The person as read again with these columns: one statement for a page of many lists."""
    found = OWN_PAGE.get(ViewerKind.of(person), columns, viewer=person.pk, at=at)
    if person.powers_withheld:
        found.withhold_powers()
    return found


def _own_page(
    kind: ViewerKind, columns: tuple[Columns, ...], *, viewer: UUID, at: datetime
) -> QuerySet[Person]:
    person: Any = kind.stand_in(viewer)
    return Person.objects.annotate(**expressions(columns, person, at)).filter(pk=viewer)


OWN_PAGE = CompiledQuery(Person, _own_page)


def me_columns(person: Person, at: datetime) -> dict[str, Any]:
    """What /me/ asks about accounts; `residency_on_me`, `erasure_on_me` and `memberships_on_me` read it."""
    residencies = Residency.objects.filter(person=person.pk).order_by("-created_at")
    return {
        "accounts_residencies": rows(
            residencies[:LATEST_RESIDENCIES], "state", "state_since", "area_id", "area__name"
        ),
        "accounts_erasure": rows(ErasureRequest.objects.filter(person=person.pk), "created_at"),
        "accounts_memberships": rows(
            memberships_of(person),
            *("role", "organisation_id"),
            *("organisation__name", "organisation__slug", "organisation__state"),
        ),
    }


def residency_on_me(person: Any) -> Residency | None:
    """`residency_of`, of a person read with `me_columns`."""
    return _that_counts(read(Residency, person.accounts_residencies))


def erasure_on_me(person: Any) -> ErasureRequest | None:
    """`erasure_of`, of a person read with `me_columns`."""
    return next(iter(read(ErasureRequest, person.accounts_erasure)), None)


def memberships_on_me(person: Any) -> list[Membership]:
    """`memberships_of`, of a person read with `me_columns`."""
    return read(Membership, person.accounts_memberships)


def owns_address(person: Person, email: str) -> bool:
    """Whether this is an address that the person has proven to be theirs."""
    return EmailAddress.objects.filter(user_id=person.pk, email__iexact=email, verified=True).exists()


def reason_of(thing: Residency | Organisation, verb: str) -> str:
    """The reason that staff gave for the last such step ("" where none was given or it is forgotten)."""
    last = events.about(thing).filter(kind=event_kind(thing.noun, verb)).order_by("-seq").first()
    return last.note if last else ""


def organisations(kind: str = "") -> QuerySet[Organisation]:
    """The public list, with the number of members; of one kind if given."""
    found = Organisation.objects.public().annotate(member_count=Count("memberships")).order_by("name", "pk")
    return found.filter(kind=kind) if kind else found


def memberships_of(person: Person) -> QuerySet[Membership]:
    """The organisations a person belongs to, by name."""
    found = Membership.objects.filter(person=person).select_related("organisation")
    return found.order_by("organisation__name")


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    """Who belongs to the organisation: owners first."""
    found = Membership.objects.filter(organisation=organisation).select_related("person")
    rank = Case(*(When(role=role, then=place) for place, role in enumerate(Membership.Role)))
    return found.alias(rank=rank).order_by("rank", "created_at")


def open_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """Invitations nobody has accepted yet, newest first; run out ones too, as they can be sent again."""
    return organisation.invitations.filter(accepted_at=None).order_by("-created_at")


def invitation_by(token_hash: str, at: datetime) -> Invitation | None:
    """The invitation of a link, if it is still good."""
    found = Invitation.objects.select_related("organisation", "invited_by")
    good = found.filter(token_hash=token_hash, accepted_at=None, expires_at__gt=at)
    return good.exclude(organisation__state__in=INACTIVE).first()


def staff_invitation_by(token_hash: str, at: datetime) -> StaffInvitation | None:
    """The invitation to the council staff of a link, if it is good and whoever sent it may still appoint."""
    found = StaffInvitation.objects.good(token_hash, at).select_related("invited_by").first()
    return found if found and may(found.invited_by, "appoint", Person) else None


def export_of(person: Person) -> DataExport | None:
    """The person's last copy, without the archive itself."""
    return DataExport.objects.defer("archive").filter(person=person).order_by("-created_at").first()


def erasure_of(person: Person) -> ErasureRequest | None:
    """The person's wish to be erased, if there is one."""
    return ErasureRequest.objects.filter(person=person).first()
