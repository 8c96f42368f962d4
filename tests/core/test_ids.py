"""Ids are UUIDs of version 7 and sort by time; codes survive being read aloud."""

import time
from uuid import RFC_4122

from civic.core import ids


def test_ids_are_version_7_and_sort_by_time() -> None:
    made = []
    for _ in range(5):
        made.append(ids.new_id())
        time.sleep(0.002)
    assert made == sorted(made)
    assert {(each.version, each.variant) for each in made} == {(7, RFC_4122)}


def test_ids_carry_the_milliseconds_of_their_making() -> None:
    before = time.time_ns() // 1_000_000
    made = ids.new_id().int >> 80
    assert before <= made <= time.time_ns() // 1_000_000


def test_ids_of_one_millisecond_differ() -> None:
    assert len({ids.new_id() for _ in range(2000)}) == 2000


def test_codes_have_no_letters_that_are_mistaken_for_others() -> None:
    code = ids.readable_code(4000)
    assert not set(code) & set("01ILOU")
    assert ids.normalise_code(" abcd-efgh ") == "ABCDEFGH"
