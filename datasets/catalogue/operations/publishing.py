"""Revisions: what was read becomes the newest version of its dataset, in one transaction."""

import re
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Seen:
    """What the publisher saw of what was read: the digest of its Parquet file, how many rows, how many rejected."""

    sha256: str = ""
    rows: int = 0
    rejected: int = 0

    @classmethod
    def of(cls, upload: Upload) -> "Seen":
        """What there is to see now; nothing before it was read."""
        if not upload.found:
            return cls()
        table = upload.found["table"]
        return cls(upload.found["parquet"]["sha256"], table["kept"], table["rejected_rows"])

    @classmethod
    def parse(cls, text: str) -> "Seen":
        """What a form sends back; what makes no sense is nothing that there ever was to see."""
        found = re.fullmatch(r"([0-9a-f]{64})-(\d{1,12})-(\d{1,12})", text, re.ASCII)
        return cls(found[1], int(found[2]), int(found[3])) if found else cls()

    def __str__(self) -> str:
        return f"{self.sha256}-{self.rows}-{self.rejected}"


def publish_revision(
    *,
    actor: Person,
    upload: Upload,
    seen: Seen,
    at: datetime,
    note: str = "",
    without_rejected: bool = False,
) -> Revision:
    """Publishes what was `seen` as the next revision. Its files are there already; here they get their rows.

    Raises Forbidden, Conflict (it is not read, was read otherwise since it was seen, has no row, nothing has changed,
    or the city has withdrawn the dataset), Invalid (note; rows were rejected and nobody said that it goes without
    them).
    """
    note = " ".join(note.split())
    if len(note) > LONGEST_NOTE:
        raise Invalid(note=_("Please keep it under %(most)s characters.") % {"most": LONGEST_NOTE})
    with transaction.atomic():
        current = locked(upload)
        require(actor, "handle", current)
        if current.state != UploadState.READ:
            raise Conflict(_("Only what was read and not yet published can be published."))
        _check_seen(seen, Seen.of(current))
        if current.dataset.held:
            raise Conflict(
                _(
                    "The city has withdrawn this dataset. Nothing is published into it until its data steward brings "
                    "it back; this file waits here."
                )
            )
        rejected = Seen.of(current).rejected
        if rejected and not without_rejected:
            words = _(
                "%(count)s rows were rejected. Say that it is to be published without them, or mend the file."
            )
            raise Invalid(without_rejected=words % {"count": rejected})
        return make_revision(current, actor=actor, note=note, at=at)


def _check_seen(seen: Seen, now: Seen) -> None:
    """Raises Conflict: somebody has answered otherwise, and it was read again, since the page was loaded."""
    if seen == now:
        return
    words = {"rows": now.rows, "rejected": now.rejected, "before": seen.rows, "then": seen.rejected}
    if (seen.rows, seen.rejected) == (now.rows, now.rejected):
        raise Conflict(
            _(
                "It was read again since you looked: as many rows, but types or values are others. Nothing is "
                "published. Look at it, and publish it if it is right."
            )
        )
    raise Conflict(
        _(
            "It was read again since you looked: %(rows)s rows and %(rejected)s rejected, where you saw %(before)s and "
            "%(then)s. Nothing is published. Look at it, and publish it if it is right."
        )
        % words
    )


def make_revision(upload: Upload, *, actor: Person | None, note: str, at: datetime) -> Revision:
    """Makes what was read the next revision. Locked by the caller.

    What was answered is remembered for the next file. Raises Conflict (it has no row, or nothing has changed).
    """
    found, dataset = upload.found or {}, upload.dataset
    table = found["table"]
    if not table["kept"]:
        raise Conflict(_("No row of it fits the types that were chosen. Choose others, or discard the file."))
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
    dataset.answers = _remembered(dataset.answers, upload.answers, table["header"])
    dataset.save(update_fields=["latest", "revised_at", "answers"])
    return revision


def _remembered(before: dict[str, Any], said: dict[str, Any], header: list[str]) -> dict[str, Any]:
    """Answers for the next file; columns that this one has not keep what was said about them."""
    types = {name: kind for name, kind in said.get("types", {}).items() if name in header}
    return {
        "encoding": said.get("encoding") or before.get("encoding", ""),
        "delimiter": said.get("delimiter") or before.get("delimiter", ""),
        "types": before.get("types", {}) | types,
    }


def _difference(dataset: Dataset, found: dict[str, Any]) -> dict[str, Any] | None:
    """As it was found; None where another revision came in since."""
    difference: dict[str, Any] | None = found.get("difference")
    return difference if difference and difference["from"] == dataset.latest else None
