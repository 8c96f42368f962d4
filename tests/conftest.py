"""What every test may ask for: a database of its own, a fixed moment, a browser."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django import test
from django.conf import settings
from django.db import connections
from pytest_django import DjangoDbBlocker

from civic.settings.environment import database
from tests.database import Databases

pytest_plugins = ["tests.browser"]


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
