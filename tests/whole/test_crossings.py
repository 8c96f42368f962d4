"""No verb breaks, whatever state its neighbours are in, and what each answers is written down."""

import os

import pytest

from tests.whole import crossings

pytestmark = [pytest.mark.django_db, pytest.mark.slow_fault]

# (verb, neighbour): why the database has to step in, where the row was put into a state that no verb leads it back to.
KEPT_BY_THE_DATABASE = {
    ("desk sponsorship.sponsorship issue", "Sponsorship"): "it has its one invoice already",
    (
        "desk payments.charge refund_rest",
        "Charge",
    ): "a payment that succeeded has brought its money, and is set against its invoice first",
}


def told(lines: list[str]) -> dict[tuple[str, str], set[str]]:
    """The states of each (verb, neighbour) that stand in the table."""
    rows = [line.split(" | ") for line in lines]
    cells = {(verb, neighbour): answers.split("; ") for verb, neighbour, answers in rows}
    return {
        key: {state for part in parts for state in part.split(": ")[1].split()}
        for key, parts in cells.items()
    }


def test_each_verb_in_each_state_of_each_neighbour() -> None:
    """A verb or a state that is new fails until it stands in the table, and one that breaks fails: `make crossings`.

    Whether an answer is another one than before, the difference of the table tells who writes it anew: some answers
    depend on which of several rows with random keys comes first.
    """
    found = crossings.table_of_today()
    if os.environ.get("CROSSINGS") == "write":
        crossings.TABLE.write_text("\n".join(found) + "\n")
    broken = [line for line in found if crossings.BROKEN in line]
    assert [line for line in broken if tuple(line.split(" | ")[:2]) not in KEPT_BY_THE_DATABASE] == []
    now, written = told(found), told(crossings.TABLE.read_text().splitlines())
    assert {verb for verb, _ in now} - {verb for verb, _ in written} == set(), (
        "verbs that are not in the table: run `make crossings` and read the difference of crossings.txt"
    )
    assert {key: states for key, states in now.items() if states != written.get(key, states)} == {}, (
        "states that are not in the table: run `make crossings` and read the difference of crossings.txt"
    )
