"""Supporters and followers in bulk: five hundred people would take the operations minutes and show nothing more."""

from collections.abc import Iterable
from datetime import datetime

from civic.accounts.models import Person
from civic.demo.city.cast import Cast
from projects.discussion.models import Follow
from projects.proposals.models import Project, Support

SUPPORT_SHARE = 0.26
FOLLOW_SHARE = 0.3


def gather(cast: Cast, project: Project, appeal: float, until: int) -> None:
    """Supporters by how much the project appeals; some of them follow it too."""
    chance = cast.chance("crowd", project.slug)
    everybody = [person for person in cast.residents() if person.pk != project.author_id]
    number = round(len(everybody) * SUPPORT_SHARE * appeal * chance.uniform(0.85, 1.15))
    fans = chance.sample(everybody, min(number, len(everybody)))
    first = (project.opened_at or cast.calendar.now).astimezone().date() - cast.calendar.today
    moments = [cast.calendar.between(first.days + 1, max(first.days + 1, until), chance) for _ in fans]
    _support(project, zip(fans, moments, strict=True))
    _follow(project, [pair for pair in zip(fans, moments, strict=True) if chance.random() < FOLLOW_SHARE])


def _support(project: Project, fans: Iterable[tuple[Person, datetime]]) -> None:
    Support.objects.bulk_create(Support(project=project, person=fan, created_at=at) for fan, at in fans)


def _follow(project: Project, fans: Iterable[tuple[Person, datetime]]) -> None:
    Follow.objects.bulk_create(
        [Follow(project=project, person=fan, since=at) for fan, at in fans], ignore_conflicts=True
    )
