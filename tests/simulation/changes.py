"""What is not done again because nothing has changed that it reads: most of a walk's cost, and none of its finds.

Each statement is read for the tables that it reads and writes, with those of the triggers and functions behind it, as
the catalogue has them. What a task or an invariant read the last time is unchanged or not; a table too many costs time,
and one too few would hide something, so a name that stands anywhere in a statement counts.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection

from tests.undoing import undone

NAME = re.compile(r"[a-z_][a-z0-9_]*")
TARGET = re.compile(
    r"\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE)\s+\"?([a-z_][a-z0-9_]*)", re.IGNORECASE
)
DYNAMIC = re.compile(r"\bEXECUTE\s+format", re.IGNORECASE)
INSERTED = re.compile(r"\s*INSERT\s+INTO\s+\"?[a-z_][a-z0-9_]*", re.IGNORECASE)

RELATIONS = """
    SELECT relname, coalesce(pg_get_viewdef(oid), '') FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
"""
FUNCTIONS = "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
# What a write sets off: triggers, and what a foreign key deletes or empties.
FOLLOWS = """
    SELECT tgrelid::regclass::text, tgfoid::regproc::text FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL
    SELECT confrelid::regclass::text, conrelid::regclass::text FROM pg_constraint
    WHERE contype = 'f' AND confdeltype IN ('c', 'n', 'd')
"""


WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
# Functions that return how many rows they wrote: asked again and again, since the city's clock is not PostgreSQL's.
COUNTING = re.compile(r"SELECT voting_shuffle\(")


def wrote_nothing(statement: str, cursor: Any) -> bool:
    """Whether a statement that may write has found no row to write, by what it returned."""
    if COUNTING.match(statement):
        (written,) = cursor.fetchone()
        cursor.scroll(0, mode="absolute")
        return not written
    return bool(WRITES.match(statement)) and cursor.rowcount == 0


@dataclass(frozen=True)
class Touched:
    """Tables that a statement reads, and those that it may write."""

    reads: frozenset[str] = frozenset()
    writes: frozenset[str] = frozenset()


class Catalogue:
    """Names of tables, views, functions and triggers, and what each statement touches by them."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(RELATIONS)
            self.relations = {name: text.lower() for name, text in cursor.fetchall()}
            cursor.execute(FUNCTIONS)
            self.functions: dict[str, str] = {}
            for name, text in cursor.fetchall():
                self.functions[name] = self.functions.get(name, "") + text
            cursor.execute(FOLLOWS)
            self.follows: dict[str, set[str]] = {}
            for table, what in cursor.fetchall():
                self.follows.setdefault(table, set()).add(what)
        self._known: dict[str, Touched] = {}

    def touched(self, statement: str) -> Touched:
        """By the statement and whatever it sets off."""
        if statement not in self._known:
            self._known[statement] = self._follow(statement)
        return self._known[statement]

    def _follow(self, statement: str) -> Touched:
        reads, writes, seen = set(), set(), set()
        texts = [statement]
        while texts:
            text = texts.pop()
            targets = {name.lower() for name in TARGET.findall(text)} & self.relations.keys()
            # A row that is written anew depends on nothing that stood in its table.
            names = set(NAME.findall(INSERTED.sub("", text).lower()))
            reads |= names & self.relations.keys()
            following = (names & (self.functions.keys() | self.relations.keys())) | targets
            for table in targets - writes:
                writes.add(table)
                for what in self.follows.get(table, ()):
                    following.add(what)
                    if what in self.relations:
                        texts.append(f"UPDATE {what}")
            if DYNAMIC.search(text):  # what it writes comes as a parameter: one of those that are named
                texts += [f"UPDATE {name}" for name in reads - writes]
            for name in following - seen:
                seen.add(name)
                texts.append(self.functions.get(name) or self.relations.get(name, ""))
        return Touched(frozenset(reads), frozenset(writes))


@cache
def catalogue() -> Catalogue:
    """Of this process: every walk has the same schema."""
    return Catalogue()


@dataclass
class Memo:
    """What a piece of work read the last time, when that was, and by when it must be done again."""

    reads: set[str]
    began: int
    until: datetime


@dataclass
class Changes:
    """Which table was written at which statement of the walk, and what is read at this moment."""

    catalogue: Catalogue = field(default_factory=catalogue)
    number: int = 0
    written: dict[str, int] = field(default_factory=dict)
    memos: dict[str, Memo] = field(default_factory=dict)
    _reading: list[set[str]] = field(default_factory=list)

    def __call__(self, execute: Any, statement: Any, params: Any, many: bool, context: Any) -> Any:
        """As Django calls it for each statement."""
        touched = self.catalogue.touched(statement if isinstance(statement, str) else str(statement))
        for reading in self._reading:
            reading.update(touched.reads)
        result = execute(statement, params, many, context)
        if touched.writes and not wrote_nothing(str(statement), context["cursor"]):
            self.number += 1
            self.written.update(dict.fromkeys(touched.writes, self.number))
        return result

    def is_done(self, name: str, at: datetime) -> bool:
        """Whether doing it again would come to the same: nothing that it read was written, and no moment came."""
        memo = self.memos.get(name)
        return memo is not None and at < memo.until and not self.since(memo.began, memo.reads)

    def since(self, number: int, tables: Iterable[str]) -> bool:
        """Whether one of the tables was written after that statement."""
        return any(self.written.get(table, 0) > number for table in tables)

    @contextmanager
    def remembered(self, name: str, until: datetime, without: Iterable[str] = ()) -> Iterator[None]:
        """Notes what is read inside, but for tables `without`; forgets it when that ends with an error."""
        self.memos.pop(name, None)
        reads: set[str] = set()
        began = self.number
        self._reading.append(reads)
        try:
            yield
        finally:
            self._reading.pop()
        self.memos[name] = Memo(reads.difference(without), began, until)

    @contextmanager
    def undone(self) -> Iterator[None]:
        """What is written inside is taken back, and counts for nothing: who only looks sets no task off."""
        written = dict(self.written)
        try:
            with undone():
                yield
        finally:
            self.written = written
