"""Reading a `.pb` stream section by section."""

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from projects.voting.pabulib.document import Document, Malformed, ProjectRow, Vote, VoteType

Bounds = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class Limits:
    """Lower and upper bounds for one vote.

    How many projects, their cost together, points each and together.
    """

    kind: VoteType
    costs: Mapping[str, int]
    length: Bounds
    cost: Bounds
    point: Bounds
    points: Bounds

    @classmethod
    def of(
        cls,
        meta: Mapping[str, str],
        kind: VoteType,
        costs: Mapping[str, int],
        amount: Callable[[Mapping[str, str], str], int],
    ) -> "Limits":
        """Take the bounds from META; `amount` reads one key as a whole number or raises."""

        def bounds(of: str) -> Bounds:
            low, high = f"min_{of}", f"max_{of}"
            return (amount(meta, low) if meta.get(low) else 0), (
                amount(meta, high) if meta.get(high) else None
            )

        length = (1, 1) if kind is VoteType.CHOOSE_ONE else bounds("length")
        return cls(kind, costs, length, bounds("sum_cost"), bounds("points"), bounds("sum_points"))

    def broken_by(self, choices: tuple[str, ...], points: tuple[int, ...]) -> str | None:
        """What is wrong with a vote, in words, or None."""
        for choice in choices:
            if choice not in self.costs:
                return f"project {choice!r} is not listed in PROJECTS"
        if len(set(choices)) < len(choices):
            return "the same project is chosen twice"
        return (
            _outside(self.length, len(choices), "projects chosen", "length")
            or _outside(self.cost, sum(self.costs[choice] for choice in choices), "total cost", "sum_cost")
            or next(
                (wrong for each in points if (wrong := _outside(self.point, each, "points", "points"))), None
            )
            or (
                _outside(self.points, sum(points), "points in all", "sum_points")
                if self.kind.has_points
                else None
            )
        )


def _outside(bounds: Bounds, amount: int, what: str, key: str) -> str | None:
    low, high = bounds
    if high is not None and amount > high:
        return f"{amount} {what}, but META says max_{key} {high}"
    if amount < low:
        return f"{amount} {what}, but META says min_{key} {low}"
    return None


LONGEST_LINE = 128 * 1024  # bytes; the limit of one field in Python's csv as well
LONGEST_QUOTE = 100  # lines; an unclosed quotation mark would otherwise swallow the rest of the file


class Rows:
    """The rows of a `.pb` stream, blank lines left out, every field stripped.

    `line` is where the last row began.
    """

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self.name, self.line = name, 1
        self._stream = stream
        self._read = 0
        self._reader = csv.reader(self._lines(), delimiter=";", strict=True)

    def __iter__(self) -> Iterator[list[str]]:
        return self

    def __next__(self) -> list[str]:
        while True:
            self.line = self._read + 1
            try:
                row = [field.strip() for field in next(self._reader)]
            except csv.Error as wrong:
                raise self.malformed(f"not readable as ;-separated text ({wrong})") from wrong
            if any(row):
                return row

    def malformed(self, wrong: str, line: int | None = None) -> Malformed:
        """The error for the row last read, or for an earlier line."""
        return Malformed(self.name, line or self.line, wrong)

    def _lines(self) -> Iterator[str]:
        while raw := self._stream.readline(LONGEST_LINE + 1):
            self._read += 1
            if self._read - self.line >= LONGEST_QUOTE:
                raise self.malformed(f"a quotation mark is not closed within {LONGEST_QUOTE} lines")
            yield self._decode(raw)

    def _decode(self, raw: bytes) -> str:
        if len(raw) > LONGEST_LINE:
            raise Malformed(self.name, self._read, f"the line is longer than {LONGEST_LINE} bytes")
        if b"\0" in raw:
            raise Malformed(self.name, self._read, "the line has a NUL byte; is this a text file?")
        try:
            return raw.decode("utf-8-sig" if self._read == 1 else "utf-8")
        except UnicodeDecodeError as wrong:
            raise Malformed(
                self.name, self._read, f"not UTF-8 text at byte {wrong.start + 1} of the line"
            ) from wrong


SECTIONS = ("META", "PROJECTS", "VOTES")
_WHOLE = re.compile(r"([0-9]{1,15})(\.0+)?")  # some cities write 1200.0; a fraction of a unit is refused


def read(stream: BinaryIO, name: str, set_aside: list[Malformed] | None = None) -> Document:
    """Read META and PROJECTS now and VOTES as the document's `votes` is walked.

    Raises `Malformed`, here or while walking, at the first thing that is wrong. `name` is for its message. With a
    list `set_aside`, votes that break a rule of the file are passed over and what is wrong with each is put there.
    """
    reader = _Reader(Rows(stream, name), set_aside)
    return reader.document()


def whole(text: str) -> int | None:
    """A whole number ≥ 0 as files write it, or None."""
    match = _WHOLE.fullmatch(text)
    return int(match[1]) if match else None


