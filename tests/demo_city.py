"""Aldermere for the tests: small, as of one moment, built once for each state of the code and then cloned.

`demo_city` is all that a test module asks for. Building takes twenty seconds of CPU, cloning half a second.
"""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from tests.clones import Clone, using
from tests.database import Databases, one_at_a_time
from tests.role import ROLE

MOMENT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
FILES = {"MEDIA_ROOT": "media", "ROOTS_DIR": "roots"}
# Apart from those of the other tests: in one storage, a test that deletes the files which no row of its database names
# would delete the city's.
CITY = settings.FILES / "city"


@pytest.fixture(scope="session")
def demo_city_clone(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Clone]:
    """This process's own city, with its own files."""
    databases = Databases.of_this_run()

    def build(name: str, folder: Path) -> None:
        made = using(Clone(databases, "", name))
        with django_db_blocker.unblock(), made, override_settings(**places(folder)):
            make()

    template, folder = databases.city_template(build)
    shutil.copytree(folder, CITY, dirs_exist_ok=True)
    clone = Clone(databases, template, f"test_{os.getpid()}_city", remembers=False, fill=let_role_in)
    clone.make()
    yield clone
    with django_db_blocker.unblock():
        clone.drop()


@pytest.fixture(scope="module")
def demo_city(demo_city_clone: Clone) -> Iterator[None]:
    """The city as of `MOMENT` for all tests of a module. Each takes back what it does to it."""
    with using(demo_city_clone), override_settings(**places(CITY)):
        yield


def places(folder: Path) -> dict[str, Path]:
    """Settings by which the site has its files in this folder."""
    return {setting: folder / place for setting, place in FILES.items()}


def let_role_in(clone: Clone) -> None:
    """Gives the application role its privileges, once for all tests of the clone: 31 ms of CPU each time."""
    # Roles belong to the server: of two workers that made it at once one would fail.
    with one_at_a_time(), clone.databases.connect(clone.name) as owner:
        owner.execute(ROLE.read_text())


def make() -> None:
    """Builds it into the empty database in use, wholly or not at all."""
    with time_machine.travel(MOMENT, tick=True), transaction.atomic():
        call_command("demo_city", "--small", verbosity=0)
