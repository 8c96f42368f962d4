"""What a package's `__init__` brings from its modules, somebody takes from there; ruff can't tell (F401)."""

import ast

from tests.architecture.frozen import PACKAGES, ROOT
from tests.architecture.source import parse, unparse, walk

READERS = (*PACKAGES, "tests", "bench")
# Celery's documentation for Django: its worker and `shared_task` find the application by it.
BY_CELERY = "civic.celery_app"


def offered(source: str) -> dict[str, str]:
    """Names that `__init__` imports and doesn't use itself, with the module that each comes from."""
    tree = parse(source)
    used = {node.id for node in walk(tree) if isinstance(node, ast.Name)}
    return {
        alias.asname or alias.name: node.module or ""
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if (alias.asname or alias.name) not in used
    }


def taken(source: str) -> set[tuple[str, str]]:
    """Module and name of what a file imports, or reads as an attribute of what it imports."""
    tree = parse(source)
    imports = [node for node in walk(tree) if isinstance(node, ast.ImportFrom)]
    modules = {
        alias.asname or alias.name: f"{node.module}.{alias.name}" for node in imports for alias in node.names
    }
    read = set()
    for node in walk(tree):
        if isinstance(node, ast.Attribute):
            first, *rest = unparse(node.value).split(".")
            if first in modules:
                read.add((".".join([modules[first], *rest]), node.attr))
    return read | {(node.module or "", alias.name) for node in imports for alias in node.names}


def test_everything_that_a_package_offers_is_taken() -> None:
    sources = [file for package in READERS for file in (ROOT / package).rglob("*.py")]
    known = {pair for file in sources for pair in taken(file.read_text())}
    unwanted = []
    for file in sources:
        if file.name != "__init__.py" or file.relative_to(ROOT).parts[0] not in PACKAGES:
            continue
        package = ".".join(file.parent.relative_to(ROOT).parts)
        for name, module in offered(file.read_text()).items():
            # Modules that register something are brought for that alone.
            if (package, name) not in known and module != package:
                unwanted.append(f"{package}.{name}")
    assert unwanted == [BY_CELERY]


def test_a_planted_offer_is_found() -> None:
    source = "from a.b.c import used, unused\nfrom a.b import admin\nx = used"
    assert offered(source) == {"unused": "a.b.c", "admin": "a.b"}
    assert ("a.b", "unused") in taken("from a.b import unused")
    assert ("a.b", "unused") in taken("from a import b\nb.unused()")
    assert ("a.b.c", "unused") in taken("from a import b\nb.c.unused()")
    assert ("a.b", "unused") not in taken("from a import c\nc.unused()")
