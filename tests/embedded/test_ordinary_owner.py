"""A city's tables belong to an ordinary role: what deploy/README.md says is followed by one that is no superuser."""

import re
import subprocess
from pathlib import Path

import psycopg
import pytest

from civic.embedded.postgres import Postgres
from civic.embedded.preparation import CHECKOUT
from tests.embedded.test_preparation import postgres

__all__ = ["postgres"]  # the server of these tests, too
README = CHECKOUT / "deploy" / "README.md"
SUPERUSERS = re.findall(r"^#   (.+)$", README.read_text(), re.MULTILINE)


def dump(postgres: Postgres, folder: Path, *options: str) -> int:
    """Exit code of a backup by the owner."""
    command = [postgres.program("pg_dump"), "--format=custom", "--file", folder / "backup", *options]
    url = postgres.place.database_url("exchange", "exchange")
    return subprocess.run([*command, url], check=False, capture_output=True, timeout=300).returncode


def test_an_ordinary_owner_installs_and_backs_up_by_the_documents_1127_oc2(
    postgres: Postgres, tmp_path: Path
) -> None:
    """`application_role.sql` ended with an error for such an owner, and a file that the role made ended each backup."""
    *roles, files = [line.replace("…", "secret") for line in SUPERUSERS]
    for statement in ";".join(roles).split(";"):
        if statement.strip():
            with postgres.connect() as superuser:
                superuser.execute(statement)
    owners = postgres.place.database_url("exchange", "exchange")
    run = [postgres.program("psql"), owners, "-v", "ON_ERROR_STOP=1", "-q", "-f"]
    schema = [*run, "civic/embedded/schema.sql", "--single-transaction"]
    subprocess.run(schema, cwd=CHECKOUT, check=True, capture_output=True)
    role = subprocess.run(
        [*run, "deploy/application_role.sql"], cwd=CHECKOUT, check=True, capture_output=True, text=True
    )
    assert "can make large objects" in role.stderr

    site = postgres.place.database_url("exchange", "civic_application").replace("postgres:", "postgresql:", 1)
    with psycopg.connect(site, autocommit=True) as connection:
        assert connection.execute("SELECT lo_from_bytea(0, 'x') > 0").fetchone() == (True,)
    assert dump(postgres, tmp_path) != 0
    options = re.findall(r"`pg_dump --format=custom ([^`]+)`", README.read_text())[0].split()
    assert dump(postgres, tmp_path, *options) == 0

    with postgres.connect("exchange") as superuser:
        superuser.execute(files)
    again = subprocess.run(
        [*run, "deploy/application_role.sql"], cwd=CHECKOUT, check=True, capture_output=True, text=True
    )
    assert "large objects" not in again.stderr
    with psycopg.connect(site, autocommit=True) as connection:
        for trick in ("SELECT lo_from_bytea(0, 'x')", "SELECT lo_create(0)", "SELECT lo_creat(-1)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(trick)
