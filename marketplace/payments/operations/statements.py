"""Bank statements: imported whole or not at all, matched by reference and amount, the unclear settled by two people."""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils.timezone import localdate

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Invalid
from civic.core.locking import lock_rows
from civic.core.money import Money
from civic.core.policies import require
from civic.core.states import lock, transition
from marketplace.payments import accounts, statements
from marketplace.payments.locking import lock_refunds
from marketplace.payments.models import BankOrder, Charge, Refund, Statement, StatementLine, Transfer
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.operations.duplicates import doubted
from marketplace.payments.operations.line_matching import pay_from_suspense
from marketplace.payments.operations.paid_lines import note_payment
from marketplace.payments.operations.part_payments import parts_of
from marketplace.payments.operations.reconciliation import settle_arrival
from marketplace.payments.operations.reversal_marks import suggest_reversed
from marketplace.payments.operations.sent_payments import Sent, gone_by, is_whole, settle_sent
from marketplace.payments.providers import Outcome
from marketplace.payments.providers.bank import NAME
from marketplace.payments.purposes import key_in
from marketplace.payments.references import references_in
from marketplace.payments.statements import ReadLine, ReadStatement
from marketplace.payments.statements.lines import digests
from marketplace.payments.states import OPEN_CHARGE, ChargeState, LineState

log = logging.getLogger(__name__)

# Any number nobody else locks: one import at a time.
IMPORTS = 7_205_759_404
# A line takes 3 ms to match: of a larger file nobody waits for the answer, a worker matches so many at a time.
AT_ONCE = 500


def import_statement(*, actor: Person, content: bytes, at: datetime) -> Statement:
    """Reads a CAMT.053 or CSV file. A file or line that was certainly read before changes nothing.

    A line that may have been read before is kept, in suspense, and names the other. Of a large file the lines are
    matched afterwards by a worker, who hears of the event, and are new until then. Raises Forbidden, and Invalid
    (`file`) where a single line is bad or account or currency are not ours: then nothing is imported.
    """
    require(actor, "keep", "books")
    digest = statements.fingerprint(content)
    read = _read(content, at)
    with transaction.atomic():
        # Two imports at once would both find a line fresh: one would fail half-way at the line's digest.
        _one_at_a_time()
        existing = Statement.objects.filter(digest=digest).first()
        if existing:
            return existing
        statement, fresh = _insert(actor, digest, read)
        if len(fresh) <= AT_ONCE:
            _match(fresh, at)
        payload = {"lines": len(read.lines), "fresh": len(fresh)}
        events.record("statement.imported", actor=actor, subject=statement, at=at, payload=payload)
        return statement


def match_further(statement: Statement, at: datetime) -> None:
    """Matches the next lines of a large file; where more are left, another event asks for them."""
    with transaction.atomic():
        _one_at_a_time()
        new = StatementLine.objects.filter(statement=statement, state=LineState.NEW)
        _match(new.select_related("statement").order_by("pk")[:AT_ONCE], at)
        left = new.count()
        if left:
            events.record("statement.continued", actor=None, subject=statement, at=at, payload={"left": left})


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORTS])


def _match(lines: Iterable[StatementLine], at: datetime) -> None:
    """In the order of `campaigns.locking`, whichever comes first in the file: transfers, charges, refunds.

    The charges by id, those of refunds with those that are paid: a credit that has paid two may be taken meanwhile.
    """
    lines = list(lines)
    named = [line.reference for line in lines if line.amount_minor < 0 and line.reference]
    shown = Q(provider_ref__in=named) | Q(bank_order__reference__in=named)
    lock_rows(Transfer.objects.filter(shown, provider=NAME))
    refunds = Refund.objects.filter(shown, provider=NAME)
    paid = [charge.pk for line in lines if line.amount_minor > 0 and (charge := _charge_of(line))]
    lock_rows(Charge.objects.filter(Q(pk__in=paid) | Q(pk__in=refunds.order_by().values("charge"))))
    for line in (line for line in lines if line.amount_minor > 0):
        _matched(line, _arrived(line, at), at)
    lock_refunds(refunds)
    for line in (line for line in lines if line.amount_minor < 0):
        _matched(line, _gone(line, at), at)


def _matched(line: StatementLine, is_matched: bool, at: datetime) -> None:
    transition(line, "match" if is_matched else "set_aside", actor=None, at=at)


def _read(content: bytes, at: datetime) -> ReadStatement:
    try:
        ours = settings.BANK_ACCOUNT.replace(" ", "").upper()
        read = statements.read(content, localdate(at), ours)
        if read.account != ours:
            raise statements.BadStatement(f"{read.account} is not the city's account.")
        if read.currency != settings.CURRENCY:
            raise statements.BadStatement(
                f"The city's account is in {settings.CURRENCY}, not {read.currency}."
            )
    except statements.BadStatement as bad:
        # Not why: that quotes the file, which names accounts. The officer reads it on the form.
        log.warning("statement refused: %s bytes", len(content))
        raise Invalid(file=str(bad)) from bad
    return read


