"""Pictures that strangers send: bounded in bytes and pixels, really pictures, and re-encoded.

What is stored was written by Pillow, pixel by pixel: no EXIF (where and when it was taken), no appended
archive, no script survives. Only JPEG, PNG and WebP are opened at all.
"""

import fcntl
import struct
import tempfile
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from civic.core.errors import Invalid

FORMATS = ("JPEG", "PNG", "WEBP")
FULL = 1600
THUMB = 640
LEAST = 200
# The longer side is at most so many times the shorter: a strip of pixels costs as much as a picture and shows nothing.
LONGEST_TIMES = 10
QUALITY = 82

# What Pillow raises for damaged or hostile files, besides OSError (UnidentifiedImageError is one).
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    MemoryError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
)


@dataclass(frozen=True)
class Prepared:
    """A picture as it is stored: WebP bytes, large and small."""

    full: bytes
    thumb: bytes


def prepare(upload: UploadedFile) -> Prepared:
    """The stored form of an uploaded picture. Raises Invalid (file) with what to do instead."""
    if not upload.size:
        raise Invalid(file=_("This file is empty. Choose a picture."))
    if upload.size > settings.PICTURE_MAX_BYTES:
        most = settings.PICTURE_MAX_BYTES // (1024 * 1024)
        raise Invalid(
            file=_("This file is too large. Choose a picture of at most %(most)s MB.") % {"most": most}
        )
    upload.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _prepare(upload)
    except Image.DecompressionBombWarning:
        raise _too_many_pixels(settings.PICTURE_MAX_PIXELS_WHOLE) from None
    except BROKEN:
        raise Invalid(
            file=_("This is not a picture that we can read. Choose a JPEG, PNG or WebP file.")
        ) from None


def _prepare(upload: UploadedFile) -> Prepared:
    with Image.open(upload, formats=FORMATS) as image:
        width, height = image.size
        most = most_pixels(image)
        if width * height > most:
            raise _too_many_pixels(most)
        if max(width, height) > LONGEST_TIMES * min(width, height):
            raise Invalid(file=_("This picture is a narrow strip. Choose one that is less long."))
        if max(width, height) < LEAST:
            raise Invalid(
                file=_("This picture is very small. Choose one of at least %(least)s pixels.")
                % {"least": LEAST}
            )
        image.draft("RGB", (FULL, FULL))
        with _one_at_a_time():
            small: Image.Image = image
            if image.mode == "P":
                small = image.convert("RGBA" if "transparency" in image.info else "RGB")
            # Small before anything is copied: what is laid on white or turned has its few pixels only.
            small.thumbnail((FULL, FULL), Image.Resampling.LANCZOS, reducing_gap=2.0)
            upright = _flat(ImageOps.exif_transpose(small))
            return Prepared(_encoded(upright, FULL), _encoded(upright, THUMB))


def most_pixels(image: Image.Image) -> int:
    """How many pixels may be decoded: fewer where the whole picture has to be in memory to make it smaller.

    A baseline JPEG is read line by line and made small on the way.
    """
    by_line = image.format == "JPEG" and "progressive" not in image.info
    return settings.PICTURE_MAX_PIXELS if by_line else settings.PICTURE_MAX_PIXELS_WHOLE


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """One picture is decoded on this machine at a time, by whichever process: six at once took 5.9 GB.

    A lock on a file, because what is bounded is the machine's memory; it goes with the process that held it.
    """
    with Path(tempfile.gettempdir(), "civic-exchange-pictures.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _too_many_pixels(most: int) -> Invalid:
    return Invalid(
        file=_("This picture has too many pixels. Choose one of at most %(most)s megapixels.")
        % {"most": most // 1_000_000}
    )


def _flat(image: Image.Image) -> Image.Image:
    """On white where it was transparent; without palettes or other colour spaces."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        ground = Image.new("RGB", layer.size, "white")
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    return image.convert("RGB")


def _encoded(image: Image.Image, most: int) -> bytes:
    copy = image.copy()
    copy.thumbnail((most, most), Image.Resampling.LANCZOS)
    clean = Image.frombytes("RGB", copy.size, copy.tobytes())
    buffer = BytesIO()
    clean.save(buffer, "WEBP", quality=QUALITY, method=4)
    return buffer.getvalue()
