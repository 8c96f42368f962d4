"""Drawn covers: the same for the same project, safe as a picture from a stranger, small, one manner a theme."""

import re
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

import pytest

from projects.proposals.cover_subjects import PALETTES
from projects.proposals.covers import draw
from projects.proposals.models.project import Theme

SPACE = UUID("0192f0c0-0000-7000-8000-000000000000")
SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {"svg", "g", "defs", "linearGradient", "stop", "path", "circle", "rect", "ellipse"}
PROJECTS = [uuid5(SPACE, str(number)) for number in range(40)]


def test_every_theme_has_colours_of_its_own() -> None:
    assert set(PALETTES) == set(Theme.values)


@pytest.mark.parametrize("theme", [*Theme.values, "", "unknown"])
def test_the_same_project_has_the_same_cover(theme: str) -> None:
    assert draw(PROJECTS[0], theme) == draw(UUID(str(PROJECTS[0])), theme)


def test_projects_have_different_covers() -> None:
    assert len({draw(project, "green") for project in PROJECTS}) == len(PROJECTS)


@pytest.mark.parametrize("theme", Theme.values)
def test_a_cover_is_nothing_but_shapes(theme: str) -> None:
    for project in PROJECTS:
        tree = ET.fromstring(draw(project, theme))
        assert {element.tag.removeprefix(SVG) for element in tree.iter()} <= DRAWN
        names = {name for element in tree.iter() for name in element.attrib}
        assert not {name for name in names if name.startswith("on") or "href" in name or name == "style"}
        addresses = re.findall(r"url\(([^)]*)\)", draw(project, theme))
        assert set(addresses) <= {"#s"}


@pytest.mark.parametrize("theme", Theme.values)
def test_a_cover_is_small(theme: str) -> None:
    assert all(len(draw(project, theme).encode()) < 5_000 for project in PROJECTS)


def test_a_strange_theme_cannot_write_into_the_picture() -> None:
    assert "script" not in draw(PROJECTS[0], '"><script>alert(1)</script>')
