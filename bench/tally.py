"""P12: the tally of a real city with Equal Shares and completion, and results at any number of ballots."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from bench.measure import TINY, Figure, at_most, cpu, growth, not_measured, sized, statements
from projects.calls.models import Call
from projects.voting import pabulib, rules
from tests.factories import voting

LODZ = Path(settings.BASE_DIR).parent / "shared" / "data" / "pabulib" / "poland_lodz_2022.pb"
SIZES = sized((4_000, 40_000, 400_000), (4, 8, 16))

FILL = """
WITH ballots AS (
    INSERT INTO voting_ballot (id, created_at, state_since, call_id, voter, channel, choices, receipt, state)
    SELECT gen_random_uuid(), %(at)s, %(at)s, %(call)s::uuid, %(call)s || n, 'import', 2, %(call)s || n, 'cast'
      FROM generate_series(1, %(ballots)s) AS n RETURNING id, voter
)
INSERT INTO voting_ballotline (ballot_id, project_id, value)
SELECT id, projects[1 + (hashtext(voter || said) & 1073741823) %% 6 + 6 * said], 1
  FROM ballots, generate_series(0, 1) AS said, (SELECT %(projects)s::uuid[] AS projects) AS p
"""


def run() -> Iterator[Figure]:
    """Łódź 2022 from the file, then the results page at three sizes."""
    if not TINY:
        yield _lodz()
    costs = []
    for ballots in SIZES:
        call = _decided(ballots)
        client, address = Client(), reverse("voting:results", args=[call.slug])
        client.get(address)
        costs.append(cpu(lambda client=client, address=address: client.get(address), times=sized(20, 1)))
        shown = client.get(address).content.decode()
        exact = f"{ballots:,}" in shown and call.tally.ballots == ballots == _scored(call) // 2
        yield at_most(
            "P12", f"results page at {ballots:,} ballots: figures that are wrong", int(not exact), "", 0
        )
        asked = statements(lambda client=client, address=address: client.get(address))
        yield at_most("P1", f"results page at {ballots:,} ballots", asked, "statements", 8)
    yield at_most("P12", "results page, growth 4 k → 400 k ballots", growth(SIZES, costs), "exponent", 0.1)


def _lodz() -> Figure:
    what = "Łódź 2022, 90,494 ballots, file to Equal Shares Add1"
    if not LODZ.exists():
        return not_measured("P12", what, f"there is no {LODZ.name} (from pabulib.org) in {LODZ.parent}")
    used = cpu(lambda: rules.tally(pabulib.read_election(LODZ), rule="equal-shares")) / 1000
    return at_most("P12", what, used, "CPU s", 10)


def _decided(ballots: int) -> Call:
    """A call of twelve projects with so many ballots of two choices each, sealed and counted."""
    call = voting.voting_call(*range(20, 140, 10), budget=500)
    values = {
        "at": voting.voting_over(call) - timedelta(days=1),
        "call": str(call.pk),
        "ballots": ballots,
        "projects": [project.pk for project in voting.on_ballot(call)],
    }
    with connection.cursor() as cursor:
        cursor.execute(FILL, values)
    voting.decide(call)
    return Call.objects.get(pk=call.pk)


def _scored(call: Call) -> int:
    return sum(call.tally.results.values_list("score", flat=True))
