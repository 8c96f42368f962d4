"""Downloads: whole and in parts, known by their digest, and of nothing that may not be seen."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import default_storage

from civic.core import clock
from datasets.catalogue.models import Dataset, Distribution
from datasets.catalogue.operations import uploads
from tests.factories import accounts, catalogue
from tests.visiting import visitor

pytestmark = pytest.mark.django_db


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.fixture
def dataset() -> Dataset:
    return catalogue.published()


@pytest.fixture
def text(dataset: Dataset) -> Distribution:
    return Distribution.objects.get(revision__dataset=dataset, format="csv")


def test_a_whole_file_with_its_digest(dataset: Dataset, text: Distribution) -> None:
    answer = visitor().get(f"/data/{dataset.slug}/1.csv")
    assert answer.status_code == 200
    assert body(answer) == text.file.read()
    headers = answer.headers
    assert headers["ETag"] == f'"{text.sha256}"'
    assert headers["Content-Length"] == str(text.size)
    assert headers["Content-Type"] == "text/csv; charset=utf-8"
    assert headers["Content-Disposition"].startswith("attachment")
    assert headers["Cache-Control"] == "public, no-cache"
    assert headers["Accept-Ranges"] == "bytes"
    parquet = visitor().get(f"/data/{dataset.slug}/latest.parquet")
    assert body(parquet)[:4] == b"PAR1"
    assert parquet.headers["Content-Location"] == f"/data/{dataset.slug}/1.parquet"
    for missing in ("2.csv", "0.csv", "1.xlsx", "latest.exe", "1.CSV"):
        assert visitor().get(f"/data/{dataset.slug}/{missing}").status_code == 404


@pytest.mark.parametrize(
    ("wanted", "status", "begin", "end"),
    [
        ("bytes=0-9", 206, 0, 10),
        ("bytes=5-", 206, 5, None),
        ("bytes=-4", 206, -4, None),
        ("bytes=0-999999", 200, 0, None),
        ("bytes=-999999", 200, 0, None),
        ("bytes=9-5", 200, 0, None),
        pytest.param(f"bytes=0-{'9' * 4500}", 200, 0, None, id="last byte of 4,500 digits cat_ca26"),
        pytest.param(f"bytes=-{'9' * 4500}", 200, 0, None, id="length of 4,500 digits cat_ca26"),
        ("bytes=0-1,3-4", 200, 0, None),
        ("bytes=-", 200, 0, None),
        ("lines=0-1", 200, 0, None),
    ],
)
def test_a_part_is_that_part(
    dataset: Dataset, text: Distribution, wanted: str, status: int, begin: int, end: int | None
) -> None:
    answer = visitor().get(f"/data/{dataset.slug}/latest.csv", headers={"Range": wanted})
    content = text.file.read()
    assert (answer.status_code, body(answer)) == (status, content[begin:end])
    if status == 206:
        start = begin % len(content)
        assert answer.headers["Content-Range"] == f"bytes {start}-{(end or len(content)) - 1}/{len(content)}"


@pytest.mark.parametrize("wanted", ["bytes=999999-", "bytes=-0"])
def test_a_part_beyond_the_end_is_none(dataset: Dataset, text: Distribution, wanted: str) -> None:
    answer = visitor().get(f"/data/{dataset.slug}/latest.csv", headers={"Range": wanted})
    assert (answer.status_code, answer.headers["Content-Range"]) == (416, f"bytes */{text.size}")


def test_who_has_it_loads_nothing_and_who_has_another_version_all(
    dataset: Dataset, text: Distribution
) -> None:
    page, tag = f"/data/{dataset.slug}/latest.csv", f'"{text.sha256}"'
    for known in (tag, f'W/{tag}, "x"', "*"):
        answer = visitor().get(page, headers={"If-None-Match": known})
        assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", tag)
    part = {"Range": "bytes=0-3"}
    assert visitor().get(page, headers=part | {"If-Range": tag}).status_code == 206
    assert visitor().get(page, headers=part | {"If-Range": '"old"'}).status_code == 200
    head = visitor().head(page)
    assert (head.status_code, head.content, head.headers["Content-Length"]) == (200, b"", str(text.size))
    assert visitor().post(page).status_code == 405


def test_drafts_are_for_their_writers_alone() -> None:
    made = catalogue.revision()
    page = f"/data/{made.dataset.slug}/1.csv"
    own = visitor(catalogue.writer(made.dataset)).get(page)
    assert (own.status_code, own.headers["Cache-Control"]) == (200, "private, no-store")
    assert visitor().get(page).status_code == 404
    assert visitor(accounts.person()).get(page).status_code == 404


def test_files_are_reached_by_their_page_alone(dataset: Dataset, text: Distribution) -> None:
    """Not as an uploaded file: that way would not ask whether the dataset was withdrawn."""
    owner = visitor(catalogue.writer(dataset))
    for name in (text.file.name, text.revision.upload.file.name):
        assert owner.get(f"/media/{name}").status_code == 404


def test_a_file_that_the_storage_lost_is_not_found_and_an_alarm(
    dataset: Dataset, text: Distribution, caplog: pytest.LogCaptureFixture
) -> None:
    default_storage.delete(str(text.file.name))
    page = f"/data/{dataset.slug}/1.csv"
    answer = visitor().get(page)
    assert answer.status_code == 404
    assert "missing on our side" in answer.content.decode()
    assert f"no file of the distribution {text.pk}" in caplog.text
    for headers in ({"Range": "bytes=0-3"}, {}):
        assert visitor().head(page, headers=headers).status_code == 404
    assert visitor().get(f"/data/{dataset.slug}/1.parquet").status_code == 200


def test_a_stray_that_cannot_be_deleted_keeps_no_other_from_it(
    text: Distribution, caplog: pytest.LogCaptureFixture
) -> None:
    folder = Path(settings.MEDIA_ROOT, "catalogue")
    # Listed, and gone when it is looked at, as where two workers delete at once.
    (folder / "0.csv").symlink_to(folder / "gone")
    (folder / "1.csv").touch()
    assert uploads.forget_strays(at=clock.now() + timedelta(hours=25)) == 1
    assert not (folder / "1.csv").exists()
    assert "catalogue/0.csv cannot be deleted" in caplog.text
    assert text.file.read()
