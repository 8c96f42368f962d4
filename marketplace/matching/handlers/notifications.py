"""Notifies teams about allocations of match funds, and challengers about answers. At least once, idempotent."""

from civic.core import events
from civic.core.models import Event
from civic.notifications.operations import Message, notify
from marketplace.matching import notification_types
from marketplace.matching.models import Allocation, Challenge
from projects.proposals.roles import team_of


@events.handler(*notification_types.TO_TEAM)
def on_allocation(event: Event) -> None:
    """The team of the project."""
    found = Allocation.objects.select_related("fund", "campaign__project").filter(pk=event.subject_id).first()
    if found:
        params = {"fund": found.fund.title, "amount": found.fund.money(found.amount_minor).format()}
        project = found.campaign.project
        message = Message(event.kind, project.title, found.fund.get_absolute_url(), params=params)
        notify(people=team_of(project), message=message, event=event)


@events.handler(*notification_types.TO_CHALLENGER)
def on_answer(event: Event) -> None:
    """Whoever challenged."""
    found = Challenge.objects.select_related("fund").filter(pk=event.subject_id).first()
    if found and found.person_id:
        message = Message(event.kind, found.fund.title, found.fund.get_absolute_url(), detail=found.answer)
        notify(people={found.person_id}, message=message, event=event)
