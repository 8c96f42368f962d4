"""Verification by the residents' register: staff upload marks of it, a person enters the same facts."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import BinaryIO
from uuid import UUID

from django.db import connection, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from civic.accounts import identity, registry_extract
from civic.accounts.models import Area, Person, RegistryEntry, RegistryUpload, Residency
from civic.accounts.operations.people import lock_person
from civic.accounts.operations.residency import Facts, start, verify
from civic.core import events, ids
from civic.core.errors import Conflict, Invalid
from civic.core.models import Event
from civic.core.policies import require

TRIES = 5
TRIES_PER = timedelta(days=1)


def count_registry(*, actor: Person, file: BinaryIO, at: datetime) -> int:
    """How many residents this extract has, for who is about to replace the register. Raises as `upload_registry`."""
    require(actor, "create", RegistryUpload)
    return len(_residents(file, dict(Area.objects.values_list("slug", "pk")), at))


def upload_registry(
    *, actor: Person, file: BinaryIO, at: datetime, lines: int | None = None
) -> RegistryUpload:
    """Replaces what is known of the register by this extract, as a whole or not at all.

    It is read in the request on purpose: the plain extract is never stored, nor sent through the broker.
    `lines` is how many residents the actor was told that it has. Raises Forbidden; Invalid with the first line that
    is wrong, or where it is another extract than that.
    """
    require(actor, "create", RegistryUpload)
    areas = dict(Area.objects.values_list("slug", "pk"))
    residents = _residents(file, areas, at)
    if lines is not None and len(residents) != lines:
        words = _(
            "This is another file: it has %(found)s residents, and yours had %(lines)s. Nothing was imported."
        )
        raise Invalid(file=words % {"found": len(residents), "lines": lines})
    with transaction.atomic():
        upload = RegistryUpload.objects.create(uploaded_by=actor, lines=len(residents))
        RegistryEntry.objects.all().delete()
        # COPY: a city's register has more lines than INSERT could take while somebody waits.
        with (
            connection.cursor() as cursor,
            cursor.copy(
                "COPY accounts_registryentry (id, identity, person, area_id, upload_id) FROM STDIN"
            ) as copy,
        ):
            for line in residents:
                copy.write_row((ids.new_id(), line.mark, line.person, areas[line.area], upload.pk))
        events.record(
            "registry.uploaded", actor=actor, subject=upload, at=at, payload={"lines": len(residents)}
        )
    return upload


def _residents(file: BinaryIO, areas: Mapping[str, UUID], at: datetime) -> list[registry_extract.Line]:
    found = list(registry_extract.read(file, areas=set(areas), today=localdate(at)))
    if not found:
        raise Invalid(file=_("There is no resident in this file. Nothing was imported."))
    return found


def match_registry(*, actor: Person, name: str, born: date, number: str, at: datetime) -> Residency:
    """Verifies where the person's facts are those of a line of the register.

    Raises Invalid where no line matches; Conflict after five such tries in a day, or where the account or the
    person is verified already.
    """
    require(actor, "request", Residency)
    with transaction.atomic():
        person = lock_person(actor)  # tries side by side would each find the same few before them
        failed = Event.objects.filter(actor=person.pk, kind="residency.not_matched", at__gt=at - TRIES_PER)
        if failed.count() >= TRIES:
            raise Conflict(_("You tried five times today. Try again tomorrow, or choose another way."))
        mark = identity.registry_mark(name, born, number)
        entry = RegistryEntry.objects.select_related("area").filter(identity=mark).first()
        if entry:
            residency = start(person, entry.area, Residency.Method.REGISTRY, replace=True)
            return verify(residency, actor=actor, at=at, facts=Facts(name, born))
        events.record("residency.not_matched", actor=actor, subject=person, at=at)
    # Outside of the transaction: a failed try counts although it is refused.
    raise Invalid(
        _(
            "We found no resident with exactly these details. Check them against your registration letter, "
            "or choose another way."
        )
    )
