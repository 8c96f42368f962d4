"""What is published of a decided call: the `.pb` file that anybody can recompute, and the results as rows."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import Http404, StreamingHttpResponse
from django.utils.text import slugify
from django.utils.timezone import localtime
from rest_framework import serializers

from civic.core import csv_tables
from projects.calls.models import Call
from projects.calls.states import PhaseKind
from projects.voting import pabulib, queries
from projects.voting.ballot_box import BallotBox, PublishedVote, most_choices
from projects.voting.models import ProjectResult, Tally

VOTE_TYPES = {
    Call.BallotKind.APPROVAL: "approval",
    Call.BallotKind.BASKET: "approval",
    Call.BallotKind.POINTS: "cumulative",
    Call.BallotKind.RANKING: "ordinal",
}


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
        "rule": pabulib.RULE_NAMES[tally.rule],
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


class TextOrNull(serializers.CharField):
    """A text; null where it is empty."""

    def to_representation(self, value: Any) -> Any:
        return super().to_representation(value) or None


class ResultRow(serializers.Serializer[ProjectResult]):
    """One project's result as open data; amounts in minor units of the call's currency."""

    number = serializers.CharField(source="project.ballot_number")
    project = serializers.CharField(source="project.title")
    url = serializers.CharField(source="project.get_absolute_url")
    won = serializers.BooleanField()
    place = serializers.IntegerField()
    score = serializers.IntegerField()
    supporters = serializers.IntegerField()
    cost_minor = serializers.IntegerField()
    price_minor = serializers.CharField(allow_null=True)
    decided_by_tie_order = serializers.BooleanField(source="tie")
    why_not = TextOrNull(source="why", allow_null=True)
    missing_minor = serializers.CharField(allow_null=True)
    more_supporters_needed = serializers.IntegerField(source="more_supporters", allow_null=True)


def published(slug: str) -> Tally:
    """The result of the call at this address; 404 until the ballots are counted."""
    tally = queries.published_tally(slug)
    if tally is None:
        raise Http404
    return tally


def results_csv(slug: str) -> StreamingHttpResponse:
    """The published results, one row a project, streamed; 404 until the ballots are counted."""
    rows = queries.results(published(slug)).iterator(chunk_size=500)
    return csv_tables.download(_result_table(rows), f"{slugify(slug)}-results")


def _result_table(results: Iterable[ProjectResult]) -> Iterator[Iterable[Any]]:
    row = ResultRow()
    yield row.fields
    yield from (row.to_representation(result).values() for result in results)
