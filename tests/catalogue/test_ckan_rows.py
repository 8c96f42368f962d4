"""`datastore_search`: rows as they were published, bounded, and the last page as cheap as the first."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.conf import settings
from django.core.files.storage import default_storage

from datasets.catalogue.ckan import tables
from datasets.catalogue.models import Dataset, Distribution
from datasets.catalogue.reading import rows
from tests.catalogue.asking import asked, file_of
from tests.factories import catalogue
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db

MIXED = (
    b'n,"a ""b"", c",day,moment,height,open\n'
    b"1,lime,2021-03-01,2026-01-02T03:04:05Z,4.5,true\n"
    b"2,Oak tree,2019-11-20,2026-01-02T03:04:06Z,3,false\n"
    b"3,,2020-01-02,,6.25,true\n"
)
NAMED = 'a "b", c'


@pytest.fixture
def key() -> str:
    return file_of(catalogue.published(content=MIXED))


def numbers(**parameters: Any) -> list[int]:
    """Which rows, by their numbers."""
    return [row["_id"] for row in asked("datastore_search", **parameters)["records"]]


def test_rows_have_the_values_that_were_published(key: str) -> None:
    found = asked("datastore_search", resource_id=key, limit=2)
    assert {one["id"]: one["type"] for one in found["fields"]} == {
        "_id": "int",
        "n": "int",
        NAMED: "text",
        "day": "date",
        "moment": "timestamp",
        "height": "numeric",
        "open": "bool",
    }
    assert (found["total"], found["limit"], found["offset"]) == (3, 2, 0)
    assert found["records"][1] == {
        "_id": 2,
        "n": 2,
        NAMED: "Oak tree",
        "day": "2019-11-20",
        "moment": "2026-01-02T03:04:06Z",
        "height": 3,
        "open": False,
    }
    following = visitor().get("/api/" + found["_links"]["next"].partition("/api/")[2]).json()["result"]
    assert following["records"][0][NAMED] is None
    lists = asked("datastore_search", resource_id=key, fields=f'["{"day"}", "_id"]', records_format="lists")
    assert lists["records"] == [["2021-03-01", 1], ["2019-11-20", 2], ["2020-01-02", 3]]
    text = asked(
        "datastore_search", resource_id=key, fields="n,open", records_format="csv", include_total=False
    )
    assert (text["records"], "total" in text) == ("1,true\r\n2,false\r\n3,true\r\n", False)


def test_rows_are_found_and_sorted(key: str) -> None:
    for filters, wanted in [
        ({"n": 2}, [2]),
        ({"n": ["1", 3]}, [1, 3]),
        ({"height": "4.50"}, [1]),
        ({"height": [3, 6.25], "open": True}, [3]),
        ({"day": "2020-01-02"}, [3]),
        ({"moment": "2026-01-02T03:04:05Z"}, [1]),
        ({NAMED: [None, "lime"]}, [1, 3]),
        ({NAMED: []}, []),
        ({"_id": [2, 99]}, [2]),
        ({NAMED: "' OR 1=1 --"}, []),
        ({"n": "9" * 38}, []),
    ]:
        assert numbers(resource_id=key, filters=filters) == wanted, filters
        assert asked("datastore_search", resource_id=key, filters=filters, limit=0)["total"] == len(wanted)
    assert numbers(resource_id=key, q="oak TREE") == [2]
    assert numbers(resource_id=key, q={"day": "2020"}) == [3]
    assert numbers(resource_id=key, q="2 lime") == [1]
    assert numbers(resource_id=key, sort="height desc") == [3, 1, 2]
    assert numbers(resource_id=key, sort='open, "a ""b"", c" desc nulls last') == [2, 1, 3]
    assert numbers(resource_id=key, sort='"a ""b"", c"') == [2, 1, 3]
    assert numbers(resource_id=key, sort="_id desc", limit=1, offset=1) == [2]


@pytest.mark.parametrize(
    ("parameters", "field", "words"),
    [
        ({"filters": {"n": 5.5}}, "filters", "5.5 is no value of the column"),
        ({"filters": {"n": "1e3"}}, "filters", "type integer"),
        ({"filters": {"open": "yes"}}, "filters", "type boolean"),
        ({"filters": {"none": 1}}, "filters", 'no column "none"'),
        ({"filters": {"n": {"gt": 1}}}, "filters", "A value is"),
        ({"filters": "n:1"}, "filters", "object of columns"),
        ({"filters": '{"n":'}, "filters", "no JSON"),
        ({"filters": {"n": list(range(1001))}}, "filters", "1,000 values"),
        ({"fields": ["n", "n; DROP TABLE x"]}, "fields", "no column"),
        ({"fields": 7}, "fields", "list of at most"),
        ({"sort": "n; DROP TABLE x"}, "sort", "up to ten columns"),
        ({"sort": "none desc"}, "sort", 'no column "none"'),
        ({"sort": ",".join(["n"] * 11)}, "sort", "up to ten columns"),
        ({"q": "a " * 11}, "q", "ten words"),
        ({"q": {"none": "a"}}, "q", "no column"),
        ({"limit": -1}, "limit", "greater than or equal"),
        ({"offset": 2**70}, "offset", "less than or equal"),
        ({"records_format": "xml"}, "records_format", "not a valid choice"),
        ({"distinct": True}, "distinct", "no such parameter"),
    ],
)
def test_what_cannot_be_asked_is_said_in_words(key: str, parameters: Any, field: str, words: str) -> None:
    error = asked("datastore_search", 409, resource_id=key, **parameters)
    assert error["__type"] == "Validation Error"
    assert words in error[field][0]


HOSTILE = [
    *("", "\0", "\ud800", "'\";--", "x" * 9_000, "9" * 400, "NaN", "[", "{", '["a', "[" * 9_000, "\u202e"),
    *(
        None,
        True,
        -1,
        2**63,
        1e308,
        [],
        {},
        [[[]]],
        {"": {"": []}},
        [None],
        {"\ud800": "\ud800"},
        {"n": "\0"},
    ),
]


def test_nothing_that_is_sent_breaks_an_answer(key: str) -> None:
    names = (
        "resource_id",
        "filters",
        "q",
        "fields",
        "sort",
        "limit",
        "offset",
        "include_total",
        "records_format",
    )
    for name in names:
        for value in HOSTILE:
            sent = {"resource_id": key, name: value}
            answer = visitor().post("/api/action/datastore_search", sent, content_type="application/json")
            assert answer.status_code in (200, 404, 409), sent
            assert answer.json()["success"] is (answer.status_code == 200)
    for name in ("\ud800", "\0", "self", "fields[]", "x" * 9_000):
        assert asked("datastore_search", 409, **{"resource_id": key, name: 1})["message"]
    for body in (
        b"",
        b"[",
        b"[]",
        b"\xff",
        b'{"limit": NaN}',
        b'{"a":' * 50_000,
        b"9" * 5_000,
        b"{" + b" " * 300_000 + b"}",
    ):
        answer = visitor().post("/api/action/datastore_search", body, content_type="application/json")
        assert answer.status_code in (400, 409)
        assert answer.json()["error"]["message"]


def made(sql: str, place: Path) -> Dataset:
    """A dataset of the rows of a query."""
    file = place / "made.parquet"
    duckdb.sql(sql).write_parquet(str(file))
    dataset = catalogue.dataset()
    catalogue.revision(dataset, file.read_bytes(), name="made.parquet")
    return catalogue.datasets.publish(
        actor=catalogue.writer(dataset),
        dataset=dataset,
        at=Distribution.objects.latest("created_at").created_at,
    )


def test_names_and_values_that_are_odd_come_as_they_are(tmp_path: Path) -> None:
    odd = made(
        """SELECT i AS File_Row_Number, 'own' AS _id, 0.1::FLOAT AS f, 'nan'::DOUBLE AS d, [1.5, 2] AS l,
        1.50::DECIMAL(9, 2) AS c, 12345678901234567.5::DECIMAL(18, 1) AS long, 'a'::BLOB AS b FROM range(3) AS t(i)""",
        tmp_path,
    )
    found = asked("datastore_search", resource_id=file_of(odd, "parquet"), limit=1, offset=2)
    assert found["records"] == [
        {"File_Row_Number": 2, "_id": "own", "f": 0.1, "d": "nan", "l": "[1.5,2.0]", "c": 1.5}
        | {"long": "12345678901234567.5", "b": "a"}
    ]
    assert [one["type"] for one in found["fields"]].count("numeric") == 4
    by_value = asked(
        "datastore_search",
        resource_id=file_of(odd),
        filters={"f": 0.1, "c": "1.5", "long": "12345678901234567.5"},
    )
    assert by_value["total"] == 3


def cpu(work: Callable[[], Any]) -> float:
    """Seconds of the cheapest of some runs."""
    spent = []
    for _turn in range(7):
        begin = time.process_time()
        work()
        spent.append(time.process_time() - begin)
    return min(spent)


def test_the_last_page_of_a_million_rows_costs_as_little_as_the_first(tmp_path: Path) -> None:
    count = 1_000_000
    key = file_of(made(f"SELECT i AS n, md5(i::VARCHAR) AS text FROM range({count}) AS t(i)", tmp_path))

    def page(offset: int) -> list[int]:
        found = asked("datastore_search", resource_id=key, offset=offset)
        assert found["total"] == count
        return [row["n"] for row in found["records"]]

    assert page(0) == list(range(100))
    assert page(count - 100) == list(range(count - 100, count))
    assert page(count - 1) == [count - 1]
    assert page(count) == []
    assert cpu(lambda: page(count - 100)) < 1.5 * cpu(lambda: page(0))
    whole = asked("datastore_search", resource_id=key, limit=40_000, offset=count - 32_000)
    assert (len(whole["records"]), whole["limit"]) == (32_000, 32_000)


def test_what_was_cut_is_said(tmp_path: Path) -> None:
    key = file_of(made("SELECT i AS n, repeat('x', 900000) AS t FROM range(12) AS t(i)", tmp_path))
    answer = visitor().get(f"/api/action/datastore_search?resource_id={key}&limit=50000").json()
    found = answer["result"]
    assert answer["cut"] == ["limit is at most 32,000", "the answer is full after 8 rows"]
    assert (len(found["records"]), found["limit"], found["total"]) == (8, 8, 12)
    assert numbers(resource_id=key, offset=8) == [9, 10, 11, 12]
    assert "offset=8" in found["_links"]["next"]


def test_time_and_places_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = file_of(made("SELECT i AS n, md5(i::VARCHAR) AS text FROM range(300000) AS t(i)", tmp_path))
    monkeypatch.setattr(rows, "SECONDS", 0.02)
    error = asked("datastore_search", 409, resource_id=key, q="a b c d e f 0 1 2 3", sort="text")
    assert "takes longer than" in error["message"]
    with ExitStack() as all_places:
        for _place in range(tables.places.at_once):
            all_places.enter_context(tables.places.taken())
        busy = visitor().get(f"/api/action/datastore_search?resource_id={key}")
        assert (busy.status_code, busy.headers["Retry-After"]) == (503, "5")
        assert busy.json()["error"]["__type"] == "Service Unavailable"
    # What was stopped has left nothing behind, and its place.
    assert list(Path(settings.WORK_DIR).iterdir()) == []


def test_the_page_of_a_dataset_leads_to_its_rows() -> None:
    dataset = catalogue.published()
    page = text_of(visitor(), dataset.get_absolute_url())
    address = f"/api/3/action/datastore_search?resource_id={file_of(dataset)}&amp;limit=5"
    assert address in page
    assert visitor().get(address.replace("&amp;", "&")).json()["result"]["total"] == 3
    draft = catalogue.revision().dataset
    assert "datastore_search" not in text_of(visitor(catalogue.writer(draft)), draft.get_absolute_url())


def test_a_file_that_the_storage_lost_is_not_found_and_an_alarm(
    key: str, caplog: pytest.LogCaptureFixture
) -> None:
    one = Distribution.objects.get(revision__distributions=key, format="parquet")
    default_storage.delete(str(one.file.name))
    assert "missing on our side" in asked("datastore_search", 404, resource_id=key)["message"]
    assert f"no file of the distribution {one.pk}" in caplog.text
