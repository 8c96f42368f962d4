"""Row locks: FOR UPDATE, until the transaction ends. `states.lock` is for a row that only moves on.

Only the rows themselves are locked, not what `select_related` joins to them. In which order the rows of several models
are locked is said where they are: for money in `marketplace.campaigns.locking`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Manager, Model, QuerySet

M = TypeVar("M", bound=Model)


def lock_row(rows: Manager[M] | QuerySet[M], *, no_key: bool = False, **which: Any) -> M:
    """The one row as it is now, locked. Raises DoesNotExist.

    `no_key` lets others write rows that point to it meanwhile: their foreign keys share its key.
    """
    return rows.select_for_update(of=("self",), no_key=no_key).get(**which)


def lock_first(rows: QuerySet[M]) -> M | None:
    """The first of the rows as it is now, locked; None where there is none, or none any more."""
    return rows.select_for_update(of=("self",)).first()


def lock_rows(rows: QuerySet[M]) -> list[M]:
    """The rows as they are now, locked by id: two that lock several would else wait for each other in a circle."""
    return list(rows.select_for_update(of=("self",)).order_by("pk"))


@contextmanager
def lock_session(name: str) -> Iterator[bool]:
    """Whether no other session of the database is within a block of this name; until the block's end none comes in.

    It is held without a transaction, for what takes minutes: an open transaction would keep dead rows from being
    cleaned up. It ends with its session, so that a killed worker leaves nothing behind.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [name])
        (is_ours,) = cursor.fetchone()
    try:
        yield is_ours
    finally:
        if is_ours:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [name])
