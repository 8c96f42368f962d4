"""What the application role does wrong to a table, put there past all rules: one statement a fault."""

from dataclasses import dataclass

import psycopg

FULL_ROW = """
    SELECT attname, typname FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid
     WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attnotnull AND NOT atthasdef
       AND attidentity = ''
"""
PLAIN = {
    "uuid": "gen_random_uuid()",
    "timestamptz": "now()",
    "date": "current_date",
    "jsonb": "'{}'",
    "bool": "false",
}
SOON = "now() + interval '1 day'"
RESIDENT = "(SELECT id FROM accounts_person WHERE NOT is_staff AND is_active LIMIT 1)"
OFFICER = """(SELECT person_id FROM accounts_person_groups JOIN auth_group ON auth_group.id = group_id
    WHERE name = 'finance-officers' ORDER BY person_id LIMIT 1)"""
ONE = "'00000000-0000-4000-8000-000000000001'"


@dataclass(frozen=True)
class Fault:
    """What the role does to a row of the trigger's table that an owner has put there, past all rules.

    `changed` alone: the role adds the row. A column that it lacks is asked for after the trigger was. A whole
    statement where the row has to fit others.
    """

    changed: dict[str, str] | str
    row: dict[str, str] | None = None
    before: str = "SELECT"


def again(table: str, *changed: str) -> str:
    """Adds a lived row once more, as another, with other values."""
    values = ", ".join(f"'{word}'" if not word.startswith("'") else word for word in changed)
    other = f"to_jsonb(one) || jsonb_build_object('id', gen_random_uuid(), {values})"
    return f"INSERT INTO {table} SELECT (jsonb_populate_record(one, {other})).* FROM {table} one"


def past(statement: str) -> str:
    """A statement that no trigger hears."""
    return f"SET LOCAL session_replication_role = replica; {statement}; SET LOCAL session_replication_role = origin"


def prepared(session: psycopg.Cursor, table: str, fault: Fault) -> str:
    """The role's statement, once its row is there."""
    session.execute(fault.before)
    if isinstance(fault.changed, str):
        return fault.changed
    if fault.row is None:
        return f"INSERT INTO {table} ({', '.join(fault.changed)}) SELECT {', '.join(fault.changed.values())}"
    row = {"id": ONE, **fault.row}
    put(session, table, row)
    changed = ", ".join(f"{column} = {value}" for column, value in fault.changed.items())
    return f"UPDATE {table} SET {changed} WHERE id = {row['id']}"


def put(session: psycopg.Cursor, table: str, given: dict[str, str]) -> None:
    """Adds a row with whatever it needs beside what is given, past all triggers and keys of other tables."""
    needed = session.execute(FULL_ROW, [table]).fetchall()
    values = {column: PLAIN.get(kind, "'1'") for column, kind in needed} | given
    session.execute(past(f"INSERT INTO {table} ({', '.join(values)}) SELECT {', '.join(values.values())}"))
