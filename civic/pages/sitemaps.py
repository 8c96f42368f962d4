"""What search engines may find: published pages, public calls and projects (sitemaps.org)."""

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from wagtail.models import Page

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


SITEMAPS: dict[str, type[Sitemap]] = {"pages": Pages, "calls": Calls, "projects": Projects}
