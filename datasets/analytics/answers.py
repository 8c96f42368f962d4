"""Answers to queries, for whoever may read the data: at each read they are asked before, and once more after it.

Each answer says of which revision it is, with its digest, the query, the time, and the address of the same answer.
With a second dataset beside the first both are asked for, and both keep the read in their logs.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.core.errors import Forbidden, NotFound
from civic.core.places import Places
from datasets.analytics.engine.language import Query
from datasets.analytics.engine.running import MOST_SHOWN, Found, Unanswered, file_of, rows_of
from datasets.catalogue import files, permissions
from datasets.catalogue.models import Dataset, Distribution, Revision
from datasets.catalogue.permissions import Permission, Reader, Scope
from datasets.catalogue.queries import LONG, public_dataset
from datasets.catalogue.vocabularies import Format

# In one process: each may take 500 MB and a processor for some seconds.
places = Places(
    2, gettext_lazy("Too many ask for data at this moment. Please try again in some seconds."), patience=3
)
MOST_DIGITS = 9
CUTS = {
    "limit": gettext_lazy("The query asks for %(count)d rows, and there are more."),
    "rows": gettext_lazy("Only the first %(count)d rows are shown; the CSV and Parquet files have more."),
    "bytes": gettext_lazy("Only %(count)d rows are shown, since the answer is long; its files have more."),
}


@dataclass(frozen=True)
class Cited:
    """What an answer is of, so that anyone can cite and repeat it."""

    dataset: Dataset
    revision: Revision
    query: Query
    at: datetime
    joined: Revision | None = None

    @property
    def path(self) -> str:
        """Where the same question of the same revision is answered, for ever."""
        asked = {"revision": self.revision.number, "q": self.query.text()}
        return f"{reverse('analytics:query', args=[self.dataset.slug])}?{urlencode(asked)}"

    @property
    def address(self) -> str:
        """The same with the name of the site."""
        return f"{settings.SITE_URL.rstrip('/')}{self.path}"

    @property
    def facts(self) -> dict[str, str]:
        """In words that files and headers carry."""
        return {
            "dataset": self.dataset.slug,
            "revision": str(self.revision.number),
            "sha256": self.revision.sha256,
            **({"joined": _named(self.joined)} if self.joined else {}),
            "query": self.query.text(),
            "at": self.at.isoformat(timespec="seconds"),
            "address": self.address,
        }

    def headers(self, rows: int, cut: str) -> dict[str, str]:
        """What an answer is of and whether it was cut. No cache keeps it: it may be withdrawn at any moment."""
        joined = {"Civic-Joined": _named(self.joined)} if self.joined else {}
        return {
            "Link": f'<{self.address}>; rel="cite-as"',
            **joined,
            "Civic-Revision": f"{self.revision.number}; sha256={self.revision.sha256}",
            "Civic-Rows": f"{rows}; cut={cut}" if cut else str(rows),
            "Cache-Control": "private, no-store",
        }


@dataclass(frozen=True)
class Answer:
    """Rows, and what they are of."""

    cited: Cited
    found: Found
    scopes: frozenset[str]

    @property
    def cut(self) -> str:
        """In words by which bound it was cut; "" where it was not."""
        words = CUTS.get(self.found.cut)
        return str(words) % {"count": len(self.found.rows)} if words else ""


@dataclass(frozen=True)
class File:
    """An answer as a file that is open and has no name any more, and what it is of."""

    cited: Cited
    stream: IO[bytes]
    rows: int
    cut: str


def number_of(text: str) -> int | None:
    """The number of a revision as an address has it, None for the newest; of what is no number one that none has."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else 10**MOST_DIGITS


def revision_of(dataset: Dataset, number: int | None) -> Revision:
    """One revision, or the newest. Raises NotFound."""
    found = dataset.revisions.defer(*LONG).filter(number=number or dataset.latest).first()
    if found is None:
        raise NotFound(_("There is no such revision."))
    found.dataset = dataset
    return found


def _named(revision: Revision) -> str:
    return f"{revision.dataset.slug}; {revision.number}; sha256={revision.sha256}"


