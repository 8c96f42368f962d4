"""What the examiners of the second floor found about calls and votes; each test ends with the number of its finding."""

import io
import itertools
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from civic.core.errors import Conflict, Invalid
from projects.calls.models import Call
from projects.proposals import operations as project_operations
from projects.voting import operations
from projects.voting.models import Tally
from tests.factories import accounts, voting
from tests.voting.test_tally import recomputed

pytestmark = pytest.mark.django_db
KIND = Call.BallotKind


def cancel(call: Call, *numbers: int, at=None) -> None:
    by_number = {project.ballot_number: project for project in voting.on_ballot(call)}
    for number in numbers:
        project_operations.cancel(
            actor=accounts.staff("programme-managers"),
            project=by_number[str(number)],
            reason="The land was sold",
            at=at or call.phases.get(kind="voting").starts_at,
        )


@pytest.mark.parametrize("cancelled", [(1,), (1, 2), (2, 3, 4), (1, 2, 3, 4)])
@pytest.mark.parametrize("most", [None, 4])
def test_rankings_are_counted_as_they_are_published_v1(client, cancelled, most):
    call = voting.voting_call(60, 60, 60, 60, ballot_kind=KIND.RANKING, ballot_max=most, tally_rule="greedy")
    for order in itertools.islice(itertools.permutations((1, 2, 3, 4)), 3, 20, 2):
        voting.cast(call, **{f"n{number}": place for place, number in enumerate(order, start=1)})
    cancel(call, *cancelled)
    tally = voting.decide(call)
    outcome, _document, digest = recomputed(tally)
    assert digest == tally.input_digest
    assert list(outcome.winners) == tally.trace["winners"]
    assert outcome.as_dict()["losses"] == [dict(loss) for loss in tally.trace["losses"]]
    for ballot in client.get(reverse("api:call-ballots", args=[call.slug])).json()["results"]:
        assert sorted(ballot["choices"].values()) == list(range(1, 5 - len(cancelled)))
