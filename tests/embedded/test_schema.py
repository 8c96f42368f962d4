"""The dump and the migrations lead to the same database."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from civic.embedded import schema
from tests.database import Databases

ROWS = {
    "migrations": "SELECT app, name FROM django_migrations ORDER BY app, name",
    # Without their numbers: models that come after the freeze are counted in another order than from nothing.
    "types": "SELECT app_label, model FROM django_content_type ORDER BY 1, 2",
    "permissions": "SELECT t.app_label, t.model, p.codename, p.name FROM auth_permission p"
    " JOIN django_content_type t ON t.id = p.content_type_id ORDER BY 1, 2, 3",
    "groups": "SELECT g.name, p.codename FROM auth_group g LEFT JOIN auth_group_permissions gp ON gp.group_id = g.id"
    " LEFT JOIN auth_permission p ON p.id = gp.permission_id ORDER BY 1, 2",
    "pages": "SELECT path, slug FROM wagtailcore_page ORDER BY path",
}


@pytest.fixture(scope="module")
def two() -> Iterator[tuple[Databases, str, str]]:
    """A database restored from the dump, and one migrated without it."""
    databases, restored = Databases.of_this_run(), f"test_{os.getpid()}_restored"
    databases.clone("template1", restored)
    assert schema.restore(databases.url_of(restored), databases.psql)
    yield databases, restored, databases.migrated()
    databases.drop(restored)


def test_the_dump_is_of_today() -> None:
    assert schema.is_complete(), "the migrations or the lock have changed: run `make schema`"


def test_both_ways_give_the_same_schema(two: tuple[Databases, str, str], tmp_path: Path) -> None:
    """PostgreSQL writes some conditions differently after reading them once: so what was migrated is read once, too."""
    databases, restored, migrated = two
    again = f"{restored}_again"
    databases.clone("template1", again)
    (tmp_path / "dump.sql").write_text(dump(databases, migrated))
    assert schema.load(tmp_path / "dump.sql", databases.url_of(again), databases.psql)
    assert dump(databases, again, "--schema-only") == dump(databases, restored, "--schema-only")
    databases.drop(again)


def dump(databases: Databases, name: str, *options: str) -> str:
    """A database as SQL."""
    found = schema.dump(databases.url_of(name), databases.psql.with_name("pg_dump"), *options)
    assert len(found) > 100_000
    return found


@pytest.mark.parametrize("what", ROWS)
def test_both_ways_give_the_same_rows(two: tuple[Databases, str, str], what: str) -> None:
    databases, restored, migrated = two
    found = []
    for name in (restored, migrated):
        with databases.connect(name) as connection:
            found.append(connection.execute(ROWS[what]).fetchall())
    assert found[0]
    assert found[0] == found[1]
