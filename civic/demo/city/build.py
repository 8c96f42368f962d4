"""Makes the city, step by step, in one transaction: a half-made Aldermere never stays."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from civic.demo import source
from civic.demo.city import organisations, residents
from civic.demo.city.calendar import Calendar
from civic.demo.city.calls import after_the_vote, before_the_vote, prepare
from civic.demo.city.cast import Cast
from civic.demo.city.talk import tell
from civic.demo.models import City

Say = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """How large the city becomes."""

    neighbours: int
    pictures: bool


WHOLE = Plan(neighbours=452, pictures=True)
SMALL = Plan(neighbours=60, pictures=False)


def build(*, seed: int, at: datetime, plan: Plan, say: Say) -> City:
    """Everything, for the moment `at`. Raises whatever an operation refuses: then nothing is stored."""
    cast = Cast(seed, Calendar(at))
    with transaction.atomic():
        city = City.objects.create(seed=seed, anchored_on=cast.calendar.today)
        say("people and organisations")
        residents.settle(cast, plan.neighbours)
        organisations.found(cast)
        say("calls and projects")
        past, *rounds = [prepare(cast, one, pictures=plan.pictures) for one in oldest_first()]
        say("discussions and reports")
        tell(cast, before_the_vote(cast, past))
        tell(cast, [remark for ready in rounds for remark in before_the_vote(cast, ready)])
    return city


def oldest_first() -> list[dict[str, Any]]:
    """The texts of the calls in the order in which they were announced."""
    return sorted(source.read("calls"), key=lambda one: int(one["phases"]["proposals"][0]))
