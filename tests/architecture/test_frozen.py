"""Migrations and SQL files that have frozen stay as they are, and each SQL file is loaded by one migration."""

import ast
import gzip
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.frozen import EMPTY, FIXTURE, LIST, PACKAGES, ROOT, digest, frozen, of_libraries, seal
from tests.architecture.source import parse, walk
from tests.architecture.sql_files import files


def thawed(list_: dict[str, str], house: Path) -> list[str]:
    """Frozen files that are gone or not as they were."""
    return [
        name for name, known in list_.items() if not (house / name).exists() or digest(house / name) != known
    ]


def test_what_is_frozen_stays_as_it_was() -> None:
    assert thawed(frozen(), ROOT) == []


def test_nothing_is_taken_off_the_list() -> None:
    """The fixtures carry a digest of the list as it began; until the first freeze there is none."""
    assert bool(frozen()) == FIXTURE.exists() == EMPTY.exists()
    for file in (FIXTURE, EMPTY) if frozen() else ():
        with gzip.open(file, "rt") as fixture:
            title = fixture.readline()
        assert seal([*LIST.open()][: int(title.split()[1])]) == title


def test_a_changed_migration_of_a_library_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then tests/embedded/test_schema.py migrates from nothing."""
    row = "1\twagtailcore\t{}\t2026-01-01 00:00:00+00\n"
    dump = "COPY public.django_migrations (id, app, name, applied) FROM stdin;\n{}\\.\n"
    one, other = (
        of_libraries(dump.format(row.format(name))) for name in ("0001_initial", "0002_initial_data")
    )
    assert one != other
    with pytest.raises(FileNotFoundError):
        of_libraries(dump.format(row.format("0001_gone")))


def test_a_planted_change_is_found(tmp_path: Path) -> None:
    for name in ("same.sql", "changed.sql"):
        (tmp_path / name).write_text("SELECT 1")
    known = {name: digest(tmp_path / name) for name in ("same.sql", "changed.sql")}
    (tmp_path / "changed.sql").write_text("SELECT 1;")
    assert thawed({**known, "gone.sql": ""}, tmp_path) == ["changed.sql", "gone.sql"]


def loaded(source: str) -> Iterator[tuple[str, str]]:
    """The (app, subject) pairs that a migration loads."""
    for node in walk(parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "run_sql":
            app, *subjects = (ast.literal_eval(argument) for argument in node.args)
            yield from ((app, subject) for subject in subjects)


def test_each_sql_file_is_loaded_by_one_migration_of_its_slice() -> None:
    found: Counter[tuple[str, str]] = Counter()
    for package in PACKAGES:
        for file in (ROOT / package).glob("*/migrations/0*.py"):
            slice_ = ".".join(file.relative_to(ROOT).parts[:2])
            pairs = list(loaded(file.read_text()))
            assert {app for app, _subject in pairs} <= {slice_}, file
            assert [
                subject for _, subject in pairs if numbered(subject) not in (None, file.name[:4])
            ] == [], file
            found.update(pairs)
    assert found == Counter({(app, file.stem): 1 for app, file in files()})


def numbered(subject: str) -> str | None:
    """The number of the migration that loads a later version of a subject."""
    number = re.search(r"_(\d{4})$", subject)
    return number[1] if number else None


def test_numbers_are_those_of_their_migration() -> None:
    assert numbered("ballots_0003") == "0003"
    assert numbered("ballots") is None


def sql_by_hand(source: str) -> list[int]:
    """Lines that run SQL in a migration without a file."""
    return [
        node.lineno
        for node in walk(parse(source))
        if isinstance(node, ast.Attribute) and node.attr in ("RunSQL", "execute")
    ]


def test_no_migration_carries_sql_itself() -> None:
    assert [
        f"{file.relative_to(ROOT)}:{line}"
        for package in PACKAGES
        for file in (ROOT / package).glob("*/migrations/*.py")
        for line in sql_by_hand(file.read_text())
    ] == []


@pytest.mark.parametrize("planted", ["migrations.RunSQL('SELECT 1')", "def f(a, e): e.execute('SELECT 1')"])
def test_planted_sql_is_found(planted: str) -> None:
    assert sql_by_hand(planted) == [1]


def test_no_sql_lies_beside_a_migration() -> None:
    assert [
        file
        for package in PACKAGES
        for file in (ROOT / package).rglob("*.sql")
        if file.parent.name != "sql" and file.name != "schema.sql"
    ] == []
