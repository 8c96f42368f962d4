"""Notifies teams about allocations of match funds, and challengers about answers. At least once, idempotent."""

from civic.core import events
from civic.core.models import Event
from civic.notifications.operations import News, notify
from marketplace.matching import notices
from marketplace.matching.models import Allocation, Challenge
from projects.proposals.roles import team_of


@events.handler(*notices.TO_TEAM)
def on_allocation(event: Event) -> None:
    """The team of the project."""
    found = Allocation.objects.select_related("fund", "campaign__project").filter(pk=event.subject_id).first()
    if found:
        params = {"fund": found.fund.title, "amount": found.fund.money(found.amount_minor).format()}
        project = found.campaign.project
        news = News(event.kind, project.title, found.fund.get_absolute_url(), params=params)
        notify(people=team_of(project), news=news, event=event)


@events.handler(*notices.TO_CHALLENGER)
def on_answer(event: Event) -> None:
    """Whoever challenged."""
    found = Challenge.objects.select_related("fund").filter(pk=event.subject_id).first()
    if found and found.person_id:
        news = News(event.kind, found.fund.title, found.fund.get_absolute_url(), detail=found.answer)
        notify(people={found.person_id}, news=news, event=event)
