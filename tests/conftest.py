"""What every test may ask for: a database of its own, a fixed moment, a browser."""

import gc
import os
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from _pytest import runner
from django import test
from django.core.servers.basehttp import ThreadedWSGIServer
from pytest_django import DjangoDbBlocker
from xdist.scheduler import LoadScopeScheduling

from civic.core.frames import with_room
from datasets.catalogue import reading_process
from tests.clones import Clone, put_back, using
from tests.costs import KINDS, kind_of
from tests.database import Databases
from tests.read_once import reading_once

pytest_plugins = ["tests.browser", "tests.costs", "tests.default_tree", "tests.demo_city", "tests.fast"]

# What tests here share takes seconds to make (a migrated database, trees of all our code): one worker runs all of them.
# (The mark `xdist_group` has no effect in pytest 9.2 with xdist 3.8: the name of a test no longer takes the group.)
WHOLE = ("tests/embedded/test_schema.py", "tests/embedded/test_frozen_schema.py", "tests/architecture/")


class Scheduling(LoadScopeScheduling):
    """Tests go to workers one by one, but for files and folders that stay together."""

    def _split_scope(self, nodeid: str) -> str:
        return next((place for place in WHOLE if nodeid.startswith(place)), nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Scheduling:
    """Takes the place of xdist's own choice, and keeps our order instead of xdist's."""
    config.option.loadscopereorder = False
    return Scheduling(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Dear kinds come first, so that at the end no worker waits for the other's long test."""
    items.sort(key=lambda item: (not item.nodeid.startswith(WHOLE), KINDS.index(kind_of(item))))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Nothing that is imported becomes garbage: looking for it was a tenth of the CPU of collecting."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_finish() -> None:
    """What was imported stays: the garbage collector need not walk through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """Pytest's own, with room for the frames below, which a fifth of the CPU of tests of pages went into."""
    return with_room(runner.pytest_runtest_protocol)(item, nextitem)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """One database a process, cloned from the template of today's migrations; a test that commits has it put back."""
    databases = Databases.of_this_run()
    databases.drop_left_over()
    clone = Clone(databases, databases.template(), f"test_{os.getpid()}")
    clone.make()
    with pytest.MonkeyPatch.context() as patch, using(clone):
        patch.setattr(test.TransactionTestCase, "_fixture_teardown", lambda _: put_back())
        # Each request to the live server has a thread, whose frames begin anew.
        answer = with_room(ThreadedWSGIServer.process_request_thread)
        patch.setattr(ThreadedWSGIServer, "process_request_thread", answer)
        patch.setattr(reading_process, "_answer_in", reading_once(reading_process._answer_in))
        yield
    with django_db_blocker.unblock():
        clone.drop()


@pytest.fixture
def at() -> datetime:
    """A fixed moment, a Monday at nine in UTC, for whatever takes its time as `at`."""
    return datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock_at(at: datetime) -> Iterator[time_machine.Traveller]:
    """The clock at `at`, for what asks it itself: views, tasks, commands. `.shift()` lets time pass."""
    with time_machine.travel(at) as traveller:
        yield traveller
