"""What stands in the landscape of a drawn cover, by theme: wind turbines, a bridge, a market."""

import math
import random
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import yaml


class Palette(NamedTuple):
    """Sky from top to horizon, three grounds from far to near, a light and two small strong colours."""

    sky: str
    horizon: str
    far: str
    middle: str
    near: str
    light: str
    mark: str
    ink: str


FILE = Path(__file__).with_name("cover_palettes.yaml")
PALETTES = {
    theme: Palette(**colours) for theme, colours in yaml.safe_load(FILE.read_text(encoding="utf-8")).items()
}


def _turbines(dice: random.Random, colours: Palette, base: int) -> str:
    parts = []
    for _ in range(3):
        x, high, turn = dice.randint(80, 880), dice.randint(120, 200), dice.randint(0, 119)
        blade = f"M0 0l-5-{high // 3}q5-16 8 0z"
        blades = "".join(f'<path transform="rotate({turn + third})" d="{blade}"/>' for third in (0, 120, 240))
        parts.append(
            f'<path d="M{x - 3} {base + 30}l2-{high}h3l2 {high}z"/>'
            f'<g transform="translate({x} {base + 30 - high})">{blades}<circle r="5"/></g>'
        )
    return f'<g fill="#fff">{"".join(parts)}</g>'


def _grove(dice: random.Random, colours: Palette, base: int) -> str:
    blossoms = "".join(
        f'<circle cx="{(x := dice.randint(40, 920))}" cy="{base - dice.randint(0, 26)}" '
        f'r="{(r := dice.randint(18, 40))}"/>'
        f'<path d="M{x - 2} {base}h5v{r + 22}h-5z"/>'
        for _ in range(9)
    )
    return f'<g fill="{colours.near}" opacity=".85">{blossoms}</g>'


def _bridge(dice: random.Random, colours: Palette, base: int) -> str:
    arches = "".join(f"M{x} {base + 50}v-34a44 44 0 0 1 88 0v34" for x in range(96, 860, 112))
    tram = dice.randint(180, 640)
    windows = "h24v13h-24zm34 0" * 4
    return (
        f'<path fill="none" stroke="{colours.near}" stroke-width="14" d="{arches}"/>'
        f'<path fill="{colours.near}" d="M0 {base - 40}h960v14H0z"/>'
        f'<rect x="{tram}" y="{base - 78}" width="150" height="36" rx="9" fill="{colours.mark}"/>'
        f'<path fill="{colours.horizon}" d="M{tram + 12} {base - 70}{windows}"/>'
    )


def _bunting(dice: random.Random, colours: Palette, base: int) -> str:
    x = dice.randint(220, 560)
    flags = "".join(
        f'<path fill="{colour}" d="M{place} {60 + 44 * math.sin(place / 960 * math.pi):.0f}h30l-15 32z"/>'
        for place, colour in zip(
            range(20, 940, 62), [colours.mark, colours.light, colours.middle] * 5, strict=True
        )
    )
    return (
        f'<path fill="none" stroke="{colours.ink}" stroke-width="3" d="M0 58Q480 150 960 58"/>{flags}'
        f'<path fill="{colours.mark}" d="M{x} {base + 46}v-70l90-52 90 52v70z"/>'
        f'<path fill="{colours.horizon}" d="M{x + 60} {base + 46}v-46a30 30 0 0 1 60 0v46z"/>'
    )


def _playground(dice: random.Random, colours: Palette, base: int) -> str:
    x = dice.randint(180, 600)
    balloons = "".join(
        f'<circle cx="{(bx := dice.randint(80, 880))}" cy="{(by := dice.randint(70, 210))}" r="20" fill="{colour}"/>'
        f'<path stroke="{colours.ink}" stroke-width="2" d="M{bx} {by + 20}v46"/>'
        for colour in (colours.mark, colours.middle, colours.near)
    )
    return (
        f'{balloons}<path fill="none" stroke="{colours.near}" stroke-width="9" stroke-linejoin="round" '
        f'd="M{x} {base + 50}l40-120h130l40 120M{x + 78} {base - 68}v78M{x + 132} {base - 68}v78"/>'
        f'<path stroke="{colours.mark}" stroke-width="10" d="M{x + 66} {base + 10}h78"/>'
    )


