"""Tests ask for the demo city and do not build one: that takes twenty seconds of CPU each time."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

from tests.architecture.source import parse, walk

TESTS = Path(settings.BASE_DIR) / "tests"
FIXTURE = "demo_city"
BUILDER = "civic.demo.city.build"
# The fixture itself, and the test of building: that one seed makes one city can only be told by building two.
MAY_BUILD = {TESTS / "demo_city.py", TESTS / "demo" / "test_seed.py"}


def builds_a_city(source: str) -> bool:
    """Whether a module calls the builder, or the command where nobody has asked for the city that stands."""
    nodes = list(walk(parse(source)))
    imported = {name for node in nodes if isinstance(node, ast.ImportFrom) for name in names_of(node)}
    imported |= {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    runs = any(isinstance(node, ast.Call) and runs_the_command(node) for node in nodes)
    return BUILDER in imported or (runs and not any(asks_for_the_city(node) for node in nodes))


def names_of(node: ast.ImportFrom) -> set[str]:
    """The modules that `from … import …` may name."""
    return {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}


def runs_the_command(call: ast.Call) -> bool:
    """Whether this is `call_command("demo_city", …)` or a subprocess that runs it."""
    words = {word.value for part in call.args for word in walk(part) if isinstance(word, ast.Constant)}
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return FIXTURE in words and name != "usefixtures"


def asks_for_the_city(node: ast.AST) -> bool:
    """Whether this is `usefixtures("demo_city")` or a function with a parameter of that name."""
    if isinstance(node, ast.FunctionDef):
        return FIXTURE in {argument.arg for argument in node.args.args}
    if not isinstance(node, ast.Call) or getattr(node.func, "attr", "") != "usefixtures":
        return False
    return FIXTURE in {getattr(word, "value", None) for word in node.args}


def test_no_test_builds_a_city_of_its_own() -> None:
    found = [
        file for file in TESTS.rglob("*.py") if file not in MAY_BUILD and builds_a_city(file.read_text())
    ]
    assert found == []


@pytest.mark.parametrize(
    "planted",
    [
        "call_command('demo_city', '--small')",
        "management.call_command('demo_city', small=True)",
        "subprocess.run([sys.executable, 'manage.py', 'demo_city'])",
        "from civic.demo.city.build import SMALL, build",
        "from civic.demo.city import build",
        "import civic.demo.city.build",
    ],
)
def test_a_planted_city_is_found(planted: str) -> None:
    assert builds_a_city(planted)


@pytest.mark.parametrize(
    "innocent",
    [
        "pytestmark = pytest.mark.usefixtures('demo_city')",
        "def test_dates_move(demo_city):\n    call_command('demo_city')",
        "from civic.demo.city.cast import NEWCOMER",
    ],
)
def test_asking_for_the_city_is_no_building(innocent: str) -> None:
    assert not builds_a_city(innocent)
