"""The life of each call: announced, filled with projects, supported, talked about, voted on."""

from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.utils.timezone import localdate

from civic.demo import source
from civic.demo.city import proposals
from civic.demo.city.cast import Cast
from civic.demo.city.talk import Remark, plan
from civic.demo.pictures import paint
from projects.calls import operations
from projects.calls.models import Call
from projects.calls.operations import Planned
from projects.discussion.models import Follow
from projects.proposals.models import Project, Support
from projects.proposals.operations import shortlist
from projects.proposals.states import ENDED, ProjectState

ANNOUNCED_BEFORE = 14  # days
WITHDRAWN = -24
LOSES = "unfunded"
# A vote is over in these, and what is written since is about work.
DECIDED = ("decided", "funding")
SUPPORT_SHARE, FOLLOW_SHARE = 0.26, 0.3


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


def prepare(cast: Cast, one: dict[str, Any], *, pictures: bool) -> Round:
    """Announces the call, collects and reviews its proposals, and makes its ballot."""
    call = _announce(cast, one)
    texts = source.read(f"projects/{one['key']}")
    made = {
        text["key"]: proposals.propose(cast, call, one["phases"], text, pictures=pictures) for text in texts
    }
    for text in texts:
        if text.get("state") == ProjectState.CANCELLED:
            proposals.withdraw(cast, made[text["key"]], text, WITHDRAWN)
    ready = Round(one, call, texts, made)
    if one["status"] != "open":
        shortlist(actor=cast.manager, call=call, at=cast.calendar.at(ready.voting[0] - 1, 15))
    for text in texts:
        project = made[text["key"]]
        project.refresh_from_db()
        if project.opened_at and project.state != ProjectState.CANCELLED:
            _support(cast, project, text["appeal"], min(ready.voting[0], -1))
    return ready


def _announce(cast: Cast, one: dict[str, Any]) -> Call:
    """The public call with its phases, opened two weeks before proposals begin."""
    manager, calendar = cast.manager, cast.calendar
    begin = one["phases"]["proposals"][0] - ANNOUNCED_BEFORE
    call = Call(
        title=one["title"],
        slug=one["key"],
        summary=one["summary"],
        description=one["description"].strip(),
        eligibility_note=one["eligibility"].strip(),
        advice="\n".join(one["strong"]),
        theme=one["theme"],
        budget_minor=source.minor(one["budget"]),
        currency=source.currency(),
        ballot_kind=one["ballot"],
        ballot_max=one.get("points") or one.get("max_choices"),
        tally_rule=one["rule"],
        completion=one["completion"] or Call.Completion.NONE,
        project_cost_min_minor=source.minor(one["min_cost"]),
        project_cost_max_minor=source.minor(one["max_cost"]),
    )
    call.picture.save(f"{call.slug}.jpg", ContentFile(paint(one["picture"]), "picture"), save=False)
    operations.create_call(actor=manager, call=call, at=calendar.at(begin - 3, 10))
    phases = [
        Planned(kind, calendar.at(first), calendar.at(end)) for kind, (first, end) in one["phases"].items()
    ]
    operations.set_phases(actor=manager, call=call, phases=phases, at=calendar.at(begin - 3, 11))
    return operations.open_call(actor=manager, call=call, at=calendar.at(begin, 9))


def _support(cast: Cast, project: Project, appeal: float, until: int) -> None:
    """Supporters by how much the project appeals; some of them follow it too.

    In bulk: for five hundred people the operations would take minutes and show nothing more.
    """
    chance = cast.chance("crowd", project.slug)
    everybody = [person for person in cast.residents() if person.pk != project.author_id]
    number = round(len(everybody) * SUPPORT_SHARE * appeal * chance.uniform(0.85, 1.15))
    fans = chance.sample(everybody, min(number, len(everybody)))
    opened = localdate(project.opened_at or cast.calendar.now) - cast.calendar.today
    first = opened.days + 1
    moments = [cast.calendar.between(first, max(first, until), chance) for _ in fans]
    pairs = list(zip(fans, moments, strict=True))
    Support.objects.bulk_create(Support(project=project, person=fan, created_at=at) for fan, at in pairs)
    followers = [pair for pair in pairs if chance.random() < FOLLOW_SHARE]
    Follow.objects.bulk_create(
        [Follow(project=project, person=fan, since=at) for fan, at in followers], ignore_conflicts=True
    )


def before_the_vote(cast: Cast, ready: Round) -> list[Remark]:
    """What is written until the vote, or until today where there was none yet; not about later winners."""
    end = min(ready.voting[0], -1) if ready.text["status"] in DECIDED else -1
    texts = [text for text in ready.texts if text.get("after", LOSES) == LOSES]
    return _remarks(cast, ready, texts, None, end)


def after_the_vote(cast: Cast, ready: Round, since: int) -> list[Remark]:
    """What is written about winners at work, from the day `since` on."""
    winners = [
        text
        for text in ready.texts
        if text.get("after", LOSES) != LOSES and ready.projects[text["key"]].state not in ENDED
    ]
    return _remarks(cast, ready, winners, since, -50)


def _remarks(
    cast: Cast, ready: Round, texts: list[dict[str, Any]], since: int | None, end: int
) -> list[Remark]:
    talk, remarks = source.read(f"talk/{ready.text['key']}"), []
    for text in texts:
        project = ready.projects[text["key"]]
        if text["key"] in talk and project.opened_at:
            begin = project.opened_at if since is None else cast.calendar.at(since)
            threads = [
                thread
                for place, thread in enumerate(talk[text["key"]])
                if cast.all_talk or place == 0 or "reported" in thread
            ]
            remarks += plan(cast, project, threads, begin, cast.calendar.at(end, 22))
    return remarks
