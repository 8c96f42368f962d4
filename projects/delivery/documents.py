"""Documents that strangers send: bounded, and really PDF, CSV or ODT. Stored as they are, only ever downloaded."""

import zipfile
import zlib
from dataclasses import dataclass

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from civic.core.errors import Invalid
from projects.delivery.models import Evidence

ODT = b"application/vnd.oasis.opendocument.text"
TAIL = 1024


@dataclass(frozen=True)
class Document:
    """A checked document: what it is, and its bytes."""

    kind: str
    content: bytes


def check(upload: UploadedFile) -> Document:
    """The document with its true kind, by its content and not its name. Raises Invalid (file)."""
    if not upload.size:
        raise Invalid(file=_("This file is empty. Choose another one."))
    if upload.size > settings.PICTURE_MAX_BYTES:
        most = settings.PICTURE_MAX_BYTES // (1024 * 1024)
        raise Invalid(file=_("This file is too large. Choose one of at most %(most)s MB.") % {"most": most})
    upload.seek(0)
    content = upload.read()
    for kind, looks_like in ((Evidence.Kind.PDF, _is_pdf), (Evidence.Kind.ODT, _is_odt)):
        if looks_like(content, upload):
            return Document(kind, content)
    if str(upload.name).lower().endswith(".csv") and _is_csv(content):
        return Document(Evidence.Kind.CSV, content)
    raise Invalid(file=_("Choose a picture (JPEG, PNG, WebP) or a PDF, CSV or ODT file."))


def _is_pdf(content: bytes, upload: UploadedFile) -> bool:
    return content.startswith(b"%PDF-") and b"%%EOF" in content[-TAIL:]


def _is_odt(content: bytes, upload: UploadedFile) -> bool:
    """An OpenDocument text names its type, uncompressed, in its first entry; nothing else is unpacked."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(upload) as archive:
            first = archive.infolist()[0]
            named = first.filename == "mimetype" and first.file_size == len(ODT)
            return named and archive.read(first) == ODT
    except (zipfile.BadZipFile, IndexError, NotImplementedError, RuntimeError, OSError, zlib.error, EOFError):
        return False


def _is_csv(content: bytes) -> bool:
    """Text in UTF-8 with more than one column; markup is not a table."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    head = text.lstrip()[:1]
    return "\0" not in text and head not in ("", "<") and any(mark in text for mark in ",;\t")
