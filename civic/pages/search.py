"""Search over projects, calls, organisations and pages: forgives typing errors, shows only what is public."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import CharField, F, Func, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from civic.accounts.models import Organisation
from civic.accounts.states import OrganisationState
from civic.pages.models import HelpIndexPage, HomePage, StandardPage, StoryIndexPage, StoryPage
from projects.calls.models import Call
from projects.proposals.models import Project
from projects.proposals.queries.listing import cards, search_projects

LONGEST_QUERY = 100
A_FEW, MANY = 6, 60
# As for projects: below this share of common trigrams two words are different words.
ALIKE = 0.4


@dataclass(frozen=True)
class Group:
    """The results of one kind; `more` says that there are some beyond those shown."""

    kind: str
    title: str | Promise
    results: list[Any]
    more: bool


TITLES: dict[str, str | Promise] = {
    "projects": _("Projects"),
    "calls": _("Calls"),
    "stories": _("Stories"),
    "pages": _("Help and information"),
    "organisations": _("Organisations"),
}


def clean(typed: str) -> str:
    """The query as it is searched for: one line of printable characters, at most `LONGEST_QUERY` of them."""
    printable = "".join(sign if sign.isprintable() else " " for sign in typed[: 4 * LONGEST_QUERY])
    return " ".join(printable.split())[:LONGEST_QUERY].strip()


def search(query: str, kind: str = "") -> list[Group]:
    """The groups that have results: a few of each kind, or many of one. Always the same number of statements."""
    if not query:
        return []
    most = MANY if kind in TITLES else A_FEW
    found = {
        "projects": lambda: _projects(query, most + 1),
        "calls": lambda: _alike(Call.objects.public(), query, "title", "summary")[: most + 1],
        "pages": lambda: _pages(query, most + 1),
        "organisations": lambda: _alike(_organisations(), query, "name", "about")[: most + 1],
    }
    wanted = [_source(kind)] if kind in TITLES else list(found)
    results: dict[str, list[Any]] = {}
    for name in wanted:
        rows = found[name]()
        results |= rows if isinstance(rows, dict) else {name: list(rows)}
    shown = [name for name in TITLES if results.get(name) and kind in ("", name)]
    return [Group(name, TITLES[name], results[name][:most], len(results[name]) > most) for name in shown]


def _source(kind: str) -> str:
    return "pages" if kind == "stories" else kind


def _projects(query: str, most: int) -> list[Project]:
    rank = {key: place for place, key in enumerate(search_projects(query, most=most))}
    rows = cards(Project.objects.listed()).filter(pk__in=list(rank))
    return sorted(rows, key=lambda project: rank[project.pk])


def _organisations() -> QuerySet[Organisation]:
    return Organisation.objects.exclude(state=OrganisationState.SUSPENDED)


def _plain(text: Any) -> Func:
    """Without case and accents (the database function that the search of projects uses)."""
    return Func(text, function="public.proposals_plain", output_field=CharField())


def _with_likeness(rows: QuerySet, query: str, title: str, more: str) -> QuerySet:
    """`whole`: how like the query some part of title and text is, 0 to 1; `likeness` counts the title twice."""
    wanted = _plain(Value(query))
    text = _plain(Concat(F(title), Value(" "), F(more), output_field=CharField()))
    whole = TrigramWordSimilarity(wanted, text)
    return rows.annotate(whole=whole, likeness=whole + TrigramWordSimilarity(wanted, _plain(F(title))))


def _alike(rows: QuerySet, query: str, title: str, more: str) -> QuerySet:
    return _with_likeness(rows, query, title, more).filter(whole__gte=ALIKE).order_by("-likeness", "-pk")


def _pages(query: str, most: int) -> dict[str, list[Page]]:
    """Published pages whose title or lead is like the query, or whose text has its words; told apart by kind."""
    published = Page.objects.live().type(HomePage, StandardPage, HelpIndexPage, StoryIndexPage, StoryPage)
    by_text = [page.pk for page in Page.objects.live().only("pk").search(query, operator="and")[: 2 * most]]
    rows = _with_likeness(published, query, "title", "search_description")
    rows = rows.filter(Q(whole__gte=ALIKE) | Q(pk__in=by_text))
    pages = list(rows.order_by("-likeness", "-pk")[: 2 * most])
    stories = {StoryPage, StoryIndexPage}
    return {
        "stories": [page for page in pages if page.specific_class in stories][:most],
        "pages": [page for page in pages if page.specific_class not in stories][:most],
    }


def words(query: str) -> list[str]:
    """The words of a query that are worth marking."""
    return [word for word in folded(query).split() if len(word) > 1]


def folded(text: str) -> str:
    """Without accents and case, and of the same length, so that places in it are places in the text."""
    return "".join(_fold(sign) for sign in text)


def _fold(sign: str) -> str:
    plain = unicodedata.normalize("NFKD", sign)[0].lower()
    return plain if len(plain) == 1 else sign


def spans(text: str, marked: Iterable[str]) -> list[tuple[int, int]]:
    """Where words of the text begin with one of these, up to the end of the word."""
    plain, found = folded(text), []
    place = 0
    while place < len(plain):
        end = place
        while end < len(plain) and plain[end].isalnum():
            end += 1
        if end > place and any(plain.startswith(word, place) for word in marked):
            found.append((place, end))
        place = max(end, place + 1)
    return found
