"""By what somebody reads the rows of a dataset: asked before any row or byte leaves, in this one place.

What is open everybody reads, and nobody is asked who they are. For all else the slice that keeps grants answers
(`read_checks`); without an answer nothing but the description goes out. Each read of what is not open is an event.

A revision of what people share rests once somebody who is in it has withdrawn: for everybody, its publisher too. Which
do the slice says that keeps consents (`revision_checks`); without an answer they all rest.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import TextChoices
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.core import clock, events
from civic.core.errors import Forbidden
from civic.core.registry import Hook, Registry
from datasets.catalogue.models import Dataset, Revision
from datasets.catalogue.states import DatasetState

if TYPE_CHECKING:
    from civic.accounts.models import Person

READ = "dataset.read"
BEARER = "bearer "
RESTS = gettext_lazy(
    "Somebody whose data is in this revision has withdrawn it. Nobody can read it now; another revision follows once "
    "enough people have come or gone."
)


class Scope(TextChoices):
    """What may be done with the rows."""

    PREVIEW = "preview", gettext_lazy("see its first rows and what is in its columns")
    DOWNLOAD = "download", gettext_lazy("download its files")
    QUERY = "query", gettext_lazy("ask for rows and charts on this site")


@dataclass(frozen=True)
class Reader:
    """Who asks: a person, or a program with a key. With a key nobody is anything else, whoever is signed in."""

    person: "Person | AnonymousUser"
    key: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """Whoever sends the request; the key is what stands behind `Authorization: Bearer`."""
        said = request.headers.get("Authorization", "")
        key = said[len(BEARER) :].strip() if said[: len(BEARER)].lower() == BEARER else ""
        return cls(AnonymousUser() if key else request.user, key)


@dataclass(frozen=True)
class Permission:
    """By what somebody reads: `open`, `publisher`, `steward` or `grant`, with the grant and its purpose.

    `scopes` is all that they may do, so that a page need not ask once more for its buttons. `pk` is the person who
    answers for the read: the log keeps it.
    """

    basis: str
    scopes: frozenset[str] = frozenset(Scope.values)
    pk: UUID | None = None
    grant: UUID | None = None
    purpose: str = ""


OPEN = Permission("open")
# By what the reader reads this dataset at the moment, in one statement; None where they may not, or it is withdrawn.
ReadCheck = Hook[[Reader, Dataset, Scope, datetime], Permission | None]
read_checks: Registry[ReadCheck] = Registry("check of who may read data")
# Whether a revision of what people share may be read at the moment, in one statement.
revision_checks: Registry[Hook[[Revision], bool]] = Registry("check of which revisions may be read")


def permission(reader: Reader, revision: Revision, scope: Scope, at: datetime) -> Permission | None:
    """By what the reader may read the revision, as it was found in this request; None where they may not."""
    return None if rests(revision) else dataset_permission(reader, revision.dataset, scope, at)


def dataset_permission(reader: Reader, dataset: Dataset, scope: Scope, at: datetime) -> Permission | None:
    """By what the reader may ask for rows of the dataset; whether a revision of it rests is asked with its rows.

    A key is asked even for what is open: one that has expired gives nothing.
    """
    if dataset.is_open and not reader.key:
        return OPEN
    return _asked(reader, dataset, scope, at)


def rests(revision: Revision) -> bool:
    """Whether nobody may read it now, since somebody whose data is in it has withdrawn."""
    return revision.dataset.by_consent and not any(check(revision) for check in revision_checks)


def still_reads(reader: Reader, revision: Revision, scope: Scope) -> bool:
    """Whether the reader may read it now, by what is in the database now: for answers that take long."""
    dataset = revision.dataset
    if rests(revision):
        return False
    if dataset.is_open and not reader.key:
        now = Dataset.objects.filter(pk=dataset.pk).values_list("state", "access_level").get()
        if now[0] == DatasetState.WITHDRAWN:
            return False
        if now[1] == dataset.access_level:
            return True
    return _asked(reader, dataset, scope, clock.now()) is not None


def _asked(reader: Reader, dataset: Dataset, scope: Scope, at: datetime) -> Permission | None:
    return next((check(reader, dataset, scope, at) for check in read_checks), None)


def require_read(reader: Reader, revision: Revision, scope: Scope, at: datetime) -> Permission:
    """By what the reader may read the revision. Raises Forbidden, with the way to it."""
    found = require_dataset(reader, revision.dataset, scope, at)
    if rests(revision):
        raise Forbidden(RESTS)
    return found


def require_dataset(reader: Reader, dataset: Dataset, scope: Scope, at: datetime) -> Permission:
    """By what the reader may ask for rows of the dataset. Raises Forbidden, with the way to it."""
    found = dataset_permission(reader, dataset, scope, at)
    if found is None and reader.key:
        raise Forbidden(_("This key opens nothing here, or nothing any more."))
    if found is None:
        raise Forbidden(_("This data is not open to everybody. The dataset's page says how to get it."))
    return found


def record_read(
    by: Permission, revision: Revision, *, form: str, at: datetime, rows: int = 0, size: int = 0
) -> None:
    """The event of a read, before its answer leaves; of what is open none. `form` is how it was read; `size` bytes.

    An answer to HEAD is one, too, and so is a refusal that hangs on the rows: by numbers of rows, sizes and digests of
    answers to many questions each cell can be told.
    """
    if by == OPEN:
        return
    payload = {
        "revision": revision.number,
        "basis": by.basis,
        "grant": str(by.grant or ""),
        "purpose": by.purpose,
        "form": form,
        "rows": rows,
        "bytes": size,
    }
    actor = by if by.pk else None
    events.record(READ, actor=actor, subject=revision.dataset, at=at, payload=payload)  # type: ignore[arg-type]
