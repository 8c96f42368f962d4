"""The outbox: commands are leased, carried out outside of any transaction, and marked done with their result.

A worker may die at any point. Before the call: the lease runs out and another worker calls. After the call and
before the result is stored: the call is repeated with the same key, and gives the same result. Where the
provider may have forgotten the key (`KEYS_LAST`), the charge is looked for by its metadata first.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import Q

from civic.core.states import transition
from marketplace.payments import providers
from marketplace.payments.models import Charge, Command, Refund, Transfer
from marketplace.payments.operations import charging, refunding, transferring
from marketplace.payments.providers import Unavailable, Unreachable

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
# Stripe keeps idempotency keys for about 24 hours.
KEYS_LAST = timedelta(hours=23)
PAUSES = [
    timedelta(seconds=5),
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
]


def run_commands(*, at: datetime, limit: int = 50) -> int:
    """Leases what is due and carries it out; returns how many commands are done."""
    done = 0
    for _ in range(limit):
        command = lease(at=at)
        if command is None:
            break
        done += carry_out(command, at=at)
    return done


def lease(*, at: datetime) -> Command | None:
    """Takes the next command that is due and nobody holds; it is ours for two minutes."""
    with transaction.atomic():
        free = Q(leased_until=None) | Q(leased_until__lte=at)
        due = Command.objects.filter(free, done_at=None, due_at__lte=at).order_by(
            "due_at"
        )
        command = due.select_for_update(skip_locked=True).first()
        if command is None:
            return None
        command.lease = uuid4()
        command.leased_until = at + LEASE
        command.first_tried_at = command.first_tried_at or at
        command.attempts += 1
        command.save(
            update_fields=["lease", "leased_until", "first_tried_at", "attempts"]
        )
        return command


def carry_out(command: Command, *, at: datetime) -> bool:
    """Calls the provider and stores what it said. A call without an answer is put off, never given up."""
    try:
        VERBS[command.verb](command, at)
    except (Unreachable, Unavailable) as error:
        log.warning("%s %s: %s", command.provider, command.verb, type(error).__name__)
        pause = PAUSES[min(command.attempts, len(PAUSES)) - 1]
        _release(command, due_at=at + pause, last_error=str(error)[:2000])
        return False
    _release(command, done_at=at, last_error="")
    return True


def _release(command: Command, **changes: object) -> None:
    """Only while the lease is ours: another worker may have taken over."""
    mine = Command.objects.filter(pk=command.pk, lease=command.lease)
    mine.update(lease=None, leased_until=None, **changes)


def _prepare(command: Command, at: datetime) -> None:
    charge = Charge.objects.get(pk=command.target)
    if not charge.can("prepare"):
        return
    provider = providers.get(charge.provider)
    forgotten = (
        command.first_tried_at is not None and at - command.first_tried_at > KEYS_LAST
    )
    prepared = provider.find(charge) if forgotten else None
    charging.charge_prepared(
        charge, prepared or provider.prepare(charge, command.key), at=at
    )


def _confirm(command: Command, at: datetime) -> None:
    charge = Charge.objects.get(pk=command.target)
    charging.confirming(charge, at=at)
    charging.advance_charge(
        charge, providers.get(charge.provider).confirm(charge, command.key), at=at
    )


def _refund(command: Command, at: datetime) -> None:
    refund = Refund.objects.select_related("charge").get(pk=command.target)
    with transaction.atomic():
        if refund.can("send"):
            transition(refund, "send", actor=None, at=at)
    outcome = providers.get(refund.provider).refund(refund, command.key)
    refunding.advance_refund(refund, outcome, at=at)


def _transfer(command: Command, at: datetime) -> None:
    transfer = Transfer.objects.get(pk=command.target)
    with transaction.atomic():
        if transfer.can("send"):
            transition(transfer, "send", actor=None, at=at)
    outcome = providers.get(transfer.provider).transfer(transfer, command.key)
    transferring.advance_transfer(transfer, outcome, at=at)


VERBS: dict[str, Callable[[Command, datetime], None]] = {
    Command.Verb.PREPARE: _prepare,
    Command.Verb.CONFIRM: _confirm,
    Command.Verb.REFUND: _refund,
    Command.Verb.TRANSFER: _transfer,
}
