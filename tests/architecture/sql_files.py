"""Reads the files in the slices' `sql/` folders: what each statement makes, and which tables and functions it names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PACKAGES = ("civic", "projects", "marketplace", "datasets")
TOKEN = re.compile(
    r"(?P<comment>--[^\n]*|/\*.*?\*/)|(?P<string>'(?:[^']|'')*')|(?P<quote>\$\w*\$)|\"(?P<quoted>(?:[^\"]|\"\")*)\""
    r"|(?P<word>[^\W\d][\w$]*)|(?P<number>\d[\w.]*)|(?P<sign>:=|\S)",
    re.DOTALL,
)
MADE = re.compile(
    r"CREATE (?:OR REPLACE )?(?:CONSTRAINT |UNIQUE |MATERIALIZED )*"
    r"(?P<kind>FUNCTION|TRIGGER|VIEW|TABLE|INDEX) (?:IF NOT EXISTS )?(?P<name>\w+)"
)


@dataclass(frozen=True)
class Statement:
    """One statement of a file, by words: names and key words as they are, strings in their quotes, no comments."""

    app: str
    file: str
    words: tuple[str, ...]
    text: str = ""

    @property
    def made(self) -> tuple[str, str] | None:
        """Kind and name of what it creates: `("FUNCTION", "voting_cast")`."""
        found = MADE.match(" ".join(self.words[:8]))
        return (found["kind"], found["name"]) if found else None

    @property
    def place(self) -> str:
        """Where it stands, for people."""
        return f"{self.file}: {' '.join(self.made or self.words[:4])}"

    @property
    def body(self) -> str:
        """What stands between the dollar quotes, as pg_proc keeps it."""
        found = re.search(r"(\$\w*\$)(.*)\1", self.text, re.DOTALL)
        return found[2] if found else ""


def statements(app: str, file: str, text: str) -> Iterator[Statement]:
    """The statements of a file, cut at each semicolon outside of dollar quotes."""
    words: list[str] = []
    began, quote = 0, ""
    for token in TOKEN.finditer(text):
        if token["comment"]:
            continue
        words.append(token["quoted"] or token[0])
        if token["quote"]:
            quote = "" if quote == token[0] else quote or token[0]
        if token[0] == ";" and not quote:
            yield Statement(app, file, tuple(words), text[began : token.end()])
            words, began = [], token.end()
    if words:
        yield Statement(app, file, tuple(words), text[began:])


def files() -> list[tuple[str, Path]]:
    """Each SQL file with the slice that it belongs to: `("projects.voting", …/projects/voting/sql/ballots.sql)`."""
    found = (file for package in PACKAGES for file in (ROOT / package).glob("*/sql/*.sql"))
    return [(".".join(file.relative_to(ROOT).parts[:2]), file) for file in sorted(found, key=_order)]


def _order(file: Path) -> tuple[str, str]:
    """A file with a number comes after those without: it changes what they make."""
    number = re.search(r"_(\d{4})$", file.stem)
    return (number[1] if number else "", str(file))


def all_statements() -> list[Statement]:
    """Those of all files, in an order in which a later one replaces an earlier one."""
    return [
        statement
        for app, file in files()
        for statement in statements(app, str(file.relative_to(ROOT)), file.read_text())
    ]


def newest(kind: str) -> dict[str, Statement]:
    """What the files make of one kind, by name: of several versions the newest, and nothing that a later file drops."""
    made: dict[str, Statement] = {}
    for one in all_statements():
        if one.made and one.made[0] == kind:
            made[one.made[1]] = one
        if one.words[:2] == ("DROP", kind):
            made.pop(one.words[2], None)
    return made


def tables() -> dict[str, str]:
    """Each table with the app that owns it; those that the files make are of their slice."""
    models = {
        model._meta.db_table: apps.get_app_config(model._meta.app_label).name
        for model in apps.get_models(include_auto_created=True)
    }
    made = {name: one.app for kind in ("TABLE", "VIEW") for name, one in newest(kind).items()}
    return models | made


def named(statement: Statement, things: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Which of these tables or functions a statement names, also inside a string, each with its owner."""
    for word in statement.words:
        inside = re.findall(r"\w+", word) if word.startswith("'") else [word]
        yield from ((name, things[name]) for name in inside if name in things)


def written(statement: Statement, things: dict[str, str]) -> Iterator[str]:
    """The tables that a statement inserts into, updates, deletes from, merges into or empties."""
    words = [word for word in statement.words if word not in ("ONLY", "TABLE")]
    for at, word in enumerate(words):
        following = words[at + 1 : at + 5]
        if word in ("INSERT", "DELETE", "MERGE") and following[:1] in (["INTO"], ["FROM"]):
            following = following[1:]
        elif word not in ("UPDATE", "TRUNCATE", "COPY"):
            continue
        if following[:2] == ["public", "."]:
            following = following[2:]
        if following and following[0] in things:
            yield following[0]


def split(words: Sequence[str]) -> list[list[str]]:
    """What stands between commas outside of parentheses."""
    parts: list[list[str]] = [[]]
    depth = 0
    for word in words:
        depth += (word in "([") - (word in ")]")
        if word == "," and depth == 0:
            parts.append([])
        else:
            parts[-1].append(word)
    return parts
