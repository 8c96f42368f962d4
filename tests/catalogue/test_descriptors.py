"""Table Schema, CSVW and schema.org: what we publish fits what we say of it, by validators of others."""

import json
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import frictionless
import pytest
from csvw import CSVW

from civic.accounts.models import Area, Organisation
from datasets.catalogue.models import Dataset
from datasets.catalogue.operations import datasets
from datasets.catalogue.views.descriptions import CSVM
from tests.catalogue.test_dcat import ODD, SITE
from tests.factories import accounts, catalogue
from tests.visiting import statements, text_of, visitor

pytestmark = pytest.mark.django_db

ISO = b"""whole,number,day,local,moment,open,code,"name ""x"", \xce\xa9"
1,2.5,2026-01-02,2026-01-02T03:04:05,2026-01-02T03:04:05Z,true,007,"a ""b"", c"
-20,0.00001,,,2026-01-02T03:04:05.123456+02:00,false,010,
,123456789012.5,2026-12-31,2026-01-02T03:04:05.5,,,,"two
lines"
"""
OFFICE = """place;day;share;sum;open;measured
Zürich;31.12.2025;1,5;1.234,50;ja;n/a
Köln;01.02.2026;-0,25;2.000,00;nein;12
Αθήνα;;;;;13
""".encode()
OFFICE_TYPES = {
    "day": "date:%d.%m.%Y",
    "share": "number:comma",
    "sum": "number:comma",
    "open": "boolean:ja/nein",
}
PLACES = b"""{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"a","n":1},"geometry":{"type":"Point","coordinates":[10,50]}},
{"type":"Feature","properties":{"name":"b","n":null},"geometry":null}]}
"""


def parquet(folder: Path) -> bytes:
    file = folder / "odd.parquet"
    duckdb.sql(
        "SELECT 1::TINYINT AS t, 170141183460469231731687303715884105727::HUGEINT AS h, 1.50::DECIMAL(9,2) AS d,"
        " 2.0::FLOAT AS f, TIME '03:04:05' AS c, TIMESTAMP '2026-01-02 03:04:05' AS m, true AS b, NULL::DATE AS n,"
        " TIMESTAMPTZ '2026-01-02 03:04:05+00' AS z, 'x'::BLOB AS o, [1, 2] AS l"
    ).write_parquet(str(file))
    return file.read_bytes()


def saved(folder: Path, address: str) -> Path:
    """What an address gives, in a file of its name."""
    answer = visitor().get(address)
    assert answer.status_code == 200, address
    file = folder / address.rpartition("/")[2]
    file.write_bytes(b"".join(answer.streaming_content) if answer.streaming else answer.content)  # type: ignore[attr-defined]
    return file


@pytest.mark.parametrize("kind", ["iso", "office", "places", "parquet"])
def test_what_is_published_fits_its_descriptions(at: datetime, tmp_path: Path, kind: str) -> None:
    content, name, types = {
        "iso": (ISO, "t.csv", {"code": "string", "moment": "datetime:zone"}),
        "office": (OFFICE, "t.csv", OFFICE_TYPES),
        "places": (PLACES, "t.geojson", {}),
        "parquet": (parquet(tmp_path), "t.parquet", {}),
    }[kind]
    dataset = catalogue.dataset(at=at)
    catalogue.revision(dataset, content, name=name, types=types, at=at)
    datasets.publish(actor=catalogue.writer(dataset), dataset=dataset, at=at)
    page = f"/data/{dataset.slug}/"
    table = saved(tmp_path, f"{page}1.csv")
    schema = json.loads(saved(tmp_path, f"{page}1.schema.json").read_text())
    said = {"name": "t", "path": "1.csv", "format": "csv", "encoding": "utf-8", "schema": schema}
    report = frictionless.Resource.from_descriptor(said, basepath=str(tmp_path)).validate()
    assert report.flatten(["rowNumber", "fieldName", "message"]) == []
    assert report.valid
    described = CSVW(str(saved(tmp_path, f"{page}1.csvw.json")), validate=True)
    assert described.is_valid, [str(one.message) for one in described.warnings]
    rows = list(next(iter(described.tables)))
    assert len(rows) == report.tasks[0].stats["rows"] == Dataset.objects.get().revisions.get().rows
    if kind == "iso":
        assert rows[0]['name "x", Ω'] == 'a "b", c'
        assert (rows[0]["number"], rows[0]["code"], rows[2]["whole"]) == (2.5, "007", None)
    if kind == "office":
        assert (rows[0]["open"], rows[1]["sum"], rows[0]["measured"]) == (True, 2000, None)
    # And a value that does not fit is found, or the above would say nothing.
    lines = table.read_text().splitlines()
    table.write_text("\n".join([*lines, ",".join(["?"] * len(schema["fields"]))]))
    assert not frictionless.Resource.from_descriptor(said, basepath=str(tmp_path)).validate().valid
    assert not CSVW(str(tmp_path / "1.csvw.json"), validate=True).is_valid


