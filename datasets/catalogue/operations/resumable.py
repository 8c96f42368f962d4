"""A file that comes in parts: its bytes are counted as they come, whoever sends them and whatever breaks off.

`received` says how many bytes are here for good. A piece is written behind them and counted in one transaction that
holds the row, so that of two who send at once one is refused, and a writer that is killed has sent nothing of the piece
or all of it. Nothing is held while bytes are waited for: a connection that hangs keeps nobody from sending the rest.
"""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import ids
from civic.core.errors import Conflict, Gone
from civic.core.locking import lock_row
from civic.core.policies import require
from datasets.catalogue import files
from datasets.catalogue.models import Dataset, Upload
from datasets.catalogue.operations.uploads import (
    KEPT,
    TooLarge,
    arrive,
    begin,
    check_size,
    file_name,
    lock_with_room,
    locked,
    once,
)
from datasets.catalogue.states import OPEN, UploadState


def begin_resumable(
    *, actor: Person, dataset: Dataset, name: str, size: int, at: datetime, key: UUID | None = None
) -> Upload:
    """Notes a file of `size` bytes that comes in parts. The same `key` sent twice gives the same upload.

    Raises Forbidden, Conflict (many are under way, or much; the key was for another file), Invalid (file), TooLarge.
    """
    require(actor, "upload", dataset)
    check_size(size, settings.RESUMABLE_MAX_BYTES)
    name = file_name(name)
    key = key or ids.new_id()

    def make_row() -> Upload:
        current = lock_with_room(dataset, size, actor=actor)
        return begin(current, name, size, actor=actor, at=at, key=key)

    made = Upload.objects.filter(pk=key, dataset=dataset).first() or once(dataset, key, make_row)
    if (made.size, made.name) != (size, name):
        raise Conflict(_("This key was sent before, for another file."))
    return made


def append_piece(*, actor: Person, upload: Upload, offset: int, piece: bytes, at: datetime) -> Upload:
    """Writes a piece behind the `offset` bytes that are here; with the last one a worker is asked to look at the file.

    It is given a week again. Raises Forbidden, Gone (it has ended), Conflict (another number of bytes is here),
    TooLarge (more than was said). Records no event: the log would have hundreds for one file.
    """
    with transaction.atomic():
        # Without its dataset: nothing but the upload is written, and others of the dataset go on meanwhile.
        current = lock_row(Upload.objects.select_related("dataset__publisher"), pk=upload.pk)
        require(actor, "handle", current)
        if current.state not in [*OPEN, UploadState.PUBLISHED]:
            raise Gone(_("This upload has ended. Begin it again."))
        if current.received != offset:
            words = _("%(received)s bytes are here, and not %(offset)s.")
            raise Conflict(words % {"received": current.received, "offset": offset}, code="offset")
        if offset + len(piece) > current.size:
            raise TooLarge(
                file=_("That is more than the %(size)s bytes that were said.") % {"size": current.size}
            )
        if not piece:
            return current
        files.write_part(current.pk, offset, piece)
        current.received += len(piece)
        current.expires_at = at + KEPT
        current.save(update_fields=["received", "expires_at"])
        if current.received == current.size:
            arrive(current, actor=actor, at=at)
    return current


def take_in(upload: Upload) -> bool:
    """Puts a file whose parts are all here into the storage, for a worker; whether it is still to be looked at."""
    stored = files.keep_part(upload.pk, upload.name)
    with transaction.atomic():
        current = locked(upload)
        if current.state == UploadState.RECEIVED:
            current.file, current.sha256 = stored.name, stored.sha256
            current.save(update_fields=["file", "sha256"])
            upload.file, upload.sha256 = stored.name, stored.sha256
            return True
    if not current.file:
        # Given up meanwhile: nothing names the file. Where another worker was faster, its row does.
        files.drop([stored.name])
    return False
