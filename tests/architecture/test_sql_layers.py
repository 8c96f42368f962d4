"""SQL is held to the layers of Python: a function, trigger or view names what is its slice's own or lies below it."""

import re

import pytest

from tests.architecture.layers import points_up
from tests.architecture.sql_files import (
    Statement,
    all_statements,
    files,
    named,
    newest,
    statements,
    tables,
    written,
)


def names_above(statement: Statement, things: dict[str, str]) -> list[str]:
    """Tables and functions of higher slices, or of others beside it, that a statement names."""
    return sorted({name for name, owner in named(statement, things) if points_up(statement.app, owner)})


def written_elsewhere(statement: Statement, things: dict[str, str]) -> list[str]:
    """Tables of other slices that a function writes itself, rather than by a function of that slice."""
    if (statement.made or ("",))[0] != "FUNCTION":
        return []
    return sorted({name for name in written(statement, things) if things[name] != statement.app})


@pytest.fixture(scope="module")
def things() -> dict[str, str]:
    """Every table and function with its owner."""
    return tables() | {name: one.app for name, one in newest("FUNCTION").items()}


def test_sql_names_nothing_above_it(things: dict[str, str]) -> None:
    found = all_statements()
    assert len(found) > 80
    assert sum(bool(set(named(one, things))) for one in found) > 80
    assert [(one.place, up) for one in found if (up := names_above(one, things))] == []


def test_sql_writes_its_own_rows_alone(things: dict[str, str]) -> None:
    found = all_statements()
    assert sum(bool(set(written(one, things))) for one in found) > 8
    assert [(one.place, other) for one in found if (other := written_elsewhere(one, things))] == []


def planted(app: str, body: str) -> Statement:
    (one,) = statements(
        app, "planted.sql", f"CREATE FUNCTION x() RETURNS void LANGUAGE plpgsql AS $$ {body} $$;"
    )
    return one


@pytest.mark.parametrize(
    ("app", "body", "found"),
    [
        ("projects.calls", "BEGIN PERFORM FROM voting_ballot; END", ["voting_ballot"]),
        ("projects.calls", "BEGIN PERFORM FROM public.voting_ballot; END", ["voting_ballot"]),
        ("projects.calls", "BEGIN PERFORM voting_box(NEW.id); END", ["voting_box"]),
        ("projects.calls", "DECLARE one voting_poll; BEGIN END", ["voting_poll"]),
        ("projects.calls", "BEGIN EXECUTE 'SELECT FROM voting_poll'; END", ["voting_poll"]),
        ("projects.calls", "BEGIN PERFORM FROM calls_call_areas; END", []),
        ("projects.voting", "BEGIN PERFORM FROM discussion_comment; END", ["discussion_comment"]),
        ("projects.voting", "BEGIN PERFORM FROM accounts_residency, auth_group; END", []),
        ("projects.voting", "BEGIN END -- discussion_comment", []),
    ],
)
def test_a_planted_look_upwards_is_found(
    app: str, body: str, found: list[str], things: dict[str, str]
) -> None:
    assert names_above(planted(app, body), things) == found


@pytest.mark.parametrize(
    "body",
    [
        "BEGIN INSERT INTO core_event (kind) VALUES ('x'); END",
        "BEGIN UPDATE ONLY public.core_event SET kind = 'x'; END",
        "BEGIN DELETE FROM core_event; END",
        "BEGIN MERGE INTO core_event USING x ON true WHEN MATCHED THEN DELETE; END",
        "BEGIN TRUNCATE TABLE core_event; END",
    ],
)
def test_a_planted_write_elsewhere_is_found(body: str, things: dict[str, str]) -> None:
    assert written_elsewhere(planted("projects.voting", body), things) == ["core_event"]


def test_reading_and_locking_is_no_write(things: dict[str, str]) -> None:
    reading = "BEGIN PERFORM FROM core_event FOR NO KEY UPDATE; PERFORM core_record_event(NULL); END"
    assert written_elsewhere(planted("projects.voting", reading), things) == []


@pytest.mark.parametrize(
    "file",
    [file for _app, file in files()],
    ids=lambda file: "/".join(file.parts[-3:]),
)
def test_a_file_says_what_it_is_for_and_fits_the_screen(file) -> None:
    lines = file.read_text().splitlines()
    assert re.match(r"-- \w", lines[0])
    assert len(lines) <= 300
    assert [line for line in lines if len(line) > 120] == []
