"""CAMT.053, the ISO 20022 bank statement (versions 001.02 to 001.13), through defusedxml.

Every amount is read from its own place in the schema, batches are checked against their entry, and the balances
against the sum of all entries: a statement that does not add up is not read.
"""

import re
from collections.abc import Callable, Iterator
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


def read_camt(content: bytes, ours: str = "") -> ReadStatement:
    """One account's statements in a file: those of `ours`, where it has several. Raises BadStatement."""
    root = _root(content)
    found = NAMESPACE.fullmatch(root.tag)
    if not found:
        raise BadStatement("This is no CAMT.053 document.")
    statements = [
        Node(element, found[1])
        for element in root.iterfind(f"{{{found[1]}}}BkToCstmrStmt/{{{found[1]}}}Stmt")
    ]
    read = [_statement(node, number) for number, node in enumerate(statements, start=1)]
    read = [one for one in read if one.account == ours] or read
    if len({(one.account, one.currency) for one in read}) != 1:
        raise BadStatement("The file holds no statement, or statements of several accounts.")
    return _together(read)


def _together(read: list[ReadStatement]) -> ReadStatement:
    """All statements of a file as one: from the balance that follows none to the newest that none follows."""
    lines = [replace(line, part=part) for part, one in enumerate(read) for line in one.lines]
    numbers = sorted({number for one in read for number in one.numbers})
    # Some banks put the newest first, and a file may hold a statement twice.
    known = list({(one.opening, one.closing, one.closing_on): one for one in read if one.closing}.values())
    known.sort(key=lambda one: one.closing_on or date.min)
    opened = [one for one in known if one.opening is not None]
    begin = [one for one in opened if not _any(one, known, lambda one, other: one.opening == other.closing)]
    end = [one for one in known if not _any(one, opened, lambda one, other: one.closing == other.opening)]
    first, last = begin or opened, end or known
    is_one_year = len({one.closing_on.year for one in known if one.closing_on}) == 1
    unseen = numbers[-1] - numbers[0] + 1 - len(numbers) if numbers and is_one_year else 0
    return replace(
        read[0],
        lines=lines,
        opening=first[0].opening if first else None,
        closing=last[-1].closing if last else None,
        closing_on=last[-1].closing_on if last else None,
        numbers=(numbers[0], numbers[-1]) if numbers else (),
        gaps=max(len(begin) - 1, unseen, 0),
    )


def _any(
    one: ReadStatement,
    others: list[ReadStatement],
    meets: Callable[[ReadStatement, ReadStatement], bool],
) -> bool:
    return any(meets(one, other) for other in others if other is not one)


def _root(content: bytes) -> Any:
    try:
        return ElementTree.fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise BadStatement("This is no readable XML: it declares a document type or entities.") from error
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise BadStatement(f"This is no readable XML: {error}.") from error


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
    account = node.text("Acct/Id/IBAN", "Acct/Id/Othr/Id").replace(" ", "").upper()
    # Some banks begin their numbers anew each year: the sequence number tells the statements apart.
    counted = node.text("ElctrncSeqNb", "LglSeqNb")
    own = " ".join(filter(None, (stated(node.text("Id")), counted)))
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
    if closing and any(line.booked_on > closing[1] for line in lines):
        raise BadStatement(f"{where}: an entry of a day after the closing balance.")
    read = ReadStatement("camt", account, currency, lines, *(closing or (None, None)))
    # A number of a statement has at most 18 digits (ISO 20022 Number).
    numbers = (int(counted),) if re.fullmatch("[0-9]{1,18}", counted) else ()
    return replace(read, opening=opening[0] if opening else None, numbers=numbers)


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
    if whole is None:
        raise BadStatement(f"{where}: no amount.")
    if not whole:
        # Some banks end a day or a quarter with an entry that moves nothing.
        return []
    booked = day(entry.text("BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm"), where)
    sign = entry.sign(where)
    details = entry.all("NtryDtls/TxDtls")
    count = entry.text("NtryDtls/Btch/NbOfTxs")
    if not details or (count and count != str(len(details))):
        # Of a batch whose transactions are not all here, none speaks for the whole.
        return [_line(entry, entry, booked, whole * sign, place=0)]
    amounts = [_signed(part, where, sign) for part in details]
    if len(details) == 1 and amounts[0] is None:
        amounts = [whole * sign]
    # What the bank kept of a batch is a line of its own; the rest came for its transactions.
    kept = whole * sign - sum((amount for amount in amounts if amount), Money(0, whole.currency))
    if not all(amounts) or (kept and kept != -_charges(entry, where, whole.currency)):
        raise BadStatement(f"{where}: its transactions do not add up to it.")
    fee = (
        [_line(entry, Node(entry.element.makeelement("none", {}), ""), booked, kept, place=0)] if kept else []
    )
    return fee + [
        _line(entry, part, booked, amount, place=place if len(details) > 1 else 0)
        for place, (part, amount) in enumerate(zip(details, amounts, strict=True), start=1)
        if amount
    ]


def _charges(entry: Node, where: str, currency: str) -> Money:
    """What the bank says that it kept of an entry."""
    total = entry.amount(f"{where}, charges", "Chrgs/TtlChrgsAndTaxAmt")
    records = [one.amount(f"{where}, charges") for one in entry.all("Chrgs/Rcrd")]
    return total or sum(filter(None, records), Money(0, currency))


def _signed(part: Node, where: str, sign: int) -> Money | None:
    """What a transaction moved; it may go against its batch. None where it does not say."""
    amount = part.amount(where) or part.amount(where, "AmtDtls/TxAmt/Amt")
    amount = amount or part.amount(where, "AmtDtls/InstdAmt/Amt")
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
        more=_more(part, other) if amount.minor > 0 else "",
    )


def _more(part: Node, other: str) -> str:
    """Further words of a payer: their own reference, for whom they pay, further references of ours."""
    own = stated(part.text("Refs/EndToEndId"))
    behind = part.text(f"RltdPties/Ultmt{other}/Nm", f"RltdPties/Ultmt{other}/Pty/Nm")
    structured = part.all("RmtInf/Strd")
    further = [one.text("CdtrRefInf/Ref") for one in structured[1:]]
    further += [found.element.text or "" for one in structured for found in one.all("AddtlRmtInf")]
    return " ".join(filter(None, [own, behind, *further]))


def _words(part: Node) -> str:
    return " ".join(found.element.text or "" for found in part.all("RmtInf/Ustrd")).strip()
