"""Chance from the step's number, so that a step makes the same identifiers however many others were left out."""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock


@contextmanager
def seeded(number: int) -> Iterator[None]:
    """`secrets`, `uuid4` and our own time-ordered ids draw from the number of a step."""
    chance = random.Random(number)
    with (
        mock.patch.object(os, "urandom", chance.randbytes),
        mock.patch.object(random, "_urandom", chance.randbytes),
    ):
        yield
