"""What became of the winners of the decided call: raising, at work, done, or given up."""

from datetime import datetime
from typing import Any

from civic.core.states import transition
from civic.demo.city import delivery
from civic.demo.city.calls import Round
from civic.demo.city.cast import Cast
from civic.demo.city.programme import MANAGER
from projects.delivery.operations import milestone_steps
from projects.proposals.models import Project
from projects.proposals.states import ProjectState

FUNDED, COMPLETED, FAILED, EVALUATED = -290, -44, -40, -15
STILL_RAISING = "funding"


def begin(cast: Cast, ready: Round, *, pictures: bool) -> None:
    """Winners plan and get to work; who lost the vote stays where the tally left it."""
    teams = [
        team
        for team in delivery.teams(cast, ready, pictures=pictures)
        if team.project.state == ProjectState.FUNDING
    ]
    for team in teams:
        delivery.plan(team)
    fund(cast, ready)
    for team in teams:
        delivery.work(team)


def fund(cast: Cast, ready: Round) -> None:
    """The call's own money goes to whoever is still raising and, by the texts, has raised it by now."""
    for text, project in _winners(ready):
        if project.state == ProjectState.FUNDING and text["after"] != STILL_RAISING:
            transition(project, "fund", actor=cast.people[MANAGER], at=_at(cast, FUNDED))


def end(cast: Cast, ready: Round) -> None:
    """Some have finished, one has been evaluated, one has failed and says why."""
    manager = cast.people[MANAGER]
    for text, project in _winners(ready):
        if text["after"] in ("completed", "evaluated"):
            milestone_steps.complete(actor=manager, project=project, at=_at(cast, COMPLETED))
            project.refresh_from_db()
        if text["after"] == "evaluated":
            transition(project, "evaluate", actor=manager, at=_at(cast, EVALUATED))
        if text["after"] == "failed":
            reason = cast.calendar.tell(text["ending"])
            milestone_steps.fail(actor=manager, project=project, reason=reason, at=_at(cast, FAILED))
            project.refresh_from_db()


def _winners(ready: Round) -> list[tuple[dict[str, Any], Project]]:
    pairs = [(text, ready.projects[text["key"]]) for text in ready.texts if "after" in text]
    return [(text, project) for text, project in pairs if project.state != ProjectState.UNFUNDED]


def _at(cast: Cast, day: int) -> datetime:
    return cast.calendar.at(day, 14)
