"""Pages follow each other without gaps or repeats, also when rows are added meanwhile."""

import base64

import pytest

from civic.accounts.models import Area
from civic.core.errors import Invalid
from civic.core.paging import page

pytestmark = pytest.mark.django_db


def make(*positions: int) -> None:
    for position in positions:
        Area.objects.create(name=f"Area {position}", slug=f"paged-{Area.objects.count()}", position=position)


def walk(by: str, size: int) -> list[int]:
    seen, cursor = [], ""
    while True:
        found = page(Area.objects.filter(slug__startswith="paged-"), after=cursor, size=size, by=by)
        seen += [area.position for area in found]
        cursor = found.next
        if not cursor:
            return seen


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
@pytest.mark.parametrize(("by", "reverse"), [("position", False), ("-position", True)])
def test_walks_all_rows_once_in_order(by: str, reverse: bool, size: int) -> None:
    make(3, 1, 2, 2, 2, 5, 4)
    assert walk(by, size) == sorted([3, 1, 2, 2, 2, 5, 4], reverse=reverse)


def test_rows_added_in_front_do_not_shift_the_next_page() -> None:
    make(1, 2, 3, 4)
    rows = Area.objects.filter(slug__startswith="paged-")
    first = page(rows, size=2, by="-position")
    make(9)
    second = page(rows, size=2, by="-position", after=first.next)
    assert [area.position for area in second] == [2, 1]


DEEP, NUL = (base64.urlsafe_b64encode(text.encode()).decode() for text in ("[" * 3000, '["a\\u0000", "b"]'))


@pytest.mark.parametrize("cursor", ["x", "bm9wZQ==", "W10=", "WyIxIl0=", "WyJ4IiwieSJd", "é", DEEP, NUL])
def test_a_damaged_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(Invalid):
        list(page(Area.objects.all(), after=cursor, by="position"))
