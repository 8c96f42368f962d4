"""Each numbered finding has tests named after it, and the table that says which speaks of tests that there are."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs" / "examinations" / "findings.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
NUMBERED = [
    *(f"M{number}" for number in range(1, 31)),
    *(f"I{number}" for number in range(1, 19)),
    *(f"V{number}" for number in range(1, 13)),
    *("D1", "D5", "D6", "R1", "R2", "R4", "R5"),
]


def rows() -> dict[str, list[tuple[str, str]]]:
    """By the first cell of each row of the table: file and name of the tests in it."""
    lines = [line.split("|") for line in TABLE.read_text().splitlines() if line.startswith("| ")]
    return {
        cells[1].strip(): NAMED.findall("|".join(cells)) for cells in lines if cells[1].strip() != "finding"
    }


def is_there(file: str, name: str) -> bool:
    path = ROOT / file
    return path.exists() and re.search(rf"^ *def {name}\(", path.read_text(), re.MULTILINE) is not None


def test_each_test_that_the_table_names_is_there() -> None:
    assert [(row, *one) for row, named in rows().items() for one in named if not is_there(*one)] == []
    assert [row for row, named in rows().items() if not named] == []


@pytest.mark.parametrize("finding", NUMBERED)
def test_each_numbered_finding_has_a_test_named_after_it(finding: str) -> None:
    ends = re.compile(rf"_{finding.lower()}(_[mivdr]\d+)*$")
    assert [name for _file, name in rows()[finding] if ends.search(name)]
