"""One way to run staff actions: one loop over rows, one reason form, one base class, one writer of CSV."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser

from civic.core.admin import StaffAdmin
from civic.core.panels import Panel
from civic.core.policies import UnknownPolicy
from civic.core.registry import is_ours
from civic.core.staff_actions import StaffAction
from projects.calls import call_page
from projects.delivery.models import Milestone
from tests.architecture.source import parse, unparse, walk

ROOT = Path(settings.BASE_DIR)
PACKAGES = ("civic", "projects", "marketplace", "datasets")
ACTIONS, BASE, TABLES = "civic/core/staff_actions.py", "civic/core/admin/lists.py", "civic/core/csv_tables.py"
# A format of its own, in a package that knows neither Django nor civic.
PABULIB = "projects/voting/pabulib/writer.py"
Found = Iterator[tuple[int, str]]


def production() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the product but migrations, by its path."""
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in file.parts:
                yield str(file.relative_to(ROOT)), parse(file.read_text())


def is_admin(path: str) -> bool:
    return path.endswith("/admin.py") or "/admin/" in path


def last_name(node: ast.expr) -> str:
    """`Refused` of `errors.Refused`, `ModelAdmin` of `admin.ModelAdmin[Any]`."""
    return unparse(node).partition("[")[0].rpartition(".")[2]


def classes(tree: ast.Module) -> Iterator[ast.ClassDef]:
    return (node for node in walk(tree) if isinstance(node, ast.ClassDef))


def loops_over_rows(path: str, tree: ast.Module) -> Found:
    """An operation for each row with its refusals caught, which is `StaffAction.run`."""
    for loop in (node for node in walk(tree) if isinstance(node, ast.For) and is_admin(path)):
        caught = [one.type for one in walk(loop) if isinstance(one, ast.ExceptHandler) and one.type]
        names = [name for one in caught for name in (one.elts if isinstance(one, ast.Tuple) else [one])]
        if "Refused" in map(last_name, names):
            yield loop.lineno, unparse(loop.iter)


def second_forms(path: str, tree: ast.Module) -> Found:
    """A form of one's own beside the menu, or another form of that name."""
    for one in classes(tree) if path != ACTIONS else ():
        if one.name == "ReasonForm" or "ActionForm" in map(last_name, one.bases):
            yield one.lineno, one.name


def second_bases(path: str, tree: ast.Module) -> Found:
    """An admin class that is not a StaffAdmin."""
    for one in classes(tree) if path != BASE else ():
        if "ModelAdmin" in map(last_name, one.bases):
            yield one.lineno, one.name


def actions_for_readers(path: str, tree: ast.Module) -> Found:
    """An action of Django's own that whoever sees the list is offered."""
    for node in walk(tree):
        if isinstance(node, ast.Call) and unparse(node.func) in ("admin.action", "action"):
            given = {one.arg: unparse(one.value) for one in node.keywords}
            if "view" in given.get("permissions", "view"):
                yield node.lineno, unparse(node)


def second_writers(path: str, tree: ast.Module) -> Found:
    """CSV that is written without `csv_tables`, and so with formulas; the demo city makes files that banks make."""
    for node in walk(tree) if path not in (TABLES, PABULIB) and "/demo/" not in path else ():
        if isinstance(node, ast.Attribute) and unparse(node) in ("csv.writer", "csv.DictWriter"):
            yield node.lineno, unparse(node)


LOOP = """
def accept(self, request, rows):
    for row in rows:
        try:
            operations.accept(actor=request.user, row=row)
        except {caught} as refusal:
            messages.error(request, refusal.detail)
"""
RULES: dict[str, tuple[Callable[[str, ast.Module], Found], str]] = {
    "loop": (loops_over_rows, LOOP.format(caught="Refused")),
    "loop of several": (loops_over_rows, LOOP.format(caught="(errors.Refused, ValueError)")),
    "reason form": (second_forms, "class ReasonForm(forms.Form): ..."),
    "form in the menu": (second_forms, "class PartForm(helpers.ActionForm): ..."),
    "base": (second_bases, "class CallAdmin(admin.ModelAdmin[Call]): ..."),
    "action for readers": (actions_for_readers, "@admin.action(permissions=['view'])\ndef go(a, b, c): ..."),
    "action for all": (actions_for_readers, "@admin.action(description='Go')\ndef go(a, b, c): ..."),
    "csv": (second_writers, "csv.writer(response).writerow(row)"),
}


@pytest.mark.parametrize("rule", RULES)
def test_each_thing_is_done_in_one_way(rule: str) -> None:
    finds, _planted = RULES[rule]
    assert [(path, *one) for path, tree in production() for one in finds(path, tree)] == []


@pytest.mark.parametrize("rule", RULES)
def test_a_planted_second_way_is_found(rule: str) -> None:
    finds, planted = RULES[rule]
    assert list(finds("projects/calls/admin.py", parse(planted)))


def test_every_list_of_ours_is_of_the_one_base() -> None:
    """Also those that are registered without a class of their own."""
    ours = [desk for model, desk in admin.site._registry.items() if is_ours(model.__module__)]
    assert len(ours) > 30
    assert [desk for desk in ours if not isinstance(desk, StaffAdmin)] == []


def actions_nobody_can_be_asked_about(desks: list[StaffAdmin]) -> list[str]:
    """Actions whose `permission` reads a row: there is none yet when the menu is made, and the list would fail."""
    found = []
    for desk in desks:
        for action in (one for one in desk.actions or () if isinstance(one, StaffAction)):
            try:
                action.permits(AnonymousUser())
            except UnknownPolicy:
                found.append(f"{desk}: {action.name}")
    return found


def test_every_action_can_be_offered_before_there_is_a_row() -> None:
    assert actions_nobody_can_be_asked_about([*admin.site._registry.values()]) == []


def test_a_planted_action_that_reads_a_row_is_found() -> None:
    planted = StaffAction(lambda: None, "milestone", "x", permission=("decide", Milestone), name="planted")
    desk = StaffAdmin(Milestone, admin.site)
    desk.actions = (planted,)
    assert len(actions_nobody_can_be_asked_about([desk])) == 1


def test_a_page_that_brings_no_columns_takes_no_panel_that_wants_some() -> None:
    panel = Panel(1, "planted", "x", "voting/panels/on_call.html", lambda *args: None, columns=dict)
    assert call_page.panels.problems() == []
    with call_page.panels.temporarily(panel):
        assert any("brings no columns" in problem for problem in call_page.panels.problems())
