"""Links to pages inside rich text: their addresses come from the cache, so that words cost no statements."""

from collections.abc import Collection

from django.core.cache import cache
from django.utils.html import escape
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
