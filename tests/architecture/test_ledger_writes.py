"""Only marketplace.ledger writes ledger rows: everybody else calls its operations."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.architecture.source import parse, walk

ROOT = Path(settings.BASE_DIR)
PACKAGES = ("civic", "projects", "marketplace", "datasets")
SLICE = ROOT / "marketplace" / "ledger"
MODELS = "marketplace.ledger.models"
WRITERS = {
    "create", "bulk_create", "get_or_create", "update_or_create", "update", "bulk_update", "delete", "save",
    "acreate", "aupdate", "adelete", "asave", "_raw_delete",
}  # fmt: skip
RELATED = {"postings", "checkpoints", "reversed_by"}
SQL = re.compile(
    r"\b(insert\s+into|update|delete\s+from|truncate|merge\s+into|copy)\s+\S*ledger_|ledger_post\(",
    re.IGNORECASE,
)


def writes(source: str) -> Iterator[int]:
    """Lines that make a ledger row, write one through its model or a relation to it, or in SQL."""
    tree = parse(source)
    names = set(imported(tree))
    for node in walk(tree):
        if isinstance(node, ast.Call) and (makes(node, names) or writes_through(node, names)):
            yield node.lineno
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.search(node.value):
            yield node.lineno


def imported(tree: ast.AST) -> Iterator[str]:
    """What the ledger's models, or their module, are called here; choices (`Book`) are no rows."""
    for node in walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == MODELS:
            yield from (one.asname or one.name for one in node.names if one.name != "Book")
        if isinstance(node, ast.ImportFrom) and node.module == MODELS.rpartition(".")[0]:
            yield from (one.asname or one.name for one in node.names if one.name == "models")


def makes(call: ast.Call, names: set[str]) -> bool:
    """`Entry(…)`, `models.Entry(…)`."""
    parts = chain(call.func)
    return bool(parts) and parts[0] in names and parts[-1][:1].isupper()


def writes_through(call: ast.Call, names: set[str]) -> bool:
    """`Entry.objects.filter(…).update(…)`, `entry.postings.create(…)`."""
    *before, last = chain(call.func) or [""]
    return last in WRITERS and bool(before) and (before[0] in names or bool(RELATED & set(before)))


def chain(node: ast.expr) -> list[str]:
    """`Entry.objects.filter(…).update` as its names."""
    if isinstance(node, ast.Attribute):
        return [*chain(node.value), node.attr]
    if isinstance(node, ast.Call):
        return chain(node.func)
    return [node.id] if isinstance(node, ast.Name) else []


def test_only_the_ledger_writes_its_rows() -> None:
    files = [
        file
        for package in PACKAGES
        for file in (ROOT / package).rglob("*.py")
        if not file.is_relative_to(SLICE) and "ledger" in (text := file.read_text()) and text
    ]
    assert len(files) > 20
    assert [f"{file.relative_to(ROOT)}:{line}" for file in files for line in writes(file.read_text())] == []


IMPORT = f"from {MODELS} import Account, Book, Entry, Posting as Leg\nfrom marketplace.ledger import models\n"


@pytest.mark.parametrize(
    "planted",
    [
        "Entry(book='live', kind='gift').save()",
        "Leg.objects.bulk_create([])",
        "Leg.objects.filter(entry=entry).update(amount=0)",
        "Account.objects.get_or_create(code='mine')",
        "models.Checkpoint.objects.create(balance=7)",
        "models.Entry(book='live')",
        "entry.postings.create(amount=5)",
        "charge.entry.postings.all().delete()",
        "cursor.execute('INSERT INTO ledger_entry VALUES (1)')",
        "cursor.execute('update  public.ledger_posting set amount = 0')",
        "cursor.execute('SELECT ledger_post(%s)', row)",
    ],
)
def test_a_planted_write_is_found(planted: str) -> None:
    assert set(writes(IMPORT + planted)) == {3}


@pytest.mark.parametrize(
    "innocent",
    [
        "Entry.objects.filter(key='x').exists()",
        "sum(leg.amount for leg in entry.postings.filter(account=account))",
        "ledger.post(book='demo', legs=legs)",
        "Account.Kind.ASSET",
        "Book('demo')",
        "pledge.objects.update(x=1)",
        "'the ledger_posting table is kept'",
    ],
)
def test_reading_is_no_write(innocent: str) -> None:
    assert list(writes(IMPORT + innocent)) == []
