"""What a provider pays out to the city: noted when it says so, settled when the bank's statement shows it."""

import logging
from datetime import datetime, timedelta
from operator import attrgetter

from django.db import transaction

from civic.core import events
from civic.core.locking import lock_rows
from marketplace.ledger.models import Account
from marketplace.payments import accounts
from marketplace.payments.models import Settlement, StatementLine
from marketplace.payments.providers import PaidOut

log = logging.getLogger(__name__)

# Weekends and holidays; a payout of the same amount further away is another one.
NEAR = timedelta(days=7)


def note_settlement(paid_out: PaidOut, *, book: str, provider: str, at: datetime) -> None:
    """Keeps what a provider says of a payout to us; it moves nothing in the ledger. One that arrived stays so."""
    with transaction.atomic():
        made, fresh = Settlement.objects.get_or_create(
            provider=provider,
            provider_ref=paid_out.provider_ref,
            defaults={
                "book": book,
                "amount_minor": paid_out.amount.minor,
                "currency": paid_out.amount.currency,
                "arrives_on": paid_out.arrives_on,
                "failed": paid_out.failed,
            },
        )
        if fresh:
            payload = {"provider": provider, "minor": made.amount_minor, "currency": made.currency}
            events.record("settlement.noted", actor=None, subject=made, at=at, payload=payload)
            return
        known = Settlement.objects.filter(pk=made.pk, line=None)
        changed = known.update(arrives_on=paid_out.arrives_on, failed=paid_out.failed)
    if paid_out.failed and not changed:
        log.error("settlement: %s says that %s failed, and a statement shows it", provider, made.provider_ref)


def settle_arrival(line: StatementLine, at: datetime) -> bool:
    """Recognises a line as the one payout that it can be, by amount, day and the provider's name in its text."""
    found = [one for one in _candidates(line) if one.provider.lower() in f"{line.name} {line.text}".lower()]
    if len(found) != 1:
        return False
    there = accounts.bank(line.statement.book, line.currency)
    post_settlement(line, found[0].provider, there, at)
    Settlement.objects.filter(pk=found[0].pk).update(line=line)
    return True


def link_settlement(line: StatementLine, provider: str) -> None:
    """After two people have said that a line is a provider's payout: to the oldest one that it can be."""
    found = next((one for one in _candidates(line) if one.provider == provider), None)
    if found:
        Settlement.objects.filter(pk=found.pk).update(line=line)


def post_settlement(line: StatementLine, provider: str, target: Account, at: datetime) -> None:
    """What was at the provider is in `target` now."""
    book = line.statement.book
    there, key = accounts.at_provider(book, provider, line.currency), f"settlement:{line.digest}"
    accounts.move(
        line.amount, source=there, target=target, kind="settlement", key=key, provider=provider, at=at
    )


def _candidates(line: StatementLine) -> list[Settlement]:
    near = (line.booked_on - NEAR, line.booked_on + NEAR)
    open_ = Settlement.objects.filter(line=None, failed=False, arrives_on__range=near)
    same = {"book": line.statement.book, "amount_minor": line.amount_minor, "currency": line.currency}
    return sorted(lock_rows(open_.filter(**same)), key=attrgetter("arrives_on"))
