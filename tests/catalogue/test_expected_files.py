"""Everyday files of cities end as their makers say: no value changed, no row lost unsaid."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from datasets.catalogue.reading import Table
from tests.catalogue.reading import DATA, read_bytes, read_file

SHARED = Path(settings.BASE_DIR).parent / "shared" / "data"
MESSY: dict[str, dict[str, Any]] = json.loads((DATA / "messy-csv" / "expected.json").read_text())
# Words for people, and facts that stand elsewhere in the answer.
NOT_COMPARED = {"note", "exact", "values", "types", "ask", "said", "first", "refused_or_rejected"}
SPECTRUM = sorted((DATA / "csv-spectrum").glob("*.csv"))
FRICTIONLESS = sorted((DATA / "frictionless").iterdir())
GEOJSON = sorted((DATA / "geojson").glob("*.geojson"))


@pytest.mark.parametrize("name", sorted(MESSY))
def test_a_messy_file_ends_as_expected(name: str) -> None:
    expected = MESSY[name]
    table, rows = read_file(DATA / "messy-csv" / name)
    found = table.as_dict()
    assert {key: found.get(key) for key in expected if key not in NOT_COMPARED} == {
        key: value for key, value in expected.items() if key not in NOT_COMPARED
    }
    assert found.get("first", [])[: len(expected.get("first", []))] == expected.get("first", [])
    for column, types in expected.get("types", {}).items():
        assert found["types"][column] in types.replace(",", "").split()
    for column, values in expected.get("values", {}).items():
        assert [row[table.header.index(column)] for row in rows] == values
    assert bool(found.get("ask")) >= ("ask" in expected)
    assert expected.get("said", "") in [*found.get("said", []), ""]
    assert bool(table.refused or table.rejected) >= ("refused_or_rejected" in expected)
    counts_everything(table, rows)


def counts_everything(table: Table, rows: list[tuple[Any, ...]]) -> None:
    """What was written and what was rejected are all that there is; rejected rows are listed."""
    assert len(rows) == table.kept
    assert len({row.line for row in table.rejected}) == table.rejected_rows
    assert table.kept <= table.rows <= table.kept + table.rejected_rows


@pytest.mark.parametrize("file", SPECTRUM, ids=lambda file: file.stem)
def test_csv_spectrum_keeps_every_letter(file: Path) -> None:
    content = file.read_bytes()
    if file.stem.endswith("_crlf") and b"\r" not in content:
        # The line ends that its name and its answer have were lost on the way here.
        content = content.replace(b"\n", b"\r\n")
    table, rows = read_bytes(content)
    texts = [
        {name: "" if cell is None else str(cell) for name, cell in zip(table.header, row, strict=True)}
        for row in rows
    ]
    answer = json.loads(file.with_suffix(".json").read_text())
    assert texts == answer
    assert not table.rejected


REJECTED = {
    "countries.csv": [4, 7],
    "defective-rows.csv": [2, 3],
    "escaping.csv": [4],
    "structure-errors.csv": [5],
}


@pytest.mark.parametrize("file", FRICTIONLESS, ids=lambda file: file.name)
def test_faulty_files_give_a_clear_report(file: Path) -> None:
    table, rows = read_file(file)
    assert table.rejected_lines == REJECTED.get(file.name, [])
    assert not table.refused
    counts_everything(table, rows)


ODD = {
    "odd-ring-not-closed": "a ring is not closed: it has to end where it begins",
    "odd-latitude-999": "latitude 999 does not exist",
    "odd-nan": "longitude NaN does not exist",
}


@pytest.mark.parametrize("file", GEOJSON, ids=lambda file: file.stem)
def test_geojson_keeps_each_feature_or_says_why_not(file: Path) -> None:
    table, rows = read_file(file)
    if file.stem == "odd-crs-2100":
        assert "EPSG:2100" in table.refused
        return
    counts_everything(table, rows)
    assert [row.reason for row in table.rejected] == ([ODD[file.stem]] if file.stem in ODD else [])
    document = json.loads(file.read_text())
    features = document.get("features", [document])
    if not table.rejected:
        geometries = [one.get("geometry") if one["type"] == "Feature" else one for one in features]
        assert [json.loads(row[-1]) if row[-1] else None for row in rows] == geometries
    if file.stem == "odd-swapped-greece":
        assert any(question.startswith("axes:") for question in table.ask)
    if file.stem == "odd-empty-collection":
        assert "no rows" in table.said


@pytest.mark.skipif(not SHARED.exists(), reason="the shared test data is not beside this checkout")
@pytest.mark.parametrize("name", ["messy-csv", "csv-spectrum", "frictionless", "geojson"])
def test_the_copies_are_what_is_shared(name: str) -> None:
    def contents(folder: Path) -> dict[str, bytes]:
        return {file.name: file.read_bytes() for file in folder.iterdir()}

    assert contents(DATA / name) == contents(SHARED / name)