@dataclass(frozen=True)
class _Asked:
    """What is asked: the query with the numbers of its revisions, and the revisions, that of the dataset first."""

    query: Query
    revisions: tuple[Revision, ...]

    @classmethod
    def of(cls, revision: Revision, query: Query) -> "_Asked":
        """Raises NotFound, Gone: the other dataset, or that revision of it, is not there."""
        if query.join is None:
            return cls(query, (revision,))
        other = revision_of(public_dataset(query.join.dataset), query.join.revision)
        return cls(replace(query, join=replace(query.join, revision=other.number)), (revision, other))

    def cited(self, at: datetime) -> Cited:
        joined = self.revisions[1] if self.query.join else None
        return Cited(self.revisions[0].dataset, self.revisions[0], self.query, at, joined)


def require_answer(reader: Reader, dataset: Dataset, query: Query, at: datetime) -> None:
    """Whoever asks may ask each dataset of the query. Raises Forbidden, NotFound, Gone."""
    permissions.require_dataset(reader, dataset, Scope.QUERY, at)
    if query.join:
        permissions.require_dataset(reader, public_dataset(query.join.dataset), Scope.QUERY, at)


def rows(
    reader: Reader,
    revision: Revision,
    query: Query,
    *,
    at: datetime,
    form: str = "query",
    most: int = MOST_SHOWN,
) -> Answer:
    """The answer to read at once. Raises Forbidden, Invalid, Busy."""
    asked = _Asked.of(revision, query)
    with _read(reader, asked, at, form) as (by, paths, folder):
        found = rows_of(paths, folder, query, most=most)
    _still(reader, asked)
    size = sum(len(cell or "") for row in found.rows for cell in row)
    _record(by, asked, form=form, at=at, rows=len(found.rows), size=size)
    return Answer(asked.cited(at), found, frozenset.intersection(*(one.scopes for one in by)))


def file(reader: Reader, revision: Revision, query: Query, form: str, *, at: datetime) -> File:
    """The answer as a CSV or Parquet file, for who may download the data: it may be the whole table.

    Raises Forbidden, Invalid, Busy.
    """
    asked = _Asked.of(revision, query)
    cited = asked.cited(at)
    for one in asked.revisions:
        permissions.require_read(reader, one, Scope.DOWNLOAD, at)
    with _read(reader, asked, at, f"query.{form}") as (by, paths, folder):
        written = file_of(paths, folder, query, form, cited.facts)
        stream = written.path.open("rb")
    size = stream.seek(0, 2)
    stream.seek(0)
    _still(reader, asked, Scope.DOWNLOAD)
    _record(by, asked, form=f"query.{form}", at=at, rows=written.rows, size=size)
    return File(cited, stream, written.rows, written.cut)


@contextmanager
def _read(
    reader: Reader, asked: _Asked, at: datetime, form: str
) -> Iterator[tuple[Sequence[Permission], Sequence[Path], Path]]:
    """By what the reader reads each dataset, their files, and a folder to work in. The one door to the rows.

    What was read and has no answer is a read of no rows.
    """
    by = [permissions.require_read(reader, one, Scope.QUERY, at) for one in asked.revisions]
    paths = [_parquet(one) for one in asked.revisions]
    with places.taken(), files.folder() as folder:
        try:
            yield by, paths, folder
        except Unanswered:
            _still(reader, asked)
            _record(by, asked, form=form, at=at)
            raise


def _record(by: Sequence[Permission], asked: _Asked, **read: Any) -> None:
    for permission, revision in zip(by, asked.revisions, strict=True):
        permissions.record_read(permission, revision, **read)


def _still(reader: Reader, asked: _Asked, *also: Scope) -> None:
    """An answer takes seconds: what was suspended or withdrawn meanwhile does not go out."""
    scopes = (Scope.QUERY, *also)
    if not all(permissions.still_reads(reader, one, scope) for one in asked.revisions for scope in scopes):
        raise Forbidden(_("This data is not open to everybody. The dataset's page says how to get it."))


def _parquet(revision: Revision) -> Path:
    one: Distribution = revision.distributions.get(format=Format.PARQUET)
    path = Path(one.file.path)
    if not path.exists():
        raise files.lost(one)
    return path


def cell(text: str | None, kind: str) -> Any:
    """A cell as JSON has it: a number of more than 15 digits would lose some, and is text as all that is none."""
    if text is None or kind not in ("integer", "number", "boolean"):
        return text
    if kind == "boolean":
        return text == "true"
    digits = sum(letter.isdigit() for letter in text)
    if digits > 15 or not digits or "e" in text.lower():
        return text
    return int(text) if kind == "integer" else float(text)
