"""Loads the functions and triggers of a slice's `sql/` folder into its migrations (docs/adr/0032-sql-is-code.md)."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FUNCTION = re.compile(r"^CREATE FUNCTION (\w+)", re.MULTILINE)
RELATION = re.compile(r"^CREATE (?:UNLOGGED )?(TABLE|VIEW) (\w+)", re.MULTILINE)
STEP = re.compile(r"^INSERT INTO core_step .*\n(?: .*\n)*? +\('(\w+)'", re.MULTILINE)
TRIGGER = re.compile(r"^CREATE (?:CONSTRAINT )?TRIGGER (\w+) [^;]*?\bON (\w+)", re.MULTILINE)
CONSTRAINT = re.compile(r"^ALTER TABLE (\w+) ADD CONSTRAINT (\w+)", re.MULTILINE)


def run_sql(app: str, *subjects: str) -> migrations.RunSQL:
    """The operation that runs `<app>/sql/<subject>.sql` for each subject, in this order.

    A file that a migration names is frozen with it: a change is a new file, loaded by a new migration. What the files
    create is dropped when the migration is reversed; one that replaces something (`CREATE OR REPLACE`) cannot be.
    """
    folder = Path(settings.BASE_DIR).joinpath(*app.split("."), "sql")
    text = "\n".join((folder / f"{subject}.sql").read_text(encoding="utf-8") for subject in subjects)
    return migrations.RunSQL(text, None if "OR REPLACE" in text else _reverse(text))


DATES = """
    SELECT relname, attname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0
     WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND split_part(relname, '_', 1) = ANY (%s)
       AND atttypid IN ('timestamptz'::regtype, 'date'::regtype) AND NOT attisdropped
       AND left(relname || '_' || attname, 56) || '_finite' NOT IN (SELECT conname FROM pg_constraint)
     ORDER BY relname, attnum
"""


def keep_finite(*slices: str) -> migrations.RunPython:
    """The operation after which no date or moment of these slices' tables is infinite; one for each later column.

    Python reads no 'infinity': one in a row takes down each page that shows it.
    """

    def add(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        with editor.connection.cursor() as cursor:
            cursor.execute(DATES, [list(slices)])
            found = cursor.fetchall()
        for table, column in found:
            name = f"{f'{table}_{column}'[:56]}_finite"
            editor.execute(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" CHECK (isfinite("{column}"))')

    # What it adds goes with its tables.
    return migrations.RunPython(add, migrations.RunPython.noop)


def _reverse(text: str) -> str:
    things = sorted(set(STEP.findall(text)))
    steps = [f"DELETE FROM core_step WHERE thing = '{thing}';" for thing in things]  # noqa: S608 - names of ours
    constraints = [f"ALTER TABLE {table} DROP CONSTRAINT {name};" for table, name in CONSTRAINT.findall(text)]
    # One that a later file has put another in the place of went with that.
    triggers = [f"DROP TRIGGER IF EXISTS {name} ON {table};" for name, table in TRIGGER.findall(text)]
    # CASCADE takes the indexes that call a function with it.
    functions = [f"DROP FUNCTION {name} CASCADE;" for name in FUNCTION.findall(text)]
    # Backwards: a view may read the one before it.
    relations = [f"DROP {kind} {name};" for kind, name in reversed(RELATION.findall(text))]
    return "\n".join([*steps, *constraints, *triggers, *functions, *relations])
