"""From a call's live ballots in the database to the text that everybody may download, and from that to an election.

There is one encoding: what is counted is read from the published text, so whoever counts that again comes to the
same result, whatever became of projects meanwhile. Amounts are in the largest unit in which they are all whole:
euros when the budget and every cost are whole euros, otherwise cents, because Add1 steps by one unit.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from tempfile import TemporaryFile
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils.timezone import localtime

from civic.core.money import decimals
from projects.calls.models import Call
from projects.calls.states import PhaseKind
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from projects.voting import pabulib
from projects.voting.election import Election

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

VOTE_TYPES = {
    Call.BallotKind.APPROVAL: "approval",
    Call.BallotKind.BASKET: "approval",
    Call.BallotKind.POINTS: "cumulative",
    Call.BallotKind.RANKING: "ordinal",
}

# By fingerprint, which is as good as shuffled: the order says nothing about when somebody voted.
PUBLISHED = """
SELECT ballot.receipt,
       array_agg(listed.place ORDER BY line.value, listed.place) FILTER (WHERE listed.place IS NOT NULL),
       array_agg(line.value ORDER BY line.value, listed.place) FILTER (WHERE listed.place IS NOT NULL)
  FROM voting_ballot ballot
  LEFT JOIN voting_ballotline line ON line.ballot_id = ballot.id
  LEFT JOIN unnest(%(projects)s::uuid[]) WITH ORDINALITY AS listed (project, place)
         ON listed.project = line.project_id
 WHERE ballot.call_id = %(call)s AND ballot.state = 'cast'
 GROUP BY ballot.id, ballot.receipt ORDER BY ballot.receipt
"""


def most_choices(call: Call) -> int | None:
    """How many projects (or points) a ballot may name; None: no limit but the number of projects."""
    return call.ballot_max or (POINTS if call.ballot_kind == Call.BallotKind.POINTS else None)


class BallotBox:
    """The projects on a call's ballot, in the order of their numbers, and its live ballots.

    `costs`: the projects of a count that is done, wherever they have come since, with what they cost then.
    """

    def __init__(self, call: Call, costs: Mapping[Project, int] | None = None) -> None:
        self.call = call
        if costs is None:
            costs = {project: project.cost_minor or 0 for project in self.on_ballot(call)}
        self.costs = costs
        self.projects = sorted(costs, key=_number)

    @staticmethod
    def on_ballot(call: Call) -> QuerySet[Project]:
        """What is counted if it is counted now: without what was cancelled."""
        return Project.objects.filter(call=call, state__in=COUNTED).exclude(ballot_number="")

    @cached_property
    def unit_minor(self) -> int:
        """Minor units in one unit of the election."""
        whole = 10 ** decimals(self.call.currency)
        amounts = [self.call.budget_minor, *self.costs.values()]
        return whole if all(amount % whole == 0 for amount in amounts) else 1

    def election(self, rule: str, ballots: int) -> Election:
        """The election that the published text tells, with so many ballots. Raises `pabulib.Malformed`.

        The text goes through a file: memory grows with the distinct ballots only.
        """
        with TemporaryFile() as text:
            text.writelines(line.encode() for line in self.lines(rule, ballots))
            text.seek(0)
            return pabulib.election(pabulib.read(text, self.call.slug))

    def lines(
        self, rule: str, ballots: int, *, results: Mapping[UUID, Mapping[str, str]] | None = None, **more: str
    ) -> Iterator[str]:
        """The `.pb` file with every ballot; streamed. `results` are further columns of projects, `more` of META."""
        results = results or {}
        points = ["points"] if self._by_points else []
        return pabulib.write(
            meta=self._meta(rule, ballots) | more,
            project_columns=["project_id", "cost", "name", *next(iter(results.values()), {})],
            projects=(
                {
                    "project_id": project.ballot_number,
                    "cost": str(self.costs[project] // self.unit_minor),
                    "name": project.title,
                    **results.get(project.pk, {}),
                }
                for project in self.projects
            ),
            vote_columns=["voter_id", "vote", *points, "receipt"],
            votes=self.votes(),
        )

    @property
    def _by_points(self) -> bool:
        return self.call.ballot_kind == Call.BallotKind.POINTS

    def _meta(self, rule: str, ballots: int) -> dict[str, str]:
        voting = self.call.phase(PhaseKind.VOTING)
        assert voting is not None  # a call without it has no ballots
        limit, budget = most_choices(self.call), str(self.call.budget_minor // self.unit_minor)
        return {
            "description": self.call.title,
            "instance": f"{localtime(voting.starts_at):%Y}",
            "num_projects": str(len(self.projects)),
            "num_votes": str(ballots),
            "budget": budget,
            "vote_type": VOTE_TYPES[Call.BallotKind(self.call.ballot_kind)],
            "rule": pabulib.RULE_NAMES[rule],
            "date_begin": f"{localtime(voting.starts_at):%d.%m.%Y}",
            "date_end": f"{localtime(voting.last_minute):%d.%m.%Y}",
            **({"max_sum_points" if self._by_points else "max_length": str(limit)} if limit else {}),
            **({"max_sum_cost": budget} if self.call.ballot_kind == Call.BallotKind.BASKET else {}),
            "currency": self.call.currency,
            "unit_of_amounts": f"{self.unit_minor} minor units",
        }

    def votes(self) -> Iterator[dict[str, str]]:
        """All live ballots by fingerprint; a project that was cancelled stands on none of them.

        Nothing says which came on paper: the desk knows who took one, and of few papers what they say.
        """
        numbers = [project.ballot_number for project in self.projects]
        values: dict[str, Any] = {"call": self.call.pk, "projects": [project.pk for project in self.projects]}
        with connection.chunked_cursor() as cursor:
            cursor.execute(PUBLISHED, values)
            for voter, (receipt, places, said) in enumerate(cursor, start=1):
                yield {
                    "voter_id": str(voter),
                    "vote": ",".join(numbers[place - 1] for place in places or []),
                    "points": ",".join(str(value) for value in said or []),
                    "receipt": receipt,
                }


def _number(project: Project) -> tuple[int, str]:
    """Ballot numbers in the order people expect: 2 before 10, words after numbers."""
    number = project.ballot_number
    return (int(number), "") if number.isdecimal() and len(number) < 10 else (10**10, number)
