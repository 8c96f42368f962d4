"""Only `civic.core.states` changes a state: everybody else asks for a transition."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.architecture.source import parse, walk

ROOT = Path(settings.BASE_DIR)
PACKAGES = ("civic", "projects", "marketplace", "datasets")
MAY = {ROOT / "civic" / "core" / "states.py"}
WRITERS = {"update", "bulk_update", "update_or_create"}


def state_writes(source: str) -> Iterator[int]:
    """Lines that assign `.state`, set it by name, or write it through a queryset."""
    for node in walk(parse(source)):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign) and any(map(is_state, targets(node))):
            yield node.lineno
        if isinstance(node, ast.Call) and writes_state(node):
            yield node.lineno


def targets(node: ast.Assign | ast.AugAssign | ast.AnnAssign) -> list[ast.expr]:
    """What an assignment assigns to, tuples taken apart."""
    found = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [part for target in found for part in (target.elts if isinstance(target, ast.Tuple) else [target])]


def is_state(target: ast.expr) -> bool:
    """Whether this is `<something>.state`."""
    return isinstance(target, ast.Attribute) and target.attr == "state"


def writes_state(call: ast.Call) -> bool:
    """Whether this is `….update(state=…)` or one of its relatives, or `setattr(…, "state", …)`."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name == "setattr":
        return isinstance(call.args[1], ast.Constant) and call.args[1].value == "state"
    return name in WRITERS and (
        any(keyword.arg == "state" for keyword in call.keywords)
        or any(isinstance(word, ast.Constant) and word.value == "state" for word in walk(call))
    )


def test_only_the_transition_writes_a_state() -> None:
    files = [file for package in PACKAGES for file in (ROOT / package).rglob("*.py") if file not in MAY]
    found = [f"{file.relative_to(ROOT)}:{line}" for file in files for line in state_writes(file.read_text())]
    assert found == []


@pytest.mark.parametrize(
    "planted",
    [
        "project.state = State.OPEN",
        "project.title, project.state = title, state",
        "Project.objects.filter(pk=pk).update(state='open')",
        "Project.objects.bulk_update(rows, ['title', 'state'])",
        "Project.objects.update_or_create(pk=pk, defaults={'state': 'open'})",
        "setattr(project, 'state', 'open')",
    ],
)
def test_a_planted_write_is_found(planted: str) -> None:
    assert list(state_writes(planted)) == [1]


@pytest.mark.parametrize(
    "innocent", ["if project.state == 'open': pass", "state = project.state", "d.update(x=1)"]
)
def test_reading_a_state_is_no_write(innocent: str) -> None:
    assert list(state_writes(innocent)) == []
