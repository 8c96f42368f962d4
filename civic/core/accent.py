"""The tones of a city's accent colour, such that text on and in each of them stays readable (WCAG 2.2 AA)."""

from collections.abc import Iterable
from typing import NamedTuple

from .colour import Oklch, contrast, to_hex, to_oklch

DEFAULT_ACCENT = "#0b6375"
TEXT_CONTRAST = 4.6  # AA asks 4.5; the rest is for rounding
LARGE_CONTRAST = 3.1

# The grounds that the accent is written on. They repeat tokens.css, and a test compares them.
LIGHT_GROUNDS = ("#ffffff", "#f5f4f0", "#fbfaf8")
DARK_GROUNDS = ("#15191b", "#1d2225", "#101314")
INK = "#14191b"
WHITE = "#ffffff"


class Tones(NamedTuple):
    """One mode's tones, as `#rrggbb`."""

    accent: str  # text, links, icons
    fill: str  # buttons and bars
    fill_hover: str
    on_fill: str  # text on a fill
    soft: str  # a tinted ground
    line: str  # the border of a tinted ground
    deep: str  # footer and hero band, always dark
    on_deep: str


def _readable(colour: Oklch, grounds: Iterable[str], step: float, wanted: float = TEXT_CONTRAST) -> str:
    """`colour` moved in lightness by `step` until it has the wanted contrast to every ground."""
    grounds = tuple(grounds)
    while 0 < colour.lightness < 1 and min(contrast(to_hex(colour), ground) for ground in grounds) < wanted:
        colour = colour._replace(lightness=min(1, max(0, colour.lightness + step)))
    return to_hex(colour)


def _fill(colour: Oklch, lowest: float, highest: float) -> tuple[str, str, str]:
    """A fill near the city's own colour, its hover tone and the text colour that reads on both."""
    lightness = min(highest, max(lowest, colour.lightness))
    base = colour._replace(lightness=lightness)
    on_fill = WHITE if contrast(to_hex(base), WHITE) >= LARGE_CONTRAST else INK
    away = -0.01 if on_fill == WHITE else 0.01
    fill = _readable(base, [on_fill], away)
    hover = to_oklch(fill)
    hover = hover._replace(lightness=min(0.98, max(0.05, hover.lightness + 6 * away)))
    return fill, to_hex(hover), on_fill


def light_tones(accent: str) -> Tones:
    """The tones for a light page."""
    colour = to_oklch(accent)
    soft = to_hex(Oklch(0.955, min(0.025, colour.chroma * 0.3), colour.hue))
    return Tones(
        _readable(colour, (*LIGHT_GROUNDS, soft), -0.01),
        *_fill(colour, 0.30, 0.88),
        soft=soft,
        line=to_hex(Oklch(0.84, min(0.06, colour.chroma * 0.6), colour.hue)),
        deep=to_hex(Oklch(0.27, min(0.055, colour.chroma * 0.7), colour.hue)),
        on_deep=to_hex(Oklch(0.93, min(0.02, colour.chroma * 0.3), colour.hue)),
    )


def dark_tones(accent: str) -> Tones:
    """The tones for a dark page."""
    colour = to_oklch(accent)
    soft = to_hex(Oklch(0.285, min(0.04, colour.chroma * 0.5), colour.hue))
    lifted = colour._replace(lightness=max(0.72, colour.lightness), chroma=min(0.13, colour.chroma))
    filled = lifted._replace(lightness=max(0.74, colour.lightness))
    return Tones(
        _readable(lifted, (*DARK_GROUNDS, soft), 0.01),
        *_fill(filled, 0.70, 0.90),
        soft=soft,
        line=to_hex(Oklch(0.42, min(0.06, colour.chroma * 0.6), colour.hue)),
        deep=to_hex(Oklch(0.215, min(0.04, colour.chroma * 0.6), colour.hue)),
        on_deep=to_hex(Oklch(0.92, min(0.02, colour.chroma * 0.3), colour.hue)),
    )


def stylesheet(accent: str) -> str:
    """CSS custom properties of `accent` for both modes; raises ValueError when it is no colour."""
    light, dark = light_tones(accent), dark_tones(accent)
    lines = [
        f"  --{'accent' if name == 'accent' else 'accent-' + name.replace('_', '-')}: "
        f"light-dark({getattr(light, name)}, {getattr(dark, name)});"
        for name in Tones._fields
    ]
    return ":root {\n" + "\n".join(lines) + "\n}\n"
