"""From a call's live ballots in the database to an election, and to the votes that everybody may download.

Amounts are in the largest unit in which they are all whole: euros when the budget and every cost are whole euros,
otherwise cents. The published file and the tally use the same unit, because Add1 steps by one unit.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection

from civic.core.money import decimals
from projects.calls.models import Call
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from projects.voting.election import Candidate, Election, Scores

POINTS = 10  # to give where a call by points does not say how many; voting_ballot_rule knows it too
# What was on the ballot when it was counted: decided projects have moved on, cancelled ones are out.
COUNTED = [
    ProjectState.SHORTLISTED,
    ProjectState.FUNDING,
    ProjectState.UNFUNDED,
    ProjectState.FUNDED,
    ProjectState.DELIVERING,
    ProjectState.COMPLETED,
    ProjectState.EVALUATED,
    ProjectState.FAILED,
]

DISTINCT = """
SELECT places, scores, count(*) FROM (
    SELECT array_agg(listed.place ORDER BY listed.place) FILTER (WHERE listed.place IS NOT NULL) AS places,
           array_agg(line.value ORDER BY listed.place) FILTER (WHERE listed.place IS NOT NULL) AS scores
      FROM voting_ballot ballot
      LEFT JOIN voting_ballotline line ON line.ballot_id = ballot.id
      LEFT JOIN unnest(%(projects)s::uuid[]) WITH ORDINALITY AS listed (project, place)
             ON listed.project = line.project_id
     WHERE ballot.call_id = %(call)s AND ballot.state = 'cast'
     GROUP BY ballot.id
) AS ballots GROUP BY places, scores
"""

# By fingerprint, which is as good as shuffled: the order says nothing about when somebody voted.
PUBLISHED = """
SELECT ballot.receipt, ballot.channel,
       array_agg(listed.place ORDER BY line.value, listed.place) FILTER (WHERE listed.place IS NOT NULL),
       array_agg(line.value ORDER BY line.value, listed.place) FILTER (WHERE listed.place IS NOT NULL)
  FROM voting_ballot ballot
  LEFT JOIN voting_ballotline line ON line.ballot_id = ballot.id
  LEFT JOIN unnest(%(projects)s::uuid[]) WITH ORDINALITY AS listed (project, place)
         ON listed.project = line.project_id
 WHERE ballot.call_id = %(call)s AND ballot.state = 'cast'
 GROUP BY ballot.id, ballot.receipt, ballot.channel ORDER BY ballot.receipt
"""


def most_choices(call: Call) -> int | None:
    """How many projects (or points) a ballot may name; None: no limit but the number of projects."""
    return call.ballot_max or (POINTS if call.ballot_kind == Call.BallotKind.POINTS else None)


@dataclass(frozen=True)
class PublishedVote:
    """One live ballot as everybody may see it: positions of projects and what it says of each."""

    receipt: str
    channel: str
    choices: list[tuple[int, int]]


class BallotBox:
    """The projects on a call's ballot, in the order of their numbers, and its live ballots.

    `counted`: the projects of a count that is done, wherever they have come since.
    """

    def __init__(self, call: Call, counted: Iterable[Project] | None = None) -> None:
        self.call = call
        now = Project.objects.filter(call=call, state__in=COUNTED).exclude(ballot_number="")
        self.projects = sorted(now if counted is None else counted, key=_number)

    @cached_property
    def unit_minor(self) -> int:
        """Minor units in one unit of the election."""
        whole = 10 ** decimals(self.call.currency)
        amounts = [self.call.budget_minor, *(project.cost_minor or 0 for project in self.projects)]
        return whole if all(amount % whole == 0 for amount in amounts) else 1

    @cached_property
    def longest(self) -> int:
        """Borda points of a first place."""
        return most_choices(self.call) or len(self.projects)

    def election(self) -> Election:
        """Everything a rule needs. PostgreSQL groups equal ballots, so memory grows with distinct ones only."""
        return Election(
            budget=self.call.budget_minor // self.unit_minor,
            candidates=tuple(
                Candidate(project.ballot_number, (project.cost_minor or 0) // self.unit_minor, project.title)
                for project in self.projects
            ),
            ballots=dict(self._distinct()),
        )

    def published(self) -> Iterator[PublishedVote]:
        """All live ballots by fingerprint, streamed."""
        for receipt, channel, places, values in self._rows(PUBLISHED):
            choices = [(place - 1, value) for place, value in _pairs(places, values)]
            yield PublishedVote(receipt, channel, choices)

    def _distinct(self) -> Iterator[tuple[Scores, int]]:
        ranked = self.call.ballot_kind == Call.BallotKind.RANKING
        for places, values, times in self._rows(DISTINCT):
            pairs = _pairs(places, values)
            yield (
                tuple((place - 1, self.longest + 1 - value if ranked else value) for place, value in pairs),
                times,
            )

    def _rows(self, query: str) -> Iterator[tuple]:
        values: dict[str, Any] = {"call": self.call.pk, "projects": [project.pk for project in self.projects]}
        with connection.chunked_cursor() as cursor:
            cursor.execute(query, values)
            yield from cursor


def _pairs(places: list[int] | None, values: list[int] | None) -> list[tuple[int, int]]:
    return list(zip(places or [], values or [], strict=True))


def _number(project: Project) -> tuple[int, str]:
    """Ballot numbers in the order people expect: 2 before 10, words after numbers."""
    number = project.ballot_number
    return (int(number), "") if number.isdecimal() and len(number) < 10 else (10**10, number)
