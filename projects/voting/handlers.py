"""What follows from events of lower slices; runs in the worker, at least once."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic.core import events
from civic.core.errors import Text
from civic.core.models import Event
from civic.core.registry import Hook
from civic.notifications.operations import Message, notify
from projects.calls.conditions import holds
from projects.calls.models import Call
from projects.calls.states import CallState, PhaseKind
from projects.proposals.models import Project
from projects.voting import operations, queries


@events.handler("call.opened", "call.phases_set")
def commit_draw(event: Event) -> None:
    """A call that opens, or is given a vote later, gets its poll: the draw for ties is committed before voting."""
    call = Call.objects.get(pk=event.subject_id)
    # By the time of the event: where the worker was late, the clock alone would find voting begun, and nobody votes.
    if call.state == CallState.OPEN and call.phase(PhaseKind.VOTING) and not call.voting_began(event.at):
        operations.prepare_poll(call=call, at=event.at)


@events.handler("project.cancelled")
def tell_voters(event: Event) -> None:
    """A project leaves a running vote: tells everybody who may vote, with the way to the ballot.

    Not only whom it concerns: a note to those who chose it, or to those who voted at all, would tell who they are.
    """
    project = Project.objects.select_related("call").get(pk=event.subject_id)
    if not project.ballot_number or not Call.objects.in_phase(PhaseKind.VOTING, event.at).filter(
        pk=project.call_id
    ):
        return
    ballot = reverse("voting:ballot", args=[project.call.slug])
    message = Message("voting.project_cancelled", project.title, ballot, detail=event.note)
    people = queries.may_vote(project.call, event.at).values_list("pk", flat=True)
    notify(people=people.iterator(), message=message, event=event)


def held_by_ballots(call: Call, at: datetime) -> Text:
    """Once people vote, their ballots are counted: nobody ends the call past them."""
    if call.voting_began(at) and queries.poll_of(call):
        return _("Voting has begun. The ballots are counted first; the call closes when they are sealed.")
    return ""


holds.register(Hook("ballots", held_by_ballots))
