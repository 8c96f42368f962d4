"""The clock's part of voting: draws are committed in time, and what is over is sealed and counted."""

from datetime import datetime
from uuid import UUID

from celery import shared_task

from civic.core import clock, row_steps
from civic.core.errors import Conflict
from projects.calls.models import Call
from projects.voting import operations, queries


@shared_task
def keep_polls() -> None:
    """Every minute: commits draws that are missing, seals and counts what is over, shuffles ballots of past days.

    Paper ballots may hold a seal up. Keys of running votes that a crash took are put back first: nobody votes without.
    """
    at = clock.now()
    row_steps.each(
        "keys of votes to be put back",
        queries.calls_without_key(),
        lambda call: operations.put_key(call.pk),
        at=at,
    )
    fresh = queries.calls_without_poll(at)
    row_steps.each(
        "draws to be committed", fresh, lambda call: operations.prepare_poll(call=call, at=at), at=at
    )
    row_steps.each("calls to be sealed", queries.calls_to_seal(at), lambda call: _close(call, at), at=at)
    for call in queries.calls_to_count():
        count_votes.delay(str(call.pk))
    # Last: the count of a sealed box does not wait for it.
    to_shuffle = queries.calls_to_shuffle(at)
    row_steps.each(
        "ballots to be shuffled", to_shuffle, lambda call: operations.shuffle_ballots(call=call, at=at), at=at
    )


def _close(call: Call, at: datetime) -> bool:
    try:
        operations.close_voting(call=call, at=at)
    except Conflict:
        return False
    return True


@shared_task
def count_votes(call_id: str) -> None:
    """Counts one sealed call; done before, it changes nothing."""
    operations.run_tally(call=Call.objects.get(pk=UUID(call_id)), at=clock.now())
