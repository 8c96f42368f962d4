"""`datastore_search`: rows of a published file."""

import json
import math
import re
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from civic.core import clock
from civic.core.csv_tables import exact_lines
from civic.core.errors import Invalid, NotFound
from civic.core.places import Places
from datasets.catalogue import files, permissions
from datasets.catalogue.models import Distribution
from datasets.catalogue.permissions import Reader, Scope
from datasets.catalogue.queries import LONG, public_dataset
from datasets.catalogue.reading.rows import Order, RowQuery, Rows, read_rows
from datasets.catalogue.states import DatasetState
from datasets.catalogue.vocabularies import Format

# In one process: each may take 100 MB and a processor for some seconds.
places = Places(2, _lazy("Too many ask for rows at this moment. Please try again in some seconds."))

MOST_ORDERS = 10
ORDER = re.compile(
    r'\s*(?:"(?P<quoted>(?:[^"]|"")+)"|(?P<plain>[^\s",]+))'
    r"(?:\s+(?P<direction>asc|desc))?(?:\s+nulls\s+(?P<nulls>first|last))?\s*(?:,|$)",
    re.IGNORECASE,
)
TYPES = {
    "integer": "int",
    "number": "numeric",
    "boolean": "bool",
    "date": "date",
    "datetime": "timestamp",
    "time": "time",
}


def file_named(key: str) -> Distribution:
    """A file of a published dataset, of any revision. Raises NotFound and Gone."""
    try:
        named = UUID(key)
    except ValueError:
        raise NotFound(_("There is no such file.")) from None
    # A draft's files are not even known of.
    seen = Distribution.objects.exclude(revision__dataset__state=DatasetState.DRAFT).filter(pk=named)
    found = seen.select_related("revision").defer(*(f"revision__{name}" for name in LONG)).first()
    if found is None:
        raise NotFound(_("There is no such file."))
    found.revision.dataset = public_dataset(pk=found.revision.dataset_id)
    return found


def search_rows(asked: dict[str, Any], address: str) -> tuple[dict[str, Any], list[str]]:
    """Rows, as CKAN answers, and what was cut."""
    order = orders(asked["sort"])
    query = RowQuery(
        columns=asked["fields"],
        equal=asked["filters"],
        words=asked["q"],
        order=order,
        offset=asked["offset"],
        limit=asked["limit"],
        count=asked["include_total"],
    )
    one = file_named(asked["resource_id"])
    # Nobody is known here.
    permissions.require_read(Reader(AnonymousUser()), one.revision, Scope.QUERY, clock.now())
    rows = _read(one, query)
    cut = []
    if rows.cut:
        cut.append(_("the answer is full after %(count)d rows") % {"count": len(rows.rows)})
    result = {
        "resource_id": asked["resource_id"],
        "include_total": asked["include_total"],
        "records_format": asked["records_format"],
        "fields": [{"id": one.name, "type": TYPES.get(one.type, "text")} for one in rows.fields],
        "records": _records(rows, asked["records_format"]),
        "limit": len(rows.rows) if rows.cut else asked["limit"],
        "offset": asked["offset"],
        "_links": _links(asked, rows, address),
        **{name: asked[name] for name in ("filters", "q", "sort") if asked[name]},
    }
    if rows.total is not None:
        result |= {"total": rows.total, "total_was_estimated": False}
    return result, cut


def _read(one: Distribution, query: RowQuery) -> Rows:
    """From the revision's Parquet file, of whichever of its files was asked."""
    if one.format != Format.PARQUET:
        one = one.revision.distributions.get(format=Format.PARQUET)
    path = Path(one.file.path)
    if not path.exists():
        raise files.lost(one)
    with places.taken(), files.folder() as folder:
        return read_rows(path, folder, query)


def orders(sort: str) -> list[Order]:
    """What to sort by, in PostgreSQL's words: `name`, `"a name" desc nulls last`. Raises Invalid."""
    found: list[Order] = []
    place = 0
    while place < len(sort.rstrip()):
        part = ORDER.match(sort, place)
        if part is None or len(found) >= MOST_ORDERS:
            raise Invalid(sort=_('sort has up to ten columns, each as NAME or "NAME" with asc or desc.'))
        column = part["plain"] if part["quoted"] is None else part["quoted"].replace('""', '"')
        nulls = None if part["nulls"] is None else part["nulls"].lower() == "first"
        found.append(Order(column, (part["direction"] or "").lower() == "desc", nulls))
        place = part.end()
    return found


def _records(rows: Rows, form: str) -> Any:
    if form == "csv":
        return "".join(exact_lines(rows.rows))
    lists = [[_cell(value) for value in row] for row in rows.rows]
    if form == "lists":
        return lists
    names = [one.name for one in rows.fields]
    return [dict(zip(names, cells, strict=True)) for cells in lists]


def _cell(value: Any) -> Any:
    """JSON has no word for what is no number, and one of more than 15 digits would lose some: both are text."""
    if isinstance(value, Decimal):
        return float(value) if len(value.as_tuple().digits) <= 15 else str(value)
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def _links(asked: dict[str, Any], rows: Rows, address: str) -> dict[str, str]:
    """The first page and the next one, as addresses for GET."""
    given = {name: asked[name] for name in ("resource_id", "filters", "q", "fields", "sort") if asked[name]}
    texts = {name: each if isinstance(each, str) else json.dumps(each) for name, each in given.items()}
    texts |= {"limit": str(asked["limit"]), "records_format": asked["records_format"]}
    following = asked["offset"] + len(rows.rows)
    return {
        "start": f"{address}?{urlencode(texts)}",
        "next": f"{address}?{urlencode(texts | {'offset': str(following)})}",
    }
