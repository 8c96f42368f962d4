"""Reads a file in a process of its own: what a file does to its reader, it does to that process alone.

A file may ask for any memory, time or room on the disk, and libraries written in C end their process where there is no
more. The process has bounds, neither a database nor a secret, and what it is asked and answers are files in its folder.
"""

import json
import signal
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from datasets.catalogue import apart, differences, first_look, profiling
from datasets.catalogue.apart import DAMAGED, DISK, MB, MEMORY, NOT_TO_BLAME, Limits, status_of
from datasets.catalogue.reading import Choices, Table, read
from datasets.catalogue.reading.refusals import BrokenDocument
from datasets.catalogue.reading.table import Rejected

LIMITS = Limits()
# What is answered is read by the worker, at once.
LONGEST_ANSWER = 64 * MB
# Of what a process has said when it broke.
LAST_WORDS = 2000

LESS = _(
    "Split it into smaller files, or export only the cells of the table as CSV in UTF-8, and upload that."
)
# How the process ended, and what that says of the file.
TOO_MUCH: Mapping[int, tuple[str | Promise, str | Promise]] = {
    MEMORY: (_("this file takes more memory than we give a file"), LESS),
    DISK: (_("this file takes more room on the disk than we give a file"), LESS),
    DAMAGED: (BrokenDocument.title, BrokenDocument.advice),
    -signal.SIGXCPU: (_("this file takes more time than we give a file"), LESS),
}


@dataclass(frozen=True)
class Before:
    """The newest revision, which the table is compared with: its number, Table Schema and Parquet file."""

    number: int
    schema: dict[str, Any]
    parquet: Path


@dataclass(frozen=True)
class Answer:
    """The table, the answers by which it was read, and where it is one what is known of it.

    That is its profile, its Table Schema, what is `shown` and asked of it, and its difference from the revision before.
    """

    table: Table
    answers: dict[str, Any]
    profile: dict[str, Any]
    schema: dict[str, Any]
    shown: dict[str, Any]
    difference: dict[str, Any] | None


def read_apart(
    file: Path,
    folder: Path,
    target: Path,
    *,
    choices: Choices,
    look: bool = False,
    csv: Path | None = None,
    before: Before | None = None,
    limits: Limits = LIMITS,
) -> Answer:
    """As `read` and `profile`: the table in `target`, and in `csv` if it is named. Also what differs from `before`.

    `look`: the choices are those of earlier files, and hold as far as this file allows it (`first_look.look`).
    A file that takes more than the limits is refused like one that is no table. Raises RuntimeError where the process
    broke in another way.
    """
    asked = {
        "file": str(file),
        "target": str(target),
        "csv": str(csv) if csv else None,
        "choices": first_look.answers_of(choices),
        "look": look,
        "before": before and asdict(before) | {"parquet": str(before.parquet)},
        "limits": asdict(limits),
        "language": settings.LANGUAGE_CODE,
        "locales": [str(path) for path in settings.LOCALE_PATHS],
    }
    (folder / "asked.json").write_text(json.dumps(asked))
    here = partial(status_of, lambda: _answer_in(folder))
    if settings.READ_FILES_APART:
        ended = apart.run(
            "datasets.catalogue.reading_process", folder, limits.seconds, base=settings.BASE_DIR
        )
    else:
        ended = here()
    answer = folder / "answer.json"
    if not ended and answer.stat().st_size > LONGEST_ANSWER:
        ended = MEMORY
    if not ended:
        return _answer(json.loads(answer.read_bytes()))
    if ended in NOT_TO_BLAME or (ended > 0 and ended not in TOO_MUCH):
        words = (folder / "words.txt").read_text(errors="replace")[-LAST_WORDS:]
        raise RuntimeError(f"the process that reads ended with {ended}: {words}")
    # Any other signal: no memory where a library in C asked for it, or the kernel had none left.
    refused, advice = TOO_MUCH.get(ended, TOO_MUCH[MEMORY])
    return Answer(Table("", refused=str(refused), advice=str(advice)), {}, {}, {}, {}, None)


def _answer(answer: dict[str, Any]) -> Answer:
    table = answer.pop("table")
    table["rejected"] = [Rejected(**row) for row in table["rejected"]]
    return Answer(Table(**table), **answer)


def main(folder: Path) -> int:
    """The process, with its bounds."""
    asked = json.loads((folder / "asked.json").read_text())
    settings.configure(USE_I18N=True, LANGUAGE_CODE=asked["language"], LOCALE_PATHS=asked["locales"])
    # With no app: for translations alone.
    django.setup()
    apart.bound(Limits(**asked["limits"]))
    return status_of(lambda: _answer_in(folder))


def _answer_in(folder: Path) -> None:
    """Reads what is asked in the folder, and writes the answer beside it."""
    asked = json.loads((folder / "asked.json").read_text())
    (folder / "answer.json").write_text(json.dumps(_read(asked, folder)))


def _read(asked: dict[str, Any], folder: Path) -> dict[str, Any]:
    file, target, csv = Path(asked["file"]), Path(asked["target"]), asked["csv"] and Path(asked["csv"])
    chosen = Choices(**asked["choices"])

    def read_by(choices: Choices) -> Table:
        return read(file, folder, target, choices=choices)

    table, chosen = first_look.look(file, chosen, read_by) if asked["look"] else (read_by(chosen), chosen)
    answer: dict[str, Any] = {"table": asdict(table), "answers": first_look.answers_of(chosen)}
    if table.refused:
        return answer | {"profile": {}, "schema": {}, "shown": {}, "difference": None}
    profile, schema = profiling.profile(target, folder, csv), profiling.table_schema(table)
    words = first_look.yes_no_words(table, profile, target, folder)
    shown = first_look.summary(table, words) | {"preview": profile["first"]}
    before = asked["before"] and _difference(asked["before"], schema, target, folder)
    return answer | {"profile": profile, "schema": schema, "shown": shown, "difference": before}


def _difference(before: dict[str, Any], schema: dict[str, Any], target: Path, folder: Path) -> dict[str, Any]:
    columns = differences.of_columns(before["schema"], schema)
    shared = [field["name"] for field in schema["fields"] if field["name"] not in columns["added"]]
    rows = differences.of_rows(Path(before["parquet"]), target, shared, folder)
    return {"from": before["number"], "columns": columns, "rows": rows}


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
