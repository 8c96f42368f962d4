"""The process that answers a query: with bounds, without Django, on a session that sees its tables and its folder.

It reads `asked.json` in its folder and writes `answer.json` there: rows as texts, or what a file that it wrote has.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from datasets.catalogue import apart
from datasets.catalogue.apart import Limits, status_of
from datasets.catalogue.session import Bounds, Session, locked, quoted

# How a query ended that took too long, or that the engine could not answer.
SLOW, UNANSWERED = 6, 7
# Several rows of the other table fit one row.
AMBIGUOUS = 8
# One thread: sums of floating numbers are then added in one order, and the same question has the same answer.
BOUNDS = Bounds("300MB", threads=1, spill="1GB")


class _AmbiguousError(Exception):
    """What is put beside a row is not one row."""


def main(folder: Path) -> int:
    """The process, with its bounds."""
    apart.bound(Limits(**json.loads((folder / "asked.json").read_text())["limits"]))
    return answer(folder)


def answer(folder: Path) -> int:
    """Answers what is asked in the folder; returns how it ended."""
    try:
        return status_of(lambda: _write(folder))
    except duckdb.InterruptException:
        return SLOW
    except _AmbiguousError:
        return AMBIGUOUS
    except duckdb.Error as wrong:
        # What a value of the table does to a calculation: too large a sum, a number that has no step.
        # Of what kind alone: its words may quote values, and our log is not for readers of the data.
        (folder / "words.txt").write_text(type(wrong).__name__)
        return UNANSWERED


def _write(folder: Path) -> None:
    asked = json.loads((folder / "asked.json").read_text())
    paths = [Path(one) for one in asked["files"]]
    with locked(folder, *paths, bounds=BOUNDS) as session, session.at_most(asked["seconds"]):
        if asked["twice"] and session.run(asked["twice"]):
            raise _AmbiguousError
        session.run(f"CREATE TEMP VIEW data AS {asked['view']}")
        found = _rows(session, asked) if asked["form"] == "rows" else _file(session, asked, folder)
    (folder / "answer.json").write_text(json.dumps(found))


def _rows(session: Session, asked: dict[str, Any]) -> dict[str, Any]:
    """The rows that there is room for; `cut` says which bound they came to."""
    rows: list[tuple[Any, ...]] = []
    size = 0
    for row in _only_read(session, asked["sql"]):
        size += sum(len(cell) + 4 if cell is not None else 4 for cell in row)
        if size > asked["bytes"]:
            return {"rows": rows, "cut": "bytes"}
        rows.append(row)
    return {"rows": rows, "cut": ""}


def _only_read(session: Session, sql: str) -> Iterator[tuple[Any, ...]]:
    statements = duckdb.extract_statements(sql)
    if [one.type for one in statements] != [duckdb.StatementType.SELECT]:
        raise ValueError("a query is one statement that reads")
    return session.stream(sql)


def _file(session: Session, asked: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Writes the answer as a file; returns how many rows it has."""
    target = folder / f"answer.{asked['form']}"
    copy = f"COPY ({asked['sql']}) TO {quoted(target)} ({asked['options']})"
    return {"rows": session.run(copy)[0][0], "cut": ""}


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
