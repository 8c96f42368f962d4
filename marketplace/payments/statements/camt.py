"""CAMT.053, the ISO 20022 bank statement (versions 001.02 to 001.13), through defusedxml.

Every amount is read from its own place in the schema, batches are checked against their entry, and the balances
against the sum of all entries: a statement that does not add up is not read.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from defusedxml import DefusedXmlException, ElementTree

from civic.core.money import Money
from marketplace.payments.references import compact_iban
from marketplace.payments.statements.lines import BadStatement, ReadLine, ReadStatement, day, exact, stated

NAMESPACE = re.compile(r"\{(urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.(0[2-9]|1[0-3]))\}Document")
SIGNS = {"CRDT": 1, "DBIT": -1}
# Pending, to come, and for information only (ISO 20022 EntryStatus1Code).
ANNOUNCED = {"PDNG", "FUTR", "INFO"}


def read_camt(content: bytes) -> ReadStatement:
    """One account's statements in a file. Raises BadStatement."""
    root = _root(content)
    found = NAMESPACE.fullmatch(root.tag)
    if not found:
        raise BadStatement("This is no CAMT.053 document.")
    statements = [
        Node(element, found[1])
        for element in root.iterfind(f"{{{found[1]}}}BkToCstmrStmt/{{{found[1]}}}Stmt")
    ]
    read = [_statement(node, number) for number, node in enumerate(statements, start=1)]
    if len({(one.account, one.currency) for one in read}) != 1:
        raise BadStatement("The file holds no statement, or statements of several accounts.")
    lines = [replace(line, part=part) for part, one in enumerate(read) for line in one.lines]
    # Some banks put the newest first.
    newest = max(read, key=lambda one: one.closing_on or date.min)
    return ReadStatement("camt", read[0].account, read[0].currency, lines, newest.closing, newest.closing_on)


