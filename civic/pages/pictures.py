"""Pictures of the editors in the sizes that pages use: one statement for all pictures of a page."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.files.storage import default_storage
from wagtail.images import get_image_model
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError

# Widths only, no crops: a style sheet crops, and a rendition stays right when the picture's focus is moved.
SMALL = "width-640|format-webp"
LARGE = "width-1280|format-webp"


@dataclass(frozen=True)
class Photo:
    """Addresses of one picture, 640 and 1280 pixels wide, and the size of the larger one in pixels."""

    small: str
    large: str
    width: int
    height: int


def photos(ids: Iterable[int | None]) -> dict[int, Photo]:
    """The photos of these images; those that do not exist or cannot be read are left out."""
    wanted = {key for key in ids if key}
    if not wanted:
        return {}
    model = get_image_model().get_rendition_model()
    found: dict[int, dict[str, tuple[str, int, int]]] = {}
    rows = model.objects.filter(image_id__in=wanted, filter_spec__in=[SMALL, LARGE])
    columns = ("image_id", "filter_spec", "file", "width", "height")
    for image, spec, file, width, height in rows.values_list(*columns):
        found.setdefault(image, {})[spec] = (file, width, height)
    missing = {key for key in wanted if len(found.get(key, {})) < 2}
    return {key: _photo(sizes) for key, sizes in found.items() if key not in missing} | _make(missing)


def _photo(sizes: dict[str, tuple[str, int, int]]) -> Photo:
    (small, _w, _h), (large, width, height) = sizes[SMALL], sizes[LARGE]
    return Photo(default_storage.url(small), default_storage.url(large), width, height)


def _make(ids: set[int]) -> dict[int, Photo]:
    """Renders what nobody has asked for before; a picture whose file is gone is simply not shown."""
    made = {}
    for image in get_image_model().objects.filter(pk__in=ids) if ids else []:
        try:
            small, large = image.get_rendition(SMALL), image.get_rendition(LARGE)
        except (SourceImageIOError, InvalidFilterSpecError):
            continue
        made[image.pk] = Photo(small.url, large.url, large.width, large.height)
    return made
