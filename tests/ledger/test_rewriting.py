"""A history that was rewritten as a whole is found by whoever holds a root or a receipt of before (M11)."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from marketplace.ledger import queries, verify
from marketplace.ledger.models import Entry
from tests.ledger.test_proof import change, lines

pytestmark = pytest.mark.django_db
__all__ = ["lines"]
Lines = list[dict[str, Any]]


def sealed_anew(lines: Lines) -> Lines:
    """What a forger with all of our code does: new hashes, new roots, new balances."""
    previous, leaves, balances, seq = verify.GENESIS, [], {}, 0
    for line in lines:
        if line["type"] == "entry":
            seq += 1
            hashed = verify.link_hash(seq, previous, line["entry"])
            line.update(seq=seq, previous=previous, hash=hashed)
            previous = hashed
            leaves.append(hashed)
            for code, currency, amount in line["entry"]["postings"]:
                name = f"{code} {currency}"
                balances[name] = balances.get(name, 0) + amount
        elif line["type"] == "root":
            line.update(root=verify.merkle_root(leaves), first=seq - len(leaves) + 1, last=seq)
            leaves = []
        elif line["type"] == "end":
            line.update(entries=seq, balances={name: total for name, total in balances.items() if total})
    return lines


def times_three(lines: Lines) -> None:
    for line in lines:
        if line["type"] == "entry":
            line["entry"]["postings"] = [
                [code, one, 3 * sum_] for code, one, sum_ in line["entry"]["postings"]
            ]


def without_roots(lines: Lines) -> None:
    lines[:] = [line for line in lines if line["type"] != "root"]


def entry_twice(lines: Lines) -> None:
    lines.insert(5, json.loads(json.dumps(lines[4])))


def dip(lines: Lines) -> None:
    """The first entry takes from held what comes a moment later."""
    bank, held = lines[3]["entry"]["postings"]
    bank[2], held[2] = -bank[2], -held[2]


FORGERIES: dict[str, tuple[Callable[[Lines], object], int, str]] = {
    "postings times three": (times_three, 7, "not the one that you hold"),
    "all roots removed": (without_roots, 9, "2026-03-01, which you hold, is not in the file"),
    "the last root removed": (
        lambda lines: lines.pop(8),
        10,
        "2026-03-02, which you hold, is not in the file",
    ),
    "a root's day moved": (change("8.day", "1999-01-01"), 9, "stands behind"),
    "the first root's day moved": (change("6.day", "1999-01-01"), 7, "covers an entry of 2026-03-01"),
    "an entry twice": (entry_twice, 6, "stands twice"),
    "a forged tail": (change("7.entry.public", {"campaign": "mine"}), 9, "not the one that you hold"),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_rewritten_history_is_found_at_its_line_m11(lines: Lines, name: str) -> None:
    forge, number, words = FORGERIES[name]
    held = verify.Held()
    for line in lines:
        if line["type"] == "root":
            held.add_root(line["day"], line["root"])
    assert "all holds" in verify.check(map(json.dumps, lines), held)
    forged = json.loads(json.dumps(lines))
    forge(forged)
    with pytest.raises(verify.Bad, match=f"^line {number}: .*{words}"):
        verify.check(map(json.dumps, sealed_anew(forged)), held)


def test_a_receipt_finds_its_entry_changed_m11(lines: Lines) -> None:
    held = verify.Held()
    receipt = queries.receipt(Entry.objects.get(key="a1"))
    assert receipt is not None
    held.add_receipt(vars(receipt))
    assert "all holds" in verify.check(map(json.dumps, lines), held)
    change("4.entry.public", {"campaign": "mine"})(lines)
    with pytest.raises(verify.Bad, match=r"^line 5: entry 2 is not that of the receipt"):
        verify.check(map(json.dumps, sealed_anew(lines)), held)


@pytest.mark.parametrize(
    ("name", "value"), [("hash", "0" * 64), ("root", "0" * 64), ("place", 0), ("proof", [])]
)
def test_a_receipt_that_leads_nowhere_is_none_m11(lines: Lines, name: str, value: object) -> None:
    receipt = queries.receipt(Entry.objects.get(key="a1"))
    with pytest.raises(verify.Bad):
        verify.Held().add_receipt({**vars(receipt), name: value})


def test_an_account_below_zero_within_a_day_is_named_m11(lines: Lines) -> None:
    dip(lines)
    said = verify.check(map(json.dumps, sealed_anew(lines)))
    assert "within the day: held EUR is below zero after entry 1" in said


def test_the_command_takes_what_a_stranger_holds_m11(lines: Lines, tmp_path: Any, capsys: Any) -> None:
    file, receipt = tmp_path / "ledger.jsonl", tmp_path / "receipt.json"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    receipt.write_text(json.dumps(vars(queries.receipt(Entry.objects.get(key="a1")))))
    root = f"2026-03-02={lines[8]['root']}"
    assert verify.main([str(file), "--root", root, "--receipt", str(receipt)]) == 0
    assert f"last root: {root}" in capsys.readouterr().out
    for wrong in (["--root", f"2026-03-03={lines[8]['root']}"], ["--root", "x=y"], ["--receipt", str(file)]):
        assert verify.main([str(file), *wrong]) == 1
        assert capsys.readouterr().err