class _Reader:
    def __init__(self, rows: Rows, set_aside: list[Malformed] | None) -> None:
        self.rows, self.set_aside = rows, set_aside
        self.ended: str | None = None  # the section header that ended the section before
        self.line_of: dict[str, int] = {}  # the line of each META key

    def document(self) -> Document:
        self._expect("META", next(self.rows, [""])[0])
        meta = self._meta()
        budget, kind = self._amount(meta, "budget"), self._kind(meta)
        num_projects, num_votes = self._amount(meta, "num_projects"), self._amount(meta, "num_votes")
        columns = self._columns("PROJECTS", "project_id", "cost")
        projects = self._projects(columns)
        self._count("num_projects", num_projects, len(projects))
        needed = ("voter_id", "vote", "points") if kind.has_points else ("voter_id", "vote")
        vote_columns = self._columns("VOTES", *needed)
        limits = Limits.of(meta, kind, {name: row.cost for name, row in projects.items()}, self._amount)
        votes = self._votes(vote_columns, limits, num_votes)
        return Document(self.rows.name, meta, budget, kind, columns, projects, vote_columns, votes)

    def _meta(self) -> Mapping[str, str]:
        if self._header() != ["key", "value"]:
            raise self.rows.malformed("META must start with the header key;value")
        meta: dict[str, str] = {}
        for row in self._section(2):
            if row[0] in meta:
                raise self.rows.malformed(f"META says {row[0]!r} twice")
            meta[row[0]], self.line_of[row[0]] = row[1], self.rows.line
        return meta

    def _kind(self, meta: Mapping[str, str]) -> VoteType:
        value = meta.get("vote_type", "")
        if value not in {kind.value for kind in VoteType}:
            raise self.rows.malformed(
                f"unknown vote_type {value!r}; known: {', '.join(VoteType)}", self.line_of.get("vote_type")
            )
        return VoteType(value)

    def _projects(self, columns: tuple[str, ...]) -> Mapping[str, ProjectRow]:
        projects: dict[str, ProjectRow] = {}
        for row in self._section(len(columns)):
            fields = dict(zip(columns, row, strict=True))
            name, cost = fields["project_id"], whole(fields["cost"])
            if not name or "," in name:
                raise self.rows.malformed(f"{name!r} cannot be a project_id")
            if name in projects:
                raise self.rows.malformed(f"project {name!r} is listed twice")
            if cost is None:
                raise self.rows.malformed(
                    f"cost {fields['cost']!r} of project {name!r} is not a whole number ≥ 0"
                )
            projects[name] = ProjectRow(name, cost, fields)
        return projects

    def _votes(self, columns: tuple[str, ...], limits: Limits, expected: int) -> Iterator[Vote]:
        seen: set[str] = set()
        rows = 0
        for rows, row in enumerate(self._section(len(columns)), start=1):  # noqa: B007
            try:
                yield self._vote(dict(zip(columns, row, strict=True)), limits, seen)
            except Malformed as wrong:
                if self.set_aside is None:
                    raise
                self.set_aside.append(wrong)
        if self.ended:
            # What another reader would count of it, nobody knows: two files one behind the other, for example.
            raise self.rows.malformed(f"a section {self.ended} stands behind the votes")
        self._count("num_votes", expected, rows)

    def _vote(self, fields: dict[str, str], limits: Limits, seen: set[str]) -> Vote:
        voter = fields["voter_id"]
        if voter in seen or not voter:
            raise self.rows.malformed(f"voter {voter!r} votes twice" if voter else "voter_id is empty")
        seen.add(voter)
        choices = tuple(choice.strip() for choice in fields["vote"].split(",")) if fields["vote"] else ()
        points = self._points(fields, len(choices)) if limits.kind.has_points else ()
        if wrong := limits.broken_by(choices, points):
            raise self.rows.malformed(f"voter {voter!r}: {wrong}")
        return Vote(voter, choices, points, fields)

    def _points(self, fields: Mapping[str, str], needed: int) -> tuple[int, ...]:
        written = fields["points"].split(",") if fields["points"] else []
        if len(written) != needed:
            raise self.rows.malformed(
                f"voter {fields['voter_id']!r}: {len(written)} points for {needed} projects"
            )
        points = [whole(text.strip()) for text in written]
        if None in points:
            raise self.rows.malformed(
                f"voter {fields['voter_id']!r}: points {fields['points']!r} are not whole numbers ≥ 0"
            )
        return tuple(point for point in points if point is not None)

    def _section(self, width: int) -> Iterator[list[str]]:
        """Rows until the next section's name or the end; each must have as many fields as the header."""
        self.ended = None
        for row in self.rows:
            if row[0].upper() in SECTIONS and not any(row[1:]):
                self.ended = row[0].upper()
                return
            while len(row) > width and not row[-1]:
                row.pop()
            if len(row) != width:
                raise self.rows.malformed(f"{len(row)} fields where the header has {width}")
            yield row

    def _columns(self, section: str, *needed: str) -> tuple[str, ...]:
        self._expect(section, self.ended or "")
        columns = self._header()
        for column in needed:
            if column not in columns:
                raise self.rows.malformed(f"{section} has no column {column!r}")
        if len(set(columns)) < len(columns) or not all(columns):
            raise self.rows.malformed(f"{section} has an empty or repeated column name")
        return tuple(columns)

    def _header(self) -> list[str]:
        row = [field.lower() for field in next(self.rows, [])]
        while row and not row[-1]:
            row.pop()
        return row

    def _expect(self, section: str, found: str) -> None:
        if found.upper() != section:
            raise self.rows.malformed(
                f"the section {section} is missing" + (f" (found {found!r})" if found else "")
            )

    def _amount(self, meta: Mapping[str, str], key: str) -> int:
        amount = whole(meta.get(key, ""))
        if amount is None:
            problem = (
                f"{key} {meta[key]!r} is not a whole number ≥ 0"
                if key in meta
                else f"META does not say {key}"
            )
            raise self.rows.malformed(problem, self.line_of.get(key))
        return amount

    def _count(self, key: str, announced: int, found: int) -> None:
        if announced != found:
            raise self.rows.malformed(
                f"META says {key} {announced}, but there are {found}", self.line_of[key]
            )
