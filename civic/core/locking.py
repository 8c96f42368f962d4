"""Row locks: FOR UPDATE, until the transaction ends. `states.lock` is for a row that only moves on.

In which order the rows of several models are locked is said by the `locking` module of their slice.
"""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


def lock_row(rows: QuerySet[M], **which: Any) -> M:
    """The one row as it is now, locked; what is joined to it is not. Raises DoesNotExist."""
    return rows.select_for_update(of=("self",)).get(**which)


def lock_rows(rows: QuerySet[M]) -> list[M]:
    """The rows as they are now, locked by id: two that lock several would else wait for each other in a circle."""
    return list(rows.select_for_update(of=("self",)).order_by("pk"))
