"""What became of the winners of the decided call: raising, at work, done, or given up."""

from civic.core.states import transition
from civic.demo.city.calls import Round
from civic.demo.city.cast import Cast
from civic.demo.city.programme import MANAGER
from projects.proposals.models import Project
from projects.proposals.states import ProjectState

# Verb and day of each step from having won, up to the state that the texts tell of.
RAISED = [("fund", -290)]
AT_WORK = [*RAISED, ("start_delivery", -258)]
BEGUN: dict[str, list[tuple[str, int]]] = {
    "funding": [],
    "funded": RAISED,
    "delivering": AT_WORK,
    "completed": AT_WORK,
    "evaluated": AT_WORK,
    "failed": AT_WORK,
}
ENDED: dict[str, list[tuple[str, int]]] = {
    "completed": [("complete", -44)],
    "evaluated": [("complete", -44), ("evaluate", -15)],
    "failed": [("fail", -40)],
}


def begin(cast: Cast, ready: Round) -> None:
    """Winners get to work; who lost the vote stays where the tally left it."""
    _move(cast, ready, BEGUN)


def end(cast: Cast, ready: Round) -> None:
    """Some have finished, one has been evaluated, one has failed and says why."""
    _move(cast, ready, ENDED)


def _move(cast: Cast, ready: Round, steps: dict[str, list[tuple[str, int]]]) -> None:
    for text in ready.texts:
        project = ready.projects[text["key"]]
        if project.state != ProjectState.UNFUNDED:
            reason = cast.calendar.tell(text.get("ending", ""))
            for verb, day in steps.get(text.get("after", ""), []):
                _step(cast, project, verb, day, reason if verb == "fail" else "")


def _step(cast: Cast, project: Project, verb: str, day: int, reason: str) -> None:
    transition(project, verb, actor=cast.people[MANAGER], at=cast.calendar.at(day, 14), reason=reason)
