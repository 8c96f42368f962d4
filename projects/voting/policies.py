"""Who may vote in a call, and who may handle its ballots."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from civic.accounts import groups
from civic.accounts.models import Person, Residency
from civic.accounts.policies import Actor, in_group
from civic.core.errors import Forbidden
from projects.calls import policies as calls
from projects.calls.models import Call

POINTS = 10  # to give where a call by points does not say how many; voting_ballot_rule knows it too


def entitled(actor: Person, at: datetime) -> Q:
    """Which calls the person may vote in, as a condition on calls: by account or verified residency, and area.

    An area of the call includes its districts; a call without areas takes everybody who qualifies.
    """
    own = Residency.objects.filter(person_id=actor.pk).valid(at)
    here = own.filter(Q(area__calls=OuterRef("pk")) | Q(area__parent__calls=OuterRef("pk")))
    anywhere = ~Exists(Call.areas.through.objects.filter(call_id=OuterRef("pk"))) & Exists(own)
    return Q(eligibility=Call.Eligibility.REGISTERED) | Q(anywhere) | Q(Exists(here))


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
