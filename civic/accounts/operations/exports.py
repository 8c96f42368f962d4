"""A copy of what the site knows about somebody, as JSON and as a page to read, in one ZIP."""

import io
import json
import zipfile
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from civic.accounts import privacy
from civic.accounts.models import DataExport, Person
from civic.core import events
from civic.core.errors import Conflict
from civic.core.policies import require

KEPT = timedelta(days=7)
# An export that is not ready after this long is lost: the clock starts it again, and so does who asks again.
PATIENCE = timedelta(hours=1)


def request_export(*, actor: Person, at: datetime) -> DataExport:
    """Orders a copy; the one before is deleted. Raises Conflict while one is being made."""
    require(actor, "export", actor)
    try:
        with transaction.atomic():
            finished = models.Q(ready_at__isnull=False) | models.Q(created_at__lt=at - PATIENCE)
            DataExport.objects.filter(finished, person=actor).delete()
            export = DataExport.objects.create(person=actor, expires_at=at + KEPT)
            events.record("export.requested", actor=actor, subject=export, at=at)
    except IntegrityError:
        # `one_export_under_way_a_person`: the database decides between two clicks, which both saw none.
        raise Conflict(_("Your copy is being made already.")) from None
    return export


def build_export(*, export_id: UUID, at: datetime) -> None:
    """Gathers what every slice has declared and writes the archive; again, if it was interrupted.

    Progress is written as it goes, so this is no single transaction; the archive appears whole, at the end.
    """
    export = DataExport.objects.select_related("person").filter(pk=export_id, ready_at=None).first()
    if export is None:
        return
    entries = [entry for entry in privacy.personal_data if entry.export]
    sections = []
    for number, entry in enumerate(entries, start=1):
        sections.append(_section(entry, export.person))
        DataExport.objects.filter(pk=export.pk).update(progress=number * 90 // len(entries))
    archive = _archive(export.person, sections, at)
    fresh = DataExport.objects.filter(pk=export.pk, ready_at=None)
    fresh.update(archive=archive, progress=100, ready_at=at, expires_at=at + KEPT)


def lost_exports(*, at: datetime) -> list[UUID]:
    """Copies whose making was told to no worker, or ended with one."""
    lost = DataExport.objects.filter(ready_at=None, created_at__lt=at - PATIENCE, expires_at__gt=at)
    return list(lost.values_list("pk", flat=True))


def drop_exports(*, at: datetime) -> int:
    """Deletes copies that can no longer be downloaded; returns how many."""
    return DataExport.objects.filter(expires_at__lte=at).delete()[0]


def _section(entry: privacy.Personal, person: Person) -> dict[str, Any]:
    columns: dict[str, Any] = {name: entry.model_class._meta.get_field(name) for name in entry.export}
    relations = [name for name, column in columns.items() if column.is_relation]
    rows = entry.rows(person).order_by("pk").select_related(*relations)
    labels = {name: str(column.verbose_name) for name, column in columns.items()}
    return {
        "title": str(entry.title),
        "model": entry.model_class._meta.label,
        "labels": labels,
        "rows": [{name: _plain(row, name) for name in entry.export} for row in rows.iterator(chunk_size=500)],
    }


def _plain(row: models.Model, name: str) -> Any:
    """A value as JSON has it: times in ISO 8601, related things by their name."""
    value = getattr(row, name)
    if isinstance(value, datetime):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float | dict | list):
        return value
    return str(value)


def _archive(person: Person, sections: list[dict[str, Any]], at: datetime) -> bytes:
    whole = {"person": str(person.pk), "made_at": at.isoformat(), "sections": sections}
    filled = [{**section, "table": [list(row.values()) for row in section["rows"]]} for section in sections]
    page = render_to_string("accounts/export.html", {"person": person, "at": at, "sections": filled})
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("my-data.json", json.dumps(whole, ensure_ascii=False, indent=2))
        archive.writestr("my-data.html", page)
        for section in sections:
            _add_files(archive, section)
    return content.getvalue()


def _add_files(archive: zipfile.ZipFile, section: dict[str, Any]) -> None:
    """Puts the person's uploaded files beside the text; one that is gone from the storage is left out."""
    model = apps.get_model(section["model"])
    columns = [
        name for name in section["labels"] if isinstance(model._meta.get_field(name), models.FileField)
    ]
    for column in columns:
        storage = model._meta.get_field(column).storage
        for name in filter(None, (row[column] for row in section["rows"])):
            if storage.exists(name):
                with storage.open(name) as file:
                    archive.writestr(f"files/{name}", file.read())
