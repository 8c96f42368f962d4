"""A day is the city's: `localdate(at)`. Whoever means a day of UTC writes that down."""

import ast
from datetime import UTC, datetime

import pytest
from django.utils.timezone import localdate

from tests.architecture.source import parse, unparse, walk
from tests.architecture.test_one_way import sources

# The program for everybody who keeps exports knows no Django; its `timezone.utc` is Python's.
SPELLED = ("astimezone(UTC)", "now(timezone.utc)", "fromtimestamp(payout.arrival_date, UTC)")
LOCAL = ("localtime", "localdate", "timezone.localtime", "timezone.localdate")


def days_of_utc(source: str) -> list[str]:
    """Days that are taken of a moment without its zone, or printed; a bare name has been made local before."""
    found = []
    for node in walk(parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            asked = unparse(node.func.value)
            takes_day = node.func.attr == "date" and not node.args and not asked.endswith(SPELLED)
            if takes_day or (node.func.attr in ("today", "utcnow") and asked in ("date", "datetime")):
                found.append(unparse(node))
        if isinstance(node, ast.Call) and unparse(node.func).endswith("date_format"):
            found += _unlocated(node.args[0])
        if isinstance(node, ast.FormattedValue) and node.format_spec and "%" in unparse(node.format_spec):
            found += _unlocated(node.value)
    return found


def _unlocated(shown: ast.expr) -> list[str]:
    if isinstance(shown, ast.Call) and unparse(shown.func).endswith(("astimezone", "now", *LOCAL)):
        return []
    return [unparse(shown)] if isinstance(shown, ast.Attribute | ast.Call) else []


def test_no_day_is_of_utc_unsaid_1127_ay13() -> None:
    """The day of `voting_entitled` is one of UTC, and so is a day of the ledger's roots: both say so."""
    found = {
        (name, text)
        for name, source in sources()
        for text in days_of_utc(source)
        if not name.startswith("datasets/")
    }
    # A day of birth is a date, no moment; so is the last day of a need.
    born = ("civic/accounts/admin/residency.py", "residency.born")
    assert found == {born, ("marketplace/exchange/conditions.py", "need.deadline")}


@pytest.mark.parametrize(
    "planted",
    [
        "today = clock.now().date()",
        "day = at.date() - timedelta(days=1)",
        "day = date.today()",
        "day = datetime.utcnow()",
        "day = date_format(payout.not_before, 'DATE_FORMAT')",
        "name = f'export-{order.created_at:%Y-%m-%d}'",
    ],
)
def test_a_planted_day_of_utc_is_found_1127_ay13(planted: str) -> None:
    assert days_of_utc(planted)


@pytest.mark.parametrize(
    "planted",
    ["day = at.astimezone(UTC).date()", "name = f'{localdate(at)}'", "date_format(localtime(at), 'j F')"],
)
def test_what_says_its_zone_is_none_1127_ay13(planted: str) -> None:
    assert days_of_utc(planted) == []


def test_the_citys_day_begins_at_its_midnight_1127_ay13() -> None:
    assert localdate(datetime(2026, 3, 1, 23, 30, tzinfo=UTC)).isoformat() == "2026-03-02"
