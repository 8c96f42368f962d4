"""Statements as a bank would send them."""

from collections.abc import Iterable
from typing import Any

from civic.accounts.models import Person
from marketplace.payments import operations
from marketplace.payments.models import Charge, Statement
from tests.factories import payments
from tests.factories.payments import AT

ACCOUNT = "XX42ALDERMERE0000012345"
IBAN = "DE89370400440532013000"
HEADING = "account,booked_on,amount,currency,reference,text,name,iban,bank_reference"


def table(*rows: str) -> bytes:
    """CSV lines behind the account: `2026-03-02,25.00,EUR,RF…,text,name,iban,ref`."""
    return "\n".join([HEADING, *(f"{ACCOUNT},{row}" for row in rows)]).encode()


def row(amount: str, reference: str = "", *, number: object = "", text: str = "", iban: str = IBAN) -> str:
    return f"2026-03-02,{amount},EUR,{reference},{text},Ada Payer,{iban},{number}"


def entry(
    amount: str, *, sign: str = "CRDT", reference: str = "", text: str = "", number: str = "", **more: Any
) -> str:
    """One entry of a CAMT.053."""
    strd = f"<Strd><CdtrRefInf><Ref>{reference}</Ref></CdtrRefInf></Strd>" if reference else ""
    ustrd = f"<Ustrd>{text}</Ustrd>" if text else ""
    side = "Dbtr" if sign == "CRDT" else "Cdtr"
    party = f"<{side}><Nm>Ada Payer</Nm></{side}><{side}Acct><Id><IBAN>{IBAN}</IBAN></Id></{side}Acct>"
    status, currency = more.get("status", "BOOK"), more.get("currency", "EUR")
    details = more.get("details") or (
        f"<TxDtls><Refs><EndToEndId>{more.get('own', 'NOTPROVIDED')}</EndToEndId></Refs>"
        f"<RltdPties>{party}</RltdPties><RmtInf>{ustrd}{strd}</RmtInf></TxDtls>"
    )
    return (
        f'<Ntry><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd><Sts>{status}</Sts>'
        f"<BookgDt><Dt>2026-03-02</Dt></BookgDt><AcctSvcrRef>{number}</AcctSvcrRef><NtryDtls>{details}</NtryDtls></Ntry>"
    )


def balance(kind: str, amount: str) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy='EUR'>{amount}</Amt>"
        "<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-02</Dt></Dt></Bal>"
    )


def camt(
    entries: Iterable[str], *, opening: str = "", closing: str = "", version: str = "08", head: str = ""
) -> bytes:
    """A whole document."""
    balances = (balance("OPBD", opening) if opening else "") + (balance("CLBD", closing) if closing else "")
    name = f"urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<Document xmlns="{name}"><BkToCstmrStmt><Stmt>'
        f"<Acct><Id><IBAN>{ACCOUNT}</IBAN></Id><Ccy>EUR</Ccy></Acct>{balances}{''.join(entries)}"
        "</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def bank_charge(cents: int = 2500, **fields: Any) -> Charge:
    """A charge whose payer was told the reference."""
    made = payments.charge(cents, provider="bank", **fields)
    payments.work()
    made.refresh_from_db()
    return made


def read(officer: Person, content: bytes) -> Statement:
    """The file is read in."""
    return operations.import_statement(actor=officer, content=content, at=AT)
