"""Addresses of this slice; `api` holds those below /api/v1/."""

from django.contrib.sitemaps import views as sitemaps
from django.urls import URLPattern, URLResolver, path
from django.views.decorators.cache import cache_page
from wagtail.views import serve

from civic.core.access import PUBLIC, access
from civic.pages import views
from civic.pages.sitemaps import SITEMAPS

app_name = "pages"
AN_HOUR = 3600

# Pages of the CMS are for everybody (PublicPage), so their view is public and not merely a library's own.
access(PUBLIC)(serve)


def public(view: object) -> object:
    """A library's view for everybody, kept for an hour."""
    return access(PUBLIC)(cache_page(AN_HOUR)(view))


urlpatterns: list[URLPattern | URLResolver] = [
    path("search/", views.results, name="search"),
    path("robots.txt", views.robots, name="robots"),
    path("site.webmanifest", views.manifest, name="manifest"),
    path("icon.svg", views.icon_svg, name="icon"),
    path("icon-<int:size>.png", views.icon_png, name="icon-png"),
    path("favicon.ico", views.icon_png, name="favicon"),
    path(
        "sitemap.xml",
        public(sitemaps.index),
        {"sitemaps": SITEMAPS, "sitemap_url_name": "pages:sitemap-section"},
        name="sitemap",
    ),
    path("sitemap-<section>.xml", public(sitemaps.sitemap), {"sitemaps": SITEMAPS}, name="sitemap-section"),
    # Wagtail's own forms to sign in would let people past the second factor.
    path("cms/login/", views.sign_in, name="cms-login"),
    path("_util/login/", views.sign_in, name="util-login"),
]
api: list[URLPattern | URLResolver] = []
