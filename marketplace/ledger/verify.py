#!/usr/bin/env python3
"""Checks a ledger export from end to end with Python's standard library alone.

    python verify.py ledger-live.jsonl
    python verify.py ledger-live.jsonl --root 2026-03-01=4be1… --receipt receipt.json

The export is JSON lines: a head, the accounts, the entries in the order of the chain, a root after the last
entry of each day, and the balances. Checked are: every entry sums to zero a currency; every hash follows from
the entry and the hash before (SHA-256 over canonical JSON, RFC 8785 for the values that occur here); the
accounts are what the entries, and so the hashes, say that they are; every daily Merkle root (RFC 9162, section
2.1) follows from its entries; no account that may not go below zero is below it at a root; and the balances at
the end are the sums of all postings; the days of the roots follow each other, each of them has come and covers an
entry, and no entry stands twice.

A file that was rewritten as a whole, with new hashes and roots, holds in itself. What shows it are roots that the
city published elsewhere before (page, mail, newspaper): name those that you hold by --root DATE=HEX, as many as you
like, and receipts of single entries by --receipt FILE. Each has to stand in the file. The last root is printed, so
that you can keep it; entries after it are covered by no root yet. No root is of a day that has not come: name by --on
DATE the day on which you got the file, if that is not today.

Exit status 0 where all holds; 1 with the number of the first bad line and what is wrong with it. Where an account
that may not go below zero was so between two entries of a day, the line is named, too, but is no fault by itself:
entries of one moment may stand in either order.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

GENESIS = "0" * 64


class Bad(Exception):
    """What is wrong with a line."""


def canonical(value: Any) -> bytes:
    """One spelling of a JSON value: sorted keys, no spaces, UTF-8. Numbers are integers only."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def link_hash(seq: int, previous: str, entry: dict[str, Any]) -> str:
    """The hash of one link: also its leaf in the day's Merkle tree (hence the 0x00 of RFC 9162)."""
    content = canonical({"seq": seq, "previous": previous, "entry": entry})
    return hashlib.sha256(b"\x00" + content).hexdigest()


def merkle_root(leaves: Sequence[str]) -> str:
    """The tree hash of leaf hashes in order (RFC 9162, 2.1.1); of none, the hash of nothing."""
    if not leaves:
        return hashlib.sha256(b"").hexdigest()
    if len(leaves) == 1:
        return leaves[0]
    split = _split(len(leaves))
    return node_hash(merkle_root(leaves[:split]), merkle_root(leaves[split:]))


def inclusion_proof(leaves: Sequence[str], place: int) -> list[str]:
    """The hashes that, with the leaf at `place`, lead to the root (RFC 9162, 2.1.3.1)."""
    if len(leaves) <= 1:
        return []
    split = _split(len(leaves))
    if place < split:
        return [*inclusion_proof(leaves[:split], place), merkle_root(leaves[split:])]
    return [*inclusion_proof(leaves[split:], place - split), merkle_root(leaves[:split])]


def root_from_proof(leaf: str, place: int, size: int, proof: Sequence[str]) -> str:
    """The root that a leaf and its proof lead to (RFC 9162, 2.1.3.2). Raises Bad where the shape is wrong."""
    if not 0 <= place < size:
        raise Bad("the place is not in the tree")
    node, at, last = leaf, place, size - 1
    for sibling in proof:
        if last == 0:
            raise Bad("the proof is too long")
        if at % 2 or at == last:
            node = node_hash(sibling, node)
            while not at % 2 and at:
                at, last = at // 2, last // 2
        else:
            node = node_hash(node, sibling)
        at, last = at // 2, last // 2
    if last:
        raise Bad("the proof is too short")
    return node


def node_hash(left: str, right: str) -> str:
    """An inner node of the tree."""
    return hashlib.sha256(b"\x01" + bytes.fromhex(left) + bytes.fromhex(right)).hexdigest()


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


@dataclass
class Held:
    """What somebody holds from elsewhere: roots by their day, and hashes of single entries by their number."""

    roots: dict[str, str] = field(default_factory=dict)
    hashes: dict[int, str] = field(default_factory=dict)

    def add_root(self, day: str, root: str) -> None:
        """Raises Bad where another root of this day is held."""
        if self.roots.setdefault(day, root.lower()) != root.lower():
            raise Bad(f"you hold two different roots of {day}")

    def add_receipt(self, receipt: dict[str, Any]) -> None:
        """Raises Bad where the receipt does not lead to its own root."""
        hashed = link_hash(receipt["seq"], receipt["previous"], receipt["entry"])
        root = root_from_proof(hashed, receipt["place"], receipt["size"], receipt["proof"])
        if (hashed, root) != (receipt["hash"], receipt["root"]):
            raise Bad("the receipt does not lead to its root")
        self.add_root(receipt["day"], receipt["root"])
        self.hashes[receipt["seq"]] = receipt["hash"]


