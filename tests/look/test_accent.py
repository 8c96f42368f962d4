"""Whatever colour a city chooses, text on it and in it can be read (WCAG 2.2 AA), and the frame stays a city's own."""

import re

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from civic.core.accent import (
    DARK_GROUNDS,
    DEFAULT_ACCENT,
    LIGHT_GROUNDS,
    Tones,
    dark_tones,
    light_tones,
    stylesheet,
)
from civic.core.colour import contrast, to_hex, to_oklch

CSS = settings.BASE_DIR / "static" / "css"
AA = 4.5
MODES = ((light_tones, LIGHT_GROUNDS), (dark_tones, DARK_GROUNDS))

any_colour = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def worst(tones: Tones, grounds: tuple[str, ...]) -> float:
    """The lowest contrast of all pairs of text and ground that the components make of these tones."""
    pairs = [
        *((tones.accent, ground) for ground in (*grounds, tones.soft)),
        (tones.on_fill, tones.fill),
        (tones.on_fill, tones.fill_hover),
        (tones.on_deep, tones.deep),
    ]
    return min(contrast(text, ground) for text, ground in pairs)


@given(accent=any_colour)
def test_any_accent_is_readable_in_both_modes(accent: str) -> None:
    for tones, grounds in MODES:
        assert worst(tones(accent), grounds) >= AA


@pytest.mark.parametrize("accent", ["#ffdd00", "#ffffff", "#000000", "#7f7f7f", "#00ff00", "#e4003a"])
def test_the_hardest_accents_are_readable(accent: str) -> None:
    for tones, grounds in MODES:
        assert worst(tones(accent), grounds) >= AA


def test_a_readable_accent_is_used_as_it_is() -> None:
    assert light_tones("#3b2fd4").accent == "#3b2fd4"
    assert light_tones("#3b2fd4").fill == "#3b2fd4"


@given(colour=any_colour)
def test_colours_survive_the_way_through_oklch(colour: str) -> None:
    there = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    back = to_hex(to_oklch(colour))
    assert all(
        abs(int(back[place : place + 2], 16) - byte) <= 1
        for place, byte in zip((1, 3, 5), there, strict=True)
    )


def test_black_on_white_is_21_to_1() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def properties(css: str) -> dict[str, str]:
    return dict(re.findall(r"(--[\w-]+):\s*([^;]+);", css))


def test_the_default_accent_of_the_file_is_the_computed_one() -> None:
    assert properties((CSS / "accent.css").read_text()) == properties(stylesheet(DEFAULT_ACCENT))


def test_the_grounds_of_the_tokens_are_the_ones_that_are_computed_with() -> None:
    tokens = properties((CSS / "tokens.css").read_text())
    for name in ("--ground", "--surface", "--sunken", "--tint"):
        light, dark = re.findall(r"#[0-9a-f]{6}", tokens[name])
        assert light in LIGHT_GROUNDS
        assert dark in DARK_GROUNDS


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("--ink", "--ground"),
        ("--ink", "--sunken"),
        ("--ink-soft", "--ground"),
        ("--ink-soft", "--sunken"),
        ("--ink-soft", "--surface"),
        ("--positive", "--positive-soft"),
        ("--warning", "--warning-soft"),
        ("--danger", "--danger-soft"),
        ("--info", "--info-soft"),
        ("--danger", "--surface"),
    ],
)
def test_tokens_are_readable(text: str, ground: str) -> None:
    tokens = properties((CSS / "tokens.css").read_text())
    inks, grounds = (re.findall(r"#[0-9a-f]{6}", tokens[name]) for name in (text, ground))
    for ink, below in zip(inks, grounds, strict=True):
        assert contrast(ink, below) >= AA


def test_borders_of_controls_can_be_seen() -> None:
    tokens = properties((CSS / "tokens.css").read_text())
    lines, grounds = (re.findall(r"#[0-9a-f]{6}", tokens[name]) for name in ("--line-strong", "--surface"))
    for line, below in zip(lines, grounds, strict=True):
        assert contrast(line, below) >= 3


def test_the_stylesheet_of_an_accent_may_be_kept_for_ever(client: Client) -> None:
    answer = client.get("/theme/c2185b.css")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/css")
    assert "immutable" in answer["Cache-Control"]
    assert "#c2185b" in answer.content.decode()
    assert not answer.cookies


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["zzz", "12345", "1234567", "c2185g", "red"])
def test_what_is_no_colour_has_no_stylesheet(client: Client, name: str) -> None:
    assert client.get(f"/theme/{name}.css").status_code == 404
