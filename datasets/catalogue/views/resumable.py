"""Uploads in parts by the tus protocol 1.0.0 (https://tus.io/protocols/resumable-upload), for programs.

Core, with the extensions creation, expiration, termination and checksum. Whoever writes the dataset may, by the session
and the token against forged requests that its pages have; for everybody else an upload is not there.
"""

import hashlib
import time
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import MethodNotAllowed
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
from datasets.catalogue.views.tus_headers import (
    ALGORITHMS,
    BadRequest,
    checksum,
    key,
    length,
    metadata,
    number,
)

VERSION = "1.0.0"
BODY = "application/offset+octet-stream"
# A piece is written and counted at once: after so many bytes, or so many seconds, which is what a killed process loses.
PIECE = 4 << 20
SECONDS = 1.0
READ = 1 << 16
# In one process, of its eight threads: a slow connection holds one for as long as it sends.
# One person has two, so that nobody shuts the others out.
places = Places(
    4, _lazy("Many files are being sent at this moment. Please go on in some seconds."), most_of_one=2
)


class OtherVersion(Refused):
    """Another version of the protocol, or none."""

    status = 412
    code = "other-version"


class SignedOut(Refused):
    """The session has ended since the request began."""

    status = 401
    code = "not-signed-in"


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
        if request.method == "POST" and "X-HTTP-Method-Override" in request.headers:
            raise MethodNotAllowed(request.headers["X-HTTP-Method-Override"])
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
        if "Upload-Defer-Length" in request.headers:
            raise BadRequest(_("Say with Upload-Length how large the file is; it cannot be said later."))
        size, said = number(request, "Upload-Length"), metadata(request)
        made = resumable.begin_resumable(
            actor=signed_in(request),
            dataset=visible(request, said.get("dataset", "")),
            name=said.get("filename", ""),
            size=size,
            at=clock.now(),
            key=key(said["key"]) if "key" in said else None,
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
        offset, size = number(request, "Upload-Offset"), length(request)
        # Before a byte of it is read.
        if offset != self.upload.received:
            raise Conflict(
                _("%(received)s bytes are here.") % {"received": self.upload.received}, code="offset"
            )
        if offset + size > self.upload.size:
            raise uploads.TooLarge(_("That is more than was said."))
        said = checksum(request)
        if said and size > settings.RESUMABLE_CHECKED_BYTES:
            raise uploads.TooLarge(
                _("A part with a checksum is too large to be put aside. Send smaller ones.")
            )
        with places.taken(by=request.user.pk):
            if said:
                with _checked(request, size, *said) as body:
                    self._append(request, body, size)
            else:
                self._append(request, request.stream, size)
        return Response(status=204, headers=_standing(self.upload))

    def _append(self, request: Request, body: Any, length: int) -> None:
        for piece in _pieces(body, length):
            _still_signed_in(request)
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


def _still_signed_in(request: Request) -> None:
    """Asks the session as it is now: a body may take hours. Raises SignedOut."""
    now = HttpRequest()
    now.session = type(request.session)(request.session.session_key)
    if get_user(now) != request.user:
        raise SignedOut(_("You are signed out. Sign in again, and go on where it was."))


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