class Ledger:
    """What has been read so far of one export of the day `on` (UTC, by default today); `held` has to stand in it."""

    def __init__(self, held: Held | None = None, on: date | None = None) -> None:
        self.held = held or Held()
        self.on = on or datetime.now(timezone.utc).date()  # noqa: UP017 - datetime.UTC is not before Python 3.11
        self.missing = dict(self.held.roots)
        self.ids: set[str] = set()
        self.last_root: tuple[str, str] | None = None
        self.newest = ""
        self.remarks: list[str] = []
        self.head: dict[str, Any] | None = None
        self.accounts: dict[str, tuple[str, bool]] = {}
        self.floors: dict[str, int] = {}
        self.balances: dict[str, int] = defaultdict(int)
        self.leaves: list[str] = []
        self.seq, self.previous, self.rooted = 0, GENESIS, 0
        self.ended = False

    def read(self, line: dict[str, Any]) -> None:
        """Takes one line. Raises Bad."""
        if self.ended:
            raise Bad("there is more after the end")
        kind = line.get("type")
        if (kind == "ledger") != (self.head is None):
            raise Bad("the first line, and no other, is the head")
        reader = {
            "ledger": self._head,
            "account": self._account,
            "entry": self._entry,
            "root": self._root,
            "end": self._end,
        }.get(str(kind))
        if reader is None:
            raise Bad(f"no line is of type {kind!r}")
        reader(line)

    def finish(self) -> str:
        """What was found. Raises Bad where the end is missing."""
        if not self.ended:
            raise Bad("the file ends before its end line")
        lines = [f"{self.seq} entries, {len(self.balances)} accounts with postings: all holds"]
        if self.last_root:
            lines.append("last root: {}={}".format(*self.last_root))
        lines.append(f"entries that no root covers yet: {self.seq - self.rooted}")
        return "\n".join([*lines, *self.remarks])

    def _head(self, line: dict[str, Any]) -> None:
        if _number(line.get("version")) != 1:
            raise Bad("this checks version 1 of the format")
        self.head = line

    def _account(self, line: dict[str, Any]) -> None:
        name, kind, floor_zero = f"{line['code']} {line['currency']}", line["kind"], line["floor_zero"]
        if name in self.accounts:
            raise Bad(f"account {name} stands twice")
        if kind not in {"A", "E", "L", "I", "Q"} or not isinstance(floor_zero, bool):
            raise Bad(f"account {name} is of no known kind")
        self.accounts[name] = (kind, floor_zero)
        if floor_zero:
            self.floors[name] = 1 if kind in {"A", "E"} else -1

    def _entry(self, line: dict[str, Any]) -> None:
        entry, seq = line["entry"], line["seq"]
        if _number(seq) != self.seq + 1:
            raise Bad(f"entry {seq} follows {self.seq}")
        if entry["book"] != (self.head or {}).get("book"):
            raise Bad("an entry of another book")
        if line["previous"] != self.previous:
            raise Bad(f"entry {seq} does not continue the chain")
        if line["hash"] != link_hash(seq, self.previous, entry):
            raise Bad(f"the hash of entry {seq} does not follow from it: entry or hash was changed")
        if self.held.hashes.get(seq, line["hash"]) != line["hash"]:
            raise Bad(f"entry {seq} is not that of the receipt that you hold")
        if entry["id"] in self.ids:
            raise Bad(f"entry {seq} stands twice: {entry['id']}")
        self.ids.add(entry["id"])
        self.newest = max(self.newest, entry["at"][:10])
        self._declared(entry["accounts"], seq)
        self._postings(
            entry["postings"], {f"{code} {currency}" for code, currency, *_ in entry["accounts"]}, seq
        )
        self.seq, self.previous = seq, line["hash"]
        self.leaves.append(line["hash"])

    def _declared(self, accounts: list[list[Any]], seq: int) -> None:
        for code, currency, kind, floor_zero in accounts:
            if self.accounts.get(f"{code} {currency}") != (kind, floor_zero):
                raise Bad(f"entry {seq} says that {code} {currency} is another kind of account")

    def _postings(self, postings: list[list[Any]], declared: set[str], seq: int) -> None:
        sums: dict[str, int] = defaultdict(int)
        for code, currency, amount in postings:
            name = f"{code} {currency}"
            if name not in declared:
                raise Bad(f"entry {seq} posts to {name}, which is no account")
            if not isinstance(amount, int) or isinstance(amount, bool) or not amount:
                raise Bad(f"entry {seq} posts {amount!r}, which is no amount")
            sums[currency] += amount
            self.balances[name] += amount
        for name in sorted(declared & self.floors.keys()):
            if self.balances[name] * self.floors[name] < 0:
                self.remarks.append(f"within the day: {name} is below zero after entry {seq}")
        if len(postings) < 2 or any(sums.values()):
            raise Bad(f"entry {seq} does not balance")

    def _root(self, line: dict[str, Any]) -> None:
        if (_number(line["first"]), _number(line["last"])) != (self.rooted + 1, self.seq):
            raise Bad(f"the root of {line['day']} covers other entries than those since the last root")
        if not self.leaves:
            raise Bad(f"the root of {line['day']} covers no entry")
        if line["root"] != merkle_root(self.leaves):
            raise Bad(f"the Merkle root of {line['day']} does not follow from its entries")
        self._check_day(line["day"])
        if self.missing.pop(line["day"], line["root"]) != line["root"]:
            raise Bad(f"the root of {line['day']} is not the one that you hold")
        self.last_root = (line["day"], line["root"])
        self._check_floors(line["day"])
        self.rooted, self.leaves = self.seq, []

    def _check_day(self, day: str) -> None:
        """Days follow each other, and a day is closed soon after it: of later entries none can be in it."""
        if date.fromisoformat(day).isoformat() != day:
            raise Bad(f"{day} is no day as this format writes them")
        if day > self.on.isoformat():
            raise Bad(f"the root of {day} is of a day that has not come")
        if self.last_root and day <= self.last_root[0]:
            raise Bad(f"the root of {day} stands behind that of {self.last_root[0]}")
        if self.newest > (date.fromisoformat(day) + timedelta(days=1)).isoformat():
            raise Bad(f"the root of {day} covers an entry of {self.newest}")

    def _end(self, line: dict[str, Any]) -> None:
        if self.missing:
            raise Bad(f"the root of {min(self.missing)}, which you hold, is not in the file")
        if any(seq > self.seq for seq in self.held.hashes):
            raise Bad("an entry whose receipt you hold is not in the file")
        self._check_floors("the end")
        if _number(line["entries"]) != self.seq:
            raise Bad(f"{line['entries']} entries are announced, {self.seq} are here")
        balances = {name: _number(total) for name, total in line["balances"].items()}
        if balances != {name: total for name, total in self.balances.items() if total}:
            raise Bad("the balances are not the sums of the postings")
        self.ended = True

    def _check_floors(self, when: object) -> None:
        for name, sign in self.floors.items():
            if self.balances.get(name, 0) * sign < 0:
                raise Bad(f"{name} is below zero at {when}")


