"""What the application role may do by SQL to the lived city: each table, each verb, each column (M8).

`deploy/application_role.sql` says what it may write, and why; `application_role.toml` beside this names every other
column of our tables, and what a rule keeps although the role could write it. A new table or column without one fails.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from civic.core.states import stateful_models

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_city")]

ROLE = Path(settings.BASE_DIR) / "deploy" / "application_role.sql"
KEPT = tomllib.loads((Path(__file__).parent / "application_role.toml").read_text())
CELL = re.compile(r"^\('([\w%]+)', '([a-z ]*)', '([\w* ]*)', '((?:[^']|'')+)'\)", re.MULTILINE)
# Another value of the same type. What does not fit the data is no refusal: another row may take it.
OTHER = {
    "bool": "NOT coalesce({0}, false)",
    "bytea": "decode('00', 'hex') || coalesce({0}, '')",
    "jsonb": "jsonb_build_object('other', 1)",
    "uuid": "gen_random_uuid()",
    "timestamptz": "coalesce({0}, now()) + interval '1 day'",
    "date": "coalesce({0}, current_date) + 1",
    "varchar": "left(md5({0}), greatest(1, length({0})))",
    "text": "coalesce({0}, '') || 'x'",
} | dict.fromkeys(("int2", "int4", "int8", "float8", "numeric"), "coalesce({0}, 0) + 1")
COLUMNS = """
    SELECT relname, attname, typname, attnotnull FROM pg_attribute
      JOIN pg_class ON pg_class.oid = attrelid JOIN pg_type ON pg_type.oid = atttypid
     WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
     ORDER BY relname, attnum
"""


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
    beginnings = [name for name in known if name.endswith("%") and table.startswith(name[:-1])]
    return known.get(table) or (known[beginnings[0]] if beginnings else None)


@pytest.fixture
def session() -> Iterator[psycopg.Cursor]:
    """A session of the role in the lived city; what it does is taken back."""
    with connection.cursor() as cursor:
        cursor.execute(ROLE.read_text())
        cursor.execute("SET LOCAL ROLE civic_application")
        yield cursor.cursor
        cursor.execute("RESET ROLE")


def outcome(session: psycopg.Cursor, statement: str) -> str:
    """`done`, `denied` by its privileges, or `refused` by a rule of ours; it is taken back either way."""
    session.execute("SAVEPOINT cell")
    try:
        session.execute(statement)
        session.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except psycopg.errors.InsufficientPrivilege:
        return "denied"
    except psycopg.errors.CheckViolation as error:
        return "done" if error.diag.constraint_name else "refused"  # a constraint speaks of the data alone
    except psycopg.Error:
        return "done"
    finally:
        session.execute("ROLLBACK TO SAVEPOINT cell")
        session.execute("SET CONSTRAINTS ALL DEFERRED")
    return "done"


def lived(session: psycopg.Cursor, table: str) -> list[str]:
    """Conditions for a few rows of a table: the first, one from the middle, the last."""
    rows = [ctid for (ctid,) in session.execute(f"SELECT ctid FROM {table} ORDER BY ctid LIMIT 200")]
    return [f"ctid = '{ctid}'" for ctid in dict.fromkeys(rows[:1] + rows[len(rows) // 2 :][:1] + rows[-1:])]


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
                "INSERT": outcome(session, f'INSERT INTO "{table}" ("{column}") VALUES (DEFAULT)'),
                "DELETE": best(session, f'DELETE FROM "{table}"', rows),
                "TRUNCATE": outcome(session, f'TRUNCATE "{table}" CASCADE'),
            }
        value = OTHER.get(kind, "{0}").format(f'"{column}"')
        found[table][column] = best(session, f'UPDATE "{table}" SET "{column}" = {value}', rows)
    return found


FOREIGN = {"djstripe", "wagtail", "wagtailcore", "wagtailimages", "wagtailsearch", "auth", "django", "taggit"}


def expected(table: str, column: str, known: dict[str, Cell]) -> str:
    """What is declared of a cell; nothing where nothing is."""
    cell, rules = cell_of(table, known), KEPT.get(table, {})
    if cell is None:
        return "denied" if table in KEPT["unwritten"] else "no cell"
    if column in ("INSERT", "DELETE"):
        allowed = column.lower() in cell.verbs
    elif column == "TRUNCATE":
        allowed = False
    else:
        allowed = column in cell.columns or "*" in cell.columns
        if not allowed and column not in rules.get("kept", "").split():
            return "no cell"
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
    assert wrong == []


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
            named = {word for words in rules.values() for word in words.split()} - {"DELETE"}
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
            assert found in ("refused", "denied"), (table, state, found)


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