def _insert(actor: Person, digest: str, read: ReadStatement) -> tuple[Statement, list[StatementLine]]:
    """The statement with its lines that are not known yet."""
    # The first of equal digests: a file may hold a statement twice.
    named = dict(reversed([*zip(digests(read, digest), read.lines, strict=True)]))
    twice = len(read.lines) - len(named)
    lines = StatementLine.objects.filter(digest__in=named)
    known = set(lines.values_list("digest", flat=True))
    statement = Statement.objects.create(
        book=settings.BANK_BOOK,
        digest=digest,
        format=read.format,
        account=read.account,
        currency=read.currency,
        opening_minor=read.opening.minor if read.opening else None,
        first_number=read.numbers[0] if read.numbers else None,
        last_number=read.numbers[-1] if read.numbers else None,
        gaps=read.gaps,
        closing_minor=read.closing.minor if read.closing else None,
        closing_on=read.closing_on,
        known=len(known) + twice,
        imported_by=actor,
    )
    fresh = [_line(statement, one, line) for one, line in reversed(named.items()) if one not in known]
    doubted(statement, fresh, known)
    suggest_reversed(fresh)
    return statement, StatementLine.objects.bulk_create(fresh)


def _line(statement: Statement, digest: str, line: ReadLine) -> StatementLine:
    text = f"{line.text} {line.more}".strip()
    found = {*references_in(line.reference), *references_in(text)}
    reference = line.reference
    if len(found) > 1:
        # Two payments are named: which of them is meant, people decide.
        reference, text = "", f"{line.reference} {text}".strip()
    return StatementLine(
        statement=statement,
        digest=digest,
        booked_on=line.booked_on,
        amount_minor=line.amount.minor,
        currency=line.amount.currency,
        reference=found.pop() if len(found) == 1 else reference,
        text=text[:500],
        name=line.name,
        iban=line.iban,
        bank_reference=line.bank_reference,
        is_reversal=line.is_reversal,
    )


def _arrived(line: StatementLine, at: datetime) -> bool:
    """Pays the charge of its reference; what is left over, or not understood, goes to suspense.

    What the bank calls a reversal is money of ours that came back, whatever reference it bears.
    """
    if line.duplicate_of or line.is_reversal:
        _set_aside(line, line.amount, at)
        return False
    if settle_arrival(line, at):
        return True
    charge, left = _charge_of(line), line.amount
    if charge and lock(charge).can("succeed"):
        waits = sum(part.suspense_minor for part in parts_of(charge))
        if waits and charge.amount_minor <= left.minor + waits:
            _set_aside(line, left, at)
            rest = pay_from_suspense(line, charge, at)
            StatementLine.objects.filter(pk=line.pk).update(charge=charge, suspense_minor=rest)
            return not rest
        if charge.amount <= left:
            advance_charge(charge, Outcome("succeed"), at=at)
            note_payment(line, charge, charge.amount_minor)
            left -= charge.amount
            StatementLine.objects.filter(pk=line.pk).update(charge=charge)
    if left:
        _set_aside(line, left, at)
    return not left


def _charge_of(line: StatementLine) -> Charge | None:
    """The payment that a line's reference stands for today.

    Papers that are out carry references that were replaced since, when a part was paid or another way tried: they
    lead to what is asked for the same thing now, first to what asks for just this amount.
    """
    if not line.reference:
        return None
    known = Charge.objects.filter(provider=NAME, currency=line.currency)
    named = known.filter(provider_ref=line.reference).first()
    slug, key = key_in(named.purpose) if named else ("", None)
    is_over = named is not None and named.state in (ChargeState.FAILED, ChargeState.LOST)
    if named is None or key is None or (named.amount == line.amount and not is_over):
        return named
    live = known.filter(purpose__startswith=f"{slug}:{key}", state__in=OPEN_CHARGE, book=named.book)
    exact = live.filter(amount_minor=line.amount_minor).first()
    if exact or named.state != ChargeState.FAILED:
        return exact or named
    return live.first() if live.count() == 1 else named


def _set_aside(line: StatementLine, left: Money, at: datetime) -> None:
    book = line.statement.book
    there = accounts.bank(book, line.currency)
    key, suspense = f"statement:{line.digest}", accounts.suspense(book, line.currency)
    accounts.move(left, source=suspense, target=there, kind="suspense", key=key, provider=NAME, at=at)
    StatementLine.objects.filter(pk=line.pk).update(suspense_minor=left.minor)
    line.suspense_minor = left.minor


def _gone(line: StatementLine, at: datetime) -> bool:
    """Says of the refund, transfer or whole payment file with this reference and amount that it has gone.

    What is not understood changes no account until two people have said what it is: until then the ledger has more in
    the bank than there is, which reconciliation shows.
    """
    found = None if line.duplicate_of or line.is_reversal else sent_as(line, line.reference)
    if found is None:
        return False
    settle_sent(line, found, at)
    return True


def sent_as(line: StatementLine, reference: str) -> Sent | None:
    """The refund, transfer or payment file of this reference that is on its way in just this amount."""
    if not reference:
        return None
    exact = {"book": line.statement.book, "currency": line.currency}
    one = {"provider": NAME, "provider_ref": reference, "amount_minor": -line.amount_minor, **exact}
    order = BankOrder.objects.filter(reference=reference, **exact).first()
    return (
        Refund.objects.filter(**one, state="pending").first()
        or Transfer.objects.filter(**one, state="sent").first()
        or (order if order and _shows(line, order) else None)
    )


def _shows(line: StatementLine, order: BankOrder) -> bool:
    """Whether the line is what the bank sends by a file. Of what it has refused, two say that it was booked as well."""
    minor = -line.amount_minor
    return bool(gone_by(order, minor)) and not is_whole(order, minor)
