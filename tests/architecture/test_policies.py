"""One dialect of policies: rules are declared, everybody asks `may` or `require`, and each small rule stands once."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from civic.core.policies import policies
from tests.architecture.source import parse, unparse, walk

ROOT = Path(settings.BASE_DIR)
PACKAGES = ("civic", "projects", "marketplace", "datasets")
ASKS = {"may", "require"}
Found = Iterator[tuple[int, str]]

# Operations whose actor needs no permission, each with the reason.
OWN_ROWS = "finds the rows by the actor: there is nothing of anybody else to refuse"
CALLER = "called by other operations, which have asked; the actor is noted only"
NEEDS_NONE = {
    "civic/accounts.confirm_code": OWN_ROWS,
    "civic/accounts.verify": CALLER,
    "civic/notifications.mark_all_read": OWN_ROWS,
    "civic/notifications.mark_read": OWN_ROWS,
    "civic/notifications.prefer": OWN_ROWS,
    "datasets/catalogue.answer": CALLER,
    "datasets/catalogue.arrive": CALLER,
    "datasets/catalogue.begin": CALLER,
    "datasets/catalogue.begin_own_data": "whoever runs the site, at its command line",
    "datasets/catalogue.bring_back": CALLER,
    "datasets/catalogue.change_words": CALLER,
    "datasets/catalogue.follow": "everybody follows what `visible_to` lets them see",
    "datasets/catalogue.give_up": CALLER,
    "datasets/catalogue.make_revision": CALLER,
    "datasets/catalogue.receive": CALLER,
    "datasets/catalogue.take_away": CALLER,
    "datasets/catalogue.unfollow": OWN_ROWS,
    "marketplace/campaigns.end_with_project": CALLER,
    "marketplace/exchange.end_with_project": CALLER,
    "marketplace/campaigns.pledge": "everybody with an account pledges",
    "marketplace/campaigns.rehearse_pledge": "as `pledge`",
    "marketplace/invoicing.credit_for": CALLER,
    "marketplace/matching.challenge": "everybody with an account challenges",
    "marketplace/matching.freeze": CALLER,
    "marketplace/payments.cancel_charge": CALLER,
    "marketplace/payments.post_otherwise": CALLER,
    "marketplace/payments.remove_method": OWN_ROWS,
    "marketplace/payments.request_refund": CALLER,
    "marketplace/payments.request_transfer": CALLER,
    "marketplace/payments.start_charge": CALLER,
    "marketplace/payments.start_setup": OWN_ROWS,
    "marketplace/payouts.lift": CALLER,
    "marketplace/payouts.place": CALLER,
    "projects/discussion.follow": "everybody follows what `visible_to` lets them see",
    "projects/discussion.follow_unless_ended": "as `follow`",
    "projects/discussion.report": "also strangers report (Digital Services Act, Article 16)",
    "projects/discussion.unfollow": OWN_ROWS,
    "projects/proposals.accept": "whoever has a verified address that was invited",
    "projects/proposals.begin": "everybody with an account begins a draft of their own",
    "projects/proposals.decline": "as `accept`",
    "projects/proposals.keep_revision": CALLER,
    "projects/voting.cast_ballot": "the database says who is entitled (`voting_entitled`), in the cast itself",
    "projects/voting.rehearse_ballot": "as `cast_ballot`",
}


def production() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the product but migrations, by its path."""
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in file.parts:
                yield str(file.relative_to(ROOT)), parse(file.read_text())


def is_policies(path: str) -> bool:
    """Whether a slice declares its rules here."""
    return path.endswith("/policies.py") and path != "civic/core/policies.py"


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    return (node for node in walk(tree) if isinstance(node, ast.FunctionDef))


def names(node: ast.AST) -> set[str]:
    """Every name and attribute that is read in it."""
    found = {one.id for one in walk(node) if isinstance(one, ast.Name)}
    return found | {one.attr for one in walk(node) if isinstance(one, ast.Attribute)}


