"""Verbs, invariants and due moments, as slices declare them, and one walk over them."""

import logging
import random
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection

from civic.core.errors import Refused
from tests.simulation.changes import Changes
from tests.simulation.clock import NEVER, Clock, TaskFailed
from tests.simulation.draws import Draw, Void
from tests.simulation.poison import PoisonedError
from tests.simulation.role import as_owner
from tests.simulation.seeds import seeded
from tests.simulation.valkey import cached_by

Args = dict[str, Any]
# How much more or less often than usual a verb comes in a walk.
SWARM = (0.3, 1, 1, 3)


class Violation(Exception):
    """Something that always holds does not. `signature` is the same for the same fault with other ids and amounts."""

    def __init__(self, signature: str, detail: str = "") -> None:
        super().__init__(signature, detail)
        self.signature = signature

    def __str__(self) -> str:
        return ": ".join(part for part in self.args if part)


@dataclass(frozen=True)
class Verb:
    """Something that somebody does; `weight` is how often, beside the others."""

    name: str
    run: Callable[..., Any]
    weight: float
    draws: dict[str, Draw]

    def draw(self, chance: random.Random, wanted: Args | None = None) -> Args:
        """Arguments for one step, but for those that are wanted. Raises Void where there is nothing to do it to."""
        wanted = wanted or {}
        return {
            name: wanted[name] if name in wanted else draw.choose(chance) for name, draw in self.draws.items()
        }

    def loaded(self, args: Args) -> Args:
        """What the arguments stand for now. Raises Void where something of it is not there."""
        try:
            return {name: draw.load(args[name]) for name, draw in self.draws.items()}
        except ObjectDoesNotExist as error:
            raise Void(str(error)) from error


Invariant = Callable[["City"], Iterable[str] | None]
verbs: dict[str, Verb] = {}
invariants: dict[str, list[Invariant]] = {"always": [], "quiet": [], "end": []}


def verb(weight: float = 1, **draws: Draw) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Adds a verb: it is called with the city and what was drawn, and does one thing through a public operation."""

    def add(run: Callable[..., Any]) -> Callable[..., Any]:
        assert run.__name__ not in verbs, f"two slices have a verb {run.__name__}"
        verbs[run.__name__] = Verb(run.__name__, run, weight, draws)

        @wraps(run)
        def part(city: "City", *args: Any, **kwargs: Any) -> Any:
            """As a part of a course: counted and judged as if it were taken by itself, unless its own parts were."""
            before = city.taken
            try:
                result = run(city, *args, **kwargs)
            except Refused as refusal:
                if city.taken == before:
                    city.after_part(run.__name__, type(refusal).__name__)
                raise
            if city.taken == before:
                city.after_part(run.__name__, "done")
            return result

        return part

    return add


def holds(when: str = "always") -> Callable[[Invariant], Invariant]:
    """Adds an invariant: it returns a line for each thing that is wrong.

    `when`: after every step (`always`), once no worker has anything to do (`quiet`), or 400 days later (`end`).
    """

    def add(check: Invariant) -> Invariant:
        known = {one.__name__ for checks in invariants.values() for one in checks}
        assert check.__name__ not in known, f"two slices have an invariant {check.__name__}"
        invariants[when].append(check)
        return check

    return add


@dataclass(frozen=True)
class Step:
    """One verb with its arguments at one moment."""

    number: int
    at: datetime
    verb: str
    args: Args

    def __str__(self) -> str:
        args = ", ".join(f"{name}={value}" for name, value in self.args.items())
        return f"{self.number:4} {self.at:%d %b %H:%M:%S}  {self.verb}({args})"


# Messages that remind officers of what they leave undone; slices add theirs.
reminders: set[str] = set()


class Errors(logging.Handler):
    """What our own code logs as an error: in a city where everybody keeps to the verbs there is no cause for any."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[tuple[str, str]] = []
        # What is told to officers who have not done something yet is no fault.
        self.addFilter(lambda record: record.msg not in reminders)

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps it, but for rows that were poisoned: that they are told of is right."""
        if record.exc_info and isinstance(record.exc_info[1], PoisonedError):
            return
        cause = repr(record.exc_info[1]) if record.exc_info else ""
        self.lines.append((f"log: {record.msg}", f"{record.getMessage()} {cause}"[:900]))


@dataclass
class City:
    """The walk's state beside the database: its clock, what happened, and what verbs want to remember."""

    clock: Clock
    number: int = 0
    memory: dict[str, Any] = field(default_factory=dict)
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    has_looked: bool = False
    # Steps, with each part of a course, and not the course itself.
    taken: int = 0
    after_part: Callable[[str, str], None] = lambda _verb, _outcome: None

    @property
    def at(self) -> datetime:
        """This moment; whoever asks for it may say something else a moment later."""
        self.has_looked = True
        return self.clock.at

    def is_news(self, question: str, of: object, situation: object) -> bool:
        """Whether a dear question about this was last asked in another situation; each twentieth step asks all."""
        asked = self.memory.setdefault(question, {})
        before, asked[of] = asked.get(of), situation
        return before != situation or self.number % 20 == 0

    @property
    def changes(self) -> Changes:
        """What was written, and what read."""
        return self.clock.changes


