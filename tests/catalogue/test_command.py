"""`manage.py read_table` says without a site what an upload would."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tests.catalogue.reading import DATA


def said(*arguments: str) -> str:
    """What the command prints."""
    out = io.StringIO()
    call_command("read_table", *arguments, stdout=out)
    return out.getvalue()


def test_the_answer_is_json_in_the_terms_of_the_test_data() -> None:
    answer = json.loads(said(str(DATA / "messy-csv" / "preamble.csv"), "--format", "json"))
    assert {
        "encoding",
        "delimiter",
        "header",
        "types",
        "rows",
        "first",
        "rejected_lines",
        "ask",
        "refused",
    } <= set(answer)
    assert (answer["header"], answer["skipped_lines"], answer["rows"]) == (["id", "v"], 3, 3)


def test_choices_are_given_and_the_table_is_written(tmp_path: Path) -> None:
    target = tmp_path / "a.parquet"
    file = str(DATA / "messy-csv" / "ambiguous-dates.csv")
    answer = json.loads(said(file, "--type", "day=date:%m/%d/%Y", "--parquet", str(target)))
    assert (answer["types"]["day"], answer["ask"]) == ("date", [])
    assert [str(row[0]) for row in duckdb.sql(f"FROM '{target}'").fetchall()] == ["2026-03-04", "2026-05-06"]


def test_people_can_read_it_too() -> None:
    text = said(str(DATA / "messy-csv" / "footer-total.csv"), "--format", "text")
    assert "rejected: line 4 id 'Total': not of type integer" in text


def test_a_refused_file_and_a_missing_one_end_with_a_reason() -> None:
    with pytest.raises(SystemExit):
        said(str(DATA / "messy-csv" / "html-instead.csv"))
    with pytest.raises(CommandError, match="No such file"):
        said("nowhere.csv")
    with pytest.raises(CommandError, match="There is no type"):
        said(str(DATA / "messy-csv" / "yes-no.csv"), "--type", "ok=perhaps")


def test_no_database_is_asked() -> None:
    """With an address where none is."""
    environment = {**os.environ, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    command = [sys.executable, "manage.py", "read_table", str(DATA / "messy-csv" / "yes-no.csv")]
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, json.loads(done.stdout)["rows"]) == (0, 3), done.stderr