def undeclared_rules(path: str, tree: ast.Module) -> Found:
    """Public functions of a `policies.py` that are no rule: nobody could ask for them."""
    for node in tree.body if is_policies(path) else ():
        public = isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if public and "policy" not in {name for one in node.decorator_list for name in names(one)}:
            yield node.lineno, node.name


def second_dialects(path: str, tree: ast.Module) -> Found:
    """Another `may` or `require`, and rules that are imported instead of asked for."""
    for node in walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name in ASKS and path != "civic/core/policies.py":
            yield node.lineno, node.name
        if isinstance(node, ast.ImportFrom) and node.module and node.module != "civic.core.policies":
            modules = {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
            yield from ((node.lineno, one) for one in modules if "policies" in one.split("."))


def spelled_out_require(path: str, tree: ast.Module) -> Found:
    """`if not may(…): raise PermissionDenied`, which is `require(…)` and loses the words of the policy."""
    for node in walk(tree) if path != "civic/core/policies.py" else ():
        if (
            isinstance(node, ast.If)
            and isinstance(node.test, ast.UnaryOp)
            and isinstance(node.test.op, ast.Not)
        ):
            asked, raised = node.test.operand, node.body[0]
            asks = isinstance(asked, ast.Call) and unparse(asked.func) == "may"
            if asks and isinstance(raised, ast.Raise) and names(raised) & {"PermissionDenied", "Forbidden"}:
                yield node.lineno, unparse(asked)


def second_required(path: str, tree: ast.Module) -> Found:
    """`if not text.strip(): raise Invalid(…)`, or the same of a name that was stripped before."""
    for function in functions(tree) if path != "civic/core/errors.py" else ():
        stripped = {
            unparse(target)
            for node in walk(function)
            if isinstance(node, ast.Assign) and is_strip(node.value)
            for target in node.targets
        }
        for node in walk(function):
            if (
                isinstance(node, ast.If)
                and is_empty(node.test, stripped)
                and "Invalid" in names(node.body[0])
            ):
                yield node.lineno, unparse(node.test)


def is_strip(node: ast.expr) -> bool:
    called = node.func if isinstance(node, ast.Call) and not node.args else None
    return isinstance(called, ast.Attribute) and called.attr == "strip"


def is_empty(test: ast.expr, stripped: set[str]) -> bool:
    """Whether it asks of one text, and of nothing else, that it is empty (or too long)."""
    first, *others = test.values if isinstance(test, ast.BoolOp) else [test]
    if not (isinstance(first, ast.UnaryOp) and isinstance(first.op, ast.Not)):
        return False
    text = unparse(first.operand.func.value) if is_strip(first.operand) else unparse(first.operand)  # type: ignore[attr-defined]
    if not (is_strip(first.operand) or text in stripped):
        return False
    return all(f"len({text}" in unparse(one) for one in others)


def second_teams(path: str, tree: ast.Module) -> Found:
    """A function that puts author and members together, which is `projects.proposals.roles`."""
    for node in functions(tree) if path != "projects/proposals/roles.py" else ():
        accepted = any(
            isinstance(one, ast.keyword) and one.arg == "accepted_at__isnull" for one in walk(node)
        )
        if accepted and {"TeamMember", "author_id"} <= names(node):
            yield node.lineno, node.name


def second_groups(path: str, tree: ast.Module) -> Found:
    """Another way to ask whether somebody is of a group, which is `civic.accounts.roles.in_group`."""
    # Viewers say of what groups a kept statement is, and ask nothing.
    for node in walk(tree) if path not in ("civic/accounts/roles.py", "civic/accounts/viewers.py") else ():
        if isinstance(node, ast.Attribute) and node.attr == "group_names":
            yield node.lineno, "group_names"
        if isinstance(node, ast.Attribute) and unparse(node).endswith(".groups.filter"):
            yield node.lineno, "groups.filter"


def unasked(operations: dict[str, ast.Module]) -> Found:
    """Public operations of one slice that take an actor and never ask, nor call one of the slice's that does."""
    known = {(path, node.name): node for path, tree in operations.items() for node in functions(tree)}
    # A name means the function of its own module where there is one, else one that was imported.
    reads = {
        (path, name): {(path, used) for used in names(node)}
        | {other for other in known if other[1] in names(node) and (path, other[1]) not in known}
        for (path, name), node in known.items()
    }
    asking = {key for key, node in known.items() if names(node) & ASKS}
    while more := {key for key, used in reads.items() if key not in asking and used & asking}:
        asking |= more
    for key, node in known.items():
        takes = {one.arg for one in (*node.args.args, *node.args.kwonlyargs)}
        if "actor" in takes and not node.name.startswith("_") and key not in asking:
            yield node.lineno, node.name


def slices() -> dict[str, dict[str, ast.Module]]:
    """The modules with operations of each slice."""
    found: dict[str, dict[str, ast.Module]] = {}
    for path, tree in production():
        slice_, _, rest = path.partition("/operations")
        if rest:
            found.setdefault(slice_, {})[path] = tree
    return found


RULES: dict[str, tuple[Callable[[str, ast.Module], Found], str, str]] = {
    "undeclared": (undeclared_rules, "projects/calls/policies.py", "def owns(actor, call): return True"),
    "require": (second_dialects, "projects/calls/queries.py", "def require(allowed): ..."),
    "imported": (second_dialects, "projects/calls/queries.py", "from projects.calls import policies"),
    "imported rule": (second_dialects, "projects/calls/queries.py", "from projects.calls.policies import runs"),
    "spelled out": (
        spelled_out_require,
        "projects/calls/views.py",
        "if not may(request.user, 'edit', call):\n raise PermissionDenied",
    ),
    "required": (
        second_required,
        "projects/calls/operations.py",
        "def go(reason):\n if not reason.strip() or len(reason) > 9:\n  raise Invalid(reason='Say why.')",
    ),
    "team": (
        second_teams,
        "projects/voting/handlers.py",
        "def _team(project):\n return {project.author_id, *TeamMember.objects.filter(accepted_at__isnull=False)}",
    ),
    "group": (second_groups, "projects/calls/views.py", "staff = 'auditors' in request.user.group_names"),
    "groups": (second_groups, "projects/calls/views.py", "request.user.groups.filter(name='auditors').exists()"),
}  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
def test_each_thing_is_done_in_one_way(rule: str) -> None:
    finds, _path, _planted = RULES[rule]
    assert [(path, *one) for path, tree in production() for one in finds(path, tree)] == []


@pytest.mark.parametrize("rule", RULES)
def test_a_planted_second_way_is_found(rule: str) -> None:
    finds, path, planted = RULES[rule]
    assert list(finds(path, parse(planted)))


def test_every_operation_with_an_actor_asks_what_the_actor_may() -> None:
    found = {f"{name}.{one}" for name, trees in slices().items() for _line, one in unasked(trees)}
    assert found == set(NEEDS_NONE)


def test_a_planted_operation_that_does_not_ask_is_found() -> None:
    planted = "def close(*, actor, call): _close(actor, call)\ndef _close(actor, call): call.save()"
    assert [name for _line, name in unasked({"operations.py": parse(planted)})] == ["close"]
    asking = planted.replace("call.save()", "require(actor, 'close', call)")
    assert not list(unasked({"operations.py": parse(asking)}))


def test_every_verb_that_is_asked_is_declared_and_every_declared_one_is_asked() -> None:
    declared = {one.slug.partition("/")[2] for one in policies}
    asked, spoken = set(), set()
    for path, tree in production():
        for node in walk(tree):
            if isinstance(node, ast.Call) and names(node.func) & ASKS and len(node.args) > 1:
                asked |= {node.args[1].value} if isinstance(node.args[1], ast.Constant) else set()
            if isinstance(node, ast.Constant) and not is_policies(path):
                spoken.add(node.value)
    assert asked <= declared
    assert declared <= spoken
