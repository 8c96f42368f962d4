"""Each fault that was mended is seen where its mend is missing, and the table of mends fits the code of today."""

import os
from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.clones import Clone
from tests.database import Databases
from tests.simulation import chosen, world
from tests.simulation.engine import Violation
from tests.simulation.refinding import MENDS

# Those that issue 7 names.
NAMED = [f"M{number}" for number in (*range(1, 8), *range(19, 24), 26)] + ["V1", "I7"]


@pytest.mark.parametrize("name", MENDS)
def test_a_mend_can_be_taken_out_and_is_back_afterwards(name: str) -> None:
    mend = MENDS[name]
    before = [change.function().__code__ for change in mend.changes]
    with mend.taken_out():
        assert all(
            change.function().__code__ != code for change, code in zip(mend.changes, before, strict=True)
        )
    assert [change.function().__code__ for change in mend.changes] == before


@pytest.mark.django_db
def test_a_view_can_be_what_it_was_before_its_mend() -> None:
    for mend in MENDS.values():
        with connection.cursor() as cursor:
            cursor.execute(mend.sql() or "SELECT")


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Clone]:
    """A database with the city as it begins."""
    databases = Databases.of_this_run()
    with django_db_blocker.unblock(), world.city_clone(databases, f"test_{os.getpid()}_chosen") as clone:
        yield clone


def seen(clone: Clone, finding: str) -> str:
    """The violation that the finding's steps lead to; nothing where they lead to none."""
    with world.walk(clone, without=world.ASIDE) as walk:
        try:
            chosen.take(walk, finding)
        except Violation as violation:
            return str(violation)
    return ""


@pytest.mark.slow_fault
@pytest.mark.parametrize("finding", NAMED)
def test_what_was_found_is_seen_again_without_its_mend_and_only_then(city: Clone, finding: str) -> None:
    assert seen(city, finding) == ""
    mend, databases = MENDS[finding], Databases.of_this_run()
    with mend.taken_out():
        if mend.view:
            with world.city_clone(databases, f"test_{os.getpid()}_before", sql=mend.sql()) as before:
                found = seen(before, finding)
        else:
            found = seen(city, finding)
    assert found.startswith(chosen.CHOSEN[finding].seen_by)
