"""Published files, whole or in parts (RFC 9110): with a digest as their tag, so that nobody loads what they have."""

import re
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import IO

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from civic.core import clock
from civic.core.access import PUBLIC, access
from civic.core.errors import Forbidden, Gone
from datasets.catalogue import permissions
from datasets.catalogue.files import lost
from datasets.catalogue.models import Dataset, Distribution
from datasets.catalogue.permissions import Permission, Reader, Scope
from datasets.catalogue.states import DatasetState
from datasets.catalogue.views.seen import visible
from datasets.catalogue.vocabularies import Format

PIECE = 1 << 16
# Whoever loads slowly is asked again at least so often, in seconds.
LONGEST_UNASKED = 60
# Of more digits than any size has: Python reads no number of thousands of them.
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


@access(PUBLIC)
@require_safe
def file(request: HttpRequest, slug: str, number: int, form: str) -> HttpResponseBase:
    """A file of one revision."""
    return _answer(request, visible(request, slug), number, form)


@access(PUBLIC)
@require_safe
def latest(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The same of the newest revision: an address that lasts, whatever comes after."""
    found = visible(request, slug)
    return _answer(request, found, found.latest, form)


def _answer(request: HttpRequest, dataset: Dataset, number: int, form: str) -> HttpResponseBase:
    # Whoever asks: its writers, too, see the reason on its page instead.
    if dataset.state == DatasetState.WITHDRAWN:
        raise Gone(dataset.reason)
    # Before the tag is compared: that a copy is the newest one is for readers, too.
    by = permissions.require_dataset(Reader.of(request), dataset, Scope.DOWNLOAD, clock.now())
    files = Distribution.objects.filter(revision__dataset=dataset, revision__number=number, format=form)
    one = files.select_related("revision").first()
    if one is None:
        raise Http404
    one.revision.dataset = dataset
    if permissions.rests(one.revision):
        raise Forbidden(permissions.RESTS)
    response = _respond(request, one, by)
    # A shared cache may keep it, but asks each time: it may be withdrawn at any moment.
    public = dataset.state == DatasetState.PUBLISHED and by == permissions.OPEN
    response.headers["Cache-Control"] = "public, no-cache" if public else "private, no-store"
    response.headers["ETag"] = f'"{one.sha256}"'
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Location"] = one.get_absolute_url()
    response.headers["Link"] = ", ".join(_links(dataset, one))
    return response


def _links(dataset: Dataset, one: Distribution) -> list[str]:
    """Its licence, and of a CSV file what says its columns (CSV on the Web, 5.2)."""
    links = [f'<{dataset.licence}>; rel="license"']
    if one.format == Format.CSV:
        described = reverse("catalogue:csvw", args=[dataset.slug, one.revision.number])
        links.append(f'<{described}>; rel="describedby"; type="application/csvm+json"')
    return links


def _respond(request: HttpRequest, one: Distribution, by: Permission) -> HttpResponseBase:
    tag = f'"{one.sha256}"'
    # Answers without a byte are told, too: of a table of few possible rows its tag or its size tells which it is.
    tell = partial(permissions.record_read, by, one.revision, form=one.format, at=clock.now())
    known = [each.removeprefix("W/") for each in parse_etags(request.headers.get("If-None-Match", ""))]
    if tag in known or known == ["*"]:
        tell()
        return HttpResponse(status=304)
    part = _part(request, one.size, tag)
    if part is None:
        tell()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{one.size}"})
    begin, end = part
    whole = (begin, end) == (0, one.size)
    headers = {
        "Content-Type": one.media_type,
        "Content-Length": str(end - begin),
        "Content-Disposition": f'attachment; filename="{one.revision.dataset.slug}-{one.revision.number}.{one.format}"',
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    }
    if not whole:
        headers["Content-Range"] = f"bytes {begin}-{end - 1}/{one.size}"
    status = 200 if whole else 206
    stream = _opened(one)
    if request.method == "HEAD":
        stream.close()
        tell()
        return HttpResponse(status=status, headers=headers)
    tell(size=end - begin)
    still = partial(permissions.still_reads, Reader.of(request), one.revision, Scope.DOWNLOAD)
    return StreamingHttpResponse(_pieces(stream, begin, end, still), status=status, headers=headers)


def _opened(one: Distribution) -> IO[bytes]:
    try:
        return one.file.storage.open(str(one.file.name), "rb")
    except FileNotFoundError as error:
        raise lost(one) from error


def _part(request: HttpRequest, size: int, tag: str) -> tuple[int, int] | None:
    """First byte and the one after the last; None where the range is beyond the end.

    What is no single range, or is of another version, is answered by the whole file.
    """
    wanted = RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    condition = request.headers.get("If-Range", tag)
    if wanted is None or condition != tag or wanted.groups() == ("", ""):
        return 0, size
    first, last = wanted.groups()
    if not first:
        return (max(0, size - int(last)), size) if int(last) else None
    begin, end = int(first), min(int(last) + 1, size) if last else size
    if last and int(last) < int(first):
        return 0, size
    return (begin, end) if begin < size else None


def _pieces(stream: IO[bytes], begin: int, end: int, still: Callable[[], bool]) -> Iterator[bytes]:
    """The bytes; again and again the reader is asked. Raises Forbidden, which cuts the answer off, once they may not.

    By bytes, so that a fast reader gets no more than so many; by time, so that a slow one is not given hours.
    """
    with stream:
        stream.seek(begin)
        left, unasked, asked_at = end - begin, 0, time.monotonic()
        while left > 0 and (piece := stream.read(min(PIECE, left))):
            if unasked >= settings.DOWNLOAD_CHECK_BYTES or time.monotonic() - asked_at > LONGEST_UNASKED:
                if not still():
                    raise Forbidden
                unasked, asked_at = 0, time.monotonic()
            left -= len(piece)
            unasked += len(piece)
            yield piece
