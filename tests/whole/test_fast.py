"""What `make test FAST=1` runs: all tests of what has changed, a part of the rest."""

from pathlib import Path

import pytest

from tests import fast

TESTS = Path(__file__).parent.parent
SLICES = [
    str(file.parent)
    for part in ("civic", "projects", "marketplace", "datasets")
    for file in Path(part).glob("*/apps.py")
]


@pytest.mark.parametrize("place", SLICES)
def test_a_file_of_a_slice_brings_the_tests_of_the_slice(place: str) -> None:
    (folder,) = fast.folders([f"{place}/operations/x.py"])
    assert (TESTS.parent / folder).is_dir()


def test_templates_and_tests_bring_theirs_and_documents_bring_none() -> None:
    files = [
        "templates/voting/x.html",
        "tests/ledger/test_x.py",
        "docs/money.md",
        "README.md",
        "tests/run.py",
    ]
    assert fast.folders(files) == {"tests/voting/", "tests/ledger/"}


def test_of_what_has_not_changed_the_first_test_of_each_file_runs(request: pytest.FixtureRequest) -> None:
    """Asked of the tests of this run, with a folder that changed: nothing of it is left out, and no file elsewhere."""
    items = request.session.items
    kept = fast.chosen(items, {"tests/whole/"})
    ours = {
        item
        for item in items
        if item.path.parent.name == "whole" and fast.kind_of(item) == "unit and database"
    }
    assert ours <= kept
    elsewhere = {
        item.path
        for item in items
        if not item.nodeid.startswith(fast.ACROSS) and fast.kind_of(item) == "unit and database"
    }
    assert elsewhere == {item.path for item in kept if not item.nodeid.startswith(fast.ACROSS)}


def test_the_browser_and_the_kills_are_left_to_the_whole_run(request: pytest.FixtureRequest) -> None:
    kept = fast.chosen(request.session.items, {"tests/whole/", "tests/payments/"})
    assert {fast.kind_of(item) for item in kept} <= {"unit and database", "demo"}
