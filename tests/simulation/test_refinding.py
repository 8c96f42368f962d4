"""The table of faults to be found again fits the code of today."""

import pytest
from django.db import connection

from tests.simulation.refinding import MENDS


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
