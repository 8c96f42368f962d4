"""`make test FAST=1`: what a change most likely breaks, in a few minutes. `.ci/run` runs everything.

Without the browser and the kills: all tests of each slice that differs from the upstream branch, and of each folder
of tests that does; the first test of each other file of a slice; what is read from the code alone; who may open
which address.
"""

import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.costs import kind_of

ROOT = Path(__file__).parent.parent
# Whose second part is the name of a slice, or of a folder of tests.
TESTED = ("civic", "projects", "marketplace", "datasets", "templates", "tests")
# What looks at the product as a whole costs as much as all else: only when it changes itself.
ACROSS = ("tests/architecture/", "tests/demo/", "tests/embedded/", "tests/simulation/", "tests/whole/")
ALWAYS = ("tests/whole/test_access.py",)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option that `make test FAST=1` gives."""
    parser.addoption("--fast", action="store_true", help=str(__doc__).partition("\n")[0])


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what a fast run leaves out."""
    if config.getoption("fast"):
        kept = chosen(items, folders(changed()))
        left_out = [item for item in items if item not in kept]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item in kept]


def changed() -> list[str]:
    """Files that differ from where this branch left the upstream one, also those not committed yet.

    Without an upstream branch only those not committed; nothing where there is no history.
    """
    base = git("merge-base", "HEAD", "origin/HEAD") or ["HEAD"]
    return [*git("diff", "--name-only", *base), *git("ls-files", "--others", "--exclude-standard")]


def git(*arguments: str) -> list[str]:
    """The lines that git answers, none where it cannot."""
    answer = subprocess.run(("git", *arguments), cwd=ROOT, capture_output=True, text=True, check=False)
    return answer.stdout.splitlines()


def folders(files: Iterable[str]) -> set[str]:
    """The folders of tests that these files belong to: `marketplace/payments/x.py` to `tests/payments/`."""
    parted = (Path(file).parts for file in files)
    return {f"tests/{parts[1]}/" for parts in parted if len(parts) > 2 and parts[0] in TESTED}


def chosen(items: Iterable[pytest.Item], whole: set[str]) -> set[pytest.Item]:
    """The tests of a fast run, where the folders `whole` have changed."""
    kept, begun = set(), set()
    for item in items:
        file = item.nodeid.partition("::")[0]
        if kind_of(item) in ("browser", "kills"):
            continue
        first = file not in begun and not file.startswith(ACROSS)
        if first or file.startswith((*ALWAYS, *whole)) or reads_code_alone(item):
            kept.add(item)
        begun.add(file)
    return kept


def reads_code_alone(item: pytest.Item) -> bool:
    """Whether it is of those that look at the code, and asks no database."""
    return item.nodeid.startswith("tests/architecture/") and item.get_closest_marker("django_db") is None
