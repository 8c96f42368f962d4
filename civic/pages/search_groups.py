"""What the search finds of calls, organisations, stories and pages; typing errors do no harm."""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import CharField, F, Func, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from civic.accounts.models import Organisation
from civic.core.search import Search, SearchGroup, groups
from civic.pages.models import HelpIndexPage, HomePage, StandardPage, StoryIndexPage, StoryPage
from projects.calls.models import Call

STORIES = {StoryPage, StoryIndexPage}
# As for projects: below this share of common trigrams two words are different words.
ALIKE = 0.4


def calls(search: Search) -> Sequence[Call]:
    """Public calls by title and summary."""
    return _alike(Call.objects.public(), search, "title", "summary")


def organisations(search: Search) -> Sequence[Organisation]:
    """Active organisations, by name and description."""
    return _alike(Organisation.objects.public(), search, "name", "about")


def stories(search: Search) -> list[Page]:
    """Stories among the pages."""
    return [page for page in search.once(_pages) if page.specific_class in STORIES][: search.most]


def pages(search: Search) -> list[Page]:
    """Pages that are no stories."""
    return [page for page in search.once(_pages) if page.specific_class not in STORIES][: search.most]


def _plain(text: Any) -> Func:
    """Without case and accents (the database function that the search of projects uses)."""
    return Func(text, function="public.proposals_plain", output_field=CharField())


def _with_likeness(rows: QuerySet, query: str, title: str, more: str) -> QuerySet:
    """`whole`: how like the query some part of title and text is, 0 to 1; `likeness` counts the title twice."""
    # The stubs know texts only; Django takes an expression as well.
    wanted: Any = _plain(Value(query))
    text = _plain(Concat(F(title), Value(" "), F(more), output_field=CharField()))
    whole = TrigramWordSimilarity(wanted, text)
    return rows.annotate(whole=whole, likeness=whole + TrigramWordSimilarity(wanted, _plain(F(title))))


def _alike(rows: QuerySet, search: Search, title: str, more: str) -> list[Any]:
    likely = _with_likeness(rows, search.query, title, more).filter(whole__gte=ALIKE)
    return list(likely.order_by("-likeness", "-pk")[: search.most])


def _pages(query: str, most: int) -> list[Page]:
    """Published pages whose title or lead is like the query, or whose text has its words: enough for two groups."""
    published = Page.objects.live().type(HomePage, StandardPage, HelpIndexPage, StoryIndexPage, StoryPage)
    by_text = [page.pk for page in Page.objects.live().only("pk").search(query, operator="and")[: 2 * most]]
    rows = _with_likeness(published, query, "title", "search_description")
    rows = rows.filter(Q(whole__gte=ALIKE) | Q(pk__in=by_text))
    return list(rows.order_by("-likeness", "-pk")[: 2 * most])


groups.register(
    SearchGroup(20, "calls", _("Calls"), "calls/_found.html", calls),
    SearchGroup(30, "stories", _("Stories"), "pages/_found.html", stories),
    SearchGroup(40, "pages", _("Help and information"), "pages/_found.html", pages),
    SearchGroup(50, "organisations", _("Organisations"), "accounts/_found.html", organisations),
)
