"""Uploads in parts by the tus protocol 1.0.0 (https://tus.io/protocols/resumable-upload), for programs.

Core, with the extensions creation, expiration, termination and checksum. Whoever writes the dataset may, by the session
and the token against forged requests that its pages have; for everybody else an upload is not there.
"""

import binascii
import hashlib
import time
from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from civic.accounts.requests import signed_in
from civic.core import clock
from civic.core.access import SIGNED_IN, access
from civic.core.errors import Conflict, Gone, Refused
from civic.core.places import Places
from datasets.catalogue.models import Upload
from datasets.catalogue.operations import resumable, uploads
from datasets.catalogue.states import OPEN, UploadState
from datasets.catalogue.views.seen import handled, visible

VERSION = "1.0.0"
ALGORITHMS = ("sha1", "sha256")
BODY = "application/offset+octet-stream"
# A piece is written and counted at once: after so many bytes, or so many seconds, which is what a killed process loses.
PIECE = 4 << 20
SECONDS = 1.0
READ = 1 << 16
# In one process, of its eight threads: a slow connection holds one for as long as it sends.
places = Places(4, _lazy("Many files are being sent at this moment. Please go on in some seconds."))


class BadRequest(Refused):
    """A header that is missing or makes no sense."""


class OtherVersion(Refused):
    """Another version of the protocol, or none."""

    status = 412
    code = "other-version"


class NoLength(Refused):
    """A body of which nobody knows where it ends: one that broke off could not be told from a whole one."""

    status = 411
    code = "no-length"


class OtherType(Refused):
    status = 415
    code = "other-type"


class Damaged(Refused):
    """The body is not what its checksum says."""

    status = 460
    code = "checksum-mismatch"


