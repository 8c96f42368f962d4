"""The role that web, workers and beat connect as: a walk does whatever it does with no more than its rights."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.backends.signals import connection_created

from tests.role import ROLE
from tests.simulation.clock import Clock

# Triggers that ask for the time are asked with the city's.
NOW = """
    CREATE FUNCTION city_now() RETURNS timestamptz LANGUAGE sql STABLE
        AS $$ SELECT coalesce(current_setting('city.now', true)::timestamptz, now()) $$;
    DO $$ DECLARE
        found record;
    BEGIN
        FOR found IN SELECT tgname, tgrelid::regclass AS of, pg_get_triggerdef(oid) AS text FROM pg_trigger
            WHERE NOT tgisinternal AND pg_get_triggerdef(oid) LIKE '%now()%'
        LOOP
            EXECUTE format('DROP TRIGGER %I ON %s', found.tgname, found.of);
            EXECUTE replace(found.text, 'now()', 'city_now()');
        END LOOP;
    END $$;
"""


def prepare() -> None:
    """The role is there and has its rights in this database, and triggers live in the city's time."""
    with connection.cursor() as cursor:
        cursor.execute(ROLE.read_text())
        cursor.execute(NOW)


@contextmanager
def as_application(clock: Clock) -> Iterator[None]:
    """Each session that begins inside is the role's."""

    def begin(connection: Any, **_more: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE civic_application")
            cursor.execute("SELECT set_config('city.now', %s, false)", [clock.at.isoformat()])

    def tell() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('city.now', %s, false)", [clock.at.isoformat()])

    connection.close()
    connection_created.connect(begin)
    clock.moved = tell
    try:
        yield
    finally:
        connection_created.disconnect(begin)


@contextmanager
def as_owner() -> Iterator[None]:
    """For what no verb does: what the city was before the walk, and whoever judges and sees everything."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW role")
        (before,) = cursor.fetchone()
        cursor.execute("RESET ROLE")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {before}")
