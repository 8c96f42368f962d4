"""What the headers of an upload in parts say. Each raises BadRequest for what makes no sense."""

import binascii
from base64 import b64decode
from uuid import UUID

from django.utils.translation import gettext as _
from rest_framework.request import Request

from civic.core.errors import Refused

# With how many bytes a digest has.
ALGORITHMS = {"sha1": 20, "sha256": 32}


class BadRequest(Refused):
    """A header that is missing or makes no sense."""


class NoLength(Refused):
    """A body of which nobody knows where it ends: one that broke off could not be told from a whole one."""

    status = 411
    code = "no-length"


def checksum(request: Request) -> tuple[str, bytes] | None:
    """The algorithm and the digest that the body should have, where one is said."""
    said = request.headers.get("Upload-Checksum")
    if said is None:
        return None
    algorithm, _blank, text = said.partition(" ")
    if algorithm not in ALGORITHMS:
        raise BadRequest(_("Checksums are of sha1 or sha256."))
    digest = _base64("Upload-Checksum", text)
    if len(digest) != ALGORITHMS[algorithm]:
        raise BadRequest(_("This is no digest of %(algorithm)s.") % {"algorithm": algorithm})
    return algorithm, digest


def metadata(request: Request) -> dict[str, str]:
    """What is said of the file, each value in Base64."""
    said = {}
    for pair in filter(None, request.headers.get("Upload-Metadata", "").split(",")):
        name, _blank, value = pair.strip().partition(" ")
        try:
            said[name] = _base64("Upload-Metadata", value).decode()
        except UnicodeDecodeError:
            raise BadRequest(_("Upload-Metadata is text in UTF-8.")) from None
        if "\0" in said[name]:
            raise BadRequest(_("Upload-Metadata is text without NUL."))
    return said


def _base64(header: str, value: str) -> bytes:
    try:
        return b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        raise BadRequest(_("%(header)s is no Base64.") % {"header": header}) from None


def key(text: str) -> UUID:
    """The key by which an upload is begun once."""
    try:
        return UUID(text)
    except ValueError:
        raise BadRequest(_("A key is a UUID.")) from None


def number(request: Request, header: str) -> int:
    """A number of bytes."""
    value = request.headers.get(header, "")
    if not (value.isascii() and value.isdigit() and len(value) < 16):
        raise BadRequest(_("%(header)s is a number of bytes.") % {"header": header})
    return int(value)


def length(request: Request) -> int:
    """How long the body is. Raises NoLength where nobody says."""
    if not request.META.get("CONTENT_LENGTH"):
        raise NoLength(_("Say with Content-Length how many bytes come."))
    return number(request, "Content-Length")
