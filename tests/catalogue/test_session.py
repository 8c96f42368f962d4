"""The session sees what it was given and nothing else; a table is published whole or not at all."""

import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from django.conf import settings

from datasets.catalogue.session import locked


@pytest.mark.parametrize(
    "sql",
    [
        "FROM read_text('/etc/passwd')",
        "FROM read_csv('/proc/self/environ')",
        "FROM glob('/*')",
        "COPY (SELECT 1) TO '/var/tmp/out.csv'",
        "ATTACH '/var/tmp/other.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "FROM read_csv('http://127.0.0.1:1/a.csv')",
        "SET enable_external_access = true",
        "SET memory_limit = '8GB'",
        "SET allowed_directories = ['/']",
        "RESET lock_configuration",
    ],
)
def test_a_locked_session_reaches_nothing_else(tmp_path: Path, sql: str) -> None:
    with locked(tmp_path) as session, pytest.raises(duckdb.Error):
        session.run(sql)


def test_a_locked_session_works_in_its_folder_and_on_its_file(tmp_path: Path) -> None:
    folder, file = tmp_path / "it's here", tmp_path / "data.csv"
    folder.mkdir()
    file.write_text("a\n1\n2\n")
    with locked(folder, file) as session:
        session.run(f"""COPY (SELECT * FROM read_csv('{file}') WHERE a > 1) TO
            '{str(folder).replace("'", "''")}/out.parquet' (FORMAT parquet, USE_TMP_FILE false)""")
        assert session.run("SELECT current_setting('TimeZone')") == [("UTC",)]


KILLED = """
import os, sys, django
django.setup()
from pathlib import Path
from datasets.catalogue.reading import read

def killed(_descriptor):
    os.kill(os.getpid(), 9)
os.fsync = killed
folder = Path(sys.argv[1])
read(folder / "table.csv", folder / "work", folder / "published.parquet")
"""


@pytest.mark.slow_fault
def test_a_writer_that_is_killed_leaves_the_old_table(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "table.csv").write_text("a,b\n1,2\n")
    published = tmp_path / "published.parquet"
    published.write_bytes(b"the old one")
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False, cwd=settings.BASE_DIR)
    assert done.returncode == -signal.SIGKILL
    assert published.read_bytes() == b"the old one"
