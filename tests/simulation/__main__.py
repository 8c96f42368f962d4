"""`make simulate`: walks until so many steps are taken (STEPS=10000, SEED=… to repeat, LENGTH=150 steps a walk).

STORY=1 tells one bad year; REFIND=1 puts each fault of refinding.py back and walks until it is found.
"""

import logging
import os
import random
import secrets
import sys
import time
from collections import Counter

os.environ["DJANGO_SETTINGS_MODULE"] = "civic.settings.test"

import django
from django.test.utils import setup_test_environment

django.setup()
# What goes wrong is a finding and is printed once; tracebacks of hundreds of replays would bury it.
logging.getLogger().handlers.clear()
logging.disable(logging.INFO)

from tests.database import Databases  # noqa: E402
from tests.simulation import refinding, shrinking, story, world  # noqa: E402


def main() -> int:
    """Prints each new fault once, with its shortest list of steps; returns how many there are."""
    setup_test_environment()
    seed = os.environ.get("SEED") or secrets.token_hex(4)
    steps, length = int(os.environ.get("STEPS", "10000")), int(os.environ.get("LENGTH", "150"))
    shrink = os.environ.get("SHRINK", "1") == "1"
    databases = Databases.of_this_run()
    databases.drop_left_over()
    found: dict[str, int] = {}
    outcomes: Counter[tuple[str, str]] = Counter()
    taken = walks = 0
    begin, cpu = time.monotonic(), time.process_time()
    with world.city_clone(databases, f"test_{os.getpid()}_simulation") as clone:
        while taken < steps:
            name = f"{seed}-{walks}"
            made, violation = world.run(clone, name, length)
            taken, walks = taken + len(made.steps), walks + 1
            outcomes += made.city.outcomes
            if violation is None:
                continue
            found[violation.signature] = found.get(violation.signature, 0) + 1
            if found[violation.signature] == 1:
                print(f"\nwalk {name}: {violation}", flush=True)
                if shrink:
                    show(clone, made, violation, length)
    rate = taken / (time.process_time() - cpu)
    print(
        f"\nseed {seed}: {walks} walks, {taken} steps, {time.monotonic() - begin:.0f} s,"
        f" {rate:.1f} steps a second of CPU"
    )
    for verb in sorted(world.engine.verbs):
        became = ", ".join(f"{what} {n}" for (of, what), n in outcomes.most_common() if of == verb)
        print(f"  {verb:24}", became or 0)
    for signature, times in sorted(found.items(), key=lambda item: -item[1]):
        print(f"{times:5} x {signature}")
    return len(found)


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
        begin = time.process_time()
        with (
            mend.taken_out(),
            world.city_clone(databases, f"test_{os.getpid()}_refind", sql=mend.sql()) as clone,
        ):
            violation = None
            while taken < steps and violation is None:
                made, violation = world.run(clone, f"{seed}-{name}-{taken}", 250, to_the_end=False)
                taken += len(made.steps)
        missed += violation is None
        cpu = time.process_time() - begin
        print(f"| {name} | {mend.said} | {taken} | {violation or 'not found'} | {cpu:.0f} s", flush=True)
    return missed


def show(
    clone: "world.Clone", made: "world.engine.Walk", violation: "world.engine.Violation", length: int
) -> None:
    """The shortest list of steps that leads to the same fault."""
    at_the_end = made.is_over

    def fails(steps: list["world.engine.Step"]) -> bool:
        again = world.replay(clone, steps, to_the_end=at_the_end, mails=not made.city.clock.without)
        return again is not None and again.signature == violation.signature

    for step in shrinking.shortest(made.steps, made.became, fails, tries=int(os.environ.get("TRIES", "120"))):
        print(f"  {step}")
    print("  … and 400 days" if at_the_end else "", flush=True)


if __name__ == "__main__":
    random.seed(0)
    if os.environ.get("STORY"):
        sys.exit(tell())
    sys.exit(refind(os.environ["REFIND"]) if os.environ.get("REFIND") else main())
