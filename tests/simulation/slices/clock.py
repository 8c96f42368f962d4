"""Time passes, workers work, in any order, and are killed."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q

from civic.core.models import PutOff
from marketplace.campaigns.models import Pledge
from marketplace.campaigns.states import CampaignState, PledgeState
from tests.simulation.clock import due, often
from tests.simulation.draws import Draw, a, one_of
from tests.simulation.engine import City, verb

ANY = Draw(lambda chance: chance.randint(0, 2**31))
TASK = Draw(lambda chance: chance.choice(often()))


@due
def pauses_end() -> Iterator[datetime]:
    yield from PutOff.objects.values_list("due_at", flat=True)


@verb(8, seconds=one_of(0, 5, 30, 60), order=ANY)
def work(city: City, seconds: int, order: int) -> None:
    """Workers do what is due within a moment."""
    city.clock.at_least(city.at + timedelta(seconds=seconds))
    city.clock.work(random.Random(order))


@verb(2, task=TASK)
def one_task(city: City, task: str) -> None:
    """One worker does one kind of thing, and the others nothing yet."""
    city.clock.start(task)


@verb(2, task=TASK, after=Draw(lambda chance: chance.randint(1, 60)))
def kill(city: City, task: str, after: int) -> None:
    """A worker is killed at a statement of its work."""
    city.clock.start(task, killed_after=after)


@verb(0.7, task=TASK, minutes=one_of(2, 10, 90, 90, 600))
def valkey_goes(city: City, task: str, minutes: int) -> None:
    """Valkey is gone, in the middle of what a worker does, and comes back after a while."""
    city.clock.valkey_back = city.at + timedelta(minutes=minutes)
    city.clock.carry_out(task)


@verb(
    0.7,
    pledge=a(Pledge, likely=Q(state=PledgeState.ACTIVE, campaign__state=CampaignState.OPEN)),
    hours=one_of(1, 5, 24),
    waits=one_of(True, False),
)
def poison(city: City, pledge: Pledge, hours: int, waits: bool) -> None:
    """Tasks of the clock fail on this pledge for a while; often just when its campaign ends."""
    begin = pledge.campaign.ends_at if waits else city.at
    if begin > city.at:
        city.clock.hop(begin - city.at - timedelta(seconds=1), random.Random(city.number))
    city.clock.poisoned[str(pledge.pk)] = city.at + timedelta(hours=hours)
    if waits:
        city.clock.hop(timedelta(hours=1), random.Random(city.number))


@verb(3, hours=one_of(1, 1, 5, 24, 24, 72, 72, 200), order=ANY)
def hop(city: City, hours: int, order: int) -> None:
    """Time passes, with everything that becomes due in it; workers have mostly done before what is due by now.

    Else what has just been promised would rarely be heard of before the next end of something.
    """
    chance = random.Random(order)
    if chance.random() < 0.8:
        city.clock.work(chance)
    city.clock.hop(timedelta(hours=hours), chance)
