"""The outbox: commands are leased, carried out outside of any transaction, and marked done with their result.

A worker may die at any point. Before the call: the lease runs out and another worker calls. After the call and
before the result is stored: the call is repeated with the same key, and gives the same result. Where the
provider may have forgotten the key (`calls.KEYS_LAST`), the thing is looked for by its metadata first.
"""

import logging
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import Q

from marketplace.payments.models import Command
from marketplace.payments.operations.calls import VERBS
from marketplace.payments.operations.pauses import pause
from marketplace.payments.providers import Unavailable, Unreachable

log = logging.getLogger(__name__)

# Longer than any call waits for its answer.
LEASE = timedelta(minutes=2)


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
        due = Command.objects.filter(free, done_at=None, due_at__lte=at).order_by("due_at")
        command = due.select_for_update(skip_locked=True).first()
        if command is None:
            return None
        command.lease = uuid4()
        command.leased_until = at + LEASE
        command.first_tried_at = command.first_tried_at or at
        command.attempts += 1
        command.save(update_fields=["lease", "leased_until", "first_tried_at", "attempts"])
        return command


def carry_out(command: Command, *, at: datetime) -> bool:
    """Calls the provider and stores what it said. A call without an answer is put off, never given up."""
    try:
        VERBS[command.verb](command, at)
    except (Unreachable, Unavailable) as error:
        log.warning("%s %s: %s", command.provider, command, error)
        _put_off(command, at, error)
        return False
    except Exception as error:  # one command that fails in a way nobody thought of must not stop the others
        log.exception("%s %s failed", command.provider, command)
        _put_off(command, at, error)
        return False
    _release(command, done_at=at, last_error="")
    return True


def _put_off(command: Command, at: datetime, error: Exception) -> None:
    _release(command, due_at=at + pause(command.attempts), last_error=repr(error)[:2000])


def _release(command: Command, **changes: object) -> None:
    """Only while the lease is ours: another worker may have taken over."""
    mine = Command.objects.filter(pk=command.pk, lease=command.lease)
    mine.update(lease=None, leased_until=None, **changes)
