"""Files between the storage and a folder to work in: nothing is in its place before it is whole.

A file is written under another name, its digest taken, and then put into the storage under a name that no row names
yet; on the disk that is a renaming. The rows come after that, in one transaction. A writer that is killed leaves a
file that no row names, and `forget_strays` deletes it.
"""

import hashlib
import logging
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from civic.core.errors import Gone, NotFound

log = logging.getLogger(__name__)

FOLDER = "catalogue"
PIECE = 1 << 20
# Longer than any writer works between its file and its rows.
STRAY = timedelta(days=1)
# Endings that tell formats apart whose first bytes are alike; of all others nothing is kept.
ENDINGS = ("csv", "tsv", "txt", "xlsx", "json", "jsonl", "ndjson", "geojson", "parquet")


@dataclass(frozen=True)
class Stored:
    """A file in the storage: its name there, its size and its SHA-256."""

    name: str
    size: int
    sha256: str


class WholeFile(File):
    """A file of ours that the storage may take over by renaming it, as it does with what a browser has sent."""

    def temporary_file_path(self) -> str:
        """Where it lies; Django's storage on the disk renames it from there."""
        return str(self.name)


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that is gone afterwards, beside the storage, so that what is whole can be renamed into it."""
    Path(settings.WORK_DIR).mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=settings.WORK_DIR) as name:
        yield Path(name)


def fetch(file: Any, place: Path) -> Path:
    """A copy of a stored file in the folder, with its ending."""
    target = place / f"sent.{str(file.name).rpartition('.')[2]}"
    with file.storage.open(file.name, "rb") as source, target.open("wb") as copy:
        shutil.copyfileobj(source, copy, PIECE)
    return target


def keep(path: Path, name: str = "") -> Stored:
    """Puts a whole file into the storage, under this name if there is one."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        # Before it has its name: a loss of power could else leave the name with nothing behind it.
        os.fsync(stream.fileno())
    size = path.stat().st_size
    with path.open("rb") as stream:
        stored = default_storage.save(name or _name(path.suffix), WholeFile(stream, name=str(path)))
    return Stored(stored, size, digest)


def receive(upload: UploadedFile) -> Stored:
    """Puts what a browser has sent into the storage."""
    digest = hashlib.sha256()
    for piece in upload.chunks(PIECE):
        digest.update(piece)
    name = default_storage.save(_name(_ending(str(upload.name))), upload)
    return Stored(name, int(upload.size or 0), digest.hexdigest())


def _name(suffix: str) -> str:
    return f"{FOLDER}/{uuid4().hex}{suffix}"


def _ending(name: str) -> str:
    ending = name.rpartition(".")[2].lower()
    return f".{ending if ending in ENDINGS else 'file'}"


def part(key: UUID) -> Path:
    """Where the bytes of an upload lie that comes in parts, until they are all there."""
    return Path(settings.RECEIVING_DIR, f"{key.hex}.part")


def write_part(key: UUID, offset: int, piece: bytes) -> None:
    """Writes a piece behind the bytes that are there, and on the disk. Raises Gone where fewer are there.

    What stands behind the offset already is of a writer that was killed before its row told of it.
    """
    path = part(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("r+b" if path.exists() else "xb") as stream:
        if os.fstat(stream.fileno()).st_size < offset:
            log.error("of the upload %s the part is shorter than its row says", key)
            raise Gone(_("What came of this file is lost on our side. Please begin it again."))
        stream.seek(offset)
        stream.write(piece)
        stream.flush()
        # Before the row says so: the offset that it tells has to outlive a loss of power.
        os.fdatasync(stream.fileno())


def keep_part(key: UUID, name: str) -> Stored:
    """Puts a part that is whole into the storage, under a name that can be told beforehand.

    A worker that is killed between that and its row leaves the file where the next one finds it.
    """
    stored = f"{FOLDER}/{key.hex}{_ending(name)}"
    if part(key).exists():
        return keep(part(key), stored)
    with default_storage.open(stored, "rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Stored(stored, default_storage.size(stored), digest)


def drop_part_on_commit(key: UUID) -> None:
    """Deletes a part once the transaction has been committed; where there is none, nothing."""
    transaction.on_commit(partial(part(key).unlink, missing_ok=True))


def lost(distribution: Any) -> NotFound:
    """That the storage has lost a published file: an alarm, and not there for whoever asks."""
    log.error("the storage has no file of the distribution %s", distribution.pk)
    return NotFound(_("This file is missing on our side. We look into it; please try again later."))


def drop(names: Collection[str]) -> None:
    """Deletes files from the storage; one that is gone already is no matter."""
    for name in names:
        default_storage.delete(name)


def drop_on_commit(names: Collection[str]) -> None:
    """The same once the transaction has been committed: a row that names them may otherwise come back."""
    transaction.on_commit(partial(drop, list(names)))


def forget_strays(named: Collection[str], parts: Collection[UUID], *, at: datetime) -> int:
    """Deletes files of ours that no row names and that are older than a day, and folders of killed workers.

    `parts` are the uploads whose bytes lie apart; in the storage they may have a file that is not named yet.
    """
    try:
        _folders, found = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        found = []
    coming = {key.hex for key in parts}
    names = {f"{FOLDER}/{one}" for one in found if one.partition(".")[0] not in coming}
    done = sum(_forget(name, at - STRAY) for name in sorted(names - set(named)))
    left = [
        one for one in Path(settings.WORK_DIR).glob("*") if one.stat().st_mtime < (at - STRAY).timestamp()
    ]
    for one in left:
        shutil.rmtree(one, ignore_errors=True)
    for one in Path(settings.RECEIVING_DIR).glob("*.part"):
        if one.stem not in coming and one.stat().st_mtime < (at - STRAY).timestamp():
            one.unlink(missing_ok=True)
            done += 1
    return done


def _forget(name: str, before: datetime) -> bool:
    """Whether a file was old enough, and is deleted. One that cannot be is an alarm, and keeps no other from it."""
    try:
        if default_storage.get_modified_time(name) >= before:
            return False
        default_storage.delete(name)
    except OSError:
        log.exception("the stray file %s cannot be deleted", name)
        return False
    return True