def _bicycles(dice: random.Random, colours: Palette, base: int) -> str:
    """A round track with bicycles on it."""
    x, riders = dice.randint(260, 560), []
    for place, colour in ((-150, colours.mark), (40, colours.ink)):
        at = x + place + dice.randint(-20, 20)
        riders.append(
            f'<g fill="none" stroke="{colour}" stroke-width="6" stroke-linecap="round" stroke-linejoin="round">'
            f'<circle cx="{at}" cy="{base}" r="25"/><circle cx="{at + 84}" cy="{base}" r="25"/>'
            f'<path d="M{at} {base}l24-42h44l16 42M{at + 24} {base - 42}l16 42 28-42M{at + 14} {base - 50}h20'
            f'M{at + 68} {base - 42}l-6-18h16"/></g>'
        )
    return (
        f'<ellipse cx="{x}" cy="{base + 36}" rx="370" ry="44" fill="{colours.near}" opacity=".55"/>'
        f'<ellipse cx="{x}" cy="{base + 36}" rx="270" ry="22" fill="{colours.middle}"/>{"".join(riders)}'
    )


def _houses(dice: random.Random, colours: Palette, base: int) -> str:
    x, parts = dice.randint(120, 300), []
    for colour in dice.sample([colours.mark, colours.horizon, colours.far, colours.light], 4):
        wide, high, foot = dice.randint(84, 118), dice.randint(70, 126), base + 60
        parts.append(
            f'<path fill="{colour}" d="M{x} {foot}v-{high + 30}l{wide // 2}-44 {wide - wide // 2} 44v{high + 30}z"/>'
            f'<path fill="{colours.near}" d="M{x + 14} {base - high + 52}h20v26h-20zm{wide - 48} 0h20v26h-20z'
            f'M{x + wide // 2 - 11} {base + 60}v-44h22v44z"/>'
        )
        x += wide + dice.choice([0, 6, 14])
    return "".join(parts)


def _market(dice: random.Random, colours: Palette, base: int) -> str:
    x, parts = dice.randint(120, 320), []
    for colour in (colours.mark, colours.near, colours.light):
        stripes = "".join(f"M{x + step} {base - 40}h18l3 26a10 10 0 0 1-24 0z" for step in range(4, 144, 42))
        parts.append(
            f'<path fill="#fff" d="M{x} {base - 40}h150l6 26H{x - 6}z"/><path fill="{colour}" d="{stripes}"/>'
            f'<path fill="{colours.ink}" d="M{x + 4} {base - 14}h6v72h-6zm136 0h6v72h-6z"/>'
            f'<path fill="{colours.middle}" d="M{x + 2} {base + 18}h146v40H{x + 2}z"/>'
        )
        x += 186
    return "".join(parts)


def _masts(dice: random.Random, colours: Palette, base: int) -> str:
    """Sensor masts that send."""
    parts = []
    for x in (dice.randint(90, 260), dice.randint(380, 560), dice.randint(690, 860)):
        top, foot = base - dice.randint(110, 190), base + 40
        waves = "".join(
            f"M{x - reach} {top - reach}a{reach * 1.42:g} {reach * 1.42:g} 0 0 1 {2 * reach} 0"
            for reach in (20, 38, 56)
        )
        parts.append(
            f'<path fill="{colours.near}" d="M{x - 16} {foot}l13-{foot - top}h6l13 {foot - top}h-8l-8-90-8 90z"/>'
            f'<circle cx="{x}" cy="{top}" r="10" fill="{colours.mark}"/>'
            f'<path fill="none" stroke="#fff" stroke-width="6" stroke-linecap="round" opacity=".9" d="{waves}"/>'
        )
    return "".join(parts)


Subject = Callable[[random.Random, Palette, int], str]
SUBJECTS: dict[str, Subject] = {
    "climate": _turbines,
    "green": _grove,
    "mobility": _bridge,
    "culture": _bunting,
    "youth": _playground,
    "health": _bicycles,
    "neighbourhood": _houses,
    "economy": _market,
    "digital": _masts,
}
