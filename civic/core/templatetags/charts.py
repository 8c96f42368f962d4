"""Geometry of the drawn figures: shares of a meter, bars, a line, the diamond of four factors."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django import template

from civic.core.money import Money

register = template.Library()

Point = tuple[str, float]
# From the centre up, right, down and left: the four factors, in this order.
DIRECTIONS = ((0, -1), (1, 0), (0, 1), (-1, 0))
CENTRE, RADIUS = 100, 74


def _number(value: Money | float | None) -> float:
    return float(value.minor if isinstance(value, Money) else value or 0)


@register.simple_tag
def share(value: Money | float | None, limit: Money | float | None) -> str:
    """`value` of `limit` as a percentage for an SVG attribute, held between 0% and 100%."""
    whole = _number(limit)
    percent = 100 * _number(value) / whole if whole > 0 else 0.0
    return f"{min(100.0, max(0.0, percent)):.2f}%"


@register.simple_tag
def percent(value: Money | float | None, limit: Money | float | None) -> int:
    """`value` of `limit` in whole percent, rounded down so that 100 means reached; it may be above 100."""
    whole = _number(limit)
    return math.floor(100 * _number(value) / whole) if whole > 0 else 0


@register.simple_tag
def total(*values: Money | float | None) -> float:
    """The sum of what is known."""
    return sum(_number(value) for value in values)


class Bar(NamedTuple):
    """One bar: its words, its figure and its length as an SVG percentage. `below`: the figure is negative."""

    label: str
    value: float
    width: str
    y: int
    below: bool


BAR_STEP = 52


@register.simple_tag
def bars(points: Sequence[Point]) -> dict[str, Any]:
    """Horizontal bars of `points`; the longest fills the width."""
    longest = max((abs(value) for _, value in points), default=0) or 1
    drawn = [
        Bar(label, value, f"{100 * abs(value) / longest:.2f}%", place * BAR_STEP, value < 0)
        for place, (label, value) in enumerate(points)
    ]
    return {"bars": drawn, "height": BAR_STEP * len(drawn)}


def nice_ceiling(value: float) -> float:
    """The next of 1, 2, 2.5, 5 times a power of ten: the top of an axis."""
    if value <= 0:
        return 1
    power: float = 10 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= value)


@register.simple_tag
def line(points: Sequence[Point], positions: Sequence[float] | None = None) -> dict[str, Any]:
    """A line through `points` in a field of 1000 × 300, with the ticks of its upright axis.

    They are evenly spaced, or lie at `positions`, shares of the width. The axis has zero on it, and below it what is
    negative.
    """
    values = [value for _, value in points]
    top = nice_ceiling(max([0, *values])) if not values or max(values) > 0 else 0
    bottom = -nice_ceiling(-min(values)) if values and min(values) < 0 else 0
    height = top - bottom or 1
    step = 1 / max(1, len(points) - 1)
    across = positions or [place * step for place in range(len(points))]
    places = [
        (round(1000 * x, 1), round(300 - 300 * (value - bottom) / height, 1))
        for x, value in zip(across, values, strict=True)
    ]
    zero = f"{round(300 + 300 * bottom / height, 1):g}"
    path = " ".join(f"{x:g},{y:g}" for x, y in places)
    ticks = [{"value": bottom + height * part / 4, "y": f"{100 - 25 * part}%"} for part in (0, 2, 4)]
    return {
        "path": path,
        "area": f"0,{zero} {path} {places[-1][0]:g},{zero}" if places else "",
        "ticks": ticks,
        "first": points[0] if points else None,
        "last": points[-1] if points else None,
    }


def _corner(place: int, score: float) -> tuple[float, float]:
    x, y = DIRECTIONS[place]
    reach = RADIUS * min(100.0, max(0.0, score)) / 100
    return round(CENTRE + x * reach, 1), round(CENTRE + y * reach, 1)


def _polygon(scores: Sequence[float]) -> str:
    return " ".join("{:g},{:g}".format(*_corner(place, score)) for place, score in enumerate(scores))


@register.simple_tag
def diamond(factors: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The four factors on four axes: rings, the area of the scores, one dot a known score, one tick a floor.

    The area is drawn only when every factor has a score: a missing one is not zero.
    """
    known = [factor.get("score") for factor in factors]
    complete = len(known) == len(DIRECTIONS) and all(score is not None for score in known)
    return {
        "rings": [_polygon([ring] * 4) for ring in (25, 50, 75, 100)],
        "area": _polygon([float(score) for score in known if score is not None]) if complete else "",
        "dots": [_corner(place, float(score)) for place, score in enumerate(known) if score is not None],
        "floors": [
            _floor(place, float(factor["floor"]))
            for place, factor in enumerate(factors)
            if factor.get("floor") is not None
        ],
        "complete": complete,
    }


def _floor(place: int, floor: float) -> dict[str, float]:
    """A tick across the axis where the floor is."""
    (x, y), (across, along) = _corner(place, floor), DIRECTIONS[place]
    return {"x1": x - 8 * along, "y1": y - 8 * across, "x2": x + 8 * along, "y2": y + 8 * across}


@register.simple_tag
def step_now(steps: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Which of the steps is the current one, counted from 1; the last when all are done."""
    for number, step in enumerate(steps, start=1):
        if step.get("state") == "current":
            return {"number": number, "title": step["title"]}
    return {"number": len(steps), "title": steps[-1]["title"] if steps else ""}
