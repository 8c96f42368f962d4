"""Who hears of offers and answers. At least once, idempotent."""

from uuid import UUID

from civic.core import events
from civic.core.models import Event
from civic.notifications.operations import News, notify
from projects.contributions import notices
from projects.contributions.models import Contribution
from projects.proposals.models import Project, TeamMember


@events.handler(*[f"contribution.{verb}" for verb in (*notices.TO_TEAM, *notices.TO_GIVER)])
def on_contribution_step(event: Event) -> None:
    """Tells the other side, with the reason where there is one."""
    found = Contribution.objects.with_things().filter(pk=event.subject_id).first()
    if found is None:
        return
    project, verb = found.want.project, event.kind.removeprefix("contribution.")
    people = _team(project) if verb in notices.TO_TEAM else _giver(found)
    news = News(event.kind, project.title, found.get_absolute_url(), detail=event.note)
    notify(people=people, news=news, event=event)


def _giver(contribution: Contribution) -> set[UUID]:
    return {contribution.person_id} if contribution.person_id else set()


def _team(project: Project) -> set[UUID]:
    team = TeamMember.objects.filter(project=project, accepted_at__isnull=False)
    people = {project.author_id, *team.values_list("person", flat=True)}
    return {person for person in people if person}
