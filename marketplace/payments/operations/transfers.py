"""Transfers: money that leaves for a project's organisation, and the files that tell the bank of it once."""

from collections.abc import Iterator
from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events, row_steps
from civic.core.errors import Conflict, Invalid
from civic.core.locking import lock_rows
from civic.core.money import Money
from civic.core.policies import require
from civic.core.states import Stateful, lock, transition
from marketplace.ledger import operations as ledger
from marketplace.ledger.models import Account
from marketplace.payments import accounts, credit_transfers, providers, purposes
from marketplace.payments.credit_transfers import CreditTransfer
from marketplace.payments.locking import lock_order, lock_refunds
from marketplace.payments.models import BankOrder, Command, Refund, StatementLine, Transfer
from marketplace.payments.operations.came_back import OF_A_LINE
from marketplace.payments.operations.commands import enqueue_command
from marketplace.payments.operations.paid_lines import account_of, source_of
from marketplace.payments.operations.refunds import advance_refund
from marketplace.payments.providers import Outcome
from marketplace.payments.providers.bank import CURRENCY, NAME
from marketplace.payments.references import compact_iban, reference_for


def request_transfer(
    *,
    actor: Person | None,
    provider: str,
    amount: Money,
    purpose: str,
    account: str,
    destination: str,
    holder: str,
    at: datetime,
) -> Transfer:
    """Takes the money out of `account` and asks the provider to send it; once a `purpose`.

    Raises Unavailable, and Conflict where the account holds less or the purpose stands for another transfer.
    """
    wanted = Transfer(
        book=providers.get(provider).book(),
        provider=provider,
        amount_minor=amount.minor,
        currency=amount.currency,
        purpose=purpose,
        account=account,
        destination=destination,
        holder=holder,
    )
    with transaction.atomic():
        if not _insert(wanted):
            existing = Transfer.objects.get(purpose=purpose)
            same = (wanted.amount, wanted.account, wanted.destination)
            if (existing.amount, existing.account, existing.destination) != same:
                raise Conflict(_("The purpose stands for another transfer."), code="key-reused")
            return existing
        if ledger.available(accounts.held(wanted.book, account, amount.currency)) < amount:
            raise Conflict(_("Less than that is on this account."))
        _post(wanted, "payout", reverse=False, at=at)
        enqueue_command(wanted, Command.Verb.TRANSFER, at)
        events.record("transfer.requested", actor=actor, subject=wanted, at=at)
        return wanted


def _insert(transfer: Transfer) -> bool:
    try:
        with transaction.atomic():
            transfer.save(force_insert=True)
    except IntegrityError:
        if Transfer.objects.filter(purpose=transfer.purpose).exists():
            return False
        raise
    return True


def advance_transfer(
    transfer: Transfer,
    outcome: Outcome,
    *,
    at: datetime,
    source: Account | None = None,
    reopens: bool = True,
) -> None:
    """Moves a transfer to where the provider says it stands; what failed or came back is put back.

    It comes back from the provider's account, or from `source`. The line that it was to send back is unclear again,
    unless it `reopens` none: the bank takes its credit back.
    """
    with transaction.atomic():
        lock(transfer)
        Transfer.objects.filter(pk=transfer.pk, provider_ref="").update(provider_ref=outcome.provider_ref)
        if not outcome.verb or not transfer.can(outcome.verb):
            return
        Transfer.objects.filter(pk=transfer.pk).update(failure=outcome.failure[:200])
        transition(transfer, outcome.verb, actor=None, at=at)
        if outcome.verb in ("fail", "reverse"):
            _post(transfer, "payout.returned", reverse=True, at=at, there=source)
        if outcome.verb == "fail" and reopens and transfer.destination.startswith(OF_A_LINE):
            line = StatementLine.objects.get(pk=transfer.destination.removeprefix(OF_A_LINE))
            StatementLine.objects.filter(pk=line.pk).update(suspense_minor=transfer.amount_minor)
            transition(line, "reopen", actor=None, at=at, reason=outcome.failure[:200])


def _post(
    transfer: Transfer, kind: str, *, reverse: bool, at: datetime, there: Account | None = None
) -> None:
    there = there or accounts.at_provider(transfer.book, transfer.provider, transfer.currency)
    held = accounts.held(transfer.book, transfer.account, transfer.currency)
    source, target = (held, there) if reverse else (there, held)
    accounts.move(
        transfer.amount,
        source=source,
        target=target,
        kind=kind,
        key=f"{kind}:{transfer.pk}",
        provider=transfer.provider,
        at=at,
        purpose=transfer.purpose,
    )


NO_ACCOUNT = "payments whose account is not known"
Leaving = Refund | Transfer


