"""The life of each call: announced, filled with projects, talked about, voted on."""

from dataclasses import dataclass
from typing import Any

from civic.demo import source
from civic.demo.city import crowd, proposals
from civic.demo.city.cast import Cast
from civic.demo.city.programme import MANAGER, announce
from civic.demo.city.talk import Remark, plan
from projects.calls.models import Call
from projects.proposals.models import Project
from projects.proposals.operations import shortlist
from projects.proposals.states import ENDED, ProjectState

WITHDRAWN = -24
LOSES = "unfunded"
# A vote is over in these, and what is said since is about work.
DECIDED = ("decided", "funding")


@dataclass
class Round:
    """A call with its texts, and its projects by key."""

    text: dict[str, Any]
    call: Call
    texts: list[dict[str, Any]]
    projects: dict[str, Project]

    @property
    def voting(self) -> tuple[int, int]:
        """First day of voting, and the day after its last."""
        first, end = self.text["phases"]["voting"]
        return first, end

    @property
    def is_voted_on(self) -> bool:
        """Whether the ballot has been made."""
        return self.text["status"] != "open"


def prepare(cast: Cast, one: dict[str, Any], *, pictures: bool) -> Round:
    """Announces the call, collects and reviews its proposals, and makes its ballot."""
    call = announce(cast, one)
    texts = source.read(f"projects/{one['key']}")
    made = {
        text["key"]: proposals.propose(cast, call, one["phases"], text, pictures=pictures) for text in texts
    }
    for text in texts:
        if text.get("state") == ProjectState.CANCELLED:
            proposals.withdraw(cast, made[text["key"]], text, WITHDRAWN)
    ready = Round(one, call, texts, made)
    if ready.is_voted_on:
        shortlist(actor=cast.people[MANAGER], call=call, at=cast.calendar.at(ready.voting[0] - 1, 15))
    for project in made.values():
        project.refresh_from_db()
    _gather(cast, ready)
    return ready


def _gather(cast: Cast, ready: Round) -> None:
    last = min(ready.voting[0], -1)
    for text in ready.texts:
        project = ready.projects[text["key"]]
        if project.opened_at and project.state != ProjectState.CANCELLED:
            crowd.gather(cast, project, text["appeal"], last)


def before_the_vote(cast: Cast, ready: Round) -> list[Remark]:
    """What is said until the vote, or until today where there was none yet; not about later winners."""
    end = min(ready.voting[0], -1) if ready.text["status"] in DECIDED else -1
    texts = [text for text in ready.texts if text.get("after", LOSES) == LOSES]
    return _remarks(cast, ready, texts, None, end)


def after_the_vote(cast: Cast, ready: Round, since: int) -> list[Remark]:
    """What is said about winners at work, from the day `since` on."""
    winners = [text for text in ready.texts if ready.projects[text["key"]].state not in ENDED]
    winners = [text for text in winners if text.get("after", LOSES) != LOSES]
    return _remarks(cast, ready, winners, since, -50)


def _remarks(
    cast: Cast, ready: Round, texts: list[dict[str, Any]], since: int | None, end: int
) -> list[Remark]:
    threads, remarks = source.read(f"talk/{ready.text['key']}"), []
    for text in texts:
        project = ready.projects[text["key"]]
        if text["key"] in threads and project.opened_at:
            begin = project.opened_at if since is None else cast.calendar.at(since)
            told = _told(cast, threads[text["key"]])
            remarks += plan(cast, project, told, begin, cast.calendar.at(end, 22))
    return remarks


def _told(cast: Cast, threads: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for place, one in enumerate(threads) if cast.all_talk or place == 0 or "reported" in one]
