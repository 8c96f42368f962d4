"""Who hears of offers and answers. At least once, idempotent."""

from civic.core import events
from civic.core.models import Event
from civic.notifications.operations import Message, notify
from projects.contributions import notification_types
from projects.contributions.models import Contribution
from projects.proposals.roles import team_of


@events.handler(
    *[f"contribution.{step}" for step in (*notification_types.TO_TEAM, *notification_types.TO_GIVER)]
)
def on_contribution_step(event: Event) -> None:
    """Tells the other side, with the reason where there is one."""
    found = Contribution.objects.with_things().filter(pk=event.subject_id).first()
    if found is None:
        return
    project, step = found.want.project, event.kind.removeprefix("contribution.")
    giver = {found.person_id} if found.person_id else set()
    people = team_of(project) if step in notification_types.TO_TEAM else giver
    message = Message(event.kind, project.title, found.get_absolute_url(), detail=event.note)
    notify(people=people, message=message, event=event)
