"""A drawn cover for a project without a photo: a quiet landscape, always the same for the same project."""

import math
import random
from uuid import UUID

from projects.proposals.cover_subjects import PALETTES, SUBJECTS, Palette

WIDTH, HEIGHT = 960, 540
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
    x, y, radius = dice.randint(140, 820), horizon - dice.randint(40, 170), dice.randint(44, 78)
    return (
        f'<circle cx="{x}" cy="{y}" r="{radius * 2}" fill="{colours.light}" opacity=".16"/>'
        f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{colours.light}"/>'
    )


def _clouds(dice: random.Random, colours: Palette, horizon: int) -> str:
    bands = []
    for _ in range(3):
        x, y, wide = dice.randint(-40, 720), dice.randint(50, horizon - 90), dice.randint(130, 260)
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
    x = dice.randint(120, 800)
    glints = [
        f"M{dice.randint(20, 880)} {top + dice.randint(14, 60)}h{dice.randint(30, 110)}" for _ in range(6)
    ]
    return (
        f'<path fill="{colours.sky}" d="M0 {top + 6}q240-14 480 0t480-4v110H0z"/>'
        f'<path stroke="#fff" stroke-width="4" stroke-linecap="round" opacity=".7" d="{"".join(glints)}"/>'
        f'<path fill="#fff" d="M{x} {top + 18}v-62l38 62z"/>'
        f'<path fill="{colours.mark}" d="M{x - 6} {top + 10}v-42l-24 42z"/>'
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