def test_each_revision_keeps_its_own_and_the_newest_has_a_lasting_address(at: datetime) -> None:
    dataset = catalogue.published(at=at)
    catalogue.revision(dataset, b"tree,crown\nlime,wide\n", at=at)
    page = f"/data/{dataset.slug}/"
    for name, columns in (
        ("1.", ["tree", "planted", "height"]),
        ("2.", ["tree", "crown"]),
        ("", ["tree", "crown"]),
    ):
        schema, described = (visitor().get(f"{page}{name}{what}.json") for what in ("schema", "csvw"))
        assert [field["name"] for field in schema.json()["fields"]] == columns
        assert [one["titles"] for one in described.json()["tableSchema"]["columns"]] == columns
        assert described.json()["url"] == ("1.csv" if name == "1." else "2.csv")
        assert described.headers["Content-Type"] == CSVM
        tag = schema.headers["ETag"]
        assert visitor().get(f"{page}{name}schema.json", headers={"if-none-match": tag}).status_code == 304
    for number in ("3", "0", "9" * 30):
        assert visitor().get(f"{page}{number}.schema.json").status_code == 404
    link = f'<{page}2.csvw.json>; rel="describedby"; type="application/csvm+json"'
    assert link in visitor().get(f"{page}latest.csv").headers["Link"]
    assert "describedby" not in visitor().get(f"{page}latest.parquet").headers["Link"]


def test_descriptions_of_drafts_are_not_there_and_of_withdrawn_data_gone(at: datetime) -> None:
    owner = accounts.person()
    public = catalogue.published(owner, at=at)
    draft = catalogue.dataset(owner, publisher=public.publisher, title="Secret plans", at=at)
    catalogue.revision(draft, at=at)
    datasets.withdraw(actor=owner, dataset=public, reason="It names people.", at=at)
    for slug, status in ((public.slug, 410), (draft.slug, 404)):
        for name in ("schema.json", "csvw.json", "1.schema.json", "1.csvw.json", "9.csvw.json"):
            for who in (visitor(), visitor(owner)):
                assert who.get(f"/data/{slug}/{name}").status_code == status
        for who in (visitor(), visitor(owner)):
            assert "ld+json" not in who.get(f"/data/{slug}/").content.decode()


def linked(page: str) -> Any:
    [found] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(found)


def test_the_page_says_it_in_schema_org_whatever_its_words_are(at: datetime) -> None:
    square = {"type": "Polygon", "coordinates": [[[23.7, 37.9], [23.8, 37.9], [23.8, 38.0], [23.7, 37.9]]]}
    area = Area.objects.create(name="<Plaka> & more", slug="plaka", boundary=square)
    days = {"first_day": date(2026, 1, 1), "last_day": date(2026, 3, 31)}
    dataset = catalogue.published(
        title=ODD[:110], description=ODD, keywords=["</script>"], area=area, at=at, **days
    )
    Organisation.objects.filter(pk=dataset.publisher_id).update(name="<!-- <script>")
    page = visitor().get(f"/data/{dataset.slug}/").content.decode()
    said = linked(page)
    assert (said["name"], said["description"]) == (dataset.title, dataset.description)
    assert (said["keywords"], said["publisher"]["name"]) == (["</script>"], "<!-- <script>")
    assert said["@id"] == f"{SITE}/data/{dataset.slug}/#dataset"
    assert said["temporalCoverage"] == "2026-01-01/2026-03-31"
    assert said["spatialCoverage"]["geo"]["box"] == "37.9 23.7 38.0 23.8"
    files = {one["encodingFormat"]: one["contentUrl"] for one in said["distribution"]}
    assert files["text/csv"] == f"{SITE}/data/{dataset.slug}/1.csv"
    assert page.count("<script") == page.count("</script>")


def test_the_page_leads_programs_to_all_of_it(at: datetime) -> None:
    dataset = catalogue.published(at=at)
    page = text_of(visitor(), f"/data/{dataset.slug}/")
    alternates = re.findall(r'<link rel="alternate" type="([^"]+)" href="([^"]+)"', page)
    assert ("text/turtle", "/data/street-trees/dcat.ttl") in alternates
    assert ("application/ld+json", "/data/street-trees/dcat.jsonld") in alternates
    shown = page.partition("For machines")[2]
    for name in ("dcat.ttl", "dcat.jsonld", "1.schema.json", "1.csvw.json"):
        assert f'href="/data/street-trees/{name}"' in shown
    for _type, address in alternates:
        assert visitor().get(address).status_code == 200
    assert '"/data/street-trees/1.csvw.json"' in text_of(visitor(), "/data/street-trees/revisions/1/")
    assert 'type="text/turtle" href="/data/catalog.ttl"' in text_of(visitor(), "/data/")


def test_descriptions_take_as_many_statements_however_much_there_is(at: datetime) -> None:
    dataset = catalogue.published(at=at)
    pages = [
        f"/data/{dataset.slug}/{name}"
        for name in ("", "dcat.ttl", "dcat.jsonld", "schema.json", "1.csvw.json")
    ]
    few = [statements(visitor(), page) for page in pages]
    for number in range(3):
        catalogue.revision(dataset, catalogue.CSV + f"elm,2020-01-01,{number}\n".encode(), at=at)
    assert [statements(visitor(), page) for page in pages] == few
    assert max(few) <= 8
