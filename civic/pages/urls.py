"""Addresses of this slice; `api` holds those below /api/v1/."""

from django.contrib.sitemaps import views as sitemaps
from django.urls import URLPattern, URLResolver, path
from wagtail.views import serve

from civic.core.access import PUBLIC, access
from civic.pages import views
from civic.pages.sitemaps import SITEMAPS, section

app_name = "pages"

# Pages of the CMS are for everybody (PublicPage), so their view is public and not merely a library's own.
access(PUBLIC)(serve)


urlpatterns: list[URLPattern | URLResolver] = [
    path("search/", views.results, name="search"),
    path("developers/", views.developers, name="developers"),
    path("robots.txt", views.robots, name="robots"),
    path("site.webmanifest", views.manifest, name="manifest"),
    path("icon.svg", views.icon_svg, name="icon"),
    path("icon-<int:size>.png", views.icon_png, name="icon-png"),
    path("favicon.ico", views.icon_png, name="favicon"),
    path(
        "sitemap.xml",
        access(PUBLIC)(sitemaps.index),
        {"sitemaps": SITEMAPS, "sitemap_url_name": "pages:sitemap-section"},
        name="sitemap",
    ),
    path("sitemap-<section>.xml", section, name="sitemap-section"),
    # Wagtail's other form to sign in would let people past the second factor; accounts shuts the one of the CMS.
    path("_util/login/", views.sign_in, name="sign-in"),
]
api: list[URLPattern | URLResolver] = []
