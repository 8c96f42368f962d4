"""The words of a query, version 1: what may be asked of a table, as JSON of a closed form.

    {"version": 1, "filter": {"all": [{"column": "height", "is": "at_least", "value": 4}]},
     "group": [{"column": "planted", "by": "year"}], "measures": [{"take": "mean", "column": "height"}],
     "sort": [{"by": "mean of height", "descending": true}], "limit": 100}

Without `group` and `measures` the rows themselves are asked for, of the `columns` that are named or of all. Several
filters may stand in `all` and `any`. `"join": {"dataset": "areas", "on": [{"column": "area", "equals": "code"}]}` puts
to each row the row of another dataset that has the same value, with its columns as `areas.population` and so on.
What is not declared here is refused, in words.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy

VERSION = 1
# Of a query as JSON, so that it fits an address.
LONGEST = 2000
USUAL_ROWS = 1000


class Is(TextChoices):
    """How a value is compared. A missing value fits `missing` alone."""

    EQUAL = "equal", gettext_lazy("is")
    NOT_EQUAL = "not_equal", gettext_lazy("is not")
    LESS = "less", gettext_lazy("is less than")
    AT_MOST = "at_most", gettext_lazy("is at most")
    MORE = "more", gettext_lazy("is more than")
    AT_LEAST = "at_least", gettext_lazy("is at least")
    ONE_OF = "one_of", gettext_lazy("is one of")
    CONTAINS = "contains", gettext_lazy("contains")
    BEGINS_WITH = "begins_with", gettext_lazy("begins with")
    MISSING = "missing", gettext_lazy("is missing")
    GIVEN = "given", gettext_lazy("is given")


class By(TextChoices):
    """What rows of a group have in common: the value, the time that it lies in, or the step of a width."""

    VALUE = "value", gettext_lazy("each value")
    YEAR = "year", gettext_lazy("year")
    QUARTER = "quarter", gettext_lazy("quarter")
    MONTH = "month", gettext_lazy("month")
    WEEK = "week", gettext_lazy("week")
    DAY = "day", gettext_lazy("day")
    HOUR = "hour", gettext_lazy("hour")
    WIDTH = "width", gettext_lazy("steps of")


class Take(TextChoices):
    """What is taken of the rows of a group."""

    COUNT = "count", gettext_lazy("number of rows")
    FILLED = "filled", gettext_lazy("number of values")
    DISTINCT = "distinct", gettext_lazy("number of different values")
    SUM = "sum", gettext_lazy("sum")
    MEAN = "mean", gettext_lazy("mean")
    MEDIAN = "median", gettext_lazy("median")
    LEAST = "least", gettext_lazy("least")
    GREATEST = "greatest", gettext_lazy("greatest")


VALUELESS = (Is.MISSING, Is.GIVEN)


@dataclass(frozen=True)
class Condition:
    """A column's value compared with these; of all words but `one_of` with one, or with none."""

    column: str
    how: Is
    values: tuple[str, ...] = ()

    def document(self) -> dict[str, Any]:
        """As it is written."""
        value: dict[str, Any] = {}
        if self.how == Is.ONE_OF:
            value = {"value": list(self.values)}
        elif self.how not in VALUELESS:
            value = {"value": self.values[0]}
        return {"column": self.column, "is": self.how.value, **value}


@dataclass(frozen=True)
class Several:
    """Conditions of which every one holds, or at least one."""

    every: bool
    parts: tuple["Condition | Several", ...]

    def document(self) -> dict[str, Any]:
        """As it is written."""
        return {"all" if self.every else "any": [part.document() for part in self.parts]}


@dataclass(frozen=True)
class Group:
    """A column by which rows are put together; `width` is of steps."""

    column: str
    by: By = By.VALUE
    width: Decimal | None = None

    @property
    def name(self) -> str:
        """What its column in the result is called."""
        if self.by == By.VALUE:
            return self.column
        return f"{self.column} ({self.by if self.width is None else f'{self.width:f}'})"

    def document(self) -> dict[str, Any]:
        """As it is written."""
        width = {} if self.width is None else {"width": f"{self.width:f}"}
        return {"column": self.column, "by": self.by.value, **width}


@dataclass(frozen=True)
class Measure:
    """What is taken of each group; of `count` alone without a column."""

    take: Take
    column: str = ""

    @property
    def name(self) -> str:
        """What its column in the result is called."""
        return f"{self.take} of {self.column}" if self.column else str(self.take)

    def document(self) -> dict[str, Any]:
        """As it is written."""
        return {"take": self.take.value, **({"column": self.column} if self.column else {})}


@dataclass(frozen=True)
class Sort:
    """A column of the result; missing values come last."""

    by: str
    descending: bool = False

    def document(self) -> dict[str, Any]:
        """As it is written."""
        return {"by": self.by, **({"descending": True} if self.descending else {})}


@dataclass(frozen=True)
class Join:
    """Another dataset, by its slug: to each row the one row of it whose columns `on` have the same values.

    `on` has pairs of a column and one of the other dataset. `revision` is of that dataset, None for its newest.
    """

    dataset: str
    on: tuple[tuple[str, str], ...]
    revision: int | None = None

    def document(self) -> dict[str, Any]:
        """As it is written."""
        revision = {} if self.revision is None else {"revision": self.revision}
        pairs = [{"column": column, "equals": other} for column, other in self.on]
        return {"dataset": self.dataset, **revision, "on": pairs}


@dataclass(frozen=True)
class Query:
    """A question about one table, or about one with another beside it.

    The same question has the same text, which is what is cited.
    """

    join: Join | None = None
    columns: tuple[str, ...] = ()
    filter: Several | None = None
    group: tuple[Group, ...] = ()
    measures: tuple[Measure, ...] = ()
    sort: tuple[Sort, ...] = ()
    limit: int = USUAL_ROWS

    @property
    def is_grouped(self) -> bool:
        return bool(self.group or self.measures)

    @property
    def is_whole_table(self) -> bool:
        """Whether it asks for every row as it is; such a table is a file that is there."""
        return self == Query(limit=self.limit)

    def document(self) -> dict[str, Any]:
        """As it is written; what is empty is left out."""
        found: dict[str, Any] = {
            "join": self.join.document() if self.join else None,
            "columns": list(self.columns),
            "filter": self.filter.document() if self.filter else None,
            "group": [one.document() for one in self.group],
            "measures": [one.document() for one in self.measures],
            "sort": [one.document() for one in self.sort],
        }
        return {
            "version": VERSION,
            **{name: value for name, value in found.items() if value},
            "limit": self.limit,
        }

    def text(self) -> str:
        """In one line, always the same for the same question."""
        return json.dumps(self.document(), ensure_ascii=False, separators=(",", ":"))


def conditions(part: Condition | Several | None) -> Iterator[Condition]:
    """All single conditions."""
    if isinstance(part, Condition):
        yield part
    elif part:
        for one in part.parts:
            yield from conditions(one)
