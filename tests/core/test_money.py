"""Money is whole minor units of one currency; no cent is lost in any split."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic.core.money import CurrencyMismatch, Money, allocate


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("1250", "EUR", 125000),
        ("1 250.50", "EUR", 125050),
        ("1.250,50", "EUR", 125050),
        ("1,250.50", "EUR", 125050),
        ("1,250", "EUR", 125000),
        ("1.250.000", "EUR", 125000000),
        ("12,5", "EUR", 1250),
        ("1'250.50", "CHF", 125050),
        ("1250", "JPY", 1250),
        ("1.250", "KWD", 1250),
        ("0.005", "KWD", 5),
        # CLDR shows none of these decimals (M14).
        ("100.50", "RSD", 10050),
        ("0,01", "ALL", 1),
        ("1.234", "IQD", 1234),
        ("1250", "ISK", 1250),
        ("1,000,500.5", "EUR", 100050050),
    ],
)
def test_parses_amounts_as_people_type_them_m14(typed: str, currency: str, minor: int) -> None:
    assert Money.parse(typed, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    ("typed", "currency"),
    [
        ("", "EUR"),
        ("ten", "EUR"),
        ("1.005", "JPY1"),
        ("12.345,678", "EUR"),
        ("1.5", "JPY"),
        ("NaN", "EUR"),
        ("1e999", "EUR"),
        ("Infinity", "EUR"),
        # Marks at no places of groups (examination, S3): one of these became 100,050.00, the other 1.00.
        ("1,000,50", "EUR"),
        ("0,001", "EUR"),
        ("1.00.000", "EUR"),
        ("1.000,000.5", "EUR"),
        ("1,2345,678", "EUR"),
    ],
)
def test_refuses_what_is_no_amount_of_that_currency(typed: str, currency: str) -> None:
    with pytest.raises(ValueError, match=r"not an amount|decimals|ISO 4217"):
        Money.parse(typed, currency)


@pytest.mark.parametrize("wrong", [1.5, True, "5", None])
def test_minor_units_are_whole_numbers(wrong: object) -> None:
    with pytest.raises(TypeError):
        Money(wrong, "EUR")  # type: ignore[arg-type]


def test_currencies_do_not_mix() -> None:
    for mix in (
        lambda a, b: a + b,
        lambda a, b: a - b,
        lambda a, b: a < b,
        lambda a, b: a <= b,
    ):
        with pytest.raises(CurrencyMismatch):
            mix(Money(1, "EUR"), Money(1, "USD"))


def test_formats_by_locale_and_hides_empty_cents() -> None:
    assert Money(125000, "EUR").format("en") == "€1,250"
    assert Money(125050, "EUR").format("en") == "€1,250.50"
    assert Money(125050, "EUR").format("de") == "1.250,50\N{NO-BREAK SPACE}€"
    assert Money(125000, "EUR").format("de") == "1.250\N{NO-BREAK SPACE}€"
    assert Money(1250, "JPY").format("en") == "¥1,250"
    assert Money(1250, "JPY").format("en", cents=True) == "¥1,250"
    assert Money(10050, "RSD").format("de") == "100,50\N{NO-BREAK SPACE}RSD"
    assert Money(1234, "IQD").format("en") == "IQD1.234"
    assert Money(1005, "KWD").format("en") == "KWD1.005"


@given(
    total=st.integers(-(10**15), 10**15),
    weights=st.lists(st.integers(0, 10**9), min_size=1, max_size=40).filter(any),
)
def test_allocation_is_exact_and_fair(total: int, weights: list[int]) -> None:
    parts = allocate(Money(total, "EUR"), weights)
    assert sum(part.minor for part in parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part.minor * sum(weights) - total * weight) < sum(weights)


def test_equal_remainders_go_to_the_earlier_place() -> None:
    assert [part.minor for part in allocate(Money(100, "EUR"), [1, 1, 1])] == [
        34,
        33,
        33,
    ]


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1, 2]])
def test_allocation_needs_positive_weights(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="Weights"):
        allocate(Money(100, "EUR"), weights)
