"""What a file does to its reader: it is refused in words, no worker is lost, and its upload always comes to an end."""

import io
import threading
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import psutil
import pytest
from django.db import connection
from openpyxl import Workbook

from civic.accounts import groups
from civic.core import job_actions, work
from datasets.catalogue.models import Upload, UploadStep
from datasets.catalogue.operations import reading_steps
from datasets.catalogue.reading import Choices
from datasets.catalogue.reading_process import LIMITS, Answer, Limits, read_apart
from datasets.catalogue.states import UploadState
from tests.catalogue.reading import read_bytes
from tests.factories import accounts, catalogue

ROWS = b"a,b\n" + b"".join(b"%d,text %d\n" % (one, one) for one in range(20_000))


@pytest.fixture(autouse=True)
def _apart(settings: Any) -> None:
    settings.READ_FILES_APART = True


def workbook(**cells: Any) -> bytes:
    """An XLSX file with these cells."""
    book, file = Workbook(), io.BytesIO()
    assert book.active
    for place, value in cells.items():
        book.active[place] = value
    book.save(file)
    return file.getvalue()


def apart(folder: Path, content: bytes = ROWS, limits: Limits = LIMITS) -> Answer:
    """What a process says of these bytes."""
    file = folder / "sent.csv"
    file.write_bytes(content)
    return read_apart(
        file, folder, folder / "t.parquet", choices=Choices(), csv=folder / "t.csv", limits=limits
    )


def test_a_process_answers_as_the_reader_does(tmp_path: Path) -> None:
    answer = apart(tmp_path, b"a,b\n1,x\n2\n")
    table, rows = read_bytes(b"a,b\n1,x\n2\n")
    assert (answer.table, rows) == (table, [(1, "x")])
    assert answer.table.rejected_rows == 1
    assert answer.profile["first"] == [["1", "x"]]
    assert (tmp_path / "t.csv").read_text() == "a,b\n1,x\n"


@pytest.mark.django_db
def test_a_workbook_of_billions_of_cells_is_refused_and_kills_no_worker_cat_ca11(
    at: datetime, settings: Any
) -> None:
    content = workbook(A1="a", B1="b", A2=1, B2=2, XFD1048576=1)
    one = catalogue.proposed(None, content, name="plan.xlsx", at=at)
    assert one.state == UploadState.REFUSED
    assert "takes more memory than we give a file. Split it" in one.failure
    assert UploadStep.objects.get().attempts == 1
    assert list(Path(settings.WORK_DIR).iterdir()) == []


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (Limits(seconds=0.05), "more time"),
        (Limits(file=100_000), "more room on the disk"),
        (Limits(memory=40 << 20), "more memory"),
    ],
    ids=["time", "disk", "memory"],
)
def test_what_takes_more_than_a_file_is_given_is_refused_at_once_cat_ca12(
    tmp_path: Path, limits: Limits, said: str
) -> None:
    answer = apart(tmp_path, limits=limits)
    assert said in answer.table.refused
    assert "Split it into smaller files" in answer.table.advice


def test_a_process_that_somebody_ends_says_nothing_of_its_file_cat_ca12(tmp_path: Path) -> None:
    def end() -> None:
        # By its program: the server of the tests is a child, too.
        name = "datasets.catalogue.reading_process"
        while not (ours := [one for one in psutil.Process().children() if name in one.cmdline()]):
            pass
        ours[0].terminate()

    ending = threading.Thread(target=end)
    ending.start()
    with pytest.raises(RuntimeError, match="ended with -15"):
        apart(tmp_path)
    ending.join()


def test_cells_are_bounded_also_those_that_no_line_writes_cat_ca12(monkeypatch: pytest.MonkeyPatch) -> None:
    content = b'{"a": 1, "b": 1, "c": 1}\n' + b"{}\n" * 9
    assert read_bytes(content, "few.jsonl")[0].rows == 10
    monkeypatch.setattr("datasets.catalogue.reading.staging.MOST_CELLS", 29)
    assert read_bytes(content, "few.jsonl")[0].refused == "it has more than 29 cells"


@pytest.mark.django_db
def test_one_file_is_read_at_a_time_whatever_waits_cat_ca12(at: datetime) -> None:
    catalogue.upload(at=at)
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtextextended('catalogue: a file is read', 0))")
        assert reading_steps.run_steps(at=at) == 0
        assert UploadStep.objects.get().attempts == 0
        cursor.execute("SELECT pg_advisory_unlock_all()")
    other.close()
    catalogue.work(at)
    assert Upload.objects.get().state == UploadState.PROPOSED


@pytest.mark.django_db
def test_an_upload_whose_workers_were_all_killed_ends_cat_ca11(at: datetime) -> None:
    one = catalogue.upload(at=at)

    def killed(_job: UploadStep, _at: datetime) -> None:
        raise SystemExit

    tries = len(UploadStep.pauses) + 1
    for turn in range(tries):
        with pytest.raises(SystemExit):
            work.run(UploadStep, killed, at=at + turn * UploadStep.held_for)
        reading_steps.run_steps(at=at + turn * UploadStep.held_for)
        assert Upload.objects.get().state == UploadState.RECEIVED
    reading_steps.run_steps(at=at + tries * UploadStep.held_for)
    one.refresh_from_db()
    assert (one.state, UploadStep.objects.dead().count()) == (UploadState.REFUSED, 1)
    assert "Something broke on our side" in one.failure


@pytest.mark.django_db
def test_an_upload_whose_step_the_desk_gives_up_ends_cat_ca11(at: datetime) -> None:
    catalogue.upload(at=at)
    steward = accounts.staff(groups.DATA_STEWARDS)
    job_actions.discard(actor=steward, job=UploadStep.objects.get(), reason="It never ends.", at=at)
    reading_steps.run_steps(at=at)
    assert Upload.objects.get().state == UploadState.REFUSED


def test_texts_are_written_in_groups_that_a_session_can_unpack_cat_ca14(tmp_path: Path) -> None:
    content = b"id,text\n" + b"".join(b"%d,%0400d and%0600d\n" % (one, one, one) for one in range(36_000))
    apart(tmp_path, content)
    sizes = duckdb.sql(
        f"SELECT total_uncompressed_size, row_group_num_rows FROM parquet_metadata('{tmp_path}/t.parquet')"
    ).fetchall()
    assert max(size for size, _rows in sizes) < 20_000_000
    assert sum(rows for _size, rows in sizes) == 2 * 36_000
