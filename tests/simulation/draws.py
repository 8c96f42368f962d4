"""How the arguments of a step are chosen, from what exists."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q

from civic.accounts.models import Person

LIKELY = 0.85


class Void(Exception):
    """What the step is about does not exist (yet): in a shortened walk the step that made it may be missing."""


@dataclass(frozen=True)
class Draw:
    """How an argument is chosen, as a value that can be printed, and what it stands for in a step."""

    choose: Callable[[random.Random], Any]
    load: Callable[[Any], Any] = lambda value: value


def a(model: type[Model], *, likely: Q | None = None, only: Q | None = None) -> Draw:
    """A row of the model: mostly one of `likely`, now and then any, so that each verb also meets what it refuses."""

    def choose(chance: random.Random) -> str:
        rows = model._default_manager.filter(only or Q()).order_by("pk")
        wanted = rows.filter(likely) if likely is not None and chance.random() < LIKELY else rows
        keys = list(dict.fromkeys(wanted.values_list("pk", flat=True)))
        if not keys:
            raise Void(model.__name__)
        return str(chance.choice(keys))

    def load(key: str) -> Model:
        return model._default_manager.get(pk=key)

    return Draw(choose, load)


def known(person: Person | None) -> Person:
    """Who it was. Raises Void where they have erased their account."""
    if person is None:
        raise Void("person")
    return person


def one_of(*values: Any) -> Draw:
    """One of these; a value that stands there twice comes twice as often."""
    return Draw(lambda chance: chance.choice(values))


def some_of(*ways: tuple[str, ...]) -> Draw:
    """One of these ways of going on: as it is, or in any order, or with something left out."""

    def choose(chance: random.Random) -> list[str]:
        way = list(chance.choice(ways))
        if chance.random() < 0.4:
            chance.shuffle(way)
        if len(way) > 1 and chance.random() < 0.2:
            way.pop(chance.randrange(len(way)))
        return way

    return Draw(choose)


def minor(least: int, most: int) -> Draw:
    """An amount in minor units: often a round one, sometimes to the cent."""

    def choose(chance: random.Random) -> int:
        amount = chance.randint(least, most)
        return max(least, amount // 500 * 500) if chance.random() < 0.7 else amount

    return Draw(choose)
