"""Internal addresses are asked for by the name of their URL, so that an address changes in one place."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import parse, unparse, walk

HOME = Path(__file__).parents[2]
PACKAGES = ("civic", "datasets", "marketplace", "projects")
# Whole areas without a view of their own, and what no router answers.
PREFIXES = {
    ("civic/core/problems.py", "/api/"),
    ("civic/pages/views.py", "/accounts/"),
    ("civic/pages/views.py", "/_util/"),
}
# The page for a broken site asks nothing that may be what broke.
LITERAL_PAGES = {"templates/errors/500.html"}
PATH = re.compile(r"/[a-z_][\w-]*(/|\?|$|\{)")
FILES = re.compile(r"/(var|tmp|proc|dev|etc)/")
# An attribute or a parameter with a path, a variable with a path after it, and steps below a page's address.
IN_TEMPLATE = re.compile(
    r"""=["']/(?!/)[^"']*|\}\}/[a-z][\w/-]*|(?:get_absolute_url|\.url)\s*\}\}[a-z][\w-]*/"""
)


def written_in_python(source: str) -> Iterator[str]:
    """Paths that string literals spell out; those of documentation do not count."""
    tree = parse(source)
    spoken = {id(node.value) for node in walk(tree) if isinstance(node, ast.Expr)}
    inside = {id(part) for node in walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in walk(tree):
        text = None
        if isinstance(node, ast.JoinedStr):
            text = "".join(part.value if isinstance(part, ast.Constant) else "{" for part in node.values)
            below = re.search(r"get_absolute_url\(\)\}[a-z][\w-]*/", unparse(node))
            text = below[0] if below else text if PATH.match(text) else None
        elif (
            isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in spoken | inside
        ):
            text = node.value if PATH.match(node.value) else None
        elif isinstance(node, ast.BinOp) and re.match(r".*get_absolute_url\(\) \+ '[a-z]", unparse(node)):
            text = unparse(node.right)
        if text and not FILES.match(text) and " " not in text:
            yield text


def written_in_template(source: str) -> list[str]:
    """Paths that a template spells out."""
    return [found[0] for found in IN_TEMPLATE.finditer(source)]


def python_files() -> Iterator[tuple[str, str]]:
    for package in PACKAGES:
        for path in sorted((HOME / package).rglob("*.py")):
            name = path.relative_to(HOME).as_posix()
            if path.name != "urls.py" and "/migrations/" not in name and "/settings/" not in name:
                yield name, path.read_text()


def test_python_names_urls() -> None:
    """Outside of urls.py and the settings no path of the site is spelt out."""
    found = {(name, text) for name, source in python_files() for text in written_in_python(source)}
    assert found == PREFIXES


def test_templates_name_urls() -> None:
    """Links, forms and htmx take their addresses from `{% url %}`, the filter `url` or the thing itself."""
    found = {
        (path.relative_to(HOME).as_posix(), text)
        for path in (HOME / "templates").rglob("*.*")
        for text in written_in_template(path.read_text())
        if path.relative_to(HOME).as_posix() not in LITERAL_PAGES
    }
    assert found == set()


def test_scripts_take_addresses_from_the_page() -> None:
    """No script spells out a path of the site."""
    found = [
        (path.name, text[0])
        for path in (HOME / "static" / "js").rglob("*.js")
        for text in re.finditer(r"""["'`]/[a-z][\w-]*/""", path.read_text())
    ]
    assert found == []


@pytest.mark.parametrize(
    "planted",
    [
        'redirect("/me/")',
        'default = "/me/"',
        'f"/projects/{slug}/"',
        'f"/projects/new/?call={slug}"',
        'f"{project.get_absolute_url()}edit/{name}/"',
        'project.get_absolute_url() + "changes/"',
    ],
)
def test_a_planted_path_in_python_is_found(planted: str) -> None:
    """Each way that the code base once spelt a path."""
    assert list(written_in_python(f"x = {planted}"))


@pytest.mark.parametrize(
    "innocent", ['"/var/lib/x"', '"text/html"', 'f"{thing.get_absolute_url()}#top"', '"/"']
)
def test_other_strings_are_left_alone(innocent: str) -> None:
    """Files, media types, fragments."""
    assert not list(written_in_python(f"x = {innocent}"))


@pytest.mark.parametrize(
    "planted",
    [
        '<a href="/projects/">',
        '<form action="/search/">',
        '{% include "components/link_button.html" with href="/calls/" only %}',
        "{{ site_url }}/help/",
        '<a href="{{ project.get_absolute_url }}edit/idea/">',
        "<a hx-get='/search/?q=x'>",
    ],
)
def test_a_planted_path_in_a_template_is_found(planted: str) -> None:
    """Each way that the templates once spelt a path."""
    assert written_in_template(planted)