def order_transfers(*, actor: Person, send_on: date, at: datetime) -> BankOrder:
    """Puts everything that waits to leave by bank transfer into one file, each payment in one file only.

    What names no usable account stays behind, since its payer may have erased it: a refund then waits for the desk to
    pay it another way, and a line that was to go back is unclear again. One of which that fails is put off with its
    reason and holds up no other. Raises Forbidden, Invalid for a day that is past, and Conflict where nothing waits.
    """
    require(actor, "keep", "books")
    if send_on < localdate(at):
        raise Invalid(send_on=_("This day is past."))
    with transaction.atomic():
        waiting = list(_waiting())
        for model in (Refund, Transfer):
            keys = [row.pk for row, one in waiting if isinstance(row, model) and not one.is_sendable]
            behind = model.objects.filter(pk__in=keys).order_by("pk")
            row_steps.each(NO_ACCOUNT, behind, lambda row: _stays_behind(row, at), at=at, limit=len(keys))
        ready = [row for row, one in waiting if one.is_sendable]
        order = _order(actor, ready, send_on, at) if ready else None
    if order is None:  # outside: what waits for another way from now on stays so
        raise Conflict(_("Nothing waits to be sent by bank transfer."))
    return order


def _stays_behind(row: Stateful, at: datetime) -> None:
    """An organisation's or a fund's account is not erased: two officers name another there."""
    failed = Outcome("fail", failure=str(_("No account is known that it could go to.")))
    if isinstance(row, Refund):
        advance_refund(row, failed, at=at)
    elif isinstance(row, Transfer) and row.destination.startswith(OF_A_LINE):
        advance_transfer(row, failed, at=at)


def _order(actor: Person, rows: list[Leaving], send_on: date, at: datetime) -> BankOrder:
    order = BankOrder(
        book=settings.BANK_BOOK,
        count=len(rows),
        total_minor=sum(row.amount_minor for row in rows),
        currency=CURRENCY,
        send_on=send_on,
        made_by=actor,
    )
    order.reference = reference_for(order.pk)
    order.save(force_insert=True)
    for row in rows:
        type(row).objects.filter(pk=row.pk).update(bank_order=order)
    payload = {"count": order.count, "minor": order.total_minor, "currency": CURRENCY}
    events.record("bank_order.made", actor=actor, subject=order, at=at, payload=payload)
    return order


def fetch_order(*, actor: Person, order: BankOrder, at: datetime) -> bytes:
    """The file of an order, the same each time; who fetched it stays on record.

    Raises Forbidden, and Conflict where it was withdrawn or an account in it is no longer known.
    """
    require(actor, "keep", "books")
    with transaction.atomic():
        # Whoever withdraws it waits, and sees that it was fetched.
        order = lock_order(order)
        content = _file_of(order)
        events.record("bank_order.fetched", actor=actor, subject=order, at=at)
    return content


def _file_of(order: BankOrder) -> bytes:
    rows: list[Leaving] = [*order.transfers.order_by("pk")]
    rows += order.refunds.select_related("charge").order_by("pk")
    found = list(_credit_transfers(rows))
    # Of what it has refused another account may be known by now: the same file would be another order.
    if any(row.is_refused for row in rows):
        raise Conflict(_("The bank has this file: it has refused a payment of it."))
    if order.withdrawn_at or len(found) != order.count or not all(one.is_sendable for _row, one in found):
        raise Conflict(_("This file was withdrawn, or an account in it was erased."))
    return credit_transfers.file_of(order, (one for _row, one in found))


def _waiting() -> Iterator[tuple[Leaving, CreditTransfer]]:
    # Locked, so that nothing leaves in two files that two officers make at once.
    ours = {"provider": NAME, "book": settings.BANK_BOOK, "currency": CURRENCY, "bank_order": None}
    rows: list[Leaving] = [*lock_rows(Transfer.objects.filter(state="sent", **ours).exclude(provider_ref=""))]
    rows += lock_refunds(Refund.objects.filter(state="pending", **ours).select_related("charge"))
    return _credit_transfers(rows)


def _credit_transfers(rows: list[Leaving]) -> Iterator[tuple[Leaving, CreditTransfer]]:
    words = purposes.describe(_purpose(row) for row in rows)
    for row in rows:
        name, iban = _account_of(row)
        title = words[_purpose(row)].title
        yield row, CreditTransfer(row.provider_ref, row.amount, name, iban, f"{row.provider_ref} {title}")


def _purpose(row: Leaving) -> str:
    return row.charge.purpose if isinstance(row, Refund) else row.purpose


def _account_of(row: Leaving) -> tuple[str, str]:
    """Whose account: what goes back goes to where it came from, which stands on the lines of statements."""
    if isinstance(row, Refund):
        return source_of(row)
    if not row.destination.startswith(OF_A_LINE):
        return row.holder, compact_iban(row.destination)
    line = StatementLine.objects.filter(pk=row.destination.removeprefix(OF_A_LINE)).first()
    return account_of(line) if line else ("", "")
