"""What the public pages call an account: the chart's words, and the name of the thing that it belongs to.

Higher slices know the things. They register a resolver for the beginning of their codes in `AppConfig.ready()`; a
page asks each resolver once, for all of its codes together.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from marketplace.ledger import chart
from marketplace.ledger.chart import Text


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
        """`Held until the campaign is decided: Solar roof`; for a provider or a bank its place alone."""
        return f"{self.place.name}: {self.thing.name}" if self.thing else str(self.place.name)


Resolver = Callable[[list[str]], Mapping[str, Thing]]

_resolvers: dict[str, Resolver] = {}


def register(prefix: str, resolver: Resolver) -> None:
    """`resolver` names the things of codes that begin with `prefix` (`campaign/`).

    It gets many codes at once and leaves out what it does not know or may not show; nobody is signed in for it. A
    second resolver for a prefix is a programming error.
    """
    if prefix in _resolvers:
        raise ValueError(f"there is a resolver for {prefix!r} already")
    _resolvers[prefix] = resolver


def named(codes: Iterable[str]) -> dict[str, Named]:
    """Each code as people read it; every resolver is asked at most once."""
    wanted = sorted(set(codes))
    things = _things(wanted)
    return {code: Named(code, chart.place(code), things.get(code) or _own(code)) for code in wanted}


def _things(codes: list[str]) -> dict[str, Thing]:
    asked: dict[str, list[str]] = defaultdict(list)
    for code in codes:
        fitting = [prefix for prefix in _resolvers if code.startswith(prefix)]
        if fitting:
            asked[max(fitting, key=len)].append(code)
    return {code: thing for prefix, few in asked.items() for code, thing in _resolvers[prefix](few).items()}


def _own(code: str) -> Thing | None:
    """A provider's or an invoice's own name is the middle of its code; long ids say nothing to anybody."""
    middle = code.split("/")[1:2]
    return Thing(middle[0]) if middle and len(middle[0]) < SAYS_SOMETHING else None


SAYS_SOMETHING = 32
