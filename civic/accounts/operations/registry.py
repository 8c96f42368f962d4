"""Verification by the residents' register: staff upload marks of it, a person enters the same facts."""

import hashlib
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
from civic.core.locking import lock_first
from civic.core.models import Event
from civic.core.policies import require

TRIES = 5
TRIES_PER = timedelta(days=1)


def count_registry(*, actor: Person, file: BinaryIO, at: datetime) -> int:
    """How many residents this extract has, for who is about to replace the register. Raises as `upload_registry`."""
    require(actor, "create", RegistryUpload)
    return len(_residents(file, dict(Area.objects.values_list("slug", "pk")), at))


def seen_of(file: BinaryIO) -> str:
    """Names a register and the extract that is to take its place, as somebody reads their figures."""
    file.seek(0)
    digest = hashlib.sha256(file.read()).hexdigest()
    file.seek(0)
    return f"{RegistryEntry.objects.count()}-{digest}"


def upload_registry(
    *, actor: Person, file: BinaryIO, at: datetime, seen: str | None = None
) -> RegistryUpload:
    """Replaces what is known of the register by this extract, as a whole or not at all.

    It is read in the request on purpose: the plain extract is never stored, nor sent through the broker.
    `seen` is what the actor has read the figures of (`seen_of`). Raises Forbidden; Invalid with the first line that
    is wrong; Conflict where the register, or the extract, is another one by now.
    """
    require(actor, "create", RegistryUpload)
    areas = dict(Area.objects.values_list("slug", "pk"))
    residents = _residents(file, areas, at)
    with transaction.atomic():
        # One at a time: each of two would find no lines of the other, and the register would have those of both.
        lock_first(RegistryUpload.objects.order_by("-created_at"))
        if seen is not None and seen != seen_of(file):
            raise Conflict(
                _("The register was changed meanwhile. Read its figures once more. Nothing was imported.")
            )
        upload = RegistryUpload(uploaded_by=actor, lines=len(residents))
        # First: the database refuses an extract, and lines of one, that no event tells of.
        events.record(
            "registry.uploaded", actor=actor, subject=upload, at=at, payload={"lines": len(residents)}
        )
        upload.save(force_insert=True)
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
