"""Writing a `.pb` file row by row, so that a download of any size can be streamed."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence


def write(
    *,
    meta: Mapping[str, str],
    project_columns: Sequence[str],
    projects: Iterable[Mapping[str, str]],
    vote_columns: Sequence[str],
    votes: Iterable[Mapping[str, str]],
) -> Iterator[str]:
    """The lines of the file.

    Every row gives all columns of its section; `read` takes back the same values.
    """
    yield "META\n"
    yield _line(["key", "value"])
    for pair in meta.items():
        yield _line(pair)
    for section, columns, rows in (("PROJECTS", project_columns, projects), ("VOTES", vote_columns, votes)):
        yield f"{section}\n"
        yield _line(columns)
        for fields in rows:
            yield _line([fields[column] for column in columns])


def _line(fields: Sequence[str]) -> str:
    text = io.StringIO()
    # With this line end csv also quotes a lone carriage return, which readers would take for a line end.
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerow(fields)
    return text.getvalue().removesuffix("\r\n") + "\n"
