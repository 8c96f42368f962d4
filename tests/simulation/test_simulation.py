"""Walks from a seed of this run, and that a walk finds what is wrong and is shortened to what it needs."""

import os
import random
import secrets
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from civic.accounts.models import Person
from civic.core.models import Event
from projects.proposals import endings
from tests.clones import Clone
from tests.database import Databases, city_digest
from tests.simulation import shrinking, world
from tests.simulation import story as bad_year
from tests.simulation.changes import Changes
from tests.simulation.draws import Void
from tests.simulation.engine import Step, Violation, Walk, verbs

# Fresh with every change of the code, and the same for the same code: a run that fails can be repeated as it was.
SEED = os.environ.get("SEED") or city_digest()
WALKS, LENGTH = 5, 150
PARTS = 4


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Clone]:
    """A database with the city as it begins."""
    databases = Databases.of_this_run()
    with django_db_blocker.unblock(), world.city_clone(databases, f"test_{os.getpid()}_walk") as clone:
        yield clone


@pytest.mark.slow_fault
@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_people_do_in_any_order_the_rules_hold(city: Clone, part: int) -> None:
    """Three thousand steps in all. `make simulate SEED=<walk>` walks one of them again and shortens it."""
    for number in range(WALKS):
        walk = f"{SEED}-{part}-{number}"
        _made, violation = world.run(city, walk, LENGTH)
        assert violation is None, f"walk {walk}: {violation}"


def step(walk: Walk, verb: str, **wanted: Any) -> None:
    """Takes a step whose arguments are drawn, but for those that are wanted."""
    number = len(walk.steps)
    walk.steps.append(
        Step(number, walk.city.at, verb, verbs[verb].draw(random.Random(number), wanted)),
    )
    walk.take(walk.steps[-1])


def story(walk: Walk) -> None:
    """A project is cancelled while its campaign runs; other things happen, too."""
    owner = Person.objects.filter(memberships__role="owner").earliest("pk")
    step(walk, "start_project", author=str(owner.pk), with_organisation=True)
    step(walk, "enter_bank_details")
    step(walk, "open_campaign", days=3)
    step(walk, "create_fund")
    step(walk, "back", amount=20_00)
    step(walk, "work", seconds=30)
    step(walk, "cancel_project")
    step(walk, "create_fund")
    step(walk, "hop", hours=200)


def found(city: Clone) -> tuple[Walk, Violation | None]:
    with world.walk(city) as walk:
        try:
            story(walk)
        except Violation as violation:
            return walk, violation
    return walk, None


def test_a_fault_is_found_and_told_by_its_shortest_story(city: Clone) -> None:
    assert found(city)[1] is None
    with endings.dependants.temporarily(without=["campaigns"]):
        walk, violation = found(city)
        assert violation is not None
        assert violation.signature == "log: the step for %r failed"

        def fails(steps: list[Step]) -> bool:
            again = world.replay(city, steps, to_the_end=False)
            return again is not None and again.signature == violation.signature

        shortest = shrinking.shortest(walk.steps, walk.became, fails)
    assert [one.verb for one in shortest] == ["start_project", "open_campaign", "cancel_project", "hop"]


@pytest.mark.slow_fault
def test_a_bad_year_ends_with_a_stranger_who_verifies_it(city: Clone) -> None:
    told: list[str] = []
    with world.walk(city) as walk:
        bad_year.tell(walk, told.append)
    assert "all holds" in " ".join(told)


def test_a_walk_is_the_same_again(city: Clone) -> None:
    first, second = (world.run(city, "the same", 40)[0] for _time in range(2))
    assert list(map(str, first.steps)) == list(map(str, second.steps))
    assert first.became == second.became


# What the database tells by its own clock (accounts/sql/ways_in_0006.sql, voting/sql/shuffling_0008.sql).
BY_OTHER_CLOCK = [
    *(f"person.{what}_changed" for what in ("password", "address", "second_step")),
    *("staff_invitation.link_made", "poll.shuffled"),
]


def walked(city: Clone, seed: str) -> tuple[list[str], dict[int, str], list[Any]]:
    """Steps with their ids, what became of them, and every event with its moment, until two days after the last."""
    with world.walk(city) as walk:
        walk.wander(random.Random(seed), 80)
        walk.city.clock.hop(timedelta(days=2), random.Random(0), least=timedelta(hours=8))
        # Without ids: each task that is run draws from the chance of its step, also one that finds nothing to do.
        return (
            list(map(str, walk.steps)),
            walk.became,
            list(Event.objects.exclude(kind__in=BY_OTHER_CLOCK).order_by("seq").values_list("kind", "at")),
        )


def test_what_is_not_done_again_would_have_changed_nothing(
    city: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What a seed makes changes with every verb, and a walk in which little happens compares little.
    walks = ((seed, walked(city, seed)) for seed in ("sparing", "frugal", "thrifty", "careful"))
    seed, sparing = next((seed, found) for seed, found in walks if len(found[2]) > 50)
    monkeypatch.setattr(Changes, "is_done", lambda *_what: False)
    assert walked(city, seed) == sparing


def test_a_step_without_what_it_is_about_does_nothing(city: Clone) -> None:
    with world.walk(city) as walk:
        step(walk, "start_project")
        missing = verbs["open_campaign"].draw(random.Random(1)) | {"project": str(secrets.token_hex(16))}
        assert walk.take(Step(7, walk.city.at + timedelta(minutes=1), "open_campaign", missing)) == "void"
        with pytest.raises(Void):
            verbs["cancel_campaign"].draw(random.Random(1))
