"""Transitions in SQL: `core_transition` takes the steps of `core_step` and no others, and nobody adds steps."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunSQL

from civic.core import ids, sql
from civic.core.sql import run_sql

pytestmark = pytest.mark.django_db
THING = "CREATE TABLE core_thing (id uuid, state text, state_since timestamptz)"
STEPS = """
    INSERT INTO core_step VALUES ('core_thing', 'open', 'draft', 'open'), ('core_thing', 'close', 'open', 'closed')
"""


def run(sql: str, *values: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def thing() -> object:
    """The id of a draft in a table with steps."""
    key = ids.new_id()
    run(THING)
    run(STEPS)
    run("INSERT INTO core_thing VALUES (%s, 'draft', NULL)", key)
    return key


def test_a_step_is_taken(thing: object) -> None:
    run("SELECT core_transition('core_thing', %s, 'open', '2026-06-01 09:00Z')", thing)
    assert run("SELECT state, state_since = '2026-06-01 09:00Z' FROM core_thing") == [("open", True)]


@pytest.mark.parametrize("verb", ["close", "fly"])
def test_another_step_is_refused(thing: object, verb: str) -> None:
    with pytest.raises(IntegrityError, match="illegal_transition: core_thing does not"), transaction.atomic():
        run("SELECT core_transition('core_thing', %s, %s, now())", thing, verb)
    assert run("SELECT state FROM core_thing") == [("draft",)]


def test_a_row_that_is_not_there_is_refused(thing: object) -> None:
    with pytest.raises(IntegrityError, match="illegal_transition"), transaction.atomic():
        run("SELECT core_transition('core_thing', %s, 'open', now())", ids.new_id())


def test_a_temporary_table_stands_in_for_neither_table(thing: object) -> None:
    run(
        "CREATE TEMP TABLE core_step AS SELECT 'core_thing' AS thing, 'fly' AS verb, 'draft' AS before, 'x' AS after"
    )
    run("CREATE TEMP TABLE core_thing AS SELECT * FROM public.core_thing")
    with pytest.raises(IntegrityError, match="illegal_transition"), transaction.atomic():
        run("SELECT core_transition('public.core_thing', %s, 'fly', now())", thing)
    run("SELECT core_transition('public.core_thing', %s, 'open', now())", thing)
    assert run("SELECT state FROM public.core_thing") == [("open",)]
    assert run("SELECT state FROM pg_temp.core_thing") == [("draft",)]


def test_the_application_role_adds_no_step() -> None:
    run((Path(settings.BASE_DIR) / "deploy" / "application_role.sql").read_text())
    run("SET LOCAL ROLE civic_application")
    for change in (STEPS, "UPDATE core_step SET after = 'x'", "DELETE FROM core_step"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            run(change)
    run("RESET ROLE")


@pytest.mark.parametrize("label", ["voting", "ledger", "payouts"])
def test_what_files_make_is_taken_back_and_made_again(label: str) -> None:
    """The slices that others build upon least, so that nothing else goes with them."""
    made = "SELECT proname FROM pg_proc WHERE proname LIKE %s UNION SELECT tgname FROM pg_trigger WHERE tgname LIKE %s"
    steps = "SELECT count(*) FROM core_step WHERE thing LIKE %s"
    before, known = set(run(made, f"{label}_%", f"{label}_%")), run(steps, f"{label}_%")
    files = sorted(MigrationLoader(None).disk_migrations.items())
    ours = [migration for (app, _name), migration in files if app == label]
    operations = [one for migration in ours for one in migration.operations if isinstance(one, RunSQL)]
    assert operations
    for operation in reversed(operations):
        # What replaces a function of an earlier file goes with that; what it adds is taken back like all else.
        run(str(operation.reverse_sql or sql._reverse(str(operation.sql))))
    assert run(made, f"{label}_%", f"{label}_%") == []
    assert run(steps, f"{label}_%") == [(0,)]
    for operation in operations:
        run(str(operation.sql))
    assert set(run(made, f"{label}_%", f"{label}_%")) == before
    assert run(steps, f"{label}_%") == known


def test_what_replaces_something_is_not_taken_back(settings: Any, tmp_path: Path) -> None:
    settings.BASE_DIR = tmp_path
    folder = tmp_path / "projects" / "voting" / "sql"
    folder.mkdir(parents=True)
    (folder / "polls_0003.sql").write_text("CREATE OR REPLACE FUNCTION voting_x() …")
    assert run_sql("projects.voting", "polls_0003").reverse_sql is None
