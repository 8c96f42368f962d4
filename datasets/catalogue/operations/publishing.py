"""Revisions: what was read becomes the newest version of its dataset, in one transaction."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict, Invalid
from civic.core.policies import require
from civic.core.states import transition
from datasets.catalogue.models import Dataset, Distribution, Revision, Upload
from datasets.catalogue.operations.uploads import locked
from datasets.catalogue.states import UploadState
from datasets.catalogue.vocabularies import MEDIA_TYPES, Format

LONGEST_NOTE = 600


def publish_revision(
    *, actor: Person, upload: Upload, at: datetime, note: str = "", without_rejected: bool = False
) -> Revision:
    """Publishes what was read as the next revision. Its files are there already; here they get their rows.

    Raises Forbidden, Conflict (it is not read, or nothing has changed), Invalid (rows were rejected and nobody said
    that it goes without them; note).
    """
    note = " ".join(note.split())
    if len(note) > LONGEST_NOTE:
        raise Invalid(note=_("Please keep it under %(most)s characters.") % {"most": LONGEST_NOTE})
    with transaction.atomic():
        current = locked(upload)
        require(actor, "handle", current)
        if current.state != UploadState.READ:
            raise Conflict(_("Only what was read and not yet published can be published."))
        rejected = (current.found or {})["table"]["rejected_rows"]
        if rejected and not without_rejected:
            words = _(
                "%(count)s rows were rejected. Say that it is to be published without them, or mend the file."
            )
            raise Invalid(without_rejected=words % {"count": rejected})
        return make_revision(current, actor=actor, note=note, at=at)


def make_revision(upload: Upload, *, actor: Person | None, note: str, at: datetime) -> Revision:
    """Makes what was read the next revision. Locked by the caller; raises Conflict where nothing has changed."""
    found, dataset = upload.found or {}, upload.dataset
    table = found["table"]
    newest = dataset.revisions.filter(number=dataset.latest).first()
    if newest and newest.sha256 == found["parquet"]["sha256"]:
        raise Conflict(
            _("Nothing has changed: revision %(number)s has the same rows.") % {"number": newest.number}
        )
    revision = Revision(
        dataset=dataset,
        number=dataset.latest + 1,
        upload=upload,
        sha256=found["parquet"]["sha256"],
        rows=table["kept"],
        rejected_rows=table["rejected_rows"],
        schema=found["schema"],
        profile=found["profile"],
        report=table | {"difference": _difference(dataset, found)},
        note=note,
        person=actor,
        published_at=at,
    )
    events.record("revision.published", actor=actor, subject=revision, at=at)
    revision.save(force_insert=True)
    Distribution.objects.bulk_create(
        [
            Distribution(
                revision=revision,
                format=form,
                media_type=MEDIA_TYPES[form],
                size=found[form]["size"],
                sha256=found[form]["sha256"],
                file=getattr(upload, form).name,
            )
            for form in Format
        ]
    )
    transition(upload, "publish", actor=actor, at=at)
    dataset.latest, dataset.revised_at = revision.number, at
    dataset.save(update_fields=["latest", "revised_at"])
    return revision


def _difference(dataset: Dataset, found: dict[str, Any]) -> dict[str, Any] | None:
    """As it was found; None where another revision came in since."""
    difference: dict[str, Any] | None = found.get("difference")
    return difference if difference and difference["from"] == dataset.latest else None
