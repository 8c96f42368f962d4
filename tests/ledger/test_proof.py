"""The export can be checked by a stranger, and any change in it is found at its line."""

import ast
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic.core.money import Money
from marketplace.ledger import operations, queries, verify
from marketplace.ledger.models import Entry
from marketplace.matching import quadratic
from tests.factories.recounting import recounted

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
VERIFY = Path(verify.__file__)


def gift(cents: int, key: str) -> Entry:
    bank = operations.account("demo", "bank", "EUR", "A")
    held = operations.account("demo", "held", "EUR", "L", floor_zero=True)
    legs = operations.move(Money(cents, "EUR"), source=held, target=bank)
    return operations.post(
        book="demo",
        kind="gift",
        key=key,
        legs=legs,
        at=AT,
        public={"campaign": "Łódź ☀"},
    )


@pytest.fixture
def lines(db: None) -> list[dict[str, Any]]:
    """An export of five entries, two days and one entry of today."""
    for number in range(3):
        gift(100 + number, f"a{number}")
    operations.close_day(book="demo", day=date(2026, 3, 1))
    gift(200, "b")
    operations.close_day(book="demo", day=date(2026, 3, 2))
    gift(300, "c")
    operations.link_entries()
    return list(queries.export("demo"))


def stranger(lines: list[dict[str, Any]], folder: Path, *held: str) -> subprocess.CompletedProcess[str]:
    """Runs the check as a stranger would: the file, Python, nothing of ours on the path; with what they hold."""
    file = folder / "ledger.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    command = [sys.executable, "-I", "-S", str(VERIFY), str(file), *held]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)


def test_an_honest_export_holds(lines: list[dict[str, Any]], tmp_path: Path) -> None:
    checked = stranger(lines, tmp_path)
    assert (checked.returncode, checked.stdout) == (
        0,
        f"""5 entries, 2 accounts with postings: all holds
last root: 2026-03-02={lines[8]["root"]}
entries that no root covers yet: 1
""",
    )


def change(path: str, value: object) -> Callable[[list[dict[str, Any]]], None]:
    """Sets one value deep in a line: `5.entry.kind`."""

    def apply(lines: list[dict[str, Any]]) -> None:
        place: Any = lines
        *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        for step in way:
            place = place[step]
        place[last] = value

    return apply


def rehash(lines: list[dict[str, Any]]) -> None:
    """What a clever forger does: change an amount and recompute every hash of the chain after it."""
    lines[3]["entry"]["postings"] = [["bank", "EUR", 9], ["held", "EUR", -9]]
    previous = verify.GENESIS
    for line in lines:
        if line["type"] == "entry":
            line["previous"] = previous
            previous = line["hash"] = verify.link_hash(line["seq"], previous, line["entry"])


def undeclared(lines: list[dict[str, Any]]) -> None:
    """An entry that does not say what its accounts are, with a hash that fits."""
    line = lines[3]
    line["entry"]["accounts"] = []
    line["hash"] = verify.link_hash(line["seq"], line["previous"], line["entry"])


def nothing(root: dict[str, Any]) -> dict[str, Any]:
    """A root of the day after, over no entry."""
    empty = {"first": root["last"] + 1, "root": verify.merkle_root([])}
    return root | empty | {"day": (date.fromisoformat(root["day"]) + timedelta(days=1)).isoformat()}


def test_a_receipt_that_is_none_is_named_1127_av2(lines: list[dict[str, Any]], tmp_path: Path) -> None:
    deep = tmp_path / "receipt.json"
    deep.write_text("[" * 200_000)
    checked = stranger(lines, tmp_path, "--receipt", str(deep))
    assert (checked.returncode, "receipt.json is no receipt" in checked.stderr) == (1, True)
    assert "Traceback" not in checked.stderr


@pytest.mark.parametrize("text", ["[" * 200_000, '{"entry": ' * 200_000, "[]", "null", '{"kind": []}'])
def test_a_line_that_is_none_is_named_1127_av2(lines: list[dict[str, Any]], text: str) -> None:
    export = [*(json.dumps(line) for line in lines[:3]), text]
    with pytest.raises(verify.Bad, match=r"^line 4: "):
        verify.check(export)


@pytest.mark.parametrize("script", [VERIFY, Path(quadratic.__file__)])
def test_what_strangers_run_is_read_by_python_3_9_1127_av3(script: Path) -> None:
    tree = ast.parse(script.read_text(), feature_version=(3, 9))
    assert any(isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in tree.body)


