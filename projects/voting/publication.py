"""What is published of a decided call: the `.pb` file that anybody can recompute, and the results as rows."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import Http404, StreamingHttpResponse
from django.utils.text import slugify
from rest_framework import serializers

from civic.core import csv_tables
from projects.voting import queries
from projects.voting.ballot_box import BallotBox
from projects.voting.models import ProjectResult, Tally


def pabulib_lines(tally: Tally) -> Iterator[str]:
    """The election as a `.pb` file with every ballot, the revealed seed and who was selected; streamed.

    Costs are those that were voted on: what a project changed since is no part of the count.
    """
    results = list(tally.results.select_related("project"))
    box = BallotBox(tally.call, {result.project: result.cost_minor for result in results})
    columns = {
        result.project_id: {
            "votes": str(result.supporters),
            "score": str(result.score),
            "selected": str(int(result.won)),
        }
        for result in results
    }
    made = {"seed": tally.seed, "input_digest": tally.input_digest}
    return box.lines(tally.rule, tally.ballots, results=columns, **made)


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
    higher_share_needed_minor = serializers.IntegerField(source="raise_minor", allow_null=True)
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
