"""The site's search: groups of results that slices register in their `search_groups.py`.

groups.register(SearchGroup(10, "projects", _("Projects"), "proposals/_found.html", projects))
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from civic.core.errors import Text
from civic.core.panels import missing_template
from civic.core.registry import Registry

LONGEST_QUERY = 100
WORD = re.compile(r"[^\W_]+")
A_FEW, MANY = 6, 60
R = TypeVar("R")


@dataclass(frozen=True)
class Search:
    """One search: at most how many results a group gives, one more than are shown, and what groups read in common."""

    query: str
    most: int
    _read: dict[Any, Any] = field(default_factory=dict)

    def once(self, read: Callable[[str, int], R]) -> R:
        """What a function found, asked once however many groups share it."""
        if read not in self._read:
            self._read[read] = read(self.query, self.most)
        found: R = self._read[read]
        return found


@dataclass(frozen=True)
class SearchGroup:
    """Results of one kind. `find` gives the best first, only what everybody may see, in a fixed number of statements.

    The template shows one `result`, with the `words` to mark.
    """

    order: int
    slug: str
    title: Text
    template: str
    find: Callable[[Search], Sequence[Any]]


@dataclass(frozen=True)
class Found:
    """The results of a group; `more` says that there are some beyond those shown."""

    group: SearchGroup
    results: Sequence[Any]
    more: bool


groups: Registry[SearchGroup] = Registry("search group", check=lambda group: missing_template(group.template))


def clean(typed: str) -> str:
    """The query as it is searched for: one line of printable characters, at most `LONGEST_QUERY` of them."""
    printable = "".join(sign if sign.isprintable() else " " for sign in typed[: 4 * LONGEST_QUERY])
    return " ".join(printable.split())[:LONGEST_QUERY].strip()


def search(query: str, only: SearchGroup | None = None) -> list[Found]:
    """The groups that have results: a few of each, or many of one. Always the same number of statements."""
    if not query:
        return []
    shown = MANY if only else A_FEW
    asked = Search(query, shown + 1)
    found = [(group, group.find(asked)) for group in ([only] if only else groups)]
    return [Found(group, rows[:shown], len(rows) > shown) for group, rows in found if rows]


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
    begins = tuple(marked)
    return [word.span() for word in WORD.finditer(folded(text)) if word[0].startswith(begins)]
