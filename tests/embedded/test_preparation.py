"""A city of an earlier schema is set aside under a dated name, whole, and a new one is begun; no other city is."""

import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from civic.embedded import schema
from civic.embedded.places import place_of
from civic.embedded.postgres import Postgres
from civic.embedded.preparation import let_application_in, set_aside_earlier

TODAY = [schema.state(), *schema.fingerprints()]


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    """A server of a data folder that an unprivileged user can come to."""
    folder = Path(tempfile.mkdtemp(prefix="civic-test-"))
    folder.chmod(0o755)
    server = Postgres(place_of(folder), durable=False)
    server.start(tied=True)
    yield server
    server.stop()
    shutil.rmtree(folder)


def city(postgres: Postgres, comment: str | None) -> None:
    """A database as a demo leaves it, with uploads and keys."""
    with postgres.connect() as connection:
        connection.execute("DROP DATABASE IF EXISTS site")
        connection.execute("CREATE DATABASE site")
        if comment is not None:
            connection.execute(sql.SQL("COMMENT ON DATABASE site IS {}").format(sql.Literal(comment)))
    for kind in ("media", "secrets"):
        (postgres.place.data / kind).mkdir(exist_ok=True)
        (postgres.place.data / kind / "one").write_text(kind)


@pytest.mark.parametrize(
    "comment",
    [
        f"{schema.digest()} {schema.packages()}",  # before files were named
        "\n".join([*TODAY[:-1], "projects/voting/migrations/0009_gone.py 0123456789abcdef"]),
        "\n".join([TODAY[0], f"{TODAY[1].split()[0]} 0123456789abcdef"]),
    ],
    ids=["names no files", "a file is gone", "a file is another"],
)
def test_an_earlier_city_is_set_aside(postgres: Postgres, comment: str) -> None:
    city(postgres, comment)
    aside = set_aside_earlier(postgres)
    assert aside
    assert aside.name.startswith(f"set-aside-{datetime.now(UTC):%Y-%m-%d}")
    assert (aside / "postgres" / "PG_VERSION").exists()
    assert {file.name for file in (postgres.place.data / aside.name).iterdir()} >= {"media", "secrets"}
    assert not (postgres.place.data / "media").exists()
    assert (postgres.place.data / "secrets" / "one").read_text() == "secrets"
    assert not postgres.has_database("site")
    shutil.rmtree(aside)


@pytest.mark.parametrize(
    "comment", [None, "\n".join(TODAY), "\n".join(TODAY[:-2])], ids=["made by hand", "today's", "files came"]
)
def test_a_city_that_can_be_migrated_on_stays(postgres: Postgres, comment: str | None) -> None:
    city(postgres, comment)
    assert set_aside_earlier(postgres) is None
    assert postgres.has_database("site")


def test_what_is_set_aside_starts_again(postgres: Postgres) -> None:
    city(postgres, "of long ago")
    aside = set_aside_earlier(postgres)
    assert aside
    earlier = Postgres(place_of(aside), durable=False)
    earlier.start(tied=True)
    try:
        assert earlier.has_database("site")
    finally:
        earlier.stop()


def test_nothing_is_set_aside_where_nothing_is(postgres: Postgres) -> None:
    with postgres.connect() as connection:
        connection.execute("DROP DATABASE IF EXISTS site")
    assert set_aside_earlier(postgres) is None


def test_the_site_is_let_in_as_a_role_that_owns_nothing_m8(postgres: Postgres) -> None:
    city(postgres, None)
    with postgres.connect("site") as owner:
        owner.execute("CREATE TABLE ledger_entry (id int)")
    address = let_application_in(postgres).replace("postgres:", "postgresql:", 1)
    with psycopg.connect(address, autocommit=True) as site:
        assert site.execute("SELECT current_user, session_user").fetchone() == ("civic_application",) * 2
        site.execute("INSERT INTO ledger_entry VALUES (1)")
        for trick in (
            "DELETE FROM ledger_entry",
            "SET ROLE postgres",
            "CREATE TEMP TABLE ledger_entry (id int)",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                site.execute(trick)
