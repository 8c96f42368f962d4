"""The pages of a fresh installation for the tests, built once a process: it takes a second.

`default_tree` is all that a test module asks for; `tests.factories.pages.tree()` then finds them there.
"""

import os
from collections.abc import Iterator

import pytest
from django.db import connections
from pytest_django import DjangoDbBlocker

from tests.clones import Clone, using
from tests.database import Databases


@pytest.fixture(scope="session")
def default_tree_clone(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Clone]:
    """This process's own database with the default pages in it, to which tests that commit put it back."""
    databases = Databases.of_this_run()
    clone = Clone(databases, databases.template(), f"test_{os.getpid()}_tree", fill=build)
    with django_db_blocker.unblock():
        clone.make()
    yield clone
    with django_db_blocker.unblock():
        clone.drop()


@pytest.fixture(scope="module")
def default_tree(default_tree_clone: Clone) -> Iterator[None]:
    """The default pages for all tests of a module. Each takes back what it does to them."""
    with using(default_tree_clone):
        yield


def build(clone: Clone) -> None:
    """Builds them into a fresh clone, through the verb."""
    from tests.factories import pages

    with using(clone):
        pages.tree()
        connections.close_all()
