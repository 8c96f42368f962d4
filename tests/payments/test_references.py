"""Creditor references: a wrong letter is found, and two rows never share one."""

import random
import string
from uuid import UUID, uuid4

from marketplace.payments.references import reference_for, references_in, spaced


def test_a_reference_has_right_check_digits_and_is_found_in_text():
    reference = reference_for(UUID(int=12345678901234567890))
    assert references_in(f"Thanks! {spaced(reference).lower()} for the tree") == [reference]
    assert references_in("RF18 5390 0754 7034") == ["RF18539007547034"]  # the example of ISO 11649
    assert references_in("RF19 5390 0754 7034") == []


def test_a_mistyped_reference_is_no_reference():
    chance = random.Random(1)
    for _ in range(500):
        reference = reference_for(UUID(int=chance.getrandbits(128)))
        place = chance.randrange(2, 16)
        alike = string.digits if reference[place].isdigit() else string.ascii_uppercase
        other = chance.choice(alike.replace(reference[place], ""))
        assert references_in(reference[:place] + other + reference[place + 1 :]) == []


def test_references_of_many_rows_differ():
    assert len({reference_for(uuid4()) for _ in range(5000)}) == 5000
