"""There is one registry: no module keeps a store of its own that others fill, and no class registers beside it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from civic.core.registry import MODULES, PACKAGES, is_ours
from tests.architecture.source import parse, unparse, walk

ROOT = Path(settings.BASE_DIR)
REGISTRY = ROOT / "civic" / "core" / "registry.py"
CHANGES = {
    *("add", "append", "appendleft", "clear", "discard", "extend", "insert", "pop", "popitem", "remove"),
    *("setdefault", "update", "__setitem__"),
}
STORES = (ast.Dict, ast.List, ast.Set, ast.DictComp, ast.ListComp, ast.SetComp)
MAKERS = {
    "dict",
    "list",
    "set",
    "defaultdict",
    "OrderedDict",
    "deque",
    "Counter",
    "WeakSet",
    "WeakKeyDictionary",
}


def stores(tree: ast.Module) -> set[str]:
    """Names of collections that a module or a class in it holds and that can change."""
    found: set[str] = set()
    bodies = [tree.body, *(node.body for node in walk(tree) if isinstance(node, ast.ClassDef))]
    for statement in (statement for body in bodies for statement in body):
        if isinstance(statement, ast.Assign | ast.AnnAssign) and makes_a_store(statement.value):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


def makes_a_store(value: ast.expr | None) -> bool:
    """Whether an expression is a collection that can change."""
    made_by = unparse(value.func).rpartition(".")[2] if isinstance(value, ast.Call) else ""
    return isinstance(value, STORES) or made_by in MAKERS


def changed(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """The name of each collection that a statement changes (of `module.store`, the module), with the line."""
    for node in walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGES:
            yield root(node.func.value), node.lineno
        elif isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Delete):
            single = isinstance(node, ast.AugAssign | ast.AnnAssign)
            for target in [node.target] if single else node.targets:  # type: ignore[union-attr]
                if isinstance(target, ast.Subscript):
                    yield root(target.value), node.lineno


def root(value: ast.expr) -> str:
    """What a chain of items and calls begins with: `STORE[kind].append` and `STORE.setdefault(…).add` are of STORE."""
    while isinstance(value, ast.Subscript) or (
        isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr in CHANGES
    ):
        value = value.value if isinstance(value, ast.Subscript) else value.func.value  # type: ignore[attr-defined]
    if isinstance(value, ast.Attribute):  # of a module below it, or of the class itself
        below = value.value.id if isinstance(value.value, ast.Name) else ""
        return below if below.islower() and below not in ("self", "cls") else value.attr
    return value.id if isinstance(value, ast.Name) else ""


def faults(source: str) -> list[str]:
    """What a module does that the one registry is for, a line each."""
    tree = parse(source)
    held = stores(tree) | imported(tree)
    found = [f"line {line}: {name} is filled" for name, line in changed(tree) if name in held]
    for node in walk(tree):
        if isinstance(node, ast.Global):
            found.append(f"line {node.lineno}: global {', '.join(node.names)}")
        elif isinstance(node, ast.FunctionDef | ast.ClassDef) and is_registry(node):
            found.append(f"line {node.lineno}: {node.name} beside civic.core.registry")
    return found


def imported(tree: ast.Module) -> set[str]:
    """Constants and stores of other modules of ours by the names that they have here."""
    from_ours = (
        node for node in tree.body if isinstance(node, ast.ImportFrom) and is_ours(node.module or "")
    )
    return {alias.asname or alias.name for node in from_ours for alias in node.names}


def is_registry(node: ast.FunctionDef | ast.ClassDef) -> bool:
    """A class or a public function that registers; inside another function it is a decorator's."""
    if isinstance(node, ast.ClassDef):
        methods = {one.name for one in node.body if isinstance(one, ast.FunctionDef)}
        return "register" in methods or node.name.endswith("Registry")
    return node.name.startswith("register_") or (node.name == "register" and node.col_offset == 0)


def modules() -> list[Path]:
    """Production code but for the registry itself; settings are put together by changing what they begin with."""
    found = (path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))
    return [path for path in found if path != REGISTRY and not {"migrations", "settings"} & {*path.parts}]


def test_no_module_keeps_a_registry_of_its_own() -> None:
    found = {str(path.relative_to(ROOT)): faults(path.read_text(encoding="utf-8")) for path in modules()}
    assert len(found) > 500
    assert {place: lines for place, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "planted",
    [
        "_panels: dict[str, int] = {}\n\ndef put(slug, panel):\n    _panels[slug] = panel\n",
        "_handlers = defaultdict(list)\n\ndef hear(kind, function):\n    _handlers[kind].append(function)\n",
        "_columns = {}\n\ndef declare(model, names):\n    _columns.setdefault(model, set()).update(names)\n",
        "_source = []\n\ndef looks_like(source):\n    _source[:] = [source]\n",
        "class Rules:\n    known = set()\n\n    @classmethod\n    def learn(cls, rule):\n        cls.known.add(rule)\n",
        "_look = None\n\ndef use(look):\n    global _look\n    _look = look\n",
        "from civic.core.money import MINOR\n\nMINOR['XTS'] = 3\n",
        "from projects.calls import call_page\n\ncall_page.STEPS['review'] = 3\n",
        "class PanelRegistry:\n    pass\n",
        "class Pages:\n    def register(self, page):\n        pass\n",
        "def register(panel):\n    pass\n",
        "def register_action(phase, offer):\n    pass\n",
    ],
)
def test_a_planted_registry_is_found(planted: str) -> None:
    assert faults(planted)


def test_a_module_fills_what_is_its_own_and_short_lived() -> None:
    source = "def count(words):\n    found = {}\n    for word in words:\n        found[word] = 1\n    return found\n"
    assert faults(source) == []


def test_no_app_imports_by_hand_what_is_found_by_itself() -> None:
    for path in ROOT.glob("*/*/apps.py"):
        if path.relative_to(ROOT).parts[0] in PACKAGES:
            assert hand_written_imports(path.read_text(encoding="utf-8")) == [], path


def hand_written_imports(source: str) -> list[str]:
    """Modules that `autodiscover` finds, imported inside a function."""
    functions = [node for node in walk(parse(source)) if isinstance(node, ast.FunctionDef)]
    inside = [node for function in functions for node in walk(function)]
    found = [
        f"{node.module}.{alias.name}"
        for node in inside
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]
    return [name for name in found if set(name.split(".")) & set(MODULES)]


def test_a_planted_import_is_found() -> None:
    planted = "class Config:\n    def ready(self):\n        from projects.calls import panels, rules\n"
    assert hand_written_imports(planted) == ["projects.calls.panels"]