@pytest.mark.parametrize(
    ("forge", "at_line", "what"),
    [
        (change("3.entry.public", {}), 4, "entry or hash was changed"),
        (change("4.entry.postings.0.2", 7), 5, "entry or hash was changed"),
        (change("4.hash", "0" * 64), 5, "entry or hash was changed"),
        (change("6.root", "0" * 64), 7, "Merkle root"),
        (change("6.last", 2), 7, "other entries"),
        (change("1.floor_zero", 1), 2, "no known kind"),
        (change("1.kind", "X"), 2, "no known kind"),
        (change("1.kind", "E"), 4, "another kind of account"),
        (change("2.floor_zero", False), 4, "another kind of account"),
        (change("2.code", "mine"), 4, "another kind of account"),
        (change("3.entry.accounts.1.3", False), 4, "entry or hash was changed"),
        (lambda lines: lines.pop(2), 3, "another kind of account"),
        (undeclared, 4, "which is no account"),
        (change("0.book", "live"), 4, "another book"),
        (change("10.balances", {}), 11, "balances"),
        (change("10.entries", 4), 11, "announced"),
        (rehash, 7, "Merkle root"),
        (lambda lines: lines.pop(4), 5, "follows"),
        (lambda lines: lines.pop(), 10, "ends before"),
        (lambda lines: lines.append(lines[4]), 12, "after the end"),
        (lambda lines: lines.insert(2, lines[1]), 3, "stands twice"),
        (lambda lines: lines.insert(0, lines[1]), 1, "head"),
        (change("5.type", "gossip"), 6, "gossip"),
        (change("5.entry", None), 6, "not readable"),
        # Found by an auditor who tried 209 tamperings (docs/examinations/2026-11-27/auditor.md).
        (change("8.day", "2099-12-31"), 9, "has not come"),  # av1
        (change("8.day", "9999-12-31"), 9, "has not come"),  # av2
        (change("8.day", "2026-W10-1"), 9, "is no day"),  # av1
        (lambda lines: lines.insert(9, nothing(lines[8])), 10, "covers no entry"),  # av1
        (change("6.first", True), 7, "no whole number"),
        (change("10.entries", 5.0), 11, "no whole number"),
    ],
)
def test_a_changed_export_is_found_at_its_line(
    lines: list[dict[str, Any]],
    tmp_path: Path,
    forge: Callable[[Any], object],
    at_line: int,
    what: str,
) -> None:
    lines = json.loads(json.dumps(lines))
    forge(lines)
    checked = stranger(lines, tmp_path)
    assert checked.returncode == 1
    assert f"line {at_line}: " in checked.stderr
    assert what in checked.stderr


def test_an_overdraft_is_found_at_the_next_root() -> None:
    ledger = verify.Ledger()
    ledger.read({"type": "ledger", "version": 1, "book": "demo"})
    for code, kind, floor in (("bank", "A", False), ("held", "L", True)):
        ledger.read(
            {
                "type": "account",
                "code": code,
                "currency": "EUR",
                "kind": kind,
                "floor_zero": floor,
            }
        )
    entry = {
        "id": "1",
        "at": "2026-03-01T12:00:00",
        "book": "demo",
        "accounts": [["bank", "EUR", "A", False], ["held", "EUR", "L", True]],
        "postings": [["held", "EUR", 5], ["bank", "EUR", -5]],
    }
    hashed = verify.link_hash(1, verify.GENESIS, entry)
    ledger.read(
        {
            "type": "entry",
            "seq": 1,
            "previous": verify.GENESIS,
            "entry": entry,
            "hash": hashed,
        }
    )
    with pytest.raises(verify.Bad, match="held EUR is below zero"):
        ledger.read({"type": "root", "day": "2026-03-01", "first": 1, "last": 1, "root": hashed})


@pytest.mark.django_db
def test_a_receipt_leads_to_the_published_root() -> None:
    entries = [gift(100 + number, f"k{number}") for number in range(7)]
    assert queries.receipt(entries[0]) is None
    root = operations.close_day(book="demo", day=date(2026, 3, 1))
    assert root is not None
    for entry in entries:
        receipt = queries.receipt(entry)
        assert receipt is not None
        assert receipt.hash == verify.link_hash(receipt.seq, receipt.previous, receipt.entry)
        led_to = verify.root_from_proof(receipt.hash, receipt.place, receipt.size, receipt.proof)
        assert led_to == receipt.root == bytes(root.root).hex()


@given(size=st.integers(1, 70), data=st.data())
def test_every_leaf_has_a_proof_and_no_other_leaf_fits_it(size: int, data: st.DataObject) -> None:
    leaves = [f"{number:064x}" for number in range(size)]
    place = data.draw(st.integers(0, size - 1))
    proof, root = verify.inclusion_proof(leaves, place), verify.merkle_root(leaves)
    assert verify.root_from_proof(leaves[place], place, size, proof) == root
    assert verify.root_from_proof(f"{size:064x}", place, size, proof) != root


@pytest.mark.django_db
def test_balances_from_checkpoints_equal_a_recount() -> None:
    for number in range(30):
        gift(number + 1, f"k{number}")
        if number % 7 == 0:
            operations.take_checkpoints(at=AT, tail=3)
    held = operations.account("demo", "held", "EUR", "L", floor_zero=True)
    assert held.checkpoints.count() > 1
    assert queries.balance(held) == recounted(held) == Money(30 * 31 // 2, "EUR")


@pytest.mark.django_db
def test_closing_a_day_twice_is_the_same_root() -> None:
    gift(100, "k")
    first = operations.close_day(book="demo", day=date(2026, 3, 1))
    gift(100, "l")
    assert operations.close_day(book="demo", day=date(2026, 3, 1)) == first
