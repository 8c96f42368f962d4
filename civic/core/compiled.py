"""Queries that are built and compiled once and then asked with other values each time.

    def _page(kind: ViewerKind, columns: tuple[Columns, ...], *, viewer: UUID | None, slug: str) -> QuerySet[Project]: …

    PAGE = CompiledQuery(Project, _page)
    project = PAGE.get(kind, columns, viewer=actor.pk, slug=slug)

For pages whose one statement has so many columns that building it costs more than answering it (ADR 41).
Positional arguments change the SQL: each combination is compiled once. Named arguments are values: they travel as
parameters of the SQL and nowhere else, which is proved at each compilation, so that nobody is answered with what was
meant for somebody else.
"""

from collections.abc import Callable, Hashable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from types import NoneType, SimpleNamespace
from typing import Any, Generic, TypeVar
from uuid import NAMESPACE_OID, UUID, uuid5

from django.core.exceptions import ImproperlyConfigured
from django.db import connections, router
from django.db.models import Model, QuerySet, prefetch_related_objects
from django.db.models.query import ModelIterable
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone, translation

M = TypeVar("M", bound=Model)

# Each kind of viewer in each language is one; the least recently used goes.
MOST_KEPT = 128


class CompiledQuery(Generic[M]):
    """What `build(*shape, **values)` finds, with its SQL kept for each shape.

    `build` returns a queryset of whole instances and must not look into its values: they are stand-ins. A value of
    which something is computed, or that decides what is built, raises ImproperlyConfigured at the first compilation;
    so does asking the database. Values are UUIDs, texts, moments and None.
    """

    def __init__(self, model: type[M], build: Callable[..., QuerySet[M]]) -> None:
        self._model = model
        self._build = build
        self._compiled = lru_cache(MOST_KEPT)(self._compile)

    def get(self, *shape: Hashable, **values: Any) -> M:
        """The one row. Raises the model's DoesNotExist or MultipleObjectsReturned."""
        found = self.all(*shape, **values)
        if len(found) != 1:
            model: Any = self._model
            raise model.MultipleObjectsReturned if found else model.DoesNotExist
        return found[0]

    def all(self, *shape: Hashable, **values: Any) -> list[M]:
        """All rows."""
        using = router.db_for_read(self._model)
        types = tuple((name, type(value)) for name, value in values.items())
        # Lazy texts and time zones are written into the SQL when it is compiled.
        locale = (translation.get_language(), timezone.get_current_timezone_name())
        return self._compiled(shape, types, using, locale).ask(values)

    def _compile(
        self, shape: tuple[Hashable, ...], types: tuple[tuple[str, type], ...], using: str, _locale: object
    ) -> "_Compiled[M]":
        """Compiles twice with different stand-ins: what changes must be a stand-in itself, and is a parameter."""
        first, second = ({name: _stand_in(kind, name, turn) for name, kind in types} for turn in (1, 2))
        with connections[using].execute_wrapper(_refuse):
            queryset: Any = self._build(*shape, **first)
            compiler = queryset.query.get_compiler(using)
            sql, params = compiler.as_sql()
            other_sql, others = self._build(*shape, **second).query.get_compiler(using).as_sql()
        if sql != other_sql:
            raise ImproperlyConfigured("a value decides what is built: make it a part of the shape")
        pairs = enumerate(zip(params, others, strict=True))
        places = {place: _name_of(pair, first, second) for place, pair in pairs if pair[0] != pair[1]}
        prefetched = queryset._prefetch_related_lookups  # noqa: SLF001 - Django has no other word for them
        return _Compiled(using, compiler, sql, tuple(params), places, prefetched)


def _refuse(execute: Callable[..., object], sql: str, *args: object) -> object:
    """What is read while a query is built would stay in its SQL for ever, for everybody."""
    # The numbers of content types never change: Django itself keeps them for the life of a process.
    if "django_content_type" in sql:
        return execute(sql, *args)
    raise ImproperlyConfigured(f"a compiled query asks the database while it is built: {sql[:200]}")


def _stand_in(kind: type, name: str, turn: int) -> Any:
    """A value that no constant equals. Moments lie far apart, so that comparing one in Python shows."""
    if kind is NoneType:
        return None
    number = uuid5(NAMESPACE_OID, f"{name} {turn}")
    if kind is UUID:
        return number
    if issubclass(kind, str):
        return str(number)
    if kind is datetime:
        return datetime(1900 if turn == 1 else 2900, 1, 1, microsecond=number.int % 1_000_000, tzinfo=UTC)
    raise ImproperlyConfigured(f"{name}: a {kind.__name__} can't be the value of a compiled query")


def _name_of(pair: tuple[Any, Any], first: Mapping[str, Any], second: Mapping[str, Any]) -> str:
    for name, value in first.items():
        if pair == (value, second[name]) and type(pair[0]) is type(value):
            return name
    raise ImproperlyConfigured(
        f"a parameter ({pair[0]!r}) is computed from a value: pass it as its own value"
    )


@dataclass(frozen=True)
class _Compiled(Generic[M]):
    """The SQL, its parameters (stand-ins at `places`), and what Django knows of how rows become instances."""

    using: str
    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]
    places: dict[int, str]
    prefetched: tuple[Any, ...]

    def ask(self, values: Mapping[str, Any]) -> list[M]:
        params = list(self.params)
        for place, name in self.places.items():
            params[place] = values[name]
        # A copy for this call alone: connections belong to threads, and `as_sql` says what is asked.
        compiler = copy(self.compiler)
        compiler.connection = connections[self.using]
        compiler.as_sql = lambda *args, **kwargs: (self.sql, tuple(params))  # type: ignore[method-assign]
        query = SimpleNamespace(get_compiler=lambda using: compiler)
        asked: Any = SimpleNamespace(db=self.using, query=query, _known_related_objects={})
        found: list[M] = list(ModelIterable(asked))
        prefetch_related_objects(found, *self.prefetched)
        return found
