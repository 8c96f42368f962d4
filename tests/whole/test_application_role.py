"""What the application role may do by SQL to the lived city: each table, each verb, each column (M8).

`deploy/application_role.sql` says what it may write, and why; `application_role.toml` beside this names every other
column of our tables, and what a rule keeps although the role could write it. A new table or column without one fails.
"""

import re
from dataclasses import dataclass

import psycopg
import pytest
from django.db import connection

from civic.core.states import stateful_models
from tests.role import ROLE
from tests.whole.application_role import COLUMNS, KEPT, OTHER, lived, outcome, session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_city")]
__all__ = ["session"]

CELL = re.compile(r"^\('([\w%]+)', '([a-z ]*)', '([\w* ]*)', '((?:[^']|'')+)'\)", re.MULTILINE)


@dataclass(frozen=True)
class Cell:
    """What the role may do to a table."""

    verbs: set[str]
    columns: set[str]
    why: str


def cells() -> dict[str, Cell]:
    """The rows of the role's file; where a row names the beginning of several tables, by that."""
    found = CELL.findall(ROLE.read_text())
    assert len(found) == len({name for name, *_rest in found}) > 80
    return {name: Cell(set(verbs.split()), set(columns.split()), why) for name, verbs, columns, why in found}


def cell_of(table: str, known: dict[str, Cell]) -> Cell | None:
    """The cell that speaks of a table."""
    matching = [name for name in known if re.fullmatch(name.replace("%", ".*"), table)]
    return known[matching[-1]] if matching else None  # the last one, as in the role's file


def best(session: psycopg.Cursor, statement: str, rows: list[str]) -> str:
    """What the role gets done on one of the rows, at least."""
    found = "done" if not rows else "refused"
    for row in rows or ["false"]:
        found = outcome(session, f"{statement} WHERE {row}")
        if found != "refused":
            break
    return found


def walked(session: psycopg.Cursor) -> dict[str, dict[str, str]]:
    """By table: what comes of INSERT, DELETE and TRUNCATE, and of an UPDATE of each column."""
    found: dict[str, dict[str, str]] = {}
    for table, column, kind, _needed in session.execute(COLUMNS).fetchall():
        if table not in found:
            rows = lived(session, table) if table.split("_")[0] not in FOREIGN else []
            found[table] = {
                # Of defaults alone: rules may refuse that, but privileges have allowed it by then.
                "INSERT": outcome(session, f'INSERT INTO "{table}" ("{column}") VALUES (DEFAULT)').replace(
                    "refused", "done"
                ),
                "DELETE": best(session, f'DELETE FROM "{table}"', rows),
                "TRUNCATE": outcome(session, f'TRUNCATE "{table}" CASCADE'),
            }
        value = OTHER.get(kind, "{0}").format(f'"{column}"')
        found[table][column] = best(session, f'UPDATE "{table}" SET "{column}" = {value}', rows)
    return found


NO_CELL = "nothing: needs a row in application_role.sql, or under [unwritten] of the toml"
NO_KEPT = "nothing: needs its name in the row of application_role.sql, or in kept= of [table] of the toml"
FOREIGN = {"djstripe", "wagtail", "wagtailcore", "wagtailimages", "wagtailsearch", "auth", "django", "taggit"}


def expected(table: str, column: str, known: dict[str, Cell]) -> str:
    """What is declared of a cell; nothing where nothing is."""
    cell, rules = cell_of(table, known), KEPT.get(table, {})
    if cell is None:
        return "denied" if table in KEPT["unwritten"] else NO_CELL
    if column in ("INSERT", "DELETE"):
        allowed = column.lower() in cell.verbs
    elif column == "TRUNCATE":
        allowed = False
    else:
        allowed = column in cell.columns or "*" in cell.columns
        if not allowed and column not in rules.get("kept", "").split():
            return NO_KEPT
    return ("refused" if column in rules.get("refused", "").split() else "done") if allowed else "denied"


def test_each_cell_is_as_declared_m8(session: psycopg.Cursor) -> None:
    known = cells()
    found = walked(session)
    assert len(found) > 200
    wrong = [
        f"{table}.{column}: {was}, declared {should}"
        for table, row in found.items()
        for column, was in row.items()
        if (should := expected(table, column, known)) != was
    ]
    assert not wrong, "\n".join(wrong)


def test_each_declaration_speaks_of_something() -> None:
    """No cell and no kept column of a table or column that is gone."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        columns: dict[str, set[str]] = {}
        for table, column, *_rest in cursor.fetchall():
            columns.setdefault(table, set()).add(column)
    for name, cell in cells().items():
        if name.startswith("demo_"):
            continue  # only where the demo is installed
        assert any(re.fullmatch(name.replace("%", ".*"), table) for table in columns), name
        assert cell.columns - {"*"} <= columns.get(name, set()), name
    for table, rules in KEPT.items():
        if table != "unwritten":
            lists = [rules.get("kept", ""), rules.get("refused", "")]
            named = {word for words in lists for word in words.split()} - {"DELETE"}
            assert named <= columns[table], (table, named - columns[table])


def test_no_row_begins_in_the_middle_of_its_states_m8(session: psycopg.Cursor) -> None:
    """A copy of a lived row, in each state but the first."""
    for model in stateful_models():
        table = model._meta.db_table
        field = model._meta.get_field("state")
        for state in [str(value) for value in dict(field.choices) if value != field.default]:
            fresh = f"jsonb_build_object('id', gen_random_uuid(), 'state', '{state}')"
            copy = f"(jsonb_populate_record(NULL::{table}, to_jsonb(one) || {fresh})).*"
            found = outcome(session, f"INSERT INTO {table} SELECT {copy} FROM {table} one LIMIT 1")
            there = session.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone()
            assert found in ("refused", "denied") if there else "done", (table, state, found)


def test_no_state_changes_without_a_step_and_its_event_m8(session: psycopg.Cursor) -> None:
    """Each lived state to each other one: refused, whether there is such a step or not, while no event tells of it."""
    for model in stateful_models():
        table = model._meta.db_table
        states = [str(value) for value in dict(model._meta.get_field("state").choices)]
        for before in states:
            for after in states:
                if after != before:
                    change = f"UPDATE {table} SET state = '{after}' WHERE state = '{before}'"
                    there = session.execute(
                        f"SELECT 1 FROM {table} WHERE state = '{before}' LIMIT 1"
                    ).fetchone()
                    assert outcome(session, change) == ("refused" if there else "done"), (change, there)
