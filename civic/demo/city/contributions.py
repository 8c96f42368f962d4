"""Wanted lists and offers of help, each brought to its state by the two sides."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from civic.accounts.models import Person
from civic.core import ids
from civic.demo import source
from civic.demo.city.calls import Round
from civic.demo.city.cast import Cast
from projects.contributions.conditions import takes_help
from projects.contributions.models import Contribution, Want
from projects.contributions.operations import offer_steps, wants
from projects.contributions.operations.offer_steps import Offer
from projects.contributions.operations.wants import Wish
from projects.contributions.states import GIVER_VERBS
from projects.proposals.models import Project

# The verbs that lead from an offer to each state.
WAYS: dict[str, list[str]] = {
    "offered": [],
    "accepted": ["accept"],
    "delivered": ["accept", "deliver"],
    "verified": ["accept", "deliver", "verify"],
    "declined": ["decline"],
    "withdrawn": ["accept", "withdraw"],
}


@dataclass(frozen=True)
class Wanting:
    """A project that wants help, and who keeps its list."""

    cast: Cast
    project: Project

    @property
    def author(self) -> Person:
        if self.project.author is None:
            raise ValueError(f"{self.project} has no author")
        return self.project.author

    def at(self, day: int, hour: int) -> datetime:
        """That hour of the day, but not before the project had been open for as many hours."""
        opened = self.project.opened_at or self.cast.calendar.now
        return max(self.cast.calendar.at(day, hour), opened + timedelta(hours=hour))


def gather(cast: Cast, ready: Round) -> None:
    """The lists of the call's projects and what was offered; while they take help, so before any of them ends."""
    for text in source.read("help"):
        project = ready.projects.get(text["project"])
        if project and takes_help(project):
            for wish in text["wants"]:
                _want(Wanting(cast, project), wish, text["day"])


def _want(side: Wanting, text: dict[str, Any], day: int) -> None:
    calendar = side.cast.calendar
    wish = Wish(
        sort=text["sort"],
        title=text["title"],
        amount=text["amount"],
        unit=text["unit"],
        details=text.get("details", ""),
        needed_by=calendar.today + timedelta(days=text["until"]) if "until" in text else None,
    )
    line = wants.add_want(actor=side.author, project=side.project, wish=wish, at=side.at(day, 10))
    for one in text.get("offers", []):
        _bring(side, _offer(side, line, one), one)


def _offer(side: Wanting, line: Want, one: dict[str, Any]) -> Contribution:
    offered = Offer(
        amount=one["amount"],
        message=one.get("message", ""),
        anonymous=one.get("anonymous", False),
        organisation=side.cast.organisations.get(one.get("for", "")),
    )
    at = side.at(one["day"], 12)
    giver = side.cast.people[one["by"]]
    return offer_steps.offer(actor=giver, want=line, offered=offered, token=ids.new_id(), at=at)


def _bring(side: Wanting, contribution: Contribution, one: dict[str, Any]) -> None:
    """Takes the steps one after the other, the first on the next day, later ones a week apart, none after today."""
    for place, verb in enumerate(WAYS[one["to"]]):
        actor = side.cast.people[one["by"]] if verb in GIVER_VERBS else side.author
        day = min(one["day"] + 1 + 7 * place, -1)
        offer_steps.VERBS[verb](
            actor=actor,
            contribution=contribution,
            reason=one.get("says", ""),
            at=side.at(day, 18 + place),
        )
