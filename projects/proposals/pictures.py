"""Pictures that strangers send: bounded in bytes and pixels, really pictures, and re-encoded.

What is stored was written by Pillow, pixel by pixel: no EXIF (where and when it was taken), no appended
archive, no script survives. Only JPEG, PNG and WebP are opened at all.
"""

import struct
import warnings
import zlib
from dataclasses import dataclass
from io import BytesIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from civic.core.errors import Invalid

FORMATS = ("JPEG", "PNG", "WEBP")
FULL = 1600
THUMB = 640
LEAST = 200
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
        raise _too_many_pixels() from None
    except BROKEN:
        raise Invalid(
            file=_("This is not a picture that we can read. Choose a JPEG, PNG or WebP file.")
        ) from None


def _prepare(upload: UploadedFile) -> Prepared:
    with Image.open(upload, formats=FORMATS) as image:
        width, height = image.size
        if width * height > settings.PICTURE_MAX_PIXELS:
            raise _too_many_pixels()
        if max(width, height) < LEAST:
            raise Invalid(
                file=_("This picture is very small. Choose one of at least %(least)s pixels.")
                % {"least": LEAST}
            )
        image.draft("RGB", (FULL, FULL))
        upright = _flat(ImageOps.exif_transpose(image))
    return Prepared(_encoded(upright, FULL), _encoded(upright, THUMB))


def _too_many_pixels() -> Invalid:
    most = settings.PICTURE_MAX_PIXELS // 1_000_000
    return Invalid(
        file=_("This picture has too many pixels. Choose one of at most %(most)s megapixels.")
        % {"most": most}
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
