"""The database holds what the files say: no function, trigger or view without a file, each as it stands there."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection

from tests.architecture.sql_files import newest

pytestmark = pytest.mark.django_db

PATH = "search_path=pg_catalog, public, pg_temp"
FUNCTIONS = """
    SELECT proname, prosrc, coalesce(proconfig, '{}'), prosqlbody IS NOT NULL FROM pg_proc
     WHERE pronamespace = 'public'::regnamespace
       AND NOT EXISTS (
            SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = pg_proc.oid AND deptype = 'e'
       )
"""
TRIGGERS = """
    SELECT tgname, relname, proname, tgenabled FROM pg_trigger
      JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid
     WHERE NOT tgisinternal
"""
NEW = f"""
    CREATE FUNCTION voting_new() RETURNS int LANGUAGE sql SET {PATH.replace("=", " = ")} AS 'SELECT 1'
"""
VIEWS = "SELECT viewname FROM pg_views WHERE schemaname = 'public'"


def rows(query: str) -> list[tuple]:
    """What a query of the catalogue says."""
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def faults() -> Iterator[str]:
    """Functions, triggers and views that differ from their files, have none, or have no fixed search path."""
    files, known = newest("FUNCTION"), {name for name, *_rest in rows(FUNCTIONS)}
    yield from (f"{name}: not in the database" for name in files.keys() - known)
    for name, body, settings, is_parsed in rows(FUNCTIONS):
        # A body after RETURN was read when the function was made: no path plays a part when it runs.
        if PATH not in settings and not is_parsed:
            yield f"{name}: no fixed search path"
        if name not in files or files[name].body != body:
            yield f"{name}: not as in a file"
    yield from (f"{name}: no view of a file" for (name,) in rows(VIEWS) if name not in newest("VIEW"))
    yield from trigger_faults()


def trigger_faults() -> Iterator[str]:
    """A trigger's name may stand on several tables: with its table it is one."""
    found = {(name, table): (function, enabled) for name, table, function, enabled in rows(TRIGGERS)}
    ours = {}
    for name, one in newest("TRIGGER").items():
        table = one.words[one.words.index("ON") + 1]
        ours[name, table] = (one.words[one.words.index("FUNCTION") + 1], "O")
    yield from (f"{name}: not as in a file" for name, _ in dict(found.items() ^ ours.items()))


def test_the_database_is_what_the_files_say() -> None:
    assert len(rows(FUNCTIONS)) > 30
    assert len(rows(TRIGGERS)) > 30
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        (NEW, ["voting_new: not as in a file"]),
        ("ALTER FUNCTION core_append_only() RESET search_path", ["core_append_only: no fixed search path"]),
        (
            "ALTER FUNCTION core_append_only() SET search_path = public",
            ["core_append_only: no fixed search path"],
        ),
        ("DROP FUNCTION voting_entitled", ["voting_entitled: not in the database"]),
        ("DROP TRIGGER core_event_outbox ON core_event", ["core_event_outbox: not as in a file"]),
        ("ALTER TABLE core_event DISABLE TRIGGER core_event_outbox", ["core_event_outbox: not as in a file"]),
        (
            "CREATE TRIGGER mine AFTER DELETE ON core_seal EXECUTE FUNCTION core_append_only()",
            ["mine: not as in a file"],
        ),
        ("CREATE VIEW core_view AS SELECT 1", ["core_view: no view of a file"]),
    ],
)
def test_a_planted_difference_is_found(planted: str, found: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(planted)
    assert sorted(set(faults())) == found


def test_triggers_are_named_alike() -> None:
    """Like their function; where it serves several tables, `<label>_<table>_<what>`; never twice in the database."""
    names = [name for name, *_rest in rows(TRIGGERS)]
    assert len(names) == len(set(names))
    odd = [
        name
        for name, table, function, _enabled in rows(TRIGGERS)
        if name != function and not re.match(rf"{table}_\w+", name)
    ]
    assert odd == []
