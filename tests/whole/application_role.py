"""A session of the application role in the lived city, and what a statement comes to there."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from civic.accounts import groups
from civic.accounts.models import Person

KEPT = tomllib.loads((Path(__file__).parent / "application_role.toml").read_text())
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
WITHOUT_PLACES = {"voting_ballot", "voting_ballotline"}  # where a row lies, the role does not read


@pytest.fixture
def session() -> Iterator[psycopg.Cursor]:
    """A session of the role in the lived city; what it does is taken back."""
    with connection.cursor() as cursor:
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
    except (psycopg.IntegrityError, psycopg.DataError, psycopg.errors.GeneratedAlways):
        return "done"
    finally:
        session.execute("ROLLBACK TO SAVEPOINT cell")
        session.execute("SET CONSTRAINTS ALL DEFERRED")
    return "done"


def lived(session: psycopg.Cursor, table: str) -> list[str]:
    """Conditions for a few rows of a table: one of each state, the first, one from the middle, the last.

    What may be written hangs on the state, and where a row lies on how wide the others are.
    """
    key = "id" if table in WITHOUT_PLACES else "ctid"
    if outcome(session, f"SELECT {key} FROM {table}") == "denied":
        return []
    stateful = has_state(session, table)
    table = f"{table} WHERE NOT ({KEPT.get(table, {}).get('apart', 'false')})"
    of_states = f"SELECT DISTINCT ON (state) {key} FROM {table} ORDER BY state, {key}"
    states = session.execute(of_states).fetchall() if stateful else []
    rows = session.execute(f"SELECT {key} FROM {table} ORDER BY {key} LIMIT 200").fetchall()
    some = [*states, *rows[:1], *rows[len(rows) // 2 :][:1], *rows[-1:]]
    return [f"{key} = '{value}'" for (value,) in dict.fromkeys(some)]


def has_state(session: psycopg.Cursor, table: str) -> bool:
    """Whether its rows have states."""
    found = session.execute(
        "SELECT FROM pg_attribute WHERE attrelid = %s::regclass AND attname = 'state'", [table]
    )
    return found.fetchone() is not None


def officers() -> list[Person]:
    """The three finance officers of the city."""
    return list(Person.objects.filter(groups__name=groups.FINANCE_OFFICERS, is_active=True).order_by("email"))
