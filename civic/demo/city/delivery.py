"""The winners at work, by the steps that team and steward take: plans, evidence, answers, news, and the end."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from civic.accounts.models import Person
from civic.core import ids
from civic.core.states import transition
from civic.demo import source
from civic.demo.city.calls import Round
from civic.demo.city.cast import Cast, author_of
from civic.demo.pictures import paint
from projects.delivery.models import Milestone
from projects.delivery.operations import milestone_steps, plans
from projects.delivery.operations.plans import Part
from projects.proposals.models import Project
from projects.proposals.states import ProjectState

FUNDED, COMPLETED, FAILED, EVALUATED = -290, -44, -40, -15
STILL_RAISING = "funding"


@dataclass(frozen=True)
class Team:
    """A project at work with its text, and who acts for it."""

    cast: Cast
    project: Project
    text: dict[str, Any]
    pictures: bool

    @property
    def author(self) -> Person:
        return author_of(self.project)


def teams(cast: Cast, ready: Round, *, pictures: bool) -> list[Team]:
    """The projects of the call that have a plan, in the order of the texts."""
    return [
        Team(cast, ready.projects[text["key"]], text, pictures)
        for text in source.read("delivery")
        if text["key"] in ready.projects
    ]


def begin(cast: Cast, ready: Round, *, pictures: bool) -> None:
    """Winners plan, get the call's own money and start; who lost the vote stays where the tally left it."""
    winners = [
        team for team in teams(cast, ready, pictures=pictures) if team.project.state == ProjectState.FUNDING
    ]
    for team in winners:
        plan(team)
    for text, project in _won(ready):
        if project.state == ProjectState.FUNDING and text["after"] != STILL_RAISING:
            transition(project, "fund", actor=cast.manager, at=cast.calendar.at(FUNDED, 14))
    for team in winners:
        work(team)


def end(cast: Cast, ready: Round) -> None:
    """Some have finished, one has been evaluated, one has failed and says why."""
    manager, calendar = cast.manager, cast.calendar
    for text, project in _won(ready):
        if text["after"] in ("completed", "evaluated"):
            milestone_steps.complete(actor=manager, project=project, at=calendar.at(COMPLETED, 14))
        if text["after"] == "evaluated":
            transition(project, "evaluate", actor=manager, at=calendar.at(EVALUATED, 14))
        if text["after"] == "failed":
            reason, at = calendar.dated(text["ending"]), calendar.at(FAILED, 14)
            milestone_steps.fail(actor=manager, project=project, reason=reason, at=at)
        project.refresh_from_db()


def _won(ready: Round) -> list[tuple[dict[str, Any], Project]]:
    pairs = [(text, ready.projects[text["key"]]) for text in ready.texts if "after" in text]
    return [(text, project) for text, project in pairs if project.state != ProjectState.UNFUNDED]


def plan(team: Team) -> None:
    """The plan that people give money for: to be made while the project has won and no money is raised yet."""
    calendar = team.cast.calendar
    parts = [
        Part(one["title"], one["promise"], one["share"] * 100, calendar.today + timedelta(days=one["due"]))
        for one in team.text["milestones"]
    ]
    at = calendar.at(team.text["plan"], 18)
    plans.plan(actor=team.author, project=team.project, parts=parts, at=at)


def work(team: Team) -> None:
    """From a funded project to where it stands today, or to the moment before its end; nothing for one not begun."""
    team.project.refresh_from_db()
    if "begun" not in team.text or team.project.state != ProjectState.FUNDED:
        return
    calendar = team.cast.calendar
    at = calendar.at(team.text["begun"], 10)
    milestone_steps.start_delivery(actor=team.cast.manager, project=team.project, at=at)
    team.project.refresh_from_db()
    milestones = {one.number: one for one in team.project.milestones.all()}
    for day, number, what in sorted(_steps(team), key=lambda step: step[:2]):
        _take(team, milestones[number], what, day)
    for one in team.text.get("news", []):
        plans.post_update(
            actor=team.cast.people[one["by"]],
            project=team.project,
            title=one["title"],
            text=one["text"],
            token=ids.new_id(),
            at=calendar.at(one["day"], 19, 30),
        )


def _steps(team: Team) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Everything that happens to the milestones: the day, the milestone's number, and what."""
    for number, milestone in enumerate(team.text["milestones"], 1):
        for step in milestone["done"]:
            verb, day = next(iter(step.items()))
            yield day, number, {"verb": verb, "says": step.get("says", "")}
        for shown in milestone.get("evidence", []):
            yield shown["day"], number, {"verb": "show", **shown}


def _take(team: Team, milestone: Milestone, what: dict[str, Any], day: int) -> None:
    at, verb = team.cast.calendar.at(day, 17), what["verb"]
    if verb == "show":
        upload = _file(what, pictures=team.pictures)
        milestone_steps.add_evidence(
            actor=team.author, milestone=milestone, upload=upload, text=what["text"], at=at
        )
    elif verb in ("start", "submitted"):
        step = milestone_steps.start if verb == "start" else milestone_steps.submit
        step(actor=team.author, milestone=milestone, at=at)
    else:
        answer = milestone_steps.accept if verb == "accepted" else milestone_steps.send_back
        answer(actor=team.cast.manager, milestone=milestone, reason=what["says"], at=at)


def _file(shown: dict[str, Any], *, pictures: bool) -> SimpleUploadedFile:
    """A picture, or a table; where the city has no pictures, a table with the words under the picture."""
    if "picture" in shown and pictures:
        return SimpleUploadedFile("photo.jpg", paint(shown["picture"]), "image/jpeg")
    rows = source.read("tables").get(shown.get("table"), [["shown", "day"], [shown["text"], shown["day"]]])
    text = StringIO()
    csv.writer(text).writerows(rows)
    return SimpleUploadedFile("table.csv", text.getvalue().encode(), "text/csv")