@dataclass
class Walk:
    """One walk over the city in use."""

    city: City
    errors: Errors = field(default_factory=Errors)
    steps: list[Step] = field(default_factory=list)
    became: dict[int, str] = field(default_factory=dict)
    is_over: bool = False

    def __post_init__(self) -> None:
        self.city.after_part = self._after

    def wander(self, chance: random.Random, length: int) -> None:
        """Takes so many steps of what exists when each is drawn; a course counts as its parts. Raises Violation.

        Each walk prefers other verbs (swarm testing: Groce et al., 2012): with all alike none would go far in anything.
        """
        weights = [one.weight * chance.choice(SWARM) for one in verbs.values()]
        while self.city.taken < length:
            self.steps.append(propose(len(self.steps), self.city.clock.at, chance, weights))
            self.take(self.steps[-1])

    def take(self, step: Step) -> str:
        """Takes a step and judges it. Returns what became of it; raises Violation."""
        self.city.number = step.number
        with ExitStack() as stack:
            stack.enter_context(seeded(step.number))
            self.city.clock.at_least(step.at)
            self.became[step.number] = "violation"
            before = self.city.taken
            outcome = self._do(step)
            if self.city.taken > before:
                self.city.taken -= 1
            self._after(step.verb, outcome)
            self.became[step.number] = outcome
        return outcome

    def _after(self, verb: str, outcome: str) -> None:
        """Counts a step and judges what is there after it."""
        self.city.taken += 1
        self.city.outcomes[verb, outcome] += 1
        self._judge("always")
        if self.city.clock.is_quiet():
            self._judge("quiet")

    def _do(self, step: Step) -> str:
        verb = verbs[step.verb]
        try:
            with cached_by(self.city.clock):
                verb.run(self.city, **verb.loaded(step.args))
        except Void:
            return "void"
        except Refused as refusal:
            return type(refusal).__name__
        except Violation:
            raise
        except TaskFailed as failure:
            raise Violation(*failure.args) from failure
        except Exception as error:  # whatever a verb raises that is no refusal would be a 500 for somebody
            raise Violation(f"{step.verb} raises {type(error).__name__}", str(error)[:900]) from error
        finally:
            if connection.in_atomic_block:
                connection.close()
        return "done"

    def _judge(self, when: str) -> None:
        with as_owner():
            self._check(when)

    def _check(self, when: str) -> None:
        for signature, detail in self.errors.lines:
            raise Violation(signature, detail)
        for check in invariants[when]:
            if self.city.changes.is_done(check.__name__, self.city.clock.at):
                continue
            self.city.has_looked = False
            with self.city.changes.remembered(check.__name__, NEVER):
                for wrong in check(self.city) or ():
                    raise Violation(check.__name__, wrong)
            if self.city.has_looked:
                self.city.changes.memos[check.__name__].until = self.city.clock.at

    def end(self) -> None:
        """400 days later: nothing hangs."""
        self.is_over = True
        with seeded(-1):
            try:
                # What is tried each hour for ever need not be tried each hour here either.
                self.city.clock.hop(timedelta(days=20), random.Random(0), least=timedelta(hours=6))
                if self.city.clock.is_quiet():
                    self._judge("quiet")  # before news of then are so old that they are forgotten
                self.city.clock.live_on(timedelta(days=380))
            except TaskFailed as failure:
                raise Violation(*failure.args) from failure
            self._judge("always")
            self._judge("quiet")
            self._judge("end")


def propose(number: int, at: datetime, chance: random.Random, weights: list[float]) -> Step:
    """The next step: a verb by weight, and arguments that exist now."""
    names = list(verbs)
    while True:
        name = chance.choices(names, weights)[0]
        try:
            return Step(number, at, name, verbs[name].draw(chance))
        except Void:
            continue
