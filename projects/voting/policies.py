"""Who may vote in a call, and who may handle its ballots."""

from datetime import datetime
from uuid import UUID

from django.db.models import BooleanField, F, Func, Value

from civic.accounts import groups
from civic.accounts.policies import Actor, in_group
from civic.core.errors import Forbidden
from projects.calls import policies as calls
from projects.calls.models import Call

POINTS = 10  # to give where a call by points does not say how many; voting_ballot_rule knows it too


def entitled(person_id: UUID, at: datetime) -> Func:
    """Whether the person may vote in a call, as an expression on calls: by account or verified residency, and area.

    It is the function `voting_entitled` (migration 0002), which casting asks too: the rule stands in one place.
    """
    return Func(F("pk"), Value(person_id), Value(at), function="voting_entitled", output_field=BooleanField())


def may(actor: Actor | None, verb: str, call: Call) -> bool:
    """Whether council staff may do this with a call's ballots. Verbs: close, tally, void, enter (paper ballots)."""
    if verb == "enter":
        return in_group(actor, groups.DATA_STEWARDS) or in_group(actor, groups.PROGRAMME_MANAGERS)
    return calls.may(actor, "decide", call)


def require(actor: Actor | None, verb: str, call: Call) -> None:
    """Raises Forbidden where `may` says no."""
    if not may(actor, verb, call):
        raise Forbidden


def most_choices(call: Call) -> int | None:
    """How many projects (or points) a ballot may name; None: no limit but the number of projects."""
    if call.ballot_kind == Call.BallotKind.POINTS:
        return call.ballot_max or POINTS
    return call.ballot_max
