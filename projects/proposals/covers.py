"""A drawn cover for a project without a photo: a quiet landscape, always the same for the same project."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from typing import NamedTuple
from uuid import UUID

WIDTH, HEIGHT = 960, 540


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


PALETTES = {
    "climate": Palette(
        "#bfe0ea",
        "#fdf1d3",
        "#8cc0c4",
        "#3f8f96",
        "#14505c",
        "#ffcd3c",
        "#ef7d4f",
        "#0c3740",
    ),
    "green": Palette(
        "#d8ecd3",
        "#fbf6da",
        "#a3cd96",
        "#5b9c5a",
        "#235c3a",
        "#fbd65a",
        "#e58a4d",
        "#153e28",
    ),
    "mobility": Palette(
        "#cfdcf3",
        "#fdeee0",
        "#9cb4dd",
        "#5779b8",
        "#263f78",
        "#ffc861",
        "#f2765a",
        "#182a55",
    ),
    "culture": Palette(
        "#ead2e2",
        "#fff0da",
        "#d79fb9",
        "#a65a86",
        "#5a2756",
        "#ffc94d",
        "#f0705e",
        "#3c1840",
    ),
    "youth": Palette(
        "#ffe2bf",
        "#fff6dc",
        "#ffb77d",
        "#ea7a4c",
        "#9d3f37",
        "#ffd84d",
        "#3a9ca0",
        "#66252a",
    ),
    "health": Palette(
        "#cdebe7",
        "#fff3e4",
        "#93d0c5",
        "#3f9e94",
        "#17605f",
        "#ffd166",
        "#ee7b6c",
        "#0e4042",
    ),
    "neighbourhood": Palette(
        "#f6dccb",
        "#fff6e6",
        "#e0a890",
        "#b96b52",
        "#6d3529",
        "#ffd063",
        "#3c8d8a",
        "#47201a",
    ),
    "economy": Palette(
        "#e6e2c9",
        "#fff7e0",
        "#cbb98a",
        "#9a8145",
        "#57491f",
        "#f5c242",
        "#c75a3a",
        "#393012",
    ),
    "digital": Palette(
        "#d5d6f4",
        "#fdeef0",
        "#a6a8e2",
        "#6b6cc0",
        "#34357e",
        "#ffd15c",
        "#38b2ac",
        "#212255",
    ),
}
FALLBACK = "neighbourhood"


def draw(project_id: UUID, theme: str) -> str:
    """An SVG picture of 960 × 540, about 3 kB, without script, text or reference to anything outside.

    `theme` chooses the colours and what stands in the landscape; an unknown one gets the neighbourhood's.
    """
    dice = random.Random(project_id.int)  # noqa: S311 - a drawing, not a secret
    known = theme if theme in PALETTES else FALLBACK
    colours = PALETTES[known]
    horizon = dice.randint(250, 310)
    parts = [
        _sky(colours, horizon),
        _light(dice, colours, horizon),
        dice.choice([_clouds, _birds, _rays])(dice, colours, horizon),
        _hills(dice, colours.far, horizon, 46),
        _town(dice, colours, horizon + 34),
        _hills(dice, colours.middle, horizon + 78, 34),
        SUBJECTS[known](dice, colours, horizon + 104),
        dice.choice([_river, _meadow])(dice, colours, horizon + 146),
        _hills(dice, colours.near, horizon + 180, 22),
        _meadow(dice, colours, horizon + 214),
        _trees(dice, colours, horizon + 196),
    ]
    turned = dice.choice(["", f' transform="matrix(-1 0 0 1 {WIDTH} 0)"'])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}"><g{turned}>{"".join(parts)}</g></svg>'
    )


def _sky(colours: Palette, horizon: int) -> str:
    return (
        '<defs><linearGradient id="s" x2="0" y2="1">'
        f'<stop stop-color="{colours.sky}"/><stop offset="1" stop-color="{colours.horizon}"/></linearGradient></defs>'
        f'<path fill="url(#s)" d="M0 0h{WIDTH}v{horizon + 90}H0z"/>'
    )


def _light(dice: random.Random, colours: Palette, horizon: int) -> str:
    x, y, radius = (
        dice.randint(140, 820),
        horizon - dice.randint(40, 170),
        dice.randint(44, 78),
    )
    return (
        f'<circle cx="{x}" cy="{y}" r="{radius * 2}" fill="{colours.light}" opacity=".16"/>'
        f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{colours.light}"/>'
    )


def _clouds(dice: random.Random, colours: Palette, horizon: int) -> str:
    bands = []
    for _ in range(3):
        x, y, wide = (
            dice.randint(-40, 720),
            dice.randint(50, horizon - 90),
            dice.randint(130, 260),
        )
        bands.append(f'<rect x="{x}" y="{y}" width="{wide}" height="26" rx="13"/>')
        bands.append(f'<rect x="{x + wide // 4}" y="{y - 18}" width="{wide // 2}" height="30" rx="15"/>')
    return f'<g fill="#fff" opacity=".62">{"".join(bands)}</g>'


def _birds(dice: random.Random, colours: Palette, horizon: int) -> str:
    x, y = dice.randint(120, 640), dice.randint(60, 150)
    wings = "".join(
        f"M{x + step * 44 + dice.randint(-8, 8)} {y + abs(step - 2) * 16 + dice.randint(-6, 6)}q9-12 17 0q8-12 17 0"
        for step in range(5)
    )
    return f'<path d="{wings}" fill="none" stroke="{colours.ink}" stroke-width="3" opacity=".55"/>'


def _rays(dice: random.Random, colours: Palette, horizon: int) -> str:
    x = dice.randint(200, 760)
    rays = "".join(
        f"M{x} {horizon}L{x + 1200 * math.sin(angle):.0f} {horizon - 1200 * math.cos(angle):.0f}"
        f"L{x + 1200 * math.sin(angle + 0.09):.0f} {horizon - 1200 * math.cos(angle + 0.09):.0f}z"
        for angle in (-1.2, -0.85, -0.5, -0.15, 0.2, 0.55, 0.9, 1.25)
    )
    return f'<path d="{rays}" fill="#fff" opacity=".26"/>'


def _hills(dice: random.Random, fill: str, top: int, swing: int) -> str:
    y = top + dice.randint(-swing, swing) // 2
    curve = [f"M0 {y}"]
    for x in (240, 480, 720, 960):
        y_next = top + dice.randint(-swing, swing)
        curve.append(f"C{x - 160} {y} {x - 90} {y_next} {x} {y_next}")
        y = y_next
    return f'<path fill="{fill}" d="{"".join(curve)}V{HEIGHT}H0z"/>'


def _town(dice: random.Random, colours: Palette, base: int) -> str:
    """A row of gabled houses and a tower, far away."""
    x, walls, windows = dice.randint(60, 480), [], []
    for _ in range(dice.randint(5, 8)):
        wide, high = dice.randint(30, 54), dice.randint(34, 84)
        roof = dice.choice([f"l{wide / 2:g}-22 {wide / 2:g} 22", f"l{wide}-18v18", f"h{wide}"])
        walls.append(f"M{x} {base + 60}v-{high + 60}{roof}v{high + 60}z")
        if dice.random() < 0.7:
            windows.append(f"M{x + wide / 2 - 4:g} {base - high + 14}h8v12h-8z")
        x += wide + dice.choice([0, 0, 4, 10])
    spire = f"M{x} {base + 60}v-150l13-44 13 44v150z"
    return (
        f'<path fill="{colours.middle}" opacity=".72" d="{"".join(walls)}{spire}"/>'
        f'<path fill="{colours.horizon}" d="{"".join(windows)}"/>'
    )


def _river(dice: random.Random, colours: Palette, top: int) -> str:
    """Water across the whole picture, with the light on it and a sail."""
    x, glints = dice.randint(120, 800), []
    for _ in range(6):
        glints.append(f"M{dice.randint(20, 880)} {top + dice.randint(14, 60)}h{dice.randint(30, 110)}")
    return (
        f'<path fill="{colours.sky}" d="M0 {top + 6}q240-14 480 0t480-4v110H0z"/>'
        f'<path stroke="#fff" stroke-width="4" stroke-linecap="round" opacity=".7" d="{"".join(glints)}"/>'
        f'<path fill="#fff" d="M{x} {top + 18}v-62l38 62z"/><path fill="{colours.mark}" d="M{x - 6} {top + 10}v-42l-24 42z"/>'
        f'<path fill="{colours.ink}" d="M{x - 34} {top + 22}h76l-14 14h-50z"/>'
    )


def _meadow(dice: random.Random, colours: Palette, top: int) -> str:
    """Flowers, as light dots."""
    dots = "".join(
        f'<circle cx="{dice.randint(0, WIDTH)}" cy="{top + dice.randint(0, 70)}" r="{dice.choice([3, 4, 5])}"/>'
        for _ in range(14)
    )
    return f'<g fill="{dice.choice([colours.light, colours.horizon])}" opacity=".75">{dots}</g>'


def _trees(dice: random.Random, colours: Palette, base: int) -> str:
    """Round and pointed trees in the foreground, at the two sides, so that the middle stays open."""
    crowns, trunks = [], []
    for _ in range(dice.randint(5, 8)):
        x = dice.choice([dice.randint(20, 300), dice.randint(660, 940)])
        y, size = base + dice.randint(0, 110), dice.randint(26, 52)
        trunks.append(f"M{x - 3} {y}h6v{size + 24}h-6z")
        if dice.random() < 0.6:
            crowns.append(f'<circle cx="{x}" cy="{y - size // 3}" r="{size}"/>')
        else:
            crowns.append(f'<path d="M{x} {y - 2 * size}l{size * 0.7:g} {2.4 * size:g}h-{size * 1.4:g}z"/>')
    return (
        f'<path fill="{colours.ink}" d="{"".join(trunks)}"/>'
        f'<g fill="{colours.ink}" opacity=".88">{"".join(crowns)}</g>'
    )


def _turbines(dice: random.Random, colours: Palette, base: int) -> str:
    parts = []
    for _ in range(3):
        x, high, turn = (
            dice.randint(80, 880),
            dice.randint(120, 200),
            dice.randint(0, 119),
        )
        blade = f"M0 0l-5-{high // 3}q5-16 8 0z"
        blades = "".join(f'<path transform="rotate({turn + third})" d="{blade}"/>' for third in (0, 120, 240))
        parts.append(
            f'<path d="M{x - 3} {base + 30}l2-{high}h3l2 {high}z"/>'
            f'<g transform="translate({x} {base + 30 - high})">{blades}<circle r="5"/></g>'
        )
    return f'<g fill="#fff">{"".join(parts)}</g>'


def _grove(dice: random.Random, colours: Palette, base: int) -> str:
    blossoms = "".join(
        f'<circle cx="{(x := dice.randint(40, 920))}" cy="{base - dice.randint(0, 26)}" r="{(r := dice.randint(18, 40))}"/>'
        f'<path d="M{x - 2} {base}h5v{r + 22}h-5z"/>'
        for _ in range(9)
    )
    return f'<g fill="{colours.near}" opacity=".85">{blossoms}</g>'


def _bridge(dice: random.Random, colours: Palette, base: int) -> str:
    arches = "".join(f"M{x} {base + 50}v-34a44 44 0 0 1 88 0v34" for x in range(96, 860, 112))
    tram = dice.randint(180, 640)
    return (
        f'<path fill="none" stroke="{colours.near}" stroke-width="14" d="{arches}"/>'
        f'<path fill="{colours.near}" d="M0 {base - 40}h960v14H0z"/>'
        f'<rect x="{tram}" y="{base - 78}" width="150" height="36" rx="9" fill="{colours.mark}"/>'
        f'<path fill="{colours.horizon}" d="M{tram + 12} {base - 70}h24v13h-24zm34 0h24v13h-24zm34 0h24v13h-24zm34 0h24v13h-24z"/>'
    )


def _bunting(dice: random.Random, colours: Palette, base: int) -> str:
    x = dice.randint(220, 560)
    flags = "".join(
        f'<path fill="{colour}" d="M{place} {60 + 44 * math.sin(place / 960 * math.pi):.0f}h30l-15 32z"/>'
        for place, colour in zip(
            range(20, 940, 62),
            [colours.mark, colours.light, colours.middle] * 5,
            strict=True,
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
        wide, high = dice.randint(84, 118), dice.randint(70, 126)
        parts.append(
            f'<path fill="{colour}" d="M{x} {base + 60}v-{high + 30}l{wide // 2}-44 {wide - wide // 2} 44v{high + 30}z"/>'
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
        top = base - dice.randint(110, 190)
        waves = "".join(
            f"M{x - reach} {top - reach}a{reach * 1.42:g} {reach * 1.42:g} 0 0 1 {2 * reach} 0"
            for reach in (20, 38, 56)
        )
        parts.append(
            f'<path fill="{colours.near}" d="M{x - 16} {base + 40}l13-{base + 40 - top}h6l13 {base + 40 - top}h-8l-8-90-8 90z"/>'
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
