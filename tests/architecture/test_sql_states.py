"""SQL writes a state in one way, `core_transition`, and by the same steps as Python."""

from collections.abc import Iterator

import pytest
from django.db import connection

from civic.core.states import Stateful, stateful_models
from tests.architecture.sql_files import Statement, all_statements, split, statements

MAY = "core_transition"
# What a statement of PL/pgSQL follows; after anything else `NEW.state =` compares.
BEGINS = {";", "BEGIN", "THEN", "ELSE", "LOOP", "INTO", "$$"}


def first_states() -> dict[str, str]:
    """The state that a row of each table begins in."""
    return {
        model._meta.db_table: str(model._meta.get_field("state").default)
        for model in stateful_models()
        if issubclass(model, Stateful)
    }


def state_writes(statement: Statement) -> Iterator[str]:
    """How a statement writes a state, or could without our seeing it."""
    words = statement.words
    for at, word in enumerate(words):
        if word == "SET" and "state" in _assigned(words[at + 1 :]):
            yield "UPDATE … SET state"
        if words[at : at + 3] == ("NEW", ".", "state") and (words[at + 3] == ":=" or words[at - 1] in BEGINS):
            yield "NEW.state :="
        if words[at : at + 2] == ("INSERT", "INTO") and not _begins_right(words[at + 2 :]):
            yield "INSERT in another than the first state"
        if word == "EXECUTE" and words[at + 1] != "FUNCTION":
            yield "EXECUTE of a text that nobody has read"


def _assigned(words: tuple[str, ...]) -> set[str]:
    """The bare names in a SET clause; a column that is read there carries its table's name."""
    ends = (at for at, word in enumerate(words) if word in ("WHERE", "FROM", "RETURNING", ";"))
    clause = words[: next(ends, len(words))]
    return {word for at, word in enumerate(clause) if clause[at - 1] != "."}


def _begins_right(words: tuple[str, ...]) -> bool:
    """Whether an INSERT names its columns, and gives a state only as the literal that rows of its table begin with."""
    table, rest = words[0], words[1:]
    if rest[:1] == ("AS",):
        rest = rest[2:]
    if rest[:1] != ("(",):
        return table not in first_states()
    columns = [part[0] for part in split(rest[1 : rest.index(")")])]
    if "state" not in columns:
        return True
    rest = rest[rest.index(")") + 1 :]
    if rest[:2] != ("VALUES", "("):
        return False
    values = split(_parenthesis(rest[1:]))
    return values[columns.index("state")] == [f"'{first_states().get(table)}'"]


def _parenthesis(words: tuple[str, ...]) -> tuple[str, ...]:
    """What stands in the parenthesis that these words begin with."""
    depth = 0
    for at, word in enumerate(words):
        depth += (word == "(") - (word == ")")
        if depth == 0:
            return words[1:at]
    raise ValueError(words)


def test_sql_writes_a_state_in_one_way() -> None:
    others = [one for one in all_statements() if one.made != ("FUNCTION", MAY)]
    assert [(one.place, how) for one in others for how in state_writes(one)] == []


@pytest.mark.parametrize(
    "body",
    [
        "UPDATE voting_ballot SET state = 'void' WHERE id = 1;",
        "UPDATE voting_ballot SET choices = 1, state = 'void';",
        "UPDATE voting_ballot SET (choices, state) = (1, 'void');",
        "BEGIN NEW.state := 'void'; END",
        "BEGIN NEW.state = 'void'; END",
        "BEGIN SELECT 'void' INTO NEW.state; END",
        "BEGIN EXECUTE 'UPDATE voting_ballot SET st' || 'ate = 1'; END",
        "INSERT INTO voting_ballot (id, state) VALUES (f(1, 2), 'void');",
        "INSERT INTO voting_ballot (id, state) SELECT 1, 'cast';",
        "INSERT INTO voting_ballot SELECT * FROM more;",
        "INSERT INTO voting_ballot (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET state = 'void';",
    ],
)
def test_a_planted_write_is_found(body: str) -> None:
    (one,) = statements("projects.voting", "planted.sql", f"CREATE FUNCTION x() AS $$ {body} $$;")
    assert len(list(state_writes(one))) == 1


@pytest.mark.parametrize(
    "body",
    [
        "IF NEW.state = 'void' AND NEW.state <> OLD.state THEN NULL; END IF;",
        "UPDATE voting_poll SET ballots = b.state FROM b WHERE state = 'cast';",
        "INSERT INTO voting_ballot (id, state, choices) VALUES (f(1, 2), 'cast', 3);",
        "INSERT INTO made SELECT * FROM more;",
        "PERFORM core_transition('voting_ballot', one, 'void', now());",
    ],
)
def test_reading_a_state_is_no_write(body: str) -> None:
    (one,) = statements("projects.voting", "planted.sql", f"CREATE FUNCTION x() AS $$ {body} $$;")
    assert list(state_writes(one)) == []


@pytest.mark.django_db
def test_the_steps_of_sql_are_those_of_python() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT thing, verb, before, after FROM core_step")
        steps = set(cursor.fetchall())
    assert steps
    things = {thing for thing, *_rest in steps}
    ours = {model._meta.db_table: model.TRANSITIONS for model in stateful_models()}
    assert things <= set(ours)
    assert steps == {
        (thing, verb, str(before), str(after))
        for thing in things
        for (verb, before), after in ours[thing].items()
    }, "TRANSITIONS and core_step differ: a migration with sql/steps_<number>.sql writes the rows (ADR 35)"


def test_a_function_moves_its_own_slices_rows() -> None:
    """core_transition is told the table as a literal, so that one sees here whose rows it moves."""
    for one in all_statements():
        for at, word in enumerate(one.words):
            if word == MAY and one.made != ("FUNCTION", MAY):
                label = one.app.rpartition(".")[2]
                assert one.words[at + 2].startswith(f"'{label}_"), one.place
