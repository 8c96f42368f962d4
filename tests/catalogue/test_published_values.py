"""What is published says what was in the file: values, types, and a profile of each column."""

from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from datasets.catalogue.models import Distribution
from datasets.catalogue.reading.columns import MISSING
from datasets.catalogue.states import UploadState
from tests.factories import catalogue

pytestmark = pytest.mark.django_db
MISSING_WORDS = sorted(MISSING)


def test_values_are_published_as_they_were_written(at: datetime) -> None:
    """No 3.0 for a 3, and moments in ISO 8601."""
    made = catalogue.revision(
        None,
        b"n,moment,local,day,open,text\n3,2026-01-02T03:04:05Z,2026-01-02T03:04:05,2026-01-02,true,007\n4.5,,,,false,\n",
        at=at,
    )
    text = made.distributions.get(format="csv").file.read().decode().splitlines()
    assert text == [
        "n,moment,local,day,open,text",
        "3,2026-01-02T03:04:05Z,2026-01-02T03:04:05,2026-01-02,true,007",
        "4.5,,,,false,",
    ]
    assert made.profile["first"][0] == [
        "3",
        "2026-01-02T03:04:05Z",
        "2026-01-02T03:04:05",
        "2026-01-02",
        "true",
        "007",
    ]


def test_a_table_with_an_inner_structure_is_profiled_too(at: datetime) -> None:
    place = b'{"type":"Feature","properties":{"name":"a"},"geometry":{"type":"Point","coordinates":[10,50]}}'
    one = catalogue.read(
        None, b'{"type":"FeatureCollection","features":[' + place + b"]}", name="a.geojson", at=at
    )
    assert one.state == UploadState.READ
    lines = b'{"a": [1, 2], "b": {"c": 1}}\n{"a": [3], "b": {"c": 2}}\n'
    assert catalogue.read(None, lines, name="a.jsonl", at=at).state == UploadState.READ


def test_parquet_with_lists_and_parts_is_published_as_it_is(at: datetime, tmp_path: Path) -> None:
    file = tmp_path / "nested.parquet"
    duckdb.sql(
        "SELECT [1, 2] AS l, {'a': 1} AS s, MAP {'k': 1} AS m, 'x'::BLOB AS b,"
        " NULL::INTEGER AS n, 1.50::DECIMAL(9,2) AS d"
    ).write_parquet(str(file))
    made = catalogue.revision(None, file.read_bytes(), name="nested.parquet", at=at)
    assert made.profile["columns"]["l"]["greatest"] == "[1,2]"
    assert made.profile["columns"]["n"] == {
        "values": 0,
        "missing": 1,
        "distinct": 0,
        "exact": True,
        "least": None,
        "greatest": None,
    }
    assert made.profile["columns"]["d"]["least"] == "1.50"


def test_a_table_schema_speaks_of_what_is_published(at: datetime) -> None:
    """And keeps beside that how it was read."""
    days = b"name,day,n\na,31.12.2025,1\nb,01.02.2026,n/a\n"
    made = catalogue.revision(None, days, types={"day": "date:%d.%m.%Y"}, at=at)
    assert made.schema == {
        "fields": [
            {"name": "name", "type": "string"},
            {"name": "day", "type": "date", "readAs": {"format": "%d.%m.%Y", "missingValues": MISSING_WORDS}},
            {"name": "n", "type": "integer", "readAs": {"missingValues": ["n/a"]}},
        ],
        "missingValues": [""],
    }
    text = made.distributions.get(format="csv").file.read().decode()
    assert text.splitlines()[1:] == ["a,2025-12-31,1", "b,2026-02-01,"]


def test_each_distribution_is_read_as_it_was_written(at: datetime) -> None:
    catalogue.published(at=at)
    assert {one.media_type for one in Distribution.objects.all()} == {
        "text/csv; charset=utf-8",
        "application/vnd.apache.parquet",
    }
