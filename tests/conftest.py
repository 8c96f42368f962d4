"""What every test may ask for: a database of its own, a fixed moment, a browser."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django import test
from django.conf import settings
from django.db import connections
from pytest_django import DjangoDbBlocker
from xdist.scheduler import LoadScopeScheduling

from civic.settings.environment import database
from tests.database import Databases

pytest_plugins = ["tests.browser"]

# What these files build once takes half a minute and more: one worker runs a whole file. (The mark `xdist_group` has no
# effect in pytest 9.2 with xdist 3.8: the name of a test no longer takes the group.)
WHOLE_FILES = (
    "tests/embedded/test_schema.py",
    "tests/demo/test_city.py",
    "tests/demo/test_money.py",
    "tests/whole/test_links.py",
)


class Scheduling(LoadScopeScheduling):
    """Tests go to workers one by one, but for files that stay together."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return file if file in WHOLE_FILES else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Scheduling:
    """Takes the place of xdist's own choice."""
    return Scheduling(config, log)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """One database a process, cloned from the template of today's migrations."""
    databases = Databases.of_this_run()
    databases.drop_left_over()
    template, name = databases.template(), f"test_{os.getpid()}"
    point_at(databases.url_of(name))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            test.TransactionTestCase, "_fixture_teardown", lambda _: anew(databases, template, name)
        )
        databases.clone(template, name)
        yield
    with django_db_blocker.unblock():
        connections.close_all()
    databases.drop(name)


def point_at(url: str) -> None:
    """Turns Django's one database to another address, before anything has connected."""
    settings.DATABASES["default"].update(database(url), CONN_MAX_AGE=0)


def anew(databases: Databases, template: str, name: str) -> None:
    """What a test that commits leaves behind goes with its database.

    Django would empty every table instead: our append-only tables refuse that, and it also takes away what migrations
    put in.
    """
    connections.close_all()
    databases.clone(template, name)


@pytest.fixture
def at() -> datetime:
    """A fixed moment, a Monday at nine in UTC, for whatever takes its time as `at`."""
    return datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock_at(at: datetime) -> Iterator[time_machine.Traveller]:
    """The clock at `at`, for what asks it itself: views, tasks, commands. `.shift()` lets time pass."""
    with time_machine.travel(at) as traveller:
        yield traveller
