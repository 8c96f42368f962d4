"""Transfers: money that leaves for a project's organisation."""

from datetime import datetime

from django.db import transaction

from civic.accounts.models import Person
from civic.core import events
from civic.core.money import Money
from civic.core.states import lock, transition
from marketplace.ledger import operations as ledger
from marketplace.payments import accounts, providers
from marketplace.payments.models import Command, Transfer
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

    The ledger refuses more than the account holds.
    """
    with transaction.atomic():
        standing = Transfer.objects.filter(purpose=purpose).first()
        if standing:
            return standing
        transfer = Transfer.objects.create(
            book=providers.get(provider).book(),
            provider=provider,
            amount_minor=amount.minor,
            currency=amount.currency,
            purpose=purpose,
            account=account,
            destination=destination,
            holder=holder,
        )
        _post(transfer, "payout", reverse=False, at=at)
        Command.objects.create(
            provider=provider,
            verb=Command.Verb.TRANSFER,
            target=transfer.pk,
            key=f"transfer-{transfer.pk}",
            due_at=at,
        )
        facts = {"purpose": purpose, "minor": amount.minor, "currency": amount.currency}
        events.record(
            "transfer.request", actor=actor, subject=transfer, at=at, payload=facts
        )
        return transfer


def advance_transfer(transfer: Transfer, outcome: Outcome, *, at: datetime) -> None:
    """Moves a transfer to where the provider says it stands; what failed or came back is put back."""
    with transaction.atomic():
        if not outcome.verb or not lock(transfer).can(outcome.verb):
            return
        Transfer.objects.filter(pk=transfer.pk).update(
            failure=outcome.failure,
            provider_ref=outcome.provider_ref or transfer.provider_ref,
        )
        transition(
            transfer,
            outcome.verb,
            actor=None,
            at=at,
            payload={"purpose": transfer.purpose},
        )
        if outcome.verb in ("fail", "reverse"):
            _post(transfer, "payout.returned", reverse=True, at=at)


def _post(transfer: Transfer, kind: str, *, reverse: bool, at: datetime) -> None:
    there = accounts.at_provider(transfer.book, transfer.provider, transfer.currency)
    source = accounts.held(transfer.book, transfer.account, transfer.currency)
    legs = ledger.move(transfer.amount, source=there, target=source)
    if reverse:
        legs = ledger.move(transfer.amount, source=source, target=there)
    public = {"provider": transfer.provider, "purpose": transfer.purpose}
    key = f"{kind}:{transfer.pk}"
    ledger.post(book=transfer.book, kind=kind, key=key, legs=legs, at=at, public=public)
