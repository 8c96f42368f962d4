"""The look of the site as the frame of every page reads it: one small dictionary, kept in the cache."""

from typing import Any

from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db.models import OuterRef, Subquery
from wagtail.images import get_image_model

from civic.core.accent import DEFAULT_ACCENT
from civic.pages.models import SiteSettings
from civic.pages.models.settings import LOOK

KEPT_SECONDS = 300
LOGO = "height-120"
HERO = "width-1600|format-webp"
HERO_SMALL = "width-800|format-webp"


def look() -> dict[str, Any]:
    """Names, addresses of pictures, accent, contact and footer links; one statement when not in the cache."""
    kept = cache.get(LOOK)
    if kept is None:
        kept = _read()
        cache.set(LOOK, kept, KEPT_SECONDS)
    return dict(kept)


def identity() -> tuple[str, str, str]:
    """The site's name, accent colour and address for questions, for letters."""
    kept = look()
    return str(kept["name"]), str(kept["colour"]), str(kept["contact_email"])


def _read() -> dict[str, Any]:
    found = (
        SiteSettings.objects.filter(site__is_default_site=True)
        .annotate(
            logo_file=_file("logo", LOGO),
            hero_file=_file("hero", HERO),
            hero_small_file=_file("hero", HERO_SMALL),
        )
        .first()
    ) or SiteSettings()
    return {
        "name": found.site_name,
        "city": found.city_name,
        "claim": found.claim,
        "accent": "" if found.accent.lower() == DEFAULT_ACCENT else found.accent.lower(),
        "colour": found.accent.lower(),
        "logo": _address(found, "logo", LOGO),
        "hero": _address(found, "hero", HERO),
        "hero_small": _address(found, "hero", HERO_SMALL, annotation="hero_small_file"),
        "hero_alt": found.hero_alt,
        "contact_address": found.contact_address,
        "contact_email": found.contact_email,
        "contact_phone": found.contact_phone,
        "footer_links": [
            {"text": link.value["text"], "href": link.value["href"]} for link in found.footer_links
        ],
    }


def _file(field: str, spec: str) -> Subquery:
    renditions = get_image_model().get_rendition_model().objects
    return Subquery(renditions.filter(image=OuterRef(field), filter_spec=spec).values("file")[:1])


def _address(found: Any, field: str, spec: str, annotation: str = "") -> str:
    """The address of the picture in this size; made when it is asked for the first time."""
    file = getattr(found, annotation or f"{field}_file", None)
    if file:
        return str(default_storage.url(file))
    image = getattr(found, field)
    return str(image.get_rendition(spec).url) if image else ""
