"""`make simulate`: walks until so many steps are taken (STEPS=10000, SEED=… to repeat, LENGTH=150 steps a walk).

STORY=1 tells one bad year; REFIND=1 puts each fault of refinding.py back and walks until it is found.
"""

import logging
import os
import random
import secrets
import signal
import sys
import time
from collections import Counter
from dataclasses import dataclass, field

os.environ["DJANGO_SETTINGS_MODULE"] = "civic.settings.test"

import django
import psutil
from django.test.utils import setup_test_environment

django.setup()
# What goes wrong is a finding and is printed once; tracebacks of hundreds of replays would bury it.
logging.getLogger().handlers.clear()
logging.disable(logging.INFO)

from civic.core.models import Event  # noqa: E402
from tests.clones import using  # noqa: E402
from tests.database import Databases  # noqa: E402
from tests.simulation import refinding, shrinking, story, world  # noqa: E402
from tests.simulation.cost import Cost  # noqa: E402


def main() -> int:
    """Prints each new fault once, with its shortest list of steps; returns how many there are.

    Ends early, with what was walked until then, when it is interrupted or terminated.
    """
    setup_test_environment()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    seed = os.environ.get("SEED") or secrets.token_hex(4)
    steps, length = int(os.environ.get("STEPS", "10000")), int(os.environ.get("LENGTH", "150"))
    databases = Databases.of_this_run()
    databases.drop_left_over()
    tally = Tally(seed)
    with world.city_clone(databases, f"test_{os.getpid()}_simulation") as clone, tally.cost.counted():
        try:
            while tally.taken < steps:
                walked(clone, tally, length)
        except KeyboardInterrupt:
            print("interrupted")
    print(f"\n{tally}")
    for verb in sorted(world.engine.verbs):
        became = ", ".join(f"{what} {n}" for (of, what), n in tally.outcomes.most_common() if of == verb)
        print(f"  {verb:24}", became or 0)
    for signature, times in tally.found.most_common():
        print(f"{times:5} x {signature}")
    return len(tally.found)


@dataclass
class Tally:
    """What was walked so far; each walk has a seed of its own, by its number."""

    seed: str
    walks: int = 0
    taken: int = 0
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    begin: float = field(default_factory=time.monotonic)
    cost: Cost = field(default_factory=Cost)

    def __str__(self) -> str:
        memory = psutil.Process().memory_info().rss >> 20
        return (
            f"seed {self.seed}: {self.taken} steps in {self.walks} walks of as many seeds ({self.seed}-0 and on),"
            f" {self.found.total()} violations, {time.monotonic() - self.begin:.0f} s, {memory} MB;"
            f" {self.cost.said(self.taken)}"
        )


def walked(clone: "world.Clone", tally: Tally, length: int) -> None:
    """Adds one walk to the tally, and prints what it found for the first time."""
    name = f"{tally.seed}-{tally.walks}"
    made, violation = world.run(clone, name, length)
    tally.walks += 1
    tally.taken += made.city.taken
    tally.outcomes += made.city.outcomes
    if tally.walks % 20 == 0:
        print(tally, flush=True)
    if violation is None:
        return
    tally.found[violation.signature] += 1
    if tally.found[violation.signature] == 1:
        print(f"\nwalk {name}: {violation}", flush=True)
        if os.environ.get("SHRINK", "1") == "1":
            show(clone, made, violation, length)
        else:
            # The walk may not be the same again where the moment of a row or a timeout has decided.
            log_of(clone, made)


def tell() -> int:
    """Prints the story of one bad year."""
    setup_test_environment()
    with (
        world.city_clone(Databases.of_this_run(), f"test_{os.getpid()}_story") as clone,
        world.walk(clone) as made,
    ):
        story.tell(made, print)
    return 0


def refind(names: str) -> int:
    """Takes each mend out and walks until it is found; prints a row of the table for each. Returns how many are not."""
    setup_test_environment()
    seed, steps = os.environ.get("SEED", "again"), int(os.environ.get("STEPS", "6000"))
    databases = Databases.of_this_run()
    missed = 0
    for name in refinding.asked_for(names):
        mend, taken = refinding.MENDS[name], 0
        cost = Cost()
        with (
            mend.taken_out(),
            cost.counted(),
            world.city_clone(databases, f"test_{os.getpid()}_refind", sql=mend.sql()) as clone,
        ):
            violation = None
            while taken < steps and violation is None:
                made, violation = world.run(clone, f"{seed}-{name}-{taken}", 250, to_the_end=False)
                taken += made.city.taken
        missed += violation is None
        print(
            f"| {name} | {mend.said} | {taken} | {violation or 'not found'} | {cost.whole:.0f} s", flush=True
        )
    return missed


def show(
    clone: "world.Clone", made: "world.engine.Walk", violation: "world.engine.Violation", length: int
) -> None:
    """The shortest list of steps that leads to the same fault."""
    at_the_end = made.is_over

    def fails(steps: list["world.engine.Step"]) -> bool:
        again = world.replay(clone, steps, to_the_end=at_the_end, without=made.city.clock.without)
        return again is not None and again.signature == violation.signature

    for step in shrinking.shortest(made.steps, made.became, fails, tries=int(os.environ.get("TRIES", "120"))):
        print(f"  {step}")
    print("  … and 400 days" if at_the_end else "", flush=True)


def log_of(clone: "world.Clone", made: "world.engine.Walk") -> None:
    """The steps that were taken, and the log of the city."""
    for step in made.steps:
        print(f"  {step}")
    with using(clone):
        for event in Event.objects.order_by("seq"):
            print(
                f"  {event.seq} {event.at:%Y-%m-%d %H:%M:%S} {event.kind} {event.subject_id} {event.payload}"
            )
    sys.stdout.flush()


if __name__ == "__main__":
    random.seed(0)
    if os.environ.get("STORY"):
        sys.exit(tell())
    sys.exit(refind(os.environ["REFIND"]) if os.environ.get("REFIND") else main())
