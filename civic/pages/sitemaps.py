"""What search engines may find: published pages, public calls and projects (sitemaps.org)."""

from datetime import datetime
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as library
from django.core.cache import cache
from django.db.models import QuerySet, Value
from django.db.models.functions import MD5
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from wagtail.models import Page

from civic.core.access import PUBLIC, access
from civic.pages.models import HelpIndexPage, HomePage, StandardPage, StoryIndexPage, StoryPage
from projects.calls.models import Call
from projects.proposals.models import Project


class Pages(Sitemap):
    """Pages of the CMS that stand for themselves."""

    def items(self) -> QuerySet[Page]:
        kinds = (HomePage, HelpIndexPage, StandardPage, StoryIndexPage, StoryPage)
        return Page.objects.live().type(*kinds).order_by("path")

    def location(self, item: Page) -> str:
        return str(item.get_url() or "/")

    def lastmod(self, item: Page) -> datetime | None:
        return item.last_published_at


class Calls(Sitemap):
    """All calls but drafts."""

    def items(self) -> QuerySet[Call]:
        return Call.objects.public().order_by("-id")


class Projects(Sitemap):
    """All projects that have been opened."""

    def items(self) -> QuerySet[Project]:
        return Project.objects.listed().only("id", "slug", "updated_at").order_by("-id")

    def lastmod(self, item: Project) -> datetime:
        return item.updated_at


SITEMAPS: dict[str, type[Sitemap] | Sitemap] = {"pages": Pages, "calls": Calls, "projects": Projects}
KEPT, KEPT_BY_OTHERS = 3600, 300


@access(PUBLIC)
def section(request: HttpRequest, section: str) -> HttpResponse:
    """One part of the sitemap. It is kept while the same addresses are in it, so that what is hidden leaves at once.

    Kept by section and page alone: any other parameter would add one more megabyte to the cache.
    """
    wanted, number = SITEMAPS.get(section), request.GET.get("p", "1")
    if wanted is None or number != str(int(number) if number.isdecimal() else 0):
        raise Http404
    key = f"sitemap:{request.get_host()}:{section}:{number}:{_addresses(wanted)}"
    text = cache.get(key)
    if text is None:
        text = library.sitemap(request, SITEMAPS, section).render().content
        cache.set(key, text, KEPT)
    response = HttpResponse(text, content_type="application/xml")
    patch_cache_control(response, public=True, max_age=KEPT_BY_OTHERS)
    return response


def _addresses(shown: Any) -> str:
    """A fingerprint of what stands in a section now: one statement, without rows."""
    rows = shown().items()
    column = "url_path" if shown is Pages else "slug"
    found = rows.order_by().aggregate(all=MD5(StringAgg(column, Value(","), order_by=column)))
    return str(found["all"])
