"""Handlers that look at everything anew hear once of many events, and never before the last of them."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from civic.accounts.models import Area
from civic.core import events, work
from civic.core.models import Delivery, Event
from civic.core.work import LEASE

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
# So long that a lease and every pause but the long ones are over.
LATER = AT + LEASE + timedelta(hours=1)


@pytest.fixture
def town() -> Area:
    return Area.objects.create(name="Old Town", slug="old-town-test")


class Counter:
    """Counts the events of a box anew each time it hears of one, and remembers what it counted."""

    def __init__(self) -> None:
        self.runs: list[str] = []
        self.counted: dict[str, int] = {}
        self.broken = False

    def __call__(self, event: Event) -> None:
        box = event.payload["box"]
        self.runs.append(box)
        if self.broken:
            raise RuntimeError("broken")
        self.counted[box] = Event.objects.filter(kind="test.happened", payload__box=box).count()


@pytest.fixture
def counter() -> Iterator[Counter]:
    counter = Counter()
    handler = events.Handler("counter", frozenset({"test.happened"}), counter, "box")
    with events.handlers.temporarily(handler):
        yield counter


def happened(town: Area, box: str | None = "a") -> Event:
    payload = {} if box is None else {"box": box}
    return events.record("test.happened", actor=None, subject=town, at=AT, payload=payload)


def test_many_events_of_one_thing_are_counted_once(town: Area, counter: Counter) -> None:
    for box in "aabab":
        happened(town, box)
    assert events.deliver_pending(at=AT) == 2
    assert sorted(counter.runs) == ["a", "b"]
    assert counter.counted == {"a": 3, "b": 2}


def test_an_event_joins_a_delivery_that_nobody_has_taken(town: Area, counter: Counter) -> None:
    for _ in range(5):
        happened(town)
        events.schedule()
    assert Delivery.objects.count() == 1
    events.deliver_pending(at=AT)
    assert (counter.runs, counter.counted) == (["a"], {"a": 5})


def test_an_event_without_the_key_stands_for_itself(town: Area, counter: Counter) -> None:
    for _ in range(2):
        happened(town, None)
    events.schedule()
    assert Delivery.objects.count() == 2


def test_one_that_was_taken_is_not_joined_whatever_becomes_of_it(town: Area, counter: Counter) -> None:
    """Its worker may have counted before the new event, or may never end."""
    happened(town)
    events.schedule()
    assert work.claim(Delivery, at=AT)
    happened(town)
    assert events.deliver_pending(at=AT) == 1
    assert counter.counted == {"a": 2}
    # The first worker never came back: what it held is run by another one.
    assert events.deliver_pending(at=LATER) == 1
    assert counter.counted == {"a": 2}


def test_one_that_failed_is_not_joined(town: Area, counter: Counter) -> None:
    """It waits for its next try, perhaps for half a day; the new event does not wait with it."""
    counter.broken = True
    happened(town)
    assert events.deliver_pending(at=AT) == 0
    counter.broken = False
    happened(town)
    assert events.deliver_pending(at=AT) == 1
    assert counter.counted == {"a": 2}


def step_by_step(town: Area) -> dict[str, Callable[[], object]]:
    """What workers can do: an event, its scheduling, taking a delivery, and running what is held."""
    held: list[Delivery] = []

    def take() -> None:
        if job := work.claim(Delivery, at=AT):
            held.append(job)

    def run() -> None:
        if held:
            work._carry_out(held.pop(0), events._handle, AT, ())

    return {"event": lambda: happened(town), "schedule": events.schedule, "take": take, "run": run}


STEPS = ("event", "event", "schedule", "schedule", "take", "run")


@pytest.mark.parametrize("order", sorted(set(permutations(STEPS))))
def test_the_last_event_is_counted_in_every_order(
    town: Area, counter: Counter, order: tuple[str, ...]
) -> None:
    steps = step_by_step(town)
    for name in order:
        steps[name]()
    events.deliver_pending(at=AT)
    steps["run"]()
    events.deliver_pending(at=LATER)
    assert counter.counted == {"a": 2}
