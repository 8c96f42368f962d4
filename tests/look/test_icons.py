"""Every icon that is named anywhere is in the sprite: one that is not would draw nothing."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines

from civic.core import icons
from civic.notifications.types import NotificationType, notification_types
from civic.pages.blocks.text import ICONS
from tests.architecture.source import parse, unparse, walk
from tests.factories.notifications import DAILY

ROOT = Path(settings.BASE_DIR)
# `{% icon "bell" %}`, and what a component is given: `icon="bell"`, `icon_after="arrow-right"`.
IN_TEMPLATES = re.compile(r"""(?:{%\s*icon\s+|\bicon(?:_after)?=)"([\w-]+)\"""")


def named_in_templates() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "templates").rglob("*.html")):
        for name in IN_TEMPLATES.findall(path.read_text(encoding="utf-8")):
            yield str(path.relative_to(ROOT)), name


def named_in_code(path: Path) -> Iterator[str]:
    """Texts given as `icon=…`, assigned to a variable `icon`, or the value of a key "icon"."""
    for node in walk(parse(path.read_text(encoding="utf-8"))):
        values: list[ast.expr | None] = []
        if isinstance(node, ast.keyword) and node.arg == "icon":
            values = [node.value]
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            values = [node.value] if "icon" in map(ast.unparse, targets) else []
        elif isinstance(node, ast.Dict):
            keys = [unparse(key) if key else "" for key in node.keys]
            values = [value for key, value in zip(keys, node.values, strict=True) if key == "'icon'"]
        for value in filter(None, values):
            texts = (one.value for one in walk(value) if isinstance(one, ast.Constant) and one.value)
            yield from (text for text in texts if isinstance(text, str))


def modules() -> Iterator[Path]:
    """Code that names icons of ours; the page editor (civic.pages) has Wagtail's own, but for its steps."""
    for package in ("civic", "datasets", "projects", "marketplace"):
        for path in sorted((ROOT / package).rglob("*.py")):
            if not path.is_relative_to(ROOT / "civic" / "pages"):
                yield path


def test_icons_in_templates_exist() -> None:
    named = list(named_in_templates())
    assert len(named) > 100
    assert [(place, name) for place, name in named if name not in icons.names()] == []


def test_icons_in_code_exist() -> None:
    named = [(str(path.relative_to(ROOT)), name) for path in modules() for name in named_in_code(path)]
    assert len(named) > 10
    assert [(place, name) for place, name in named if name not in icons.names()] == []


def test_a_planted_icon_is_found(tmp_path: Path) -> None:
    planted = tmp_path / "panels.py"
    planted.write_text("""todo(icon="alert")
icon = "x" if late else "clock"
step = {"icon": "sparkles"}
""")
    assert set(named_in_code(planted)) - icons.names() == {"alert", "x", "sparkles"}


def test_icons_that_editors_choose_from_exist() -> None:
    assert {name for name, _label in ICONS} <= icons.names()


def test_an_unknown_icon_is_no_page() -> None:
    with pytest.raises(LookupError, match="no icon “sparkles”"):
        engines["django"].from_string("{% load look %}{% icon 'sparkles' %}").render()


def test_an_unknown_icon_of_an_entry_fails_the_start() -> None:
    with notification_types.temporarily(NotificationType("planted", DAILY, "Planted", "sparkles")):
        assert "there is no icon “sparkles” in static/img/icons.svg." in "".join(
            notification_types.problems()
        )
