"""Keyset pagination: a page costs the same however deep it is, and rows added meanwhile do not shift it."""

import base64
import binascii
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request

from civic.core.errors import Invalid

Item = TypeVar("Item", bound=Model)


ROWS_A_STATEMENT = 1000


class KeysetPagination(CursorPagination):
    """The API's pages, newest first; `cursor` is opaque."""

    ordering = "-id"
    page_size_query_param = "page_size"
    max_page_size = 200

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any] | None:
        column = self.get_ordering(request, queryset, view)[0].removeprefix("-")
        self.position_field = queryset.model._meta.get_field(column)
        return super().paginate_queryset(queryset, request, view)

    def decode_cursor(self, request: Request) -> Cursor | None:
        """Where the cursor stands. Raises NotFound for one that we gave to nobody.

        DRF decodes the position and hands it to the database, which refuses what is no value of the column.
        """
        cursor = super().decode_cursor(request)
        if cursor is not None and cursor.position is not None:
            try:
                if "\0" in str(cursor.position):  # PostgreSQL takes no NUL in a text
                    raise ValueError
                self.position_field.to_python(cursor.position)
            except (ValidationError, ValueError):
                raise NotFound(self.invalid_cursor_message) from None
        return cursor


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Some rows and the cursor of the page after them (empty where they are the last)."""

    items: list[Item]
    next: str

    def __iter__(self) -> Any:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


def page(rows: QuerySet[Item], *, after: str = "", size: int = 24, by: str = "-id") -> Page[Item]:
    """The page of `rows` that follows the cursor `after`, ordered by the column `by`, then by id.

    Raises Invalid where the cursor is not one that we gave out.
    """
    ordered = rows.order_by(*order(by))
    if after:
        ordered = _after(ordered, by.removeprefix("-"), by.startswith("-"), _decode(after))
    return cut(list(ordered[: size + 1]), size, by)


def page_at(rows: QuerySet[Item], *, after: str = "", size: int = 24) -> Page[Item]:
    """The page of ordered `rows` that begins after so many of them, for rows of which `page` would tell too much.

    Its cursor has the key of a row, and a key says when the row was made. Raises Invalid as `page` does.
    """
    if after and not (after.isascii() and after.isdigit() and len(after) < 8):
        raise _not_ours()
    start = int(after or 0)
    found = list(rows[start : start + size + 1])
    return Page(found[:size], str(start + size) if len(found) > size else "")


def order(by: str) -> list[str]:
    """The columns of `page`'s order: ids break ties, so that no row stands on two pages."""
    return [by] if by.removeprefix("-") == "id" else [by, "-id" if by.startswith("-") else "id"]


def cut(found: list[Item], size: int, by: str) -> Page[Item]:
    """The page of `size` rows out of one more than that, which says whether another page follows."""
    more = len(found) > size
    return Page(found[:size], _encode(found[size - 1], by.removeprefix("-")) if more else "")


def walk(rows: QuerySet[Item], by: str = "pk") -> Iterator[Item]:
    """All rows in the order of `by`, a column without equal values, so many a statement.

    A server-side cursor would stay open, and with it its snapshot, for as long as somebody downloads.
    """
    ordered = rows.order_by(by)
    found = list(ordered[:ROWS_A_STATEMENT])
    while found:
        yield from found
        if len(found) < ROWS_A_STATEMENT:
            return
        found = list(ordered.filter(**{f"{by}__gt": getattr(found[-1], by)})[:ROWS_A_STATEMENT])


def _after(rows: QuerySet[Item], column: str, descending: bool, cursor: list[str]) -> QuerySet[Item]:
    operator = "lt" if descending else "gt"
    value, key = cursor
    try:
        if column == "id":
            return rows.filter(**{f"id__{operator}": key})
        # The first condition says nothing new, but an index can begin there.
        return rows.filter(
            Q(**{f"{column}__{operator}": value}) | Q(**{column: value, f"id__{operator}": key}),
            **{f"{column}__{operator}e": value},
        )
    except (ValidationError, ValueError):
        raise _not_ours() from None


def _encode(item: Model, column: str) -> str:
    value = getattr(item, column)
    cursor = [value.isoformat() if hasattr(value, "isoformat") else str(value), str(item.pk)]
    return base64.urlsafe_b64encode(json.dumps(cursor).encode()).decode()


def _decode(cursor: str) -> list[str]:
    try:
        value, key = json.loads(base64.urlsafe_b64decode(cursor.encode()))
    # Thousands of brackets are deeper than the reader goes; PostgreSQL takes no NUL in a text.
    except (binascii.Error, ValueError, TypeError, RecursionError):
        raise _not_ours() from None
    if "\0" in f"{value}{key}":
        raise _not_ours()
    return [str(value), str(key)]


def _not_ours() -> Invalid:
    return Invalid(_("This link to a further page is damaged. Start from the first page."), code="cursor")
