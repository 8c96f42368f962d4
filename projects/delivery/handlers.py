"""Who hears of milestones. At least once, idempotent.

Of the steps of a project, of `project.milestone_reached` and `project.update_posted` team and followers hear from
projects.discussion.
"""

from civic.core import events
from civic.core.models import Event
from civic.notifications.operations import Message, notify
from projects.calls.queries import managers_of
from projects.delivery import notification_types
from projects.delivery.models import Milestone
from projects.proposals.roles import team_of


@events.handler(*[f"milestone.{step}" for step in notification_types.TO_TEAM])
def on_milestone_decided(event: Event) -> None:
    """Tells the team, with the reason."""
    for milestone in Milestone.objects.select_related("project").filter(pk=event.subject_id):
        message = Message(
            event.kind, milestone.project.title, milestone.get_absolute_url(), detail=event.note
        )
        notify(people=team_of(milestone.project), message=message, event=event)


@events.handler("milestone.submitted")
def on_milestone_handed_in(event: Event) -> None:
    """Tells who may accept it: whoever runs the call and is not of the team."""
    for milestone in Milestone.objects.select_related("project__call").filter(pk=event.subject_id):
        stewards = managers_of(milestone.project.call) - team_of(milestone.project)
        message = Message(event.kind, milestone.project.title, milestone.get_absolute_url())
        notify(people=stewards, message=message, event=event)
