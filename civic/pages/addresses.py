"""What rich text points to: pages, whose addresses come from the cache so that words cost no statements; documents and
pictures.
"""

from collections.abc import Collection
from typing import Any

from django.core.cache import cache
from django.utils.html import escape
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.images.formats import get_image_formats
from wagtail.images.rich_text import ImageEmbedHandler
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

KEY = "pages:addresses"
# A page that moves in the meantime is still found: Wagtail leaves a redirect behind.
KEPT_SECONDS = 300


def addresses(ids: Collection[str]) -> dict[str, str]:
    """The paths of these pages by their ids as text; pages that are gone are left out."""
    known: dict[str, str] = cache.get(KEY) or {}
    missing = {key for key in ids if key.isdecimal() and key not in known}
    if missing:
        known |= dict.fromkeys(missing, "")
        known |= {str(page.pk): page.url or "" for page in Page.objects.filter(pk__in=missing)}
        cache.set(KEY, known, KEPT_SECONDS)
    return {key: known[key] for key in ids if known.get(key)}


class KeptPageLinks(PageLinkHandler):
    """Wagtail's handler of links to pages without its statement a text."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        """The opening tags of these links; a link to a page that is gone leads nowhere."""
        keys = [str(attrs.get("id", "")) for attrs in attrs_list]
        found = addresses(keys)
        return [f'<a href="{escape(found[key])}">' if key in found else "<a>" for key in keys]


def _rows(model: Any, attrs_list: list[dict[str, str]]) -> list[Any]:
    """The rows that these tags name, None for what is no id: an editor's request can store anything as one, and the
    page would answer with a 500 to everybody.
    """
    keys = [
        int(key) if len(key) < 10 and key.isdecimal() else 0 for key in (a.get("id", "") for a in attrs_list)
    ]
    found = model.objects.in_bulk(keys)
    return [found.get(key) for key in keys]


class DocumentLinks(DocumentLinkHandler):
    """Wagtail's handler of links to documents, for ids that are none too."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, str]]) -> list[Any]:
        return _rows(cls.get_model(), attrs_list)


class Images(ImageEmbedHandler):
    """Wagtail's handler of pictures in texts, for ids and formats that are none too."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, str]]) -> list[Any]:
        known = {image_format.name for image_format in get_image_formats()}
        rows = _rows(cls.get_model(), attrs_list)
        return [row if a.get("format") in known else None for row, a in zip(rows, attrs_list, strict=True)]
