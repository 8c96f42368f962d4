"""From a query to SQL, by Ibis. On the way columns have names of ours: none of the table comes into an expression.

The table is `data` with columns `c0` … (as `columns.view` shows it) and `rn`, the number of the row; the answer has
`o0` and so on.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import and_, eq, ge, gt, le, lt, ne, or_
from typing import Any

import ibis
from django.utils.translation import gettext as _

from civic.core.errors import Invalid
from datasets.analytics.engine.columns import NUMBERS, TIMES, Column
from datasets.analytics.engine.language import By, Condition, Group, Is, Measure, Query, Several, Sort, Take

TABLE = "data"
ROW = "rn"
# Steps of a width are counted exactly, in decimals.
EXACT = "decimal(38, 10)"
COMPARED: Mapping[Is, Callable[[Any, Any], Any]] = {
    Is.EQUAL: eq,
    Is.NOT_EQUAL: ne,
    Is.LESS: lt,
    Is.AT_MOST: le,
    Is.MORE: gt,
    Is.AT_LEAST: ge,
}
ORDERED = (Is.LESS, Is.AT_MOST, Is.MORE, Is.AT_LEAST)
TRUNCATED = {By.YEAR: "Y", By.QUARTER: "Q", By.MONTH: "M", By.WEEK: "W", By.DAY: "D", By.HOUR: "h"}


@dataclass(frozen=True)
class Compiled:
    """SQL in the words of an engine, and the names of the columns that its answer has, in their order."""

    sql: str
    names: tuple[str, ...]


def compiled(query: Query, columns: Sequence[Column], dialect: str = "duckdb") -> Compiled:
    """The question as SQL. Raises Invalid: a column that is not there, a word that its type has no use for.

    With one row more than its limit, which says that there are more.
    """
    table = ibis.table({ROW: "int64", **{one.key: one.ibis_type for one in columns}}, name=TABLE)
    known = {one.name: one for one in columns}
    expression = table
    if query.filter:
        expression = expression.filter(_filtered(query.filter, table, known))
    shape = _grouped if query.is_grouped else _selected
    expression, names = shape(query, expression, known)
    keys = [f"o{place}" for place in range(len(names))]
    order = [_order(one, dict(zip(names, keys, strict=True))) for one in query.sort]
    # Whatever is asked, the order of the answer is one: groups by their columns, rows as they stand in the file.
    rest = keys[: len(query.group)] if query.is_grouped else [ROW]
    if order or rest:
        expression = expression.order_by([*order, *(ibis.asc(one, nulls_first=False) for one in rest)])
    expression = expression.limit(query.limit + 1).select(*keys)
    return Compiled(str(ibis.to_sql(expression, dialect=dialect)), tuple(names))


def _column(known: Mapping[str, Column], name: str, where: str) -> Column:
    found = known.get(name)
    if found is None:
        raise Invalid(**{where: _("There is no column %(name)s.") % {"name": name[:100]}})
    return found


def _selected(query: Query, table: Any, known: Mapping[str, Column]) -> tuple[Any, list[str]]:
    names = list(query.columns) or list(known)
    shown = {f"o{place}": table[_column(known, one, "columns").key] for place, one in enumerate(names)}
    return table.select(**shown, **{ROW: table[ROW]}), names


def _grouped(query: Query, table: Any, known: Mapping[str, Column]) -> tuple[Any, list[str]]:
    groups = {f"o{place}": _group(one, table, known) for place, one in enumerate(query.group)}
    # A group without a measure is its value; the number of its rows says how often that is there.
    taken = query.measures or (Measure(Take.COUNT),)
    measures = {
        f"o{place}": _measure(one, table, known) for place, one in enumerate(taken, start=len(groups))
    }
    names = [*(one.name for one in query.group), *(one.name for one in taken)]
    return table.group_by(**groups).aggregate(**measures) if groups else table.aggregate(**measures), names


def _group(group: Group, table: Any, known: Mapping[str, Column]) -> Any:
    column = _column(known, group.column, "group")
    value = table[column.key]
    if group.by == By.VALUE:
        return value
    if group.by == By.WIDTH:
        return _steps(column, value, group.width or Decimal(1))
    if column.type not in TIMES or (group.by == By.HOUR and column.type == "date"):
        raise Invalid(group=_("%(name)s has no %(by)s.") % {"name": column.name, "by": group.by.label})
    if group.by == By.HOUR:
        return value.truncate(TRUNCATED[group.by])
    # By way of a moment: DuckDB makes one of the first day of a month, which Ibis takes for a day already.
    moment = value.cast("timestamp") if column.type == "date" else value
    return moment.truncate(TRUNCATED[group.by]).cast("date")


def _steps(column: Column, value: Any, width: Decimal) -> Any:
    """The least number of the step that a value lies in."""
    if column.type not in NUMBERS:
        raise Invalid(group=_("%(name)s is no number.") % {"name": column.name})
    exact, step = value.cast(EXACT), ibis.literal(width, type=EXACT)
    # Twice, since the remainder of a negative number is negative.
    begin = exact - (((exact % step) + step) % step)
    decimals = max(0, -int(width.as_tuple().exponent))
    return begin.cast(f"decimal(38, {decimals})")


def _measure(measure: Measure, table: Any, known: Mapping[str, Column]) -> Any:
    if measure.take == Take.COUNT:
        return table.count()
    column = _column(known, measure.column, "measures")
    value = table[column.key]
    if measure.take in (Take.SUM, Take.MEAN, Take.MEDIAN) and column.type not in NUMBERS:
        words = {"take": measure.take.label, "name": column.name}
        raise Invalid(measures=_("There is no %(take)s of %(name)s, which is no number.") % words)
    taken = {
        Take.FILLED: value.count,
        Take.DISTINCT: value.nunique,
        Take.LEAST: value.min,
        Take.GREATEST: value.max,
    }
    numbers = {"sum": "sum", "mean": "mean", "median": "median"}
    return taken[measure.take]() if measure.take in taken else getattr(value, numbers[measure.take])()


def _order(sort: Sort, keys: Mapping[str, str]) -> Any:
    key = keys.get(sort.by)
    if key is None:
        words = {"name": sort.by[:100], "names": ", ".join(keys)[:500]}
        raise Invalid(sort=_("The result has no column %(name)s; it has: %(names)s.") % words)
    return (ibis.desc if sort.descending else ibis.asc)(key, nulls_first=False)


def _filtered(part: Condition | Several, table: Any, known: Mapping[str, Column]) -> Any:
    if isinstance(part, Several):
        return reduce(and_ if part.every else or_, (_filtered(one, table, known) for one in part.parts))
    column = _column(known, part.column, "filter")
    value = table[column.key]
    if part.how == Is.MISSING:
        return value.isnull()
    if part.how == Is.GIVEN:
        return value.notnull()
    if part.how in (Is.CONTAINS, Is.BEGINS_WITH):
        if column.type != "string":
            raise Invalid(filter=_("%(name)s is no text.") % {"name": column.name})
        return value.contains(part.values[0]) if part.how == Is.CONTAINS else value.startswith(part.values[0])
    values = [column.literal(one) for one in part.values]
    if part.how == Is.ONE_OF:
        return value.isin(values)
    if part.how in ORDERED and column.type == "boolean":
        raise Invalid(filter=_("%(name)s has no order.") % {"name": column.name})
    return COMPARED[part.how](value, values[0])
