"""Answers to a query about one Parquet file, or one with another beside it: rows, or a file.

What takes more than there is for an answer is said.
"""

import json
import logging
import signal
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.core.errors import Invalid
from datasets.analytics.engine import query_process
from datasets.analytics.engine.columns import answered
from datasets.analytics.engine.compiling import compiled
from datasets.analytics.engine.joining import table_of
from datasets.analytics.engine.language import Query
from datasets.catalogue import apart
from datasets.catalogue.apart import MB, Limits
from datasets.catalogue.reading.parquet import schema_type
from datasets.catalogue.session import ANSWER, Session, locked, quoted

log = logging.getLogger(__name__)

MODULE = "datasets.analytics.engine.query_process"
ROWS = "rows"
# What an answer that is read at once has at most: rows, and letters of its cells.
MOST_SHOWN = 10_000
MOST_BYTES = 4 * MB
LIMITS = Limits(memory=512 * MB, processor=30, seconds=20, file=256 * MB)
# Before the process is ended its query is stopped, which tells more.
SECONDS = 15.0
LAST_WORDS = 500
LESS = gettext_lazy("Ask for less, or download the whole file.")
TOO_MUCH: Mapping[int, str | Promise] = {
    apart.MEMORY: gettext_lazy("This takes more memory than there is for an answer."),
    apart.DISK: gettext_lazy("This answer is longer than a file may be."),
    query_process.SLOW: gettext_lazy("This takes longer than there is time for an answer."),
    -signal.SIGXCPU: gettext_lazy("This takes longer than there is time for an answer."),
    query_process.UNANSWERED: gettext_lazy(
        "This cannot be calculated with the values of the table: a sum or a step of a number is too large."
    ),
}
AMBIGUOUS = gettext_lazy(
    "Several rows of the other dataset have the same values there, so it is not clear which one belongs to a row. "
    "Name columns that are different in each of its rows."
)
OPTIONS = {
    "csv": "FORMAT csv, HEADER true, USE_TMP_FILE false",
    "parquet": "FORMAT parquet, ROW_GROUP_SIZE_BYTES '16MB', USE_TMP_FILE false",
}


class Unanswered(Invalid):
    """The tables were read, and there is no answer: why not tells something of their rows."""


@dataclass(frozen=True)
class Found:
    """Names and types (in words of Table Schema) of an answer's columns, and its rows as texts, None where missing.

    `cut` says by which bound it was cut: `limit` of the query, `rows` or `bytes` of an answer; "" where it has all.
    """

    names: list[str]
    types: list[str]
    rows: list[list[str | None]]
    cut: str = ""


@dataclass(frozen=True)
class Written:
    """A file with the answer in the folder, how many rows it has, and whether there are more than the limit."""

    path: Path
    rows: int
    cut: str = ""


def rows_of(
    paths: Sequence[Path], folder: Path, query: Query, *, limits: Limits = LIMITS, most: int = MOST_SHOWN
) -> Found:
    """The rows of the answer, at most so many. `paths` are of the table and of the one beside it. Raises Invalid."""
    shown = replace(query, limit=min(query.limit, most))
    names, kinds, asked = _prepared(paths, folder, shown, ROWS)
    found = _run(folder, {**asked, "form": ROWS, "bytes": MOST_BYTES}, limits)
    rows, cut = found["rows"], found["cut"]
    if len(rows) > shown.limit:
        rows, cut = rows[: shown.limit], "limit" if shown.limit == query.limit else "rows"
    return Found(names, [schema_type(kind) for kind in kinds], rows, cut)


def file_of(
    paths: Sequence[Path],
    folder: Path,
    query: Query,
    form: str,
    about: Mapping[str, str],
    *,
    limits: Limits = LIMITS,
) -> Written:
    """The answer as a CSV or Parquet file; `about` is what a Parquet file says of itself. Raises Invalid."""
    _names, _types, asked = _prepared(paths, folder, query, form)
    options = OPTIONS[form]
    if form == "parquet":
        said = ", ".join(f"{quoted(key)}: {quoted(value)}" for key, value in about.items())
        options += f", KV_METADATA {{{said}}}"
    more = _counted(asked["sql"])
    found = _run(
        folder,
        {**asked, "sql": f"{asked['sql']} LIMIT {query.limit}", "form": form, "options": options},
        limits,
    )
    cut = ""
    if found["rows"] == query.limit:
        counted = _run(folder, {**asked, "sql": more, "form": ROWS, "bytes": MOST_BYTES}, limits)
        cut = "limit" if int(counted["rows"][0][0]) > query.limit else ""
    return Written(folder / f"answer.{form}", found["rows"], cut)


def _counted(sql: str) -> str:
    return f"SELECT CAST(count(*) AS VARCHAR) FROM ({sql}) AS counted"


def _prepared(
    paths: Sequence[Path], folder: Path, query: Query, form: str
) -> tuple[list[str], list[str], dict[str, Any]]:
    """Names and DuckDB's types of the answer, and what a process is asked. Nothing of a table is read for that."""
    with locked(folder, *paths, bounds=ANSWER) as session:
        table = table_of(session, paths, query.join)
        question = compiled(query, table.columns)
        session.run(f"CREATE TEMP VIEW data AS {table.view}")
        kinds = _kinds(session, question.sql)
    sql = answered(question.sql, kinds, question.names, form)
    files = [str(one.resolve()) for one in paths]
    asked = {"files": files, "view": table.view, "twice": table.twice, "sql": sql, "seconds": SECONDS}
    return list(question.names), list(kinds.values()), asked


def _kinds(session: Session, sql: str) -> dict[str, str]:
    try:
        return {row[0]: row[1] for row in session.run(f"DESCRIBE {sql}")}
    except duckdb.Error as wrong:
        log.exception("a query that was checked cannot be asked: %s", sql)
        raise Invalid(_("This cannot be answered. Ask for something else, or download the file.")) from wrong


def _run(folder: Path, asked: dict[str, Any], limits: Limits) -> dict[str, Any]:
    asked["seconds"] = min(asked["seconds"], limits.seconds)
    (folder / "asked.json").write_text(json.dumps({**asked, "limits": asdict(limits)}))
    if settings.READ_FILES_APART:
        ended = apart.run(MODULE, folder, limits.seconds, base=settings.BASE_DIR)
    else:
        ended = query_process.answer(folder)
    if not ended:
        answer: dict[str, Any] = json.loads((folder / "answer.json").read_bytes())
        return answer
    if ended == query_process.AMBIGUOUS:
        raise Unanswered(join=str(AMBIGUOUS))
    if ended in apart.NOT_TO_BLAME or (ended > 0 and ended not in TOO_MUCH):
        words = (folder / "words.txt").read_text(errors="replace")[-LAST_WORDS:]
        raise RuntimeError(f"the process that answers ended with {ended}: {words}")
    if ended == query_process.UNANSWERED:
        log.warning("a query could not be answered: %s", (folder / "words.txt").read_text()[-LAST_WORDS:])
    # Any other signal: no memory where a library in C asked for it, or the kernel had none left.
    said = TOO_MUCH.get(ended, TOO_MUCH[apart.MEMORY])
    raise Unanswered(f"{said} {LESS}")
