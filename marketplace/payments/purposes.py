"""What payments are for, in words: higher slices own the things and register who knows them (in `panels.py`).

purposes.resolvers.register(Hook("pledge", pledges))         # {id: Purpose(…)} for the ids after "pledge:"
purposes.charging.register(Hook("pledges", open_pledges))    # {method's id: ["pledge:…"]}
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from civic.core.money import Money
from civic.core.registry import Hook, Registry


@dataclass(frozen=True)
class Purpose:
    """What a payment is for, as its payer reads it, and the page about it (empty where there is none)."""

    title: str
    href: str = ""


def key_in(purpose: str) -> tuple[str, UUID | None]:
    """The owner's name and the id in a purpose `pledge:<id>` or `invoice:<id>:<number>`; None where there is no id."""
    slug, _colon, rest = purpose.partition(":")
    try:
        return slug, UUID(rest.partition(":")[0])
    except ValueError:
        return slug, None


# Who knows the purposes `<slug>:<id>`, asked for many ids at once; what is gone may be left out.
resolvers: Registry[Hook[[list[str]], Mapping[str, Purpose]]] = Registry("resolver of purposes")
# Who knows which purposes saved methods will be charged for later.
charging: Registry[Hook[[list[UUID]], Mapping[UUID, Iterable[str]]]] = Registry("source of later charges")

# Who brings money that has moved on back to the account of its charge, so that it can be refunded, with the rows locked
# that its slice locks before charges. Raises Conflict, which says what is left.
recallers: Registry[Hook[[UUID, Money, datetime], None]] = Registry("recaller of money")


def describe(purposes: Iterable[str]) -> dict[str, Purpose]:
    """Each purpose in words; one that nobody knows is a payment and no more."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for purpose in dict.fromkeys(purposes):
        kind, _colon, key = purpose.partition(":")
        wanted[kind].append(key)
    found: dict[str, Purpose] = {}
    for kind, keys in wanted.items():
        known = resolvers[kind](keys) if kind in resolvers else {}
        found |= {f"{kind}:{key}": known.get(key, Purpose(_("Payment"))) for key in keys}
    return found


def uses_of(methods: Iterable[UUID]) -> dict[UUID, list[Purpose]]:
    """What each of these saved methods will still be charged for, in words."""
    keys = list(methods)
    uses: dict[UUID, list[str]] = {key: [] for key in keys}
    for source in charging:
        for key, purposes in source(keys).items():
            uses[key] += purposes
    words = describe(purpose for found in uses.values() for purpose in found)
    return {key: [words[purpose] for purpose in found] for key, found in uses.items()}
