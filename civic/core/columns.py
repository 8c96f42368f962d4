"""Rows of other tables as one more column of a row: a page with many small lists asks for all of them at once.

    mine = Update.objects.filter(project=OuterRef("pk"))[:3]
    project = Project.objects.annotate(news=rows(mine, "title", "author_id", "author__name")).get(slug=slug)
    read(Update, project.news)

The database builds the lists as JSON; what is read back are instances of the model, with the named columns alone.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, ParamSpec, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DecimalField, F, Model, QuerySet, TextField
from django.db.models.constants import LOOKUP_SEP
from django.db.models.functions import Cast, JSONObject

M = TypeVar("M", bound=Model)
P = ParamSpec("P")


def rows(found: QuerySet[Any], *paths: str) -> ArraySubquery:
    """The rows as a column, with these columns of theirs, all if none is named.

    A path may lead to joined rows (`author__name`; name `author_id` as well) and to annotations.
    """
    named = paths or [field.attname for field in found.model._meta.concrete_fields]
    return ArraySubquery(found.values(json=JSONObject(**{path: _exact(found.model, path) for path in named})))


def _exact(model: Any, path: str) -> Any:
    """A decimal goes as text: a number of JSON would come back as a float."""
    field = None
    for name in path.split(LOOKUP_SEP):
        field = {one.name: one for one in model._meta.concrete_fields}.get(name)
        model = getattr(field, "related_model", None) or model
    return Cast(path, TextField()) if isinstance(field, DecimalField) else F(path)


def expressions(
    wishes: Iterable[Callable[P, dict[str, Any]]], *args: P.args, **kwargs: P.kwargs
) -> dict[str, Any]:
    """The columns that all of these functions want, by name."""
    return {name: column for wish in wishes for name, column in wish(*args, **kwargs).items()}


def read(model: type[M], column: Iterable[dict[str, Any]]) -> list[M]:
    """The rows of such a column as instances. A column that was not named costs a statement when it is asked for."""
    return [_one(model, values) for values in column]


def _one(model: Any, values: dict[str, Any]) -> Any:
    own, joined = _parted(values)
    fields = [field for field in model._meta.concrete_fields if field.attname in own]
    stored = [field.to_python(own.pop(field.attname)) for field in fields]
    made = model.from_db("default", [field.attname for field in fields], stored)
    for name, value in own.items():
        setattr(made, name, value)
    for name, part in joined.items():
        _join(made, model._meta.get_field(name), part)
    return made


def _parted(values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """What is the row's own, and what belongs to each joined row."""
    own: dict[str, Any] = {}
    joined: dict[str, dict[str, Any]] = defaultdict(dict)
    for path, value in values.items():
        head, _, rest = path.partition(LOOKUP_SEP)
        if rest:
            joined[head][rest] = value
        else:
            own[head] = value
    return own, joined


def _join(made: Any, field: Any, part: dict[str, Any]) -> None:
    other = field.related_model
    if field.concrete:
        key = getattr(made, field.attname)
        known = {other._meta.pk.attname: str(key)} | part
        there = key is not None
    else:  # the other row points to this one, if there is any
        known = {field.field.attname: str(made.pk)} | part
        there = any(value is not None for value in part.values())
    field.set_cached_value(made, _one(other, known) if there else None)
