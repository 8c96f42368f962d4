"""What follows from events of lower slices; runs in the worker, at least once."""

from civic.core import events
from civic.core.models import Event
from projects.calls.models import Call
from projects.voting import operations


@events.handler("call.opened")
def commit_draw(event: Event) -> None:
    """A call that opens gets its poll: the draw for ties is committed long before voting."""
    call = Call.objects.get(pk=event.subject_id)
    if not call.voting_began(event.at):
        operations.prepare_poll(call=call, at=event.at)
