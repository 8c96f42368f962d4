"""Marks of people: equal for one person however they are written, and useless without the key."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic.accounts import identity

BORN = date(1984, 7, 31)


@pytest.mark.parametrize(
    "spelling", ["Jörg Müller", "MÜLLER, JÖRG", " jorg  muller ", "Müller Jörg", "Mu\u0308ller, Jo\u0308rg"]
)
def test_one_name_in_many_spellings(spelling):
    assert identity.person_mark(spelling, BORN) == identity.person_mark("Jörg Müller", BORN)


def test_apostrophes_and_hyphens():
    assert identity.normalise_name("Sean O’Brien-Smith") == identity.normalise_name("o'brien smith, SEAN")


@pytest.mark.parametrize(("name", "born"), [("Jörg Möller", BORN), ("Jörg Müller", date(1984, 7, 30))])
def test_other_people_have_other_marks(name, born):
    assert identity.person_mark(name, born) != identity.person_mark("Jörg Müller", BORN)


def test_marks_depend_on_the_key(settings):
    before = identity.document_mark("X1")
    settings.REGISTRY_HMAC_KEY = "another"
    assert identity.document_mark("X1") != before


def test_kinds_of_marks_never_meet():
    assert (
        len(
            {
                identity.document_mark("X"),
                identity.person_mark("X", BORN),
                identity.registry_mark("X", BORN, ""),
            }
        )
        == 3
    )


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing(name):
    once = identity.normalise_name(name)
    assert identity.normalise_name(once) == once
