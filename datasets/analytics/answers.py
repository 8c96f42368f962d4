"""Answers to queries, for whoever may read the data: at each read they are asked before, and once more after it.

Each answer says of which revision it is, with its digest, the query, the time, and the address of the same answer.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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
from datasets.analytics.engine.running import MOST_SHOWN, Found, file_of, rows_of
from datasets.catalogue import files, permissions
from datasets.catalogue.models import Dataset, Distribution, Revision
from datasets.catalogue.permissions import Permission, Reader, Scope
from datasets.catalogue.queries import LONG
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
            "query": self.query.text(),
            "at": self.at.isoformat(timespec="seconds"),
            "address": self.address,
        }

    def headers(self, rows: int, cut: str) -> dict[str, str]:
        """What an answer is of and whether it was cut. No cache keeps it: it may be withdrawn at any moment."""
        return {
            "Link": f'<{self.address}>; rel="cite-as"',
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
    with _read(reader, revision, at) as (by, path, folder):
        found = rows_of(path, folder, query, most=most)
    _still(reader, revision)
    size = sum(len(cell or "") for row in found.rows for cell in row)
    if reader.sees:
        permissions.record_read(by, revision, form=form, at=at, rows=len(found.rows), size=size)
    return Answer(Cited(revision.dataset, revision, query, at), found, by.scopes)


def file(reader: Reader, revision: Revision, query: Query, form: str, *, at: datetime) -> File:
    """The answer as a CSV or Parquet file, for who may download the data: it may be the whole table.

    Raises Forbidden, Invalid, Busy.
    """
    cited = Cited(revision.dataset, revision, query, at)
    permissions.require_read(reader, revision.dataset, Scope.DOWNLOAD, at)
    with _read(reader, revision, at) as (by, path, folder):
        written = file_of(path, folder, query, form, cited.facts)
        stream = written.path.open("rb")
    size = stream.seek(0, 2)
    stream.seek(0)
    _still(reader, revision, Scope.DOWNLOAD)
    if reader.sees:
        permissions.record_read(by, revision, form=f"query.{form}", at=at, rows=written.rows, size=size)
    return File(cited, stream, written.rows, written.cut)


@contextmanager
def _read(reader: Reader, revision: Revision, at: datetime) -> Iterator[tuple[Permission, Path, Path]]:
    """By what the reader reads, the file, and a folder to work in. The one door to the rows."""
    by = permissions.require_read(reader, revision.dataset, Scope.QUERY, at)
    path = _parquet(revision)
    with places.taken(), files.folder() as folder:
        yield by, path, folder


def _still(reader: Reader, revision: Revision, *also: Scope) -> None:
    """An answer takes seconds: what was suspended or withdrawn meanwhile does not go out."""
    if not all(permissions.still_reads(reader, revision.dataset, scope) for scope in (Scope.QUERY, *also)):
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
