"""One way for what libraries and types do: numbers with check digits, the person of a request, exemptions of mypy."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import parse, unparse, walk

HOME = Path(__file__).parents[2]
PACKAGES = ("civic", "datasets", "marketplace", "projects")


def sources() -> Iterator[tuple[str, str]]:
    for package in PACKAGES:
        for path in sorted((HOME / package).rglob("*.py")):
            name = path.relative_to(HOME).as_posix()
            if "/migrations/" not in name:
                yield name, path.read_text()


def own_number_checks(source: str) -> list[str]:
    """Patterns of IBANs and remainders of 97 (ISO 7064) that python-stdnum has."""
    found = []
    for node in walk(parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "[A-Z]{2}\\d{2}" in node.value:
            found.append(node.value)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
            right = node.right
            if isinstance(right, ast.Constant) and right.value == 97:
                found.append(unparse(node))
    return found


def loosely_typed_views(source: str) -> list[str]:
    """Views that let only known people in, and whose request does not say so."""
    found: list[str] = []

    def closed(node: ast.FunctionDef | ast.ClassDef) -> bool | None:
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Call) and unparse(decorator.func) == "access":
                return "PUBLIC" not in unparse(decorator)
        return None

    def visit(parent: ast.AST, inherited: bool) -> None:
        for node in ast.iter_child_nodes(parent):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                own = closed(node)
                shut = inherited if own is None else own
                if isinstance(node, ast.ClassDef):
                    visit(node, shut)
                elif shut and any(
                    one.arg == "request" and one.annotation and unparse(one.annotation) == "HttpRequest"
                    for one in node.args.args
                ):
                    found.append(node.name)

    visit(parse(source), False)
    return found


# What everybody locks rows by, and who takes rows that nobody else holds (SKIP LOCKED). Besides, `locking` modules.
LOCKS = {
    "civic/core/events.py",
    "civic/core/locking.py",
    "civic/core/states.py",
    "civic/core/work.py",
    "civic/notifications/outbox.py",
    "projects/proposals/operations/supports.py",
}
LOCKING_SQL = re.compile(r"\bFOR (NO KEY UPDATE|KEY SHARE|UPDATE|SHARE)\b")


def bare_locks(source: str) -> list[str]:
    """Row locks written out: without their order by id, and perhaps with what is joined to the row."""
    tree = parse(source)
    # A docstring stands alone as a statement.
    prose = {node.value for node in walk(tree) if isinstance(node, ast.Expr)}
    found = []
    for node in walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "select_for_update":
            found.append(unparse(node))
        text = isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in prose
        if text and LOCKING_SQL.search(unparse(node)):
            found.append(unparse(node))
    return found


def test_numbers_are_checked_by_the_library() -> None:
    assert [name for name, source in sources() if own_number_checks(source)] == []


def test_rows_are_locked_by_the_one_module_for_it() -> None:
    bare = {name for name, source in sources() if bare_locks(source)}
    assert {name for name in bare - LOCKS if not name.endswith("/locking.py")} == set()
    assert bare >= LOCKS


def test_campaigns_are_locked_by_their_own_module() -> None:
    """`states.lock` brings only a state up to date: with it a decision would rest on the other columns as they were."""
    wrong = [
        name
        for name, source in sources()
        if name.startswith("marketplace/") and re.search(r"\block\((\w+\.)?campaign\)", source)
    ]
    assert wrong == []


def test_views_for_known_people_say_so() -> None:
    loose = {
        (name, view) for name, source in sources() if "/views" in name for view in loosely_typed_views(source)
    }
    assert loose == set()


def test_no_part_of_the_code_is_exempt_from_types() -> None:
    mypy = tomllib.loads((HOME / "pyproject.toml").read_text())["tool"]["mypy"]
    keys = {key for override in mypy["overrides"] for key in override} | mypy.keys()
    assert not keys & {"disable_error_code", "ignore_errors", "follow_imports"}
    assert mypy["warn_unused_ignores"]


@pytest.mark.parametrize(
    "planted", [r'FORM = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}")', "fine = number % 97 == 1"]
)
def test_a_planted_check_of_numbers_is_found(planted: str) -> None:
    assert own_number_checks(planted)


@pytest.mark.parametrize(
    "planted",
    [
        "call = Call.objects.select_for_update().get(pk=1)",
        "def held(rows):\n    return [*rows.select_for_update(of=('self',))]",
        "rows = Call.objects.raw(f'{sql} FOR SHARE OF calls_call')",
        "cursor.execute('SELECT 1 FROM calls_call FOR NO KEY UPDATE')",
    ],
)
def test_a_planted_lock_is_found(planted: str) -> None:
    assert bare_locks(planted)


def test_a_sentence_about_locks_is_none() -> None:
    assert bare_locks('def share():\n    """Taken FOR SHARE, see there."""\n    # FOR UPDATE') == []


@pytest.mark.parametrize(
    "planted",
    [
        "@access(SIGNED_IN)\ndef page(request: HttpRequest): ...",
        "@access(STAFF)\nclass Page(View):\n    def get(self, request: HttpRequest): ...",
    ],
)
def test_a_planted_loose_view_is_found(planted: str) -> None:
    assert loosely_typed_views(planted)
