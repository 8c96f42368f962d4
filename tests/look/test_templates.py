"""Rules that every template keeps, because the content security policy or the design asks for them."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from civic.core.styleguide import documentation, samples

TEMPLATES = settings.BASE_DIR / "templates"
PAGES = sorted(TEMPLATES.rglob("*.html"))
COMPONENTS = [path.stem for path in sorted((TEMPLATES / "components").glob("[a-z]*.html"))]
# Mail programs know nothing but inline styles; an export is a file that somebody opens on their own machine.
ELSEWHERE = re.compile(r"/((mail|email)s?/|accounts/export\.html$)")


def short(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))


@pytest.mark.parametrize("path", [page for page in PAGES if not ELSEWHERE.search(page.as_posix())], ids=short)
def test_no_inline_style_script_or_handler(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<[^>]*\sstyle\s*=", text)
    assert not re.search(r"<style\b", text)
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", text)
    assert not re.search(r"javascript:", text)
    assert not [
        tag
        for tag in re.findall(r"<script\b[^>]*>", text)
        if "src=" not in tag and not re.search(r'type="application/(ld[+])?json"', tag)
    ]


@pytest.mark.parametrize("path", PAGES, ids=short)
def test_nothing_is_fetched_from_elsewhere(path: Path) -> None:
    """A link may lead elsewhere; a picture, a style or a script may not come from there."""
    words = re.sub(r"<a\b[^>]*>", "", path.read_text(encoding="utf-8"))
    assert not re.search(r"""(src|href)=["'](https?:)?//""", words)


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_is_documented_and_alive_in_the_style_guide(name: str) -> None:
    text = documentation(name)
    assert "Example:" in text
    assert name in samples("light")


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_is_on_the_cheat_sheet(name: str) -> None:
    assert f"`{name}`" in (TEMPLATES / "components" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "path", sorted((settings.BASE_DIR / "static" / "css").glob("*.css")), ids=lambda path: path.name
)
def test_colours_stand_in_the_tokens(path: Path) -> None:
    """Components use names. What is left are a few neutral shades of drawn figures and the style guide's own."""
    if path.name in ("tokens.css", "accent.css", "print.css", "admin.css", "desk.css"):
        return
    figures = re.findall(r"#[0-9a-f]{3,6}\b", path.read_text(encoding="utf-8"))
    assert len(figures) <= 24