class Resumable(APIView):
    """What all requests have: a version, and headers that tell where an upload stands."""

    parser_classes = ()

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Request:
        # For clients that cannot send these; never to a method that needs no token against forged requests.
        meant = request.headers.get("X-HTTP-Method-Override", "")
        if request.method == "POST" and meant in ("PATCH", "DELETE"):
            request.method = meant
        return super().initialize_request(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != VERSION:
            raise OtherVersion(_("This is tus %(version)s; say so in Tus-Resumable.") % {"version": VERSION})

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers["Tus-Resumable"] = VERSION
        response.headers["Cache-Control"] = "no-store"
        if response.status_code == OtherVersion.status:
            response.headers["Tus-Version"] = VERSION
        if response.status_code == 503:
            response.headers["Retry-After"] = "5"
        return response

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        """What this server can."""
        return Response(
            status=204,
            headers={
                "Tus-Version": VERSION,
                "Tus-Extension": "creation,expiration,termination,checksum",
                "Tus-Max-Size": str(settings.RESUMABLE_MAX_BYTES),
                "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
            },
        )


@extend_schema(exclude=True)
@access(SIGNED_IN)
class Files(Resumable):
    """Begins an upload. `Upload-Metadata` has `dataset` (the slug of its address), `filename`, and maybe a `key`."""

    def post(self, request: Request) -> Response:
        """201 with its address; the same `key`, a UUID, sent twice gives the same one."""
        size, said = _number(request, "Upload-Length"), _metadata(request)
        made = resumable.begin_resumable(
            actor=signed_in(request),
            dataset=visible(request, said.get("dataset", "")),
            name=said.get("filename", ""),
            size=size,
            at=clock.now(),
            key=_key(said["key"]) if "key" in said else None,
        )
        place = {"Location": reverse("api:upload", args=[made.pk])}
        return Response(status=201, headers=place | _standing(made))


@extend_schema(exclude=True)
@access(SIGNED_IN)
class File(Resumable):
    """An upload: where it stands, its next bytes, its end."""

    upload: Upload

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        # Before all else, so that no method tells others that it is there.
        self.check_permissions(request)
        self.upload = handled(request, kwargs["key"])
        super().initial(request, *args, **kwargs)
        if request.method != "OPTIONS" and self.upload.state not in [*OPEN, UploadState.PUBLISHED]:
            raise Gone(_("This upload has ended. Begin it again."))

    def head(self, request: Request, key: UUID) -> Response:
        """How many bytes are here, of how many, and of what file."""
        said = {"filename": self.upload.name, "dataset": self.upload.dataset.slug}
        pairs = [f"{name} {b64encode(value.encode()).decode()}" for name, value in said.items()]
        told = {"Upload-Length": str(self.upload.size), "Upload-Metadata": ",".join(pairs)}
        return Response(headers=told | _standing(self.upload))

    def patch(self, request: Request, key: UUID) -> Response:
        """Takes the bytes behind those that are here; what came of a body that broke off is kept."""
        if request.content_type != BODY:
            raise OtherType(_("The bytes come as %(type)s.") % {"type": BODY})
        offset, length = _number(request, "Upload-Offset"), _length(request)
        # Before a byte of it is read.
        if offset != self.upload.received:
            raise Conflict(
                _("%(received)s bytes are here.") % {"received": self.upload.received}, code="offset"
            )
        if offset + length > self.upload.size:
            raise uploads.TooLarge(_("That is more than was said."))
        checksum = _checksum(request)
        with places.taken():
            if checksum:
                with _checked(request, length, *checksum) as body:
                    self._append(request, body, length)
            else:
                self._append(request, request.stream, length)
        return Response(status=204, headers=_standing(self.upload))

    def _append(self, request: Request, body: Any, length: int) -> None:
        for piece in _pieces(body, length):
            self.upload = resumable.append_piece(
                actor=signed_in(request),
                upload=self.upload,
                offset=self.upload.received,
                piece=piece,
                at=clock.now(),
            )

    def delete(self, request: Request, key: UUID) -> Response:
        """Gives it up."""
        uploads.discard_upload(actor=signed_in(request), upload=self.upload, at=clock.now())
        return Response(status=204)


def _standing(upload: Upload) -> dict[str, str]:
    """Where it stands: its offset, its page, and until when the rest is waited for."""
    page = f'<{upload.get_absolute_url()}>; rel="alternate"; type="text/html"'
    told = {"Upload-Offset": str(upload.received), "Link": page}
    if upload.state == UploadState.RECEIVING:
        told["Upload-Expires"] = http_date(upload.expires_at.timestamp())
    return told


def _pieces(body: Any, length: int) -> Iterator[bytes]:
    """The bytes in pieces, as they come, until all are here or no more come."""
    piece, begun = bytearray(), time.monotonic()
    while length:
        try:
            read = body.read(min(READ, length, PIECE - len(piece)))
        except OSError:
            read = b""
        if not read:
            break
        piece += read
        length -= len(read)
        if len(piece) == PIECE or time.monotonic() - begun > SECONDS:
            yield bytes(piece)
            piece, begun = bytearray(), time.monotonic()
    if piece:
        yield bytes(piece)


def _checked(request: Request, length: int, algorithm: str, digest: bytes) -> IO[bytes]:
    """The whole body, put aside until its checksum is known. Raises Damaged: then nothing of it is kept."""
    Path(settings.RECEIVING_DIR).mkdir(parents=True, exist_ok=True)
    found = hashlib.new(algorithm, usedforsecurity=False)
    aside = TemporaryFile(dir=settings.RECEIVING_DIR)  # noqa: SIM115 - closed by the caller, or below
    try:
        for piece in _pieces(request.stream, length):
            found.update(piece)
            aside.write(piece)
        if aside.tell() != length or found.digest() != digest:
            raise Damaged(_("The bytes are not those of the checksum. Send them again."))
        aside.seek(0)
    except BaseException:
        aside.close()
        raise
    return aside


def _checksum(request: Request) -> tuple[str, bytes] | None:
    said = request.headers.get("Upload-Checksum")
    if said is None:
        return None
    algorithm, _blank, digest = said.partition(" ")
    if algorithm not in ALGORITHMS:
        raise BadRequest(_("Checksums are of sha1 or sha256."))
    return algorithm, _base64("Upload-Checksum", digest)


def _metadata(request: Request) -> dict[str, str]:
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


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise BadRequest(_("A key is a UUID.")) from None


def _number(request: Request, header: str) -> int:
    value = request.headers.get(header, "")
    if not (value.isascii() and value.isdigit() and len(value) < 16):
        raise BadRequest(_("%(header)s is a number of bytes.") % {"header": header})
    return int(value)


def _length(request: Request) -> int:
    if not request.META.get("CONTENT_LENGTH"):
        raise NoLength(_("Say with Content-Length how many bytes come."))
    return _number(request, "Content-Length")