def _number(value: Any) -> int:
    """A whole number. 1.0 and true are equal to 1 in Python, and to other readers they are not."""
    if type(value) is not int:
        raise Bad(f"{value!r} is no whole number")
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names stand once: of two, other readers might take the other."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Bad("a name stands twice in an object")
    return found


def check(lines: Iterable[str], held: Held | None = None, on: date | None = None) -> str:
    """Reads a whole export; returns what was found. Raises Bad with the line's number in front."""
    ledger, number = Ledger(held, on), 0
    try:
        for number, text in enumerate(lines, start=1):  # noqa: B007 - named in the refusal below
            line = json.loads(text, object_pairs_hook=_once)
            if not isinstance(line, dict):
                raise Bad("a line is not an object")
            ledger.read(line)
        return ledger.finish()
    except Bad as wrong:
        raise Bad(f"line {number}: {wrong}") from None
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as wrong:
        raise Bad(f"line {number}: not readable: {type(wrong).__name__}: {wrong}") from None


def _held(roots: Iterable[str], receipts: Iterable[str]) -> Held:
    held = Held()
    for text in roots:
        day, _equals, root = text.partition("=")
        try:
            held.add_root(date.fromisoformat(day).isoformat(), bytes.fromhex(root).hex())
        except ValueError:
            raise Bad(f"{text!r} is no root: write DATE=HEX") from None
    for name in receipts:
        try:
            held.add_receipt(json.loads(Path(name).read_text(encoding="utf-8"), object_pairs_hook=_once))
        except Bad as wrong:
            raise Bad(f"{name}: {wrong}") from None
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as wrong:
            raise Bad(f"{name} is no receipt: {type(wrong).__name__}: {wrong}") from None
    return held


def main(arguments: Sequence[str]) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="verify.py", description="Checks a ledger export from end to end.")
    parser.add_argument("file")
    parser.add_argument("--root", action="append", default=[], metavar="DATE=HEX")
    parser.add_argument("--receipt", action="append", default=[], metavar="FILE")
    parser.add_argument("--on", type=date.fromisoformat, metavar="DATE")
    asked = parser.parse_args(arguments)
    try:
        held = _held(asked.root, asked.receipt)
        with Path(asked.file).open(encoding="utf-8") as file:
            sys.stdout.write(check(file, held, asked.on) + "\n")
    except (Bad, OSError, UnicodeDecodeError) as wrong:
        sys.stderr.write(f"{asked.file}: {wrong}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
