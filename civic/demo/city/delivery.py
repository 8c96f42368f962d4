"""Plans, evidence, the city's answers and news of the winners at work: by the steps that team and steward take."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from civic.accounts.models import Person
from civic.core import ids
from civic.demo import source
from civic.demo.city.calls import Round
from civic.demo.city.cast import Cast
from civic.demo.city.programme import MANAGER
from civic.demo.pictures import paint
from projects.delivery.models import Milestone
from projects.delivery.operations import milestone_steps, news, plans
from projects.delivery.operations.plans import Part
from projects.proposals.models import Project
from projects.proposals.states import ProjectState


@dataclass(frozen=True)
class Team:
    """A project at work with its text, who acts for it, and the steward who answers for the city."""

    cast: Cast
    project: Project
    text: dict[str, Any]
    pictures: bool

    @property
    def author(self) -> Person:
        author = self.project.author
        if author is None:
            raise ValueError(f"{self.project} has no author")
        return author

    @property
    def steward(self) -> Person:
        return self.cast.people[MANAGER]


def teams(cast: Cast, ready: Round, *, pictures: bool) -> list[Team]:
    """The projects of the call that have a plan, in the order of the texts."""
    return [
        Team(cast, ready.projects[text["key"]], text, pictures)
        for text in source.read("delivery")
        if text["key"] in ready.projects
    ]


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
    if "begun" not in team.text or team.project.state != ProjectState.FUNDED:
        return
    at = team.cast.calendar.at(team.text["begun"], 10)
    milestone_steps.start_delivery(actor=team.steward, project=team.project, at=at)
    team.project.refresh_from_db()
    milestones = {one.number: one for one in team.project.milestones.all()}
    for day, number, what in sorted(_steps(team), key=lambda step: step[:2]):
        _take(team, milestones[number], what, day)
    for one in team.text.get("news", []):
        _tell(team, one)


def _steps(team: Team) -> Iterable[tuple[int, int, dict[str, Any]]]:
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
        answer(actor=team.steward, milestone=milestone, reason=what["says"], at=at)


def _file(shown: dict[str, Any], *, pictures: bool) -> SimpleUploadedFile:
    """A picture, or a table; where the city has no pictures, a table with the words under the picture."""
    if "picture" in shown and pictures:
        return SimpleUploadedFile("photo.jpg", paint(shown["picture"]), "image/jpeg")
    rows = source.read("tables").get(shown.get("table"), [["shown", "day"], [shown["text"], shown["day"]]])
    text = StringIO()
    csv.writer(text).writerows(rows)
    return SimpleUploadedFile("table.csv", text.getvalue().encode(), "text/csv")


def _tell(team: Team, one: dict[str, Any]) -> None:
    news.post_update(
        actor=team.cast.people[one["by"]],
        project=team.project,
        title=one["title"],
        text=one["text"],
        token=ids.new_id(),
        at=team.cast.calendar.at(one["day"], 19, 30),
    )
