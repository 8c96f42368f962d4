"""What the public pages call an account: the chart's words, and the name of the thing that it belongs to.

Higher slices know the things. They register a resolver for the beginning of their codes in their `panels.py`; a page
asks each resolver once, for all of its codes together.

    labels.resolvers.register(Hook("campaign/", names_of_campaigns))
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from civic.core.registry import Hook, Registry
from marketplace.ledger import chart
from marketplace.ledger.chart import Text

SAYS_SOMETHING = 32
ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Thing:
    """What an account belongs to (a project, a fund): its name and its page, both public."""

    name: Text
    url: str = ""


@dataclass(frozen=True)
class Named:
    """An account as people read it."""

    code: str
    place: chart.Place
    thing: Thing | None = None

    @property
    def title(self) -> str:
        """`Held: not decided, or on its way back: Solar roof`; for a provider or a bank its place alone."""
        return f"{self.place.name}: {self.thing.name}" if self.thing else str(self.place.name)


# By the beginning of the codes. A resolver gets many codes at once and leaves out what it does not know or may not
# show: nobody is signed in for it.
resolvers: Registry[Hook[[list[str]], Mapping[str, Thing]]] = Registry("resolver of account names")


def named(codes: Iterable[str]) -> dict[str, Named]:
    """Each code as people read it; every resolver is asked at most once."""
    wanted = sorted(set(codes))
    things = _things(wanted)
    for code in wanted:
        # A provider's or an invoice's own name is the middle of its code; long ids say nothing to anybody.
        middle = code.split("/")[1:2]
        if code not in things and middle and len(middle[0]) < SAYS_SOMETHING:
            things[code] = Thing(middle[0])
    return {code: Named(code, chart.place(code), things.get(code)) for code in wanted}


def things_of(
    codes: list[str], rows: QuerySet[Any], title: str, page: str, argument: str
) -> dict[str, Thing]:
    """A resolver's answer: the thing whose id is the middle of each code, by the column of its title.

    `page` is the name of its address, `argument` the column that stands in it. Ids of other forms are left out.
    """
    keys = {code: code.split("/")[1] for code in codes}
    found = rows.filter(pk__in={key for key in keys.values() if ID.fullmatch(key)})
    known = {
        str(key): Thing(words, reverse(page, args=[what]))
        for key, words, what in found.values_list("pk", title, argument)
    }
    return {code: known[key] for code, key in keys.items() if key in known}


def _things(codes: list[str]) -> dict[str, Thing]:
    asked: dict[str, list[str]] = defaultdict(list)
    for code in codes:
        fitting = [resolver.slug for resolver in resolvers if code.startswith(resolver.slug)]
        if fitting:
            asked[max(fitting, key=len)].append(code)
    return {code: thing for prefix, few in asked.items() for code, thing in resolvers[prefix](few).items()}
