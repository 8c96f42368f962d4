"""Figures drawn from numbers: unknown is never zero, and nothing runs out of its frame."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic.core.money import Money
from civic.core.templatetags import charts, look, maps


@pytest.mark.parametrize(
    ("value", "limit", "drawn"),
    [
        (38, 50, "76.00%"),
        (0, 50, "0.00%"),
        (70, 50, "100.00%"),
        (5, 0, "0.00%"),
        (None, 50, "0.00%"),
        (-3, 50, "0.00%"),
    ],
)
def test_share_of_a_meter(value: float | None, limit: float, drawn: str) -> None:
    assert charts.share(value, limit) == drawn


def test_a_meter_counts_money() -> None:
    assert charts.percent(Money(38_000_00, "EUR"), Money(50_000_00, "EUR")) == 76


def test_a_hundred_percent_means_reached() -> None:
    assert charts.percent(49_999, 50_000) == 99
    assert charts.percent(50_000, 50_000) == 100


def four(*scores: int | None) -> list[dict[str, object]]:
    return [{"name": "x", "score": score, "floor": 50} for score in scores]


def test_four_known_factors_make_an_area() -> None:
    drawn = charts.diamond(four(100, 50, 0, 100))
    assert drawn["area"] == "100,26 137,100 100,100 26,100"
    assert len(drawn["floors"]) == 4


def test_an_unknown_factor_is_not_drawn_as_zero() -> None:
    drawn = charts.diamond(four(100, None, 40, 60))
    assert drawn["area"] == ""
    assert len(drawn["dots"]) == 3
    assert not drawn["complete"]


def test_the_longest_bar_fills_the_width() -> None:
    drawn = charts.bars([("a", 4), ("b", 1), ("c", 0)])
    assert [bar.width for bar in drawn["bars"]] == ["100.00%", "25.00%", "0.00%"]


def test_no_bars_and_no_points_draw_nothing() -> None:
    assert charts.bars([])["bars"] == []
    assert charts.line([])["path"] == ""


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=60))
def test_a_line_stays_in_its_field(values: list[int]) -> None:
    drawn = charts.line([(str(place), value) for place, value in enumerate(values)])
    for pair in drawn["path"].split():
        x, y = (float(number) for number in pair.split(","))
        assert 0 <= x <= 1000
        assert 0 <= y <= 300


@pytest.mark.parametrize(("value", "top"), [(0, 1), (1, 1), (1.5, 2), (905, 1000), (2100, 2500), (26, 50)])
def test_an_axis_ends_at_a_round_number(value: float, top: float) -> None:
    assert charts.nice_ceiling(value) == top


def test_a_drawn_map_keeps_places_inside_their_area() -> None:
    square = {
        "type": "Polygon",
        "coordinates": [[[6.9, 53.6], [7.0, 53.6], [7.0, 53.7], [6.9, 53.7], [6.9, 53.6]]],
    }
    area = SimpleNamespace(name="Harbour", boundary=square)
    drawn = maps.drawn_map([area], [{"lat": 53.65, "lon": 6.95, "title": "Pier"}])
    x, y = drawn["dots"][0]["at"]
    assert x == pytest.approx(drawn["width"] / 2, abs=1)
    assert y == pytest.approx(drawn["height"] / 2, abs=1)
    assert drawn["height"] > drawn["width"]  # a degree of longitude is shorter than one of latitude up here


def test_a_map_without_anything_is_still_a_map() -> None:
    assert maps.drawn_map(None)["areas"] == []


@pytest.mark.parametrize(
    ("name", "letters"), [("Ada Maria Lind", "AL"), ("Cher", "C"), ("", "?"), ("  ö  ü ", "ÖÜ")]
)
def test_initials(name: str, letters: str) -> None:
    assert look.initials(name) == letters


def test_a_state_has_the_same_colour_everywhere() -> None:
    assert look.badge_kind("open") == "accent"
    assert look.badge_kind("rejected") == "danger"
    assert look.badge_kind("draft") == "neutral"
    assert look.badge_kind("warning") == "warning"
