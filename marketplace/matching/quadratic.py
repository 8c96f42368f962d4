"""Quadratic matching (Buterin, Hitzig, Weyl 2019), in whole numbers: the same input gives the same cents everywhere.

    python quadratic.py INPUT.json

reads what a fund published at its freeze, and prints its digest and what each campaign gets. It needs nothing but
Python. Rule, version 2; of version 1 there are rules 1 to 5, which are the same:

1. The gifts of one backer to one campaign add up; at most `gift_cap_minor` of that counts (null: all of it).
2. A campaign's weight is (Σ√g)² − Σg over its backers; √ is taken in units of a millionth, rounded down.
3. It gets its weight in minor units, rounded down, and at most `project_cap_minor`. Where the pool has less, it is
   shared out in proportion to the weights; nobody gets more than by rule 3, and what that leaves is shared among
   the others. Cents left over go to the largest remainders, then to the smaller campaign id.
4. Rows at the places in `struck` do not count.
5. What fell away after the fund was shared out by its first `settled` rows is struck at the places in `fallen`, and
   what is left of it follows as more rows. It lowers the share of its own campaign to what that would get if only its
   own gifts had fallen; the others keep theirs.
6. What a project had left of its share when it ended, and gave back to the fund, stands in `returned`: it is taken off.
7. What a campaign had spent of its share before its gifts fell away can't come back. It stands in `spent`: it is added.

What the pool has beyond that stays in the fund.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import defaultdict
from math import isqrt
from pathlib import Path
from typing import Any

FORMAT = "civic-exchange-quadratic-match/1"
VERSION = 2
SCALE = 10**6


def weight(gifts: list[int]) -> int:
    """(Σ√g)² − Σg of one campaign, in minor units times SCALE², never below zero."""
    roots = sum(isqrt(gift * SCALE * SCALE) for gift in gifts)
    return max(0, roots * roots - SCALE * SCALE * sum(gifts))


def share_out(pool: int, weights: dict[str, int], cap: int | None = None) -> dict[str, int]:
    """What each campaign gets of the pool, in minor units; together never more than the pool."""
    most = {name: _most(value, cap) for name, value in weights.items()}
    if sum(most.values()) <= pool:
        return most
    given: dict[str, int] = {}
    rest = {name: value for name, value in weights.items() if value}
    while full := [
        name for name in rest if (pool - sum(given.values())) * rest[name] >= most[name] * sum(rest.values())
    ]:
        given |= {name: most[name] for name in full}
        rest = {name: value for name, value in rest.items() if name not in given}
    shares = _proportional(pool - sum(given.values()), rest)
    return dict.fromkeys(weights, 0) | given | shares


def _most(value: int, cap: int | None) -> int:
    whole = value // (SCALE * SCALE)
    return whole if cap is None else min(whole, cap)


def _proportional(amount: int, weights: dict[str, int]) -> dict[str, int]:
    """Largest remainder: no cent more or less than `amount`."""
    total = sum(weights.values())
    if not total:
        return {}
    parts = {name: divmod(amount * value, total) for name, value in weights.items()}
    missing = amount - sum(quotient for quotient, _ in parts.values())
    favoured = set(sorted(parts, key=lambda name: (-parts[name][1], name))[:missing])
    return {name: quotient + (name in favoured) for name, (quotient, _) in parts.items()}


def recompute(document: dict[str, Any]) -> dict[str, int]:
    """What each campaign of a published input gets. Raises ValueError where it is not one of this version."""
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise ValueError(f"this is not a {FORMAT} document")
    if document["rule"]["name"] != "quadratic" or document["rule"]["version"] not in range(1, VERSION + 1):
        raise ValueError(f"this counts the rule quadratic, up to version {VERSION}, and no other")
    gifts, struck, fallen = (
        document["gifts"],
        set(document.get("struck", [])),
        set(document.get("fallen", [])),
    )
    settled = document.get("settled", len(gifts))
    then = {place for place in range(settled) if place not in struck - fallen}
    shares = _shares(document, then)
    for name in {gifts[place][0] for place in fallen}:
        own = {place for place, row in enumerate(gifts) if row[0] == name}
        shares[name] = min(shares[name], _shares(document, then - own | own - struck)[name])
    for name, minor in document.get("returned", {}).items():
        shares[name] -= minor
    for name, minor in document.get("spent", {}).items():
        shares[name] += minor
    return shares


def _shares(document: dict[str, Any], places: set[int]) -> dict[str, int]:
    """What each campaign gets by the rows at these places."""
    rule = document["rule"]
    backers: dict[str, dict[str, int]] = {name: defaultdict(int) for name in document["campaigns"]}
    for campaign, backer, minor in (document["gifts"][place] for place in places):
        backers[campaign][backer] += minor
    cap = rule["gift_cap_minor"]
    weights = {
        name: weight([gift if cap is None else min(gift, cap) for gift in gifts.values()])
        for name, gifts in backers.items()
    }
    return share_out(document["pool_minor"], weights, rule["project_cap_minor"])


def digest(document: dict[str, Any]) -> str:
    """SHA-256 of the document as JSON with sorted keys, no blanks, in UTF-8."""
    canonical = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names stand once: of two, other readers might take the other."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in an object")
    return found


def main(arguments: list[str]) -> int:
    """Prints what a published input comes to; 1 where it cannot be read."""
    try:
        document = json.loads(Path(arguments[0]).read_text(encoding="utf-8"), object_pairs_hook=_once)
        shares = recompute(document)
        lines = [f"digest {digest(document)}", *(f"{name} {shares[name]}" for name in sorted(shares))]
        lines.append(f"total {sum(shares.values())} of {document['pool_minor']} {document['currency']}")
    except (IndexError, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        sys.stderr.write(f"can't be recomputed: {type(error).__name__}: {error}\n")
        return 1
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