def _root(content: bytes) -> Any:
    try:
        return ElementTree.fromstring(content, forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise BadStatement(f"This is no readable XML: {type(error).__name__}: {error}") from error


class Node:
    """An element whose children are named without their namespace."""

    def __init__(self, element: Any, namespace: str) -> None:
        self.element, self.namespace = element, namespace

    def all(self, path: str) -> list["Node"]:
        """All elements at a path of child names."""
        steps = "/".join(f"{{{self.namespace}}}{name}" for name in path.split("/"))
        return [Node(element, self.namespace) for element in self.element.iterfind(steps)]

    def text(self, *paths: str) -> str:
        """The text at the first of the paths that has one."""
        for path in paths:
            for found in self.all(path):
                if found.element.text and found.element.text.strip():
                    return str(found.element.text).strip()
        return ""

    def amount(self, where: str, path: str = "Amt") -> Money | None:
        """The amount at a path, without its sign."""
        found = self.all(path)
        if not found:
            return None
        if len(found[0].element):
            raise BadStatement(f"{where}: an amount with something else in it.")
        amount = exact((found[0].element.text or "").strip(), found[0].element.get("Ccy", ""), where)
        if amount.minor < 0:
            raise BadStatement(f"{where}: an amount is negative.")
        return amount

    def sign(self, where: str) -> int:
        """In or out."""
        word = self.text("CdtDbtInd")
        if word not in SIGNS:
            raise BadStatement(f"{where}: neither credit nor debit.")
        return SIGNS[word]


def _statement(node: Node, number: int) -> ReadStatement:
    where = f"Statement {number}"
    account = node.text("Acct/Id/IBAN", "Acct/Id/Othr/Id").replace(" ", "")
    # Some banks begin their numbers anew each year: the sequence number tells the statements apart.
    own = " ".join(filter(None, (stated(node.text("Id")), node.text("ElctrncSeqNb", "LglSeqNb"))))
    lines = [
        replace(line, statement=own[:120])
        for place, entry in enumerate(node.all("Ntry"), start=1)
        for line in _entry(entry, f"{where}, entry {place}")
    ]
    balances = dict(_balances(node, where))
    closing = balances.get("CLBD")
    currency = node.text("Acct/Ccy") or (closing[0].currency if closing else "")
    if not account or not currency:
        raise BadStatement(f"{where}: no account or currency.")
    if any(line.amount.currency != currency for line in lines):
        raise BadStatement(f"{where}: an entry in another currency than the account's.")
    if any(balance.currency != currency for balance, _on in balances.values()):
        raise BadStatement(f"{where}: a balance in another currency than the account's.")
    opening = balances.get("OPBD") or balances.get("PRCD")
    if (
        opening
        and closing
        and opening[0].minor + sum(line.amount.minor for line in lines) != closing[0].minor
    ):
        raise BadStatement(f"{where}: the entries do not lead from the opening to the closing balance.")
    return ReadStatement("camt", account, currency, lines, *(closing or (None, None)))


def _balances(node: Node, where: str) -> Iterator[tuple[str, tuple[Money, date]]]:
    for balance in node.all("Bal"):
        amount = balance.amount(f"{where}, balance")
        if amount is None:
            raise BadStatement(f"{where}: a balance without an amount.")
        on = day(balance.text("Dt/Dt", "Dt/DtTm"), f"{where}, balance")
        yield balance.text("Tp/CdOrPrtry/Cd"), (amount * balance.sign(f"{where}, balance"), on)


def _entry(entry: Node, where: str) -> list[ReadLine]:
    """The lines of an entry: one, or one a transaction of a batch. What is only announced is left out."""
    status = entry.text("Sts/Cd", "Sts")
    if status in ANNOUNCED:
        return []
    if status != "BOOK":
        raise BadStatement(f"{where}: {status!r} says neither that it is booked nor that it is to come.")
    whole = entry.amount(where)
    if not whole:
        raise BadStatement(f"{where}: no amount, or nothing.")
    booked, sign = day(entry.text("BookgDt/Dt", "BookgDt/DtTm"), where), entry.sign(where)
    details = entry.all("NtryDtls/TxDtls")
    count = entry.text("NtryDtls/Btch/NbOfTxs")
    if not details or (count and count != str(len(details))):
        # Of a batch whose transactions are not all here, none speaks for the whole.
        return [_line(entry, entry, booked, whole * sign, place=0)]
    amounts = [_signed(part, where, sign) for part in details]
    if len(details) == 1 and amounts[0] is None:
        amounts = [whole * sign]
    if sum(amount.minor for amount in amounts if amount) != whole.minor * sign or not all(amounts):
        raise BadStatement(f"{where}: its transactions do not add up to it.")
    return [
        _line(entry, part, booked, amount, place=place if len(details) > 1 else 0)
        for place, (part, amount) in enumerate(zip(details, amounts, strict=True), start=1)
        if amount
    ]


def _signed(part: Node, where: str, sign: int) -> Money | None:
    """What a transaction moved; it may go against its batch. None where it does not say."""
    amount = part.amount(where) or part.amount(where, "AmtDtls/TxAmt/Amt")
    return amount * (part.sign(where) if part.text("CdtDbtInd") else sign) if amount else None


def _line(entry: Node, part: Node, booked: date, amount: Money, *, place: int) -> ReadLine:
    other = "Dbtr" if amount.minor > 0 else "Cdtr"
    # For what we sent, the reference that we gave it; for a whole file that is booked in one line, the file's number.
    numbers = ("Refs/PmtInfId", "Refs/MsgId", "NtryDtls/Btch/PmtInfId", "NtryDtls/Btch/MsgId")
    given = [part.text("Refs/EndToEndId"), *(node.text(path) for path in numbers for node in (part, entry))]
    sent = next(filter(None, map(stated, given)), "") if amount.minor < 0 else ""
    own = stated(part.text("Refs/AcctSvcrRef"))
    # Not NtryRef: it counts the entries of one statement, and begins anew on the next.
    shared = stated(entry.text("AcctSvcrRef"))
    return ReadLine(
        booked_on=booked,
        amount=amount,
        reference=(part.text("RmtInf/Strd/CdtrRefInf/Ref") or sent)[:35],
        text=(_words(part) or part.text("AddtlTxInf") or entry.text("AddtlNtryInf"))[:500],
        name=part.text(f"RltdPties/{other}/Nm", f"RltdPties/{other}/Pty/Nm")[:140],
        iban=compact_iban(part.text(f"RltdPties/{other}Acct/Id/IBAN"))[:34],
        bank_reference=(own or (f"{shared}/{place}" if shared else ""))[:120],
        is_reversal=entry.text("RvslInd") in ("true", "1"),
    )


def _words(part: Node) -> str:
    return " ".join(found.element.text or "" for found in part.all("RmtInf/Ustrd")).strip()
