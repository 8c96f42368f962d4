"""The exchange as a publisher: its own tables become datasets of an organisation of the city.

A task writes each table anew once a day and sends it the way of every file; where its owner would answer and publish,
the handlers of `upload.proposed` and `upload.read` do. So no other code makes revisions, and a killed worker's work is
taken up by the same queue.
"""

import hashlib
from datetime import datetime
from itertools import chain
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Organisation, Person
from civic.core import csv_tables, events, ids, row_steps
from civic.core.errors import Conflict
from civic.core.locking import lock_rows
from civic.core.states import transition
from datasets.catalogue import files
from datasets.catalogue.models import Dataset, Upload
from datasets.catalogue.operations.datasets import locked
from datasets.catalogue.operations.publishing import make_revision
from datasets.catalogue.operations.uploads import Answers, answer, give_up, receive
from datasets.catalogue.operations.uploads import locked as locked_upload
from datasets.catalogue.own_tables import OwnTable, own_tables
from datasets.catalogue.states import OPEN, DatasetState, UploadState
from datasets.catalogue.vocabularies import Frequency, Licence


def begin_own_data(*, publisher: Organisation, at: datetime, actor: Person | None = None) -> list[Dataset]:
    """Makes a dataset of each table of the exchange that has none yet, as drafts; `refresh_own_data` fills them.

    For whoever runs the site (`manage.py publish_own_data`): it is the city's to say in whose name.
    """
    known = set(Dataset.objects.exclude(source="").values_list("source", flat=True))
    return [_begin(table, publisher, actor, at) for table in own_tables if table.slug not in known]


def _begin(table: OwnTable, publisher: Organisation, actor: Person | None, at: datetime) -> Dataset:
    slug = table.slug
    if Dataset.objects.filter(slug=slug).exists():
        slug = f"{slug}-{ids.readable_code(5).lower()}"
    dataset = Dataset(
        publisher=publisher,
        source=table.slug,
        slug=slug,
        title=str(table.title),
        description=str(table.description),
        keywords=list(table.keywords),
        theme=table.theme,
        frequency=Frequency.DAILY,
        licence=Licence.CC0,
        answers={"types": dict(table.columns)},
        state_since=at,
    )
    with transaction.atomic():
        events.record("dataset.created", actor=actor, subject=dataset, at=at)
        dataset.save(force_insert=True)
    return dataset


def refresh_own_data(*, at: datetime) -> int:
    """Sends each table that has changed since its newest revision; returns how many. One that fails stops no other."""
    own = Dataset.objects.exclude(source="").exclude(state=DatasetState.WITHDRAWN).order_by("pk")
    return row_steps.each("tables of the exchange", own, lambda dataset: _refresh(dataset, at), at=at)


def _refresh(dataset: Dataset, at: datetime) -> bool:
    table = own_tables[dataset.source]
    with files.folder() as folder:
        path = folder / "table.csv"
        rows, digest = _write(table, path)
        newest = dataset.uploads.exclude(state__in=[UploadState.DISCARDED, UploadState.EXPIRED]).first()
        if newest and newest.sha256 == digest and newest.state == UploadState.REFUSED:
            raise Conflict(f"{dataset}: {newest.failure}")
        if not rows or (newest and newest.sha256 == digest):
            return False
        stored = files.keep(path)
    try:
        with transaction.atomic():
            current = locked(dataset)
            # Of an older day, and overtaken before it was read.
            for stale in lock_rows(current.uploads.filter(state__in=OPEN)):
                stale.dataset = current
                give_up(stale, actor=None, at=at)
            receive(current, stored, f"{table.slug}.csv", actor=None, at=at, key=ids.new_id())
    except BaseException:
        files.drop([stored.name])
        raise
    return True


def _write(table: OwnTable, path: Path) -> tuple[int, str]:
    """The table as CSV; returns its number of rows and its SHA-256."""
    lines = -1
    with path.open("w", encoding="utf-8", newline="") as stream:
        for line in csv_tables.exact_lines(chain([table.columns], table.rows())):
            stream.write(line)
            lines += 1
    with path.open("rb") as written:
        return lines, hashlib.file_digest(written, "sha256").hexdigest()


def answer_own(upload: Upload, at: datetime) -> None:
    """Answers the first look as the table declares its columns. Idempotent."""
    with transaction.atomic():
        current = locked_upload(upload)
        if current.state == UploadState.PROPOSED:
            types = own_tables[current.dataset.source].columns
            answer(current, Answers(types=types), actor=None, at=at)


def publish_own(upload: Upload, at: datetime) -> None:
    """Makes what was read the next revision, and shows the dataset with its first. Idempotent.

    Raises Conflict where a row was rejected: then the table's declaration is wrong, and whoever runs the site sees it.
    """
    with transaction.atomic():
        current = locked_upload(upload)
        if current.state != UploadState.READ:
            return
        if current.dataset.held:
            # Nothing comes into what the city has withdrawn; once it is back, its table is sent anew.
            give_up(current, actor=None, at=at)
            return
        if rejected := (current.found or {})["table"]["rejected_rows"]:
            raise Conflict(_("%(count)s rows of it do not fit their columns.") % {"count": rejected})
        make_revision(current, actor=None, note="", at=at)
        if current.dataset.state == DatasetState.DRAFT:
            transition(current.dataset, "publish", actor=None, at=at)
