"""The rule of quadratic matching, against arithmetic written by other means."""

import json
from decimal import Decimal, getcontext
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from marketplace.matching import quadratic

RULE = {"name": "quadratic", "version": quadratic.VERSION}
gifts = some.lists(some.integers(1, 500_000), max_size=12)
cities = some.dictionaries(some.text("abcdefgh", min_size=1, max_size=4), gifts, min_size=1, max_size=8)


# ------------------------------------------------------------------ the rule by itself
@given(cities, some.integers(0, 10_000_000), some.none() | some.integers(1, 1_000_000))
def test_shares_are_exact_whatever_is_given(city: dict[str, list[int]], pool: int, cap: int | None) -> None:
    weights = {name: quadratic.weight(given) for name, given in city.items()}
    shares = quadratic.share_out(pool, weights, cap)
    most = {name: quadratic.share_out(10**30, {name: value}, cap)[name] for name, value in weights.items()}
    assert shares.keys() == weights.keys()
    assert all(0 <= shares[name] <= most[name] for name in shares)
    # Not a cent lost, not a cent too much.
    assert sum(shares.values()) == min(pool, sum(most.values()))


@given(cities, some.integers(0, 1_000_000), some.none() | some.integers(1, 100_000))
def test_who_is_below_its_most_gets_in_proportion(
    city: dict[str, list[int]], pool: int, cap: int | None
) -> None:
    """Two that reached no limit differ from the exact proportion by less than a cent each."""
    weights = {name: quadratic.weight(given) for name, given in city.items()}
    shares = quadratic.share_out(pool, weights, cap)
    most = quadratic.share_out(10**30, weights, cap)
    free = [name for name in shares if shares[name] < most[name] and weights[name]]
    for one in free:
        for two in free:
            exact = Fraction(weights[one], weights[two])
            assert abs(shares[one] - exact * shares[two]) <= 1 + exact


@given(gifts)
def test_the_weight_is_the_square_of_the_sum_of_roots_less_the_sum(given: list[int]) -> None:
    """Against decimals of fifty places, which round nowhere near a cent."""
    getcontext().prec = 50
    exact = sum((Decimal(gift).sqrt() for gift in given), Decimal()) ** 2 - sum(given)
    ours = Decimal(quadratic.weight(given)) / quadratic.SCALE**2
    assert abs(ours - exact) < Decimal("0.1")


def test_many_small_gifts_bring_more_than_one_large_one() -> None:
    assert quadratic.weight([100_00]) == 0
    assert quadratic.weight([1_00] * 100) // quadratic.SCALE**2 == 9_900_00


def naive(document: dict[str, Any]) -> dict[str, int]:
    """The published rule once more, written from its words alone, with fractions instead of our arithmetic."""
    rule, sums = document["rule"], {}
    for place, (campaign, backer, minor) in enumerate(document["gifts"]):
        if place not in document.get("struck", []):
            sums.setdefault(campaign, {}).setdefault(backer, 0)
            sums[campaign][backer] += minor
    ideal = {}
    for campaign in document["campaigns"]:
        counted = [min(s, rule["gift_cap_minor"] or s) for s in sums.get(campaign, {}).values()]
        roots = sum(Fraction(_root(gift), 10**6) for gift in counted)
        ideal[campaign] = max(Fraction(0), roots**2 - sum(counted))
    most = {name: min(int(value), rule["project_cap_minor"] or int(value)) for name, value in ideal.items()}
    left, given, pool = dict(ideal), {}, document["pool_minor"]
    if sum(most.values()) <= pool:
        return most
    while True:
        rest, total = pool - sum(given.values()), sum(left.values())
        full = [n for n in left if rest * left[n] / total >= most[n]] if total else list(left)
        if not full:
            break
        given |= {name: most[name] for name in full}
        left = {name: value for name, value in left.items() if name not in full}
        if not left:
            return given
    shares = {name: rest * value / total for name, value in left.items()}
    floors = {name: int(share) for name, share in shares.items()}
    order = sorted(shares, key=lambda name: (floors[name] - shares[name], name))
    for name in order[: rest - sum(floors.values())]:
        floors[name] += 1
    return given | floors


def _root(gift: int) -> int:
    low, high = 0, (gift + 1) * 10**6
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**2 <= gift * 10**12 else (low, middle)
    return low


@given(
    cities,
    some.integers(0, 100_000),
    some.none() | some.integers(1, 50_000),
    some.none() | some.integers(1, 999),
)
def test_a_stranger_comes_to_the_same(
    city: dict[str, list[int]], pool: int, project_cap: int | None, gift_cap: int | None
) -> None:
    rows = [[name, f"b{place}", minor] for name in city for place, minor in enumerate(city[name])]
    document = {
        "format": quadratic.FORMAT,
        "campaigns": sorted(city),
        "gifts": rows,
        "pool_minor": pool,
        "rule": {**RULE, "gift_cap_minor": gift_cap, "project_cap_minor": project_cap},
        "struck": [0] if rows else [],
    }
    assert quadratic.recompute(document) == naive(document)


# ------------------------------------------------------------------ documents that are none
def document(**other: Any) -> dict[str, Any]:
    """One that can be counted, but for what is said."""
    rule = {**RULE, "gift_cap_minor": None, "project_cap_minor": None}
    known = {"format": quadratic.FORMAT, "campaigns": ["a"], "gifts": [["a", "b", 100]], "pool_minor": 5}
    return known | {"currency": "EUR", "rule": rule} | other


NONE = {
    "a list": "[]",
    "a text": '"x"',
    "null": "null",
    "deep": "[" * 200_000,
    "half a character": json.dumps(document(campaigns=["a", "\ud800"])),
    "no currency": json.dumps({key: value for key, value in document().items() if key != "currency"}),
    "twice": json.dumps(document())[:-1] + ', "pool_minor": 1}',
    "version 3": json.dumps(document(rule={**document()["rule"], "version": 3})),
    "another rule": json.dumps(document(rule={**document()["rule"], "name": "ratio"})),
}


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_what_is_no_such_document_is_said_to_be_none_1127_av2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    file = tmp_path / "input.json"
    file.write_text(json.dumps(document()))
    assert quadratic.main([str(file)]) == 0
    file.write_text(text)
    assert quadratic.main([str(file)]) == 1
    assert "can't be recomputed: " in capsys.readouterr().err
