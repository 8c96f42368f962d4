"""A query from what somebody sent: every word, number and depth is checked, and what is refused is said."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from civic.core.errors import Invalid
from datasets.analytics.engine.language import (
    LONGEST,
    USUAL_ROWS,
    VALUELESS,
    VERSION,
    By,
    Condition,
    Group,
    Is,
    Join,
    Measure,
    Query,
    Several,
    Sort,
    Take,
)

LONGEST_TEXT = 500
LONGEST_SLUG = 100
MOST_COLUMNS, MOST_CONDITIONS, MOST_VALUES, MOST_GROUPS, MOST_MEASURES, MOST_SORTS = 100, 30, 100, 4, 10, 5
MOST_PAIRS, MOST_REVISIONS = 3, 10**9
DEEPEST = 4
# Of a file; what a page and the API show at once is less.
MOST_ROWS = 1_000_000


def parse(text: str) -> Query:
    """A query from its text. Raises Invalid."""
    if len(text) > LONGEST:
        raise Invalid(query=_("A query has at most %(most)d characters.") % {"most": LONGEST})
    try:
        # A float would change a number before it is compared.
        document = json.loads(text, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        raise Invalid(query=_("The query is no JSON.")) from None
    return read(document)


def read(document: Any) -> Query:
    """A query from its document. Raises Invalid."""
    known = ("version", "join", "columns", "filter", "group", "measures", "sort", "limit")
    said = _object(document, *known, where="query")
    if said.get("version", VERSION) not in (VERSION, str(VERSION)):
        raise Invalid(query=_("This site speaks version %(version)d of queries.") % {"version": VERSION})
    query = Query(
        join=_join(said["join"]) if said.get("join") else None,
        columns=tuple(_text(one, "columns") for one in _list(said, "columns", MOST_COLUMNS)),
        filter=_several(said["filter"], [0]) if said.get("filter") else None,
        group=tuple(_group(one) for one in _list(said, "group", MOST_GROUPS)),
        measures=tuple(_measure(one) for one in _list(said, "measures", MOST_MEASURES)),
        sort=tuple(_sort(one) for one in _list(said, "sort", MOST_SORTS)),
        limit=_limit(said.get("limit", USUAL_ROWS)),
    )
    if query.is_grouped and query.columns:
        raise Invalid(columns=_("Columns are of a query without groups; name them as groups."))
    names = [*query.columns, *(one.name for one in query.group), *(one.name for one in query.measures)]
    if twice := next((one for one in names if names.count(one) > 1), None):
        raise Invalid(query=_("%(name)s is asked for twice.") % {"name": twice[:100]})
    if len(query.text()) > LONGEST:
        raise Invalid(query=_("A query has at most %(most)d characters.") % {"most": LONGEST})
    return query


def _join(said: Any) -> Join:
    named = _object(said, "dataset", "revision", "on", where="join")
    slug = _text(named.get("dataset"), "join")
    pairs = [_object(one, "column", "equals", where="join") for one in _list(named, "on", MOST_PAIRS)]
    if not pairs or len(slug) > LONGEST_SLUG:
        raise Invalid(join=_("Say which column is the same as which of the other dataset."))
    revision = named.get("revision")
    if revision is not None and (type(revision) is not int or not 0 < revision < MOST_REVISIONS):
        raise Invalid(join=_("A revision is a whole number from 1 on."))
    on = tuple((_text(one.get("column"), "join"), _text(one.get("equals"), "join")) for one in pairs)
    return Join(slug, on, revision)


def _several(said: Any, count: list[int], depth: int = 1) -> Several:
    if depth > DEEPEST:
        raise Invalid(filter=_("Filters are nested at most %(most)d deep.") % {"most": DEEPEST})
    named = _object(said, "all", "any", where="filter")
    if len(named) != 1:
        raise Invalid(filter=_('A filter is {"all": [...]} or {"any": [...]}.'))
    ((how, parts),) = named.items()
    if not isinstance(parts, list) or not parts:
        raise Invalid(filter=_('A filter is {"all": [...]} or {"any": [...]}.'))
    count[0] += len(parts)
    if count[0] > MOST_CONDITIONS:
        raise Invalid(filter=_("A query has at most %(most)d conditions.") % {"most": MOST_CONDITIONS})
    read_parts = []
    for one in parts:
        nested = isinstance(one, dict) and "column" not in one
        read_parts.append(_several(one, count, depth + 1) if nested else _condition(one))
    return Several(how == "all", tuple(read_parts))


def _condition(said: Any) -> Condition:
    named = _object(said, "column", "is", "value", where="filter")
    column, how = _text(named.get("column"), "filter"), _word(Is, named.get("is"), "filter")
    value = named.get("value")
    if how in VALUELESS:
        values: Sequence[Any] = []
    elif how == Is.ONE_OF:
        values = _list(named, "value", MOST_VALUES) or [None]
    else:
        values = [value]
    return Condition(column, how, tuple(_value(one) for one in values))


def _value(said: Any) -> str:
    if isinstance(said, bool):
        return str(said).lower()
    if isinstance(said, int | float | Decimal):
        # Of a number of thousands of digits Python makes no text.
        said = str(said) if not isinstance(said, int) or said.bit_length() < 256 else None
    return _text(said, "filter", empty=True)


def _group(said: Any) -> Group:
    named = _object(said, "column", "by", "width", where="group")
    by = _word(By, named.get("by", By.VALUE.value), "group")
    column = _text(named.get("column"), "group")
    if (by == By.WIDTH) != (named.get("width") is not None):
        raise Invalid(group=_("Steps have a width, and nothing else has one."))
    return Group(column, by, _width(named["width"]) if by == By.WIDTH else None)


def _width(said: Any) -> Decimal:
    try:
        width = Decimal(_value(said))
        fine = Decimal("1e-6") <= width <= Decimal("1e12") and width == round(width, 6)
    except (InvalidOperation, ValueError):
        fine = False
    if not fine:
        raise Invalid(group=_("A width is a number from 0.000001 to 1,000,000,000,000."))
    return width.normalize()


def _measure(said: Any) -> Measure:
    named = _object(said, "take", "column", where="measures")
    take = _word(Take, named.get("take"), "measures")
    column = _text(named["column"], "measures") if named.get("column") else ""
    if bool(column) == (take == Take.COUNT):
        raise Invalid(measures=_("Each measure but count is of a column."))
    return Measure(take, column)


def _sort(said: Any) -> Sort:
    named = _object(said, "by", "descending", where="sort")
    descending = named.get("descending", False)
    if not isinstance(descending, bool):
        raise Invalid(sort=_("descending is true or false."))
    return Sort(_text(named.get("by"), "sort"), descending)


def _limit(said: Any) -> int:
    text = str(said) if isinstance(said, str) or (isinstance(said, int) and abs(said) < 10**9) else ""
    if isinstance(said, bool) or not (text.isascii() and text.isdecimal() and 0 < len(text) < 8):
        text = "0"
    if not 1 <= int(text) <= MOST_ROWS:
        raise Invalid(limit=_("limit is a whole number from 1 to %(most)d.") % {"most": MOST_ROWS})
    return int(text)


def _object(said: Any, *names: str, where: str) -> Mapping[str, Any]:
    if not isinstance(said, dict):
        raise Invalid(**{where: _("%(where)s is no object of JSON.") % {"where": where}})
    if unknown := next((one for one in said if one not in names), None):
        words = {"name": str(unknown)[:100], "names": ", ".join(names)}
        raise Invalid(**{where: _("%(name)s is not known here; known are: %(names)s.") % words})
    return said


def _list(said: Mapping[str, Any], name: str, most: int) -> list[Any]:
    found = said.get(name, [])
    if not isinstance(found, list) or len(found) > most:
        raise Invalid(**{name: _("%(name)s is a list of at most %(most)d.") % {"name": name, "most": most}})
    return found


def _word(words: type[Any], said: Any, where: str) -> Any:
    if said not in words.values:
        listed = {"names": ", ".join(words.values)}
        raise Invalid(**{where: _("One of these words is wanted: %(names)s.") % listed})
    return words(said)


def _text(said: Any, where: str, *, empty: bool = False) -> str:
    fine = isinstance(said, str) and (said or empty) and len(said) <= LONGEST_TEXT and "\0" not in said
    try:
        fine = fine and bool(said.encode() or empty)
    except UnicodeEncodeError:
        fine = False
    if not fine:
        raise Invalid(
            **{where: _("A text of at most %(most)d characters is wanted.") % {"most": LONGEST_TEXT}}
        )
    return str(said)
