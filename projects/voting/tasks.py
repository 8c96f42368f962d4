"""The clock's part of voting: draws are committed in time, and what is over is sealed and counted."""

from uuid import UUID

from celery import shared_task

from civic.core import clock
from civic.core.errors import Conflict
from projects.calls.models import Call
from projects.voting import operations, queries


@shared_task
def keep_polls() -> None:
    """Every minute: commits draws that are missing, seals and counts what is over. Paper ballots may hold a seal up."""
    at = clock.now()
    for call in queries.calls_without_poll(at):
        operations.prepare_poll(call=call, at=at)
    for call in queries.calls_to_seal(at):
        try:
            operations.close_voting(call=call, at=at)
        except Conflict:
            continue
    for call in queries.calls_to_count():
        count_votes.delay(str(call.pk))


@shared_task
def count_votes(call_id: str) -> None:
    """Counts one sealed call; done before, it changes nothing."""
    operations.run_tally(call=Call.objects.get(pk=UUID(call_id)), at=clock.now())
