"""DuckDB's own reading of a plain file and ours record by record give one answer, whatever the file."""

import random

import pytest

from datasets.catalogue.reading.encoding import CHUNK
from tests.catalogue.reading import read_bytes

SEEDS = range(40)
CELLS = {
    "integer": ("1", "20", "-3", "0", "9007199254740993"),
    "number": ("1.5", "2", "-0.25", "10.0"),
    "date": ("2026-01-31", "2024-02-29"),
    "moment": ("2026-01-31T10:00:00Z", "2026-01-31T10:00:00.25Z"),
    "text": ("Müller", "a b", "x", "Πάτρα", "O'Neil", "=1+1"),
    "comma": ("1,5", "1.234,5", "7"),
}
ODD = (
    *(
        "",
        " ",
        "NA",
        "-",
        "007",
        "1E5",
        "1.5",
        "2026-02-30",
        "Total",
        '"',
        '""',
        'a"b',
        '"x" ',
        ' "x"',
        '"a,b"',
    ),
    *(
        '"a;b"',
        '"a""b"',
        '"line\nbreak"',
        '"line\r\nbreak"',
        "a\0b",
        "12345678901234567890",
        " 5",
        "5 ",
        "+5",
    ),
    *(
        "2026-01-31T24:00:00Z",
        "2026-01-31T10:00:00+02:00",
        "2026-01-31 10:00",
        "1,5",
        "1;5",
        "#",
        "\\",
        "true",
    ),
)


def table(seed: int) -> bytes:
    """A table with a fault here and there: odd cells, lines too long, too short or blank, other line ends."""
    chance = random.Random(seed)
    delimiter, end = chance.choice(",;\t|"), chance.choice(["\n", "\n", "\r\n", "\r"])
    kinds = [chance.choice(list(CELLS)) for _ in range(chance.randint(1, 5))]
    rate = chance.choice([0, 0, 0.01, 0.1])
    lines = [delimiter.join(f"n{place}" for place in range(len(kinds)))]
    for _ in range(chance.choice([0, 1, 3, 30, 1500])):
        cells = [chance.choice(ODD if chance.random() < rate else CELLS[kind]) for kind in kinds]
        if chance.random() < rate / 10:
            cells = chance.choice([cells[:-1], [*cells, ""], [*cells, "x"], []])
        lines.append(
            delimiter.join(f'"{cell}"' if delimiter in cell and '"' not in cell else cell for cell in cells)
        )
    text = end.join(lines) + chance.choice([end, end, "", end + end])
    content = text.encode(chance.choice(["utf-8", "utf-8", "utf-8-sig", "utf-16"]))
    return content + (b"\xff" if chance.random() < rate / 2 else b"")


@pytest.mark.parametrize("seed", SEEDS)
def test_both_ways_give_the_same_table(seed: int) -> None:
    content = table(seed)
    fast, careful = read_bytes(content), read_bytes(content, careful=True)
    assert fast[0].as_dict() == careful[0].as_dict()
    assert fast[1] == careful[1]


@pytest.mark.parametrize(
    "content",
    [
        b'a,b\n1,"x" \n',
        b'a,b\n1, "x"\n',
        b"a,b\n1,2,\n3,4\n",
        b"a,b\n1,2\n\n3,4\n",
        b'a,b\n1,"x\r\ny"\n2,z\n',
        b'a,b\n1,"x,"\n2,z,\n',
        b"a,b\n1,x\xff\n",
        b"a\n1\n\n2\n",
        b'a,b\n"","x"\n',
    ],
)
def test_what_duckdb_would_bend_both_ways_read_alike(content: bytes) -> None:
    fast, careful = read_bytes(content), read_bytes(content, careful=True)
    assert fast[0].as_dict() == careful[0].as_dict()
    assert fast[1] == careful[1]


FAULTS = ("1,x,\r\n", '1, "x"\r\n', "1,x\r1,y\r\n", "1,x\n", "\r\n", '1,"x\r\ny"\r\n', "1,\0\r\n")


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("shift", [0, 1, 2, 3, 4])
def test_a_fault_across_the_border_of_what_is_looked_at_at_once(fault: str, shift: int) -> None:
    """The file is looked through in pieces; the fault begins so many bytes before the end of the first."""
    line = f"1,{'x' * 996}\r\n"
    lines = "a,b\r\n" + line * (CHUNK // len(line) - 1)
    filled = CHUNK - len(lines) - len("1,\r\n") - shift
    content = f"{lines}1,{'y' * filled}\r\n{fault}".encode() + b"1,x\r\n" * 3
    fast, careful = read_bytes(content), read_bytes(content, careful=True)
    assert fast[0].as_dict() == careful[0].as_dict()
    assert fast[1] == careful[1]
