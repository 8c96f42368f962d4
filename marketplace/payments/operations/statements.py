"""Bank statements: imported whole or not at all, matched by reference and amount, the unclear settled by two people."""

import logging
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Invalid
from civic.core.money import Money
from civic.core.policies import require
from civic.core.states import lock, transition
from marketplace.payments import accounts, statements
from marketplace.payments.models import Charge, Refund, Statement, StatementLine, Transfer
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.operations.reconciliation import settle_arrival
from marketplace.payments.operations.refunds import advance_refund
from marketplace.payments.operations.transfers import advance_transfer
from marketplace.payments.providers import Outcome
from marketplace.payments.providers.bank import NAME
from marketplace.payments.references import references_in
from marketplace.payments.statements import ReadLine, ReadStatement
from marketplace.payments.statements.lines import digests

log = logging.getLogger(__name__)

# Any number nobody else locks: one import at a time.
IMPORTS = 7_205_759_404


def import_statement(*, actor: Person, content: bytes, at: datetime) -> Statement:
    """Reads a CAMT.053 or CSV file. A file or line that was read before changes nothing.

    Raises Forbidden, and Invalid (`file`) where a single line is bad or the account is not ours: then nothing
    is imported.
    """
    require(actor, "keep", "books")
    digest = statements.fingerprint(content)
    read = _read(content)
    with transaction.atomic():
        # Two imports at once would both find a line fresh: one would fail half-way at the line's digest.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORTS])
        existing = Statement.objects.filter(digest=digest).first()
        if existing:
            return existing
        statement = _insert(actor, digest, read)
        fresh = _fresh_lines(statement, read)
        for line in fresh:
            matched = _arrived(line, at) if line.amount_minor > 0 else _gone(line, at)
            transition(line, "match" if matched else "set_aside", actor=None, at=at)
        payload = {"lines": len(read.lines), "fresh": len(fresh)}
        events.record("statement.imported", actor=actor, subject=statement, at=at, payload=payload)
        return statement


def _read(content: bytes) -> ReadStatement:
    try:
        read = statements.read(content)
        if read.account != settings.BANK_ACCOUNT.replace(" ", ""):
            raise statements.BadStatement(f"{read.account} is not the city's account.")
    except statements.BadStatement as bad:
        log.warning("statement refused: %s", bad)
        raise Invalid(file=str(bad)) from bad
    return read


def _insert(actor: Person, digest: str, read: ReadStatement) -> Statement:
    return Statement.objects.create(
        book=settings.BANK_BOOK,
        digest=digest,
        format=read.format,
        account=read.account,
        currency=read.currency,
        closing_minor=read.closing.minor if read.closing else None,
        closing_on=read.closing_on,
        imported_by=actor,
    )


def _fresh_lines(statement: Statement, read: ReadStatement) -> list[StatementLine]:
    named = list(zip(digests(read), read.lines, strict=True))
    known = set(
        StatementLine.objects.filter(digest__in=[d for d, _ in named]).values_list("digest", flat=True)
    )
    return StatementLine.objects.bulk_create(
        [_line(statement, digest, line) for digest, line in named if digest not in known]
    )


def _line(statement: Statement, digest: str, line: ReadLine) -> StatementLine:
    found = references_in(line.reference) or references_in(line.text)
    return StatementLine(
        statement=statement,
        digest=digest,
        booked_on=line.booked_on,
        amount_minor=line.amount.minor,
        currency=line.amount.currency,
        reference=found[0] if len(set(found)) == 1 else line.reference,
        text=line.text,
        name=line.name,
        iban=line.iban,
    )


def _arrived(line: StatementLine, at: datetime) -> bool:
    """Pays the charge of its reference; what is left over, or not understood, goes to suspense."""
    if settle_arrival(line, at):
        return True
    charge = Charge.objects.filter(provider=NAME, provider_ref=line.reference, currency=line.currency).first()
    left = line.amount
    if charge and line.reference and lock(charge).can("succeed") and charge.amount <= left:
        advance_charge(charge, Outcome("succeed"), at=at)
        left -= charge.amount
        StatementLine.objects.filter(pk=line.pk).update(charge=charge)
    if left:
        _set_aside(line, left, at)
    return not left


def _set_aside(line: StatementLine, left: Money, at: datetime) -> None:
    book = line.statement.book
    there = accounts.bank(book, line.currency)
    key, suspense = f"statement:{line.digest}", accounts.suspense(book, line.currency)
    accounts.move(left, source=suspense, target=there, kind="suspense", key=key, provider=NAME, at=at)
    StatementLine.objects.filter(pk=line.pk).update(suspense_minor=left.minor)


def _gone(line: StatementLine, at: datetime) -> bool:
    """Says of a refund or transfer with this reference and amount that it has gone.

    What is not understood changes no account until two people have said what it is: until then the ledger has more in
    the bank than there is, which reconciliation shows.
    """
    refund, transfer = sent_as(line, line.reference)
    if refund:
        advance_refund(refund, Outcome("finish"), at=at)
    elif transfer:
        advance_transfer(transfer, Outcome("settle"), at=at)
    StatementLine.objects.filter(pk=line.pk).update(refund=refund, transfer=transfer)
    return bool(refund or transfer)


def sent_as(line: StatementLine, reference: str) -> tuple[Refund | None, Transfer | None]:
    """The refund or transfer of this reference that is on its way in just this amount."""
    if not reference:
        return None, None
    wanted = {"provider": NAME, "provider_ref": reference, "currency": line.currency}
    exact = {"book": line.statement.book, "amount_minor": -line.amount_minor}
    refund = Refund.objects.filter(**wanted, **exact, state="pending").first()
    transfer = Transfer.objects.filter(**wanted, **exact, state="sent").first()
    return refund, None if refund else transfer
