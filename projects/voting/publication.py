"""What is published of a decided call: the `.pb` file that anybody can recompute, and the results as rows."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.timezone import localtime

from projects.calls.models import Call
from projects.calls.states import PhaseKind
from projects.voting import pabulib
from projects.voting.ballot_box import BallotBox, PublishedVote, most_choices
from projects.voting.models import ProjectResult, Tally

VOTE_TYPES = {
    Call.BallotKind.APPROVAL: "approval",
    Call.BallotKind.BASKET: "approval",
    Call.BallotKind.POINTS: "cumulative",
    Call.BallotKind.RANKING: "ordinal",
}
RULES = {"greedy": "greedy", "equal-shares": "equalshares/add1", "equal-shares-plain": "equalshares"}


def pabulib_lines(tally: Tally) -> Iterator[str]:
    """The election as a `.pb` file with every ballot, the revealed seed and who was selected; streamed.

    Costs are those that were voted on: what a project changed since is no part of the count.
    """
    results = {result.project_id: result for result in tally.results.select_related("project")}
    box = BallotBox(tally.call, [result.project for result in results.values()])
    points = ["points"] if _by_points(tally.call) else []
    return pabulib.write(
        meta=_meta(tally, box),
        project_columns=["project_id", "cost", "votes", "score", "name", "selected"],
        projects=[
            {
                "project_id": project.ballot_number,
                "cost": str(results[project.pk].cost_minor // tally.unit_minor),
                "votes": str(results[project.pk].supporters),
                "score": str(results[project.pk].score),
                "name": project.title,
                "selected": str(int(results[project.pk].won)),
            }
            for project in box.projects
        ],
        vote_columns=["voter_id", "vote", *points, "voting_method", "receipt"],
        votes=(_vote(number, vote, box) for number, vote in enumerate(box.published(), start=1)),
    )


def _meta(tally: Tally, box: BallotBox) -> dict[str, str]:
    call = tally.call
    voting = call.phase(PhaseKind.VOTING)
    assert voting is not None  # a call without it has no tally
    limit, budget = most_choices(call), str(call.budget_minor // tally.unit_minor)
    return {
        "description": call.title,
        "instance": f"{localtime(voting.starts_at):%Y}",
        "num_projects": str(len(box.projects)),
        "num_votes": str(tally.ballots),
        "budget": budget,
        "vote_type": VOTE_TYPES[Call.BallotKind(call.ballot_kind)],
        "rule": RULES[tally.rule],
        "date_begin": f"{localtime(voting.starts_at):%d.%m.%Y}",
        "date_end": f"{localtime(voting.last_minute):%d.%m.%Y}",
        **({"max_sum_points" if _by_points(call) else "max_length": str(limit)} if limit else {}),
        **({"max_sum_cost": budget} if call.ballot_kind == Call.BallotKind.BASKET else {}),
        "currency": call.currency,
        "unit_of_amounts": f"{tally.unit_minor} minor units",
        "seed": tally.seed,
        "input_digest": tally.input_digest,
    }


def _by_points(call: Call) -> bool:
    return call.ballot_kind == Call.BallotKind.POINTS


def _vote(number: int, vote: PublishedVote, box: BallotBox) -> dict[str, str]:
    return {
        "voter_id": str(number),
        "vote": ",".join(box.projects[place].ballot_number for place, _value in vote.choices),
        "points": ",".join(str(value) for _place, value in vote.choices),
        "voting_method": {"online": "internet", "paper": "paper"}.get(vote.channel, ""),
        "receipt": vote.receipt,
    }


def result_row(result: ProjectResult) -> dict[str, Any]:
    """One project's result as open data; amounts in minor units of the call's currency."""
    project = result.project
    return {
        "number": project.ballot_number,
        "project": project.title,
        "url": project.get_absolute_url(),
        "won": result.won,
        "place": result.place,
        "score": result.score,
        "supporters": result.supporters,
        "cost_minor": result.cost_minor,
        "price_minor": None if result.price_minor is None else str(result.price_minor),
        "decided_by_tie_order": result.tie,
        "why_not": result.why or None,
        "missing_minor": None if result.missing_minor is None else str(result.missing_minor),
        "more_supporters_needed": result.more_supporters,
    }


def result_table(results: Iterable[ProjectResult]) -> Iterator[Iterable[Any]]:
    """The results as a table with a header."""
    for number, row in enumerate(map(result_row, results)):
        if number == 0:
            yield row.keys()
        yield row.values()
