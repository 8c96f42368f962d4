"""The schema as it froze, with the rows of a city in it, is migrated on to today's."""

import gzip
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from psycopg import sql

from civic.embedded import schema
from tests.architecture.frozen import FIXTURE, PACKAGES
from tests.database import Databases

TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Databases, str, dict[str, int]]]:
    """The frozen database brought to today's migrations, and how many rows each table had before."""
    databases, name = Databases.of_this_run(), f"test_{os.getpid()}_frozen"
    file = tmp_path_factory.mktemp("frozen") / "frozen.sql"
    file.write_bytes(gzip.decompress(FIXTURE.read_bytes()))
    databases.drop(name)
    databases.execute("CREATE DATABASE {}", name)
    assert schema.load(file, databases.url_of(name), databases.psql)
    before = rows(databases, name)
    schema.migrate(databases.url_of(name), "civic.settings.test")
    yield databases, name, before
    databases.drop(name)


def rows(databases: Databases, name: str) -> dict[str, int]:
    """Rows of each table."""
    count = sql.SQL("SELECT count(*) FROM {}")
    with databases.connect(name) as connection:
        tables = [table for (table,) in connection.execute(TABLES).fetchall()]
        return {
            table: connection.execute(count.format(sql.Identifier(table))).fetchone()[0] for table in tables
        }


def test_every_slice_had_rows_when_it_froze(migrated: tuple[Databases, str, dict[str, int]]) -> None:
    _databases, _name, before = migrated
    labels = {
        config.label
        for config in apps.get_app_configs()
        if config.name.partition(".")[0] in PACKAGES
        and any(table.startswith(f"{config.label}_") for table in before)
    }
    filled = {
        label
        for label in labels
        for table, count in before.items()
        if count and table.startswith(f"{label}_")
    }
    assert len(labels) > 8
    assert filled == labels


def test_no_row_is_lost_on_the_way(migrated: tuple[Databases, str, dict[str, int]]) -> None:
    """A migration that means to drop a table or rows says so here."""
    databases, name, before = migrated
    after = rows(databases, name)
    assert {table: count for table, count in before.items() if after.get(table, 0) < count} == {}


def test_it_becomes_the_schema_that_migrating_from_nothing_gives(
    migrated: tuple[Databases, str, dict[str, int]], tmp_path: Path
) -> None:
    databases, name, _before = migrated
    found = {read_again(databases, one, tmp_path) for one in (name, databases.template())}
    assert len(found) == 1


def read_again(databases: Databases, name: str, folder: Path) -> str:
    """A schema, dumped, restored and dumped: after that PostgreSQL always writes a condition the same way."""
    dump, again, file = databases.psql.with_name("pg_dump"), f"test_{os.getpid()}_again", folder / "dump.sql"
    file.write_text(schema.dump(databases.url_of(name), dump, "--schema-only"))
    databases.execute("CREATE DATABASE {}", again)
    assert schema.load(file, databases.url_of(again), databases.psql)
    found = schema.dump(databases.url_of(again), dump, "--schema-only")
    databases.drop(again)
    return found
