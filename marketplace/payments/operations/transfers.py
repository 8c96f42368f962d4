"""Transfers: money that leaves for a project's organisation."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict
from civic.core.money import Money
from civic.core.states import lock, transition
from marketplace.ledger import operations as ledger
from marketplace.ledger.models import Account
from marketplace.payments import accounts, providers
from marketplace.payments.models import Command, Transfer
from marketplace.payments.operations.commands import enqueue_command
from marketplace.payments.providers import Outcome


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
    transfer: Transfer, outcome: Outcome, *, at: datetime, source: Account | None = None
) -> None:
    """Moves a transfer to where the provider says it stands; what failed or came back is put back.

    It comes back from the provider's account, or from `source`.
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
