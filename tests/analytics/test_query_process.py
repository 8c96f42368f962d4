"""A query takes no more than an answer may, and reaches nothing but its table: in a process of its own."""

import json
from pathlib import Path
from typing import Any

import pytest

from civic.core.errors import Invalid
from datasets.analytics.engine import query_process, running
from datasets.analytics.engine.parsing import read
from datasets.analytics.engine.running import file_of, rows_of
from datasets.catalogue.apart import MB, Limits
from tests.analytics.asking import TREES, ask, table

LONG = "(SELECT i AS n, md5(i::VARCHAR) AS text FROM range(800000) AS t(i))"


@pytest.fixture
def _apart(settings: Any) -> None:
    settings.READ_FILES_APART = True


@pytest.mark.usefixtures("_apart")
def test_a_process_answers_as_this_one_does(tmp_path: Path, settings: Any) -> None:
    path = table(tmp_path, TREES)
    apart = ask(path, group=[{"column": "tree"}], measures=[{"take": "mean", "column": "height"}])
    settings.READ_FILES_APART = False
    assert apart == ask(path, group=[{"column": "tree"}], measures=[{"take": "mean", "column": "height"}])


@pytest.mark.usefixtures("_apart")
@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (Limits(memory=512 * MB, processor=30, seconds=0.01), "longer than there is time"),
        (Limits(memory=80 * MB, processor=30, seconds=20), "more memory"),
    ],
    ids=["time", "memory"],
)
def test_what_takes_too_much_is_refused_and_said(tmp_path: Path, limits: Limits, said: str) -> None:
    distinct = read({"measures": [{"take": "distinct", "column": "text"}]})
    with pytest.raises(Invalid, match=said):
        rows_of([table(tmp_path, LONG)], tmp_path, distinct, limits=limits)


@pytest.mark.usefixtures("_apart")
def test_a_file_longer_than_one_may_be_is_refused_and_said(tmp_path: Path) -> None:
    everything = read({"limit": 1_000_000})
    limits = Limits(memory=512 * MB, processor=30, seconds=20, file=1 * MB)
    with pytest.raises(Invalid, match="longer than a file may be"):
        file_of([table(tmp_path, LONG)], tmp_path, everything, "csv", {}, limits=limits)


def test_answers_are_cut_and_say_by_what(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = table(tmp_path, LONG)
    assert [ask(path, limit=most).cut for most in (10, 20_000)] == ["limit", "rows"]
    assert len(ask(path, limit=20_000).rows) == running.MOST_SHOWN
    monkeypatch.setattr(running, "MOST_BYTES", 1000)
    found = ask(path, limit=500)
    assert (found.cut, len(found.rows)) == ("bytes", 24)
    assert ask(table(tmp_path, TREES), limit=4).cut == ""


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT content FROM read_text('/etc/passwd')",
        "SELECT * FROM read_csv('/proc/self/environ')",
        "SELECT * FROM glob('/*')",
        "SELECT 1; SELECT 2",
        "COPY (SELECT 1) TO '/var/tmp/out.csv'",
        "SET memory_limit = '8GB'",
        "ATTACH '/var/tmp/x.db'",
        "INSTALL httpfs",
        "CREATE TABLE x AS SELECT 1",
    ],
)
def test_the_process_reads_its_table_and_nothing_else_whatever_it_is_handed(tmp_path: Path, sql: str) -> None:
    """A second line: what a fault of the compiler would let through."""
    path = table(tmp_path, TREES)
    asked = {
        "files": [str(path)],
        "twice": "",
        "view": f"FROM read_parquet('{path}')",
        "sql": sql,
        "seconds": 5,
    }
    (tmp_path / "asked.json").write_text(json.dumps({**asked, "form": "rows", "bytes": MB}))
    try:
        ended = query_process.answer(tmp_path)
    except (ValueError, OSError):
        ended = -1
    assert ended != 0
    assert not (tmp_path / "answer.json").exists()
