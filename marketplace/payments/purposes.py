"""What payments are for, in words: higher slices own the things and tell us (`AppConfig.ready()`).

purposes.register("pledge", pledges)      # {id: Purpose(...)} for the ids after "pledge:", all in one go
purposes.will_charge(open_pledges)        # {method's id: ["pledge:…"]}: what saved methods will still be used for
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Purpose:
    """What a payment is for, as its payer reads it, and the page about it (empty where there is none)."""

    title: str
    href: str = ""


Resolver = Callable[[list[str]], Mapping[str, Purpose]]
Charging = Callable[[list[UUID]], Mapping[UUID, Iterable[str]]]
_resolvers: dict[str, Resolver] = {}
_charging: list[Charging] = []


def register(kind: str, resolver: Resolver) -> None:
    """Adds who knows the purposes `<kind>:<id>`; it is asked for many ids at once and may leave out what is gone."""
    _resolvers[kind] = resolver


def will_charge(source: Charging) -> None:
    """Adds who knows which purposes a saved method will be charged for later."""
    _charging.append(source)


def describe(purposes: Iterable[str]) -> dict[str, Purpose]:
    """Each purpose in words; one that nobody knows is a payment and no more."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for purpose in dict.fromkeys(purposes):
        kind, _colon, key = purpose.partition(":")
        wanted[kind].append(key)
    found: dict[str, Purpose] = {}
    for kind, keys in wanted.items():
        known = _resolvers[kind](keys) if kind in _resolvers else {}
        found |= {f"{kind}:{key}": known.get(key, Purpose(_("Payment"))) for key in keys}
    return found


def uses_of(methods: Iterable[UUID]) -> dict[UUID, list[Purpose]]:
    """What each of these saved methods will still be charged for, in words."""
    keys = list(methods)
    uses: dict[UUID, list[str]] = {key: [] for key in keys}
    for source in _charging:
        for key, purposes in source(keys).items():
            uses[key] += purposes
    words = describe(purpose for found in uses.values() for purpose in found)
    return {key: [words[purpose] for purpose in found] for key, found in uses.items()}
