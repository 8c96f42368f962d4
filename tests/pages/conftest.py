"""Pages keep their look and numbers in the cache; each test starts and ends with an empty one."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.factories import pages


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="module")
def default_tree(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The default pages for all tests of a module, built once in a transaction around theirs: it takes a second."""
    with django_db_blocker.unblock(), transaction.atomic():
        pages.tree()
        yield
        transaction.set_rollback(True)
