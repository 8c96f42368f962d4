"""Wanted lists and offers of help, each brought to its state by the two sides."""

from datetime import datetime, timedelta
from typing import Any

from civic.core import ids
from civic.demo import source
from civic.demo.city.calls import Round
from civic.demo.city.cast import Cast, author_of
from projects.contributions.conditions import takes_help
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


def gather(cast: Cast, ready: Round) -> None:
    """The lists of the call's projects and what was offered; while they take help, so before any of them ends."""
    for text in source.read("help"):
        project = ready.projects.get(text["project"])
        if project and takes_help(project):
            for wish in text["wants"]:
                _want(cast, project, wish, text["day"])


def _want(cast: Cast, project: Project, text: dict[str, Any], day: int) -> None:
    until = text.get("until")
    wish = Wish(
        kind=text["kind"],
        title=text["title"],
        amount=text["amount"],
        unit=text["unit"],
        details=text.get("details", ""),
        needed_by=None if until is None else cast.calendar.today + timedelta(days=until),
    )
    author = author_of(project)
    line = wants.add_want(actor=author, project=project, wish=wish, at=_at(cast, project, day, 10))
    for one in text.get("offers", []):
        giver = cast.people[one["by"]]
        offered = Offer(
            amount=one["amount"],
            message=one.get("message", ""),
            anonymous=one.get("anonymous", False),
            organisation=cast.organisations.get(one.get("for", "")),
        )
        at = _at(cast, project, one["day"], 12)
        made = offer_steps.offer(actor=giver, want=line, offered=offered, token=ids.new_id(), at=at)
        # The first step on the next day, later ones a week apart, none after today.
        for place, verb in enumerate(WAYS[one["to"]]):
            offer_steps.VERBS[verb](
                actor=giver if verb in GIVER_VERBS else author,
                contribution=made,
                reason=one.get("says", ""),
                at=_at(cast, project, min(one["day"] + 1 + 7 * place, -1), 18 + place),
            )


def _at(cast: Cast, project: Project, day: int, hour: int) -> datetime:
    """That hour of the day, but not before the project had been open for as many hours."""
    opened = project.opened_at or cast.calendar.now
    return max(cast.calendar.at(day, hour), opened + timedelta(hours=hour))
