"""What a ballot of a call may hold."""

from projects.calls.models import Call

POINTS = 10  # to give where a call by points does not say how many; voting_ballot_rule knows it too


def most_choices(call: Call) -> int | None:
    """How many projects (or points) a ballot may name; None: no limit but the number of projects."""
    if call.ballot_kind == Call.BallotKind.POINTS:
        return call.ballot_max or POINTS
    return call.ballot_max
