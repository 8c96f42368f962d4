"""Every kind of entry that the code posts is said in words on the public pages of the ledger (SA5 of 27 November)."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

from marketplace.ledger.chart import KINDS, REVERSED
from tests.architecture.source import parse, unparse, walk

ROOT = Path(settings.BASE_DIR)
# What writes an entry, or hands a kind on to what does, from any module.
POSTS = {"ledger.post", "accounts.move", "shift", "postings.shift", "postings.within_fund"}
# A step of a dispute makes the kind there: `won` makes `dispute.won`.
STEPS = ROOT / "marketplace/payments/operations/disputes.py"


@cache
def modules() -> dict[Path, ast.Module]:
    paths = [path for path in (ROOT / "marketplace").rglob("*.py") if "migrations" not in path.parts]
    return {path: parse(path.read_text(encoding="utf-8")) for path in paths}


def wrappers(tree: ast.Module) -> dict[str, int]:
    """The module's own functions that take a `kind` and post it, with the place of that parameter."""
    found = {}
    for one in tree.body:
        if isinstance(one, ast.FunctionDef):
            names = [argument.arg for argument in [*one.args.args, *one.args.kwonlyargs]]
            if "kind" in names and any(unparse(call.func) in POSTS for call in calls(one)):
                found[one.name] = names.index("kind")
    return found


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in walk(tree) if isinstance(node, ast.Call))


def values(tree: ast.Module, expression: ast.expr) -> Iterator[str]:
    """The texts that an expression can be; what only hands a parameter on is none."""
    if isinstance(expression, ast.Constant):
        yield str(expression.value)
    elif isinstance(expression, ast.JoinedStr):
        yield str(unparse(expression.values[0])).strip("'")
    elif isinstance(expression, ast.IfExp):
        yield from values(tree, expression.body)
        yield from values(tree, expression.orelse)
    elif isinstance(expression, ast.Name):
        for one in tree.body:
            if isinstance(one, ast.Assign):
                yield from named(one, expression.id)


def named(assigned: ast.Assign, name: str) -> Iterator[str]:
    """The text that an assignment of the module gives a name: `PAID, LOSS = "invoice.paid", "invoice.loss"`."""
    targets, value = assigned.targets[0], assigned.value
    pairs = (
        zip(targets.elts, value.elts, strict=True)
        if isinstance(targets, ast.Tuple) and isinstance(value, ast.Tuple)
        else [(targets, value)]
    )
    for target, text in pairs:
        if isinstance(target, ast.Name) and target.id == name and isinstance(text, ast.Constant):
            yield str(text.value)


def posted(path: Path, tree: ast.Module) -> Iterator[str]:
    own = wrappers(tree)
    for call in calls(tree):
        name = unparse(call.func)
        given = [one.value for one in call.keywords if one.arg == "kind" and name in POSTS | set(own)]
        if name in own and not given:
            given = [call.args[own[name]]]
        for expression in given:
            yield from values(tree, expression)
        if path == STEPS and name == "_post":
            yield from (f"dispute.{step}".split(":")[0].rstrip(".") for step in values(tree, call.args[1]))


def test_every_kind_of_entry_has_words_and_no_other_1127_sa5() -> None:
    kinds = {kind for path, tree in modules().items() for kind in posted(path, tree)}
    assert {kind.removesuffix(REVERSED) for kind in kinds} == set(KINDS)


def test_nothing_posts_past_what_is_looked_at_1127_sa5() -> None:
    """Else a kind could come from a function that the test above does not know."""
    for path, tree in modules().items():
        for call in calls(tree):
            name, last = unparse(call.func), unparse(call.func).rpartition(".")[2]
            has_key = {"kind", "key"} <= {str(one.arg) for one in call.keywords}
            if has_key and last in ("post", "move", "shift", "within_fund"):
                assert name in POSTS, f"{path.relative_to(ROOT)}:{call.lineno} {name}"
