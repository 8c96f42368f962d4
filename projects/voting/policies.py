"""Who of the council's staff may handle the ballots of a call. Who may vote is `queries.entitled`."""

from civic.accounts import groups
from civic.accounts.models import Person
from civic.accounts.roles import in_group
from civic.core.policies import may, policy
from projects.calls.models import Call
from projects.voting.models import Ballot, PaperBallot


@policy(Call, "tally")
def runs_poll(actor: Person, call: Call) -> bool:
    """Whoever runs the call."""
    return may(actor, "close", call)


@policy(Ballot, "void")
def voids(actor: Person, ballot: Ballot) -> bool:
    """Whoever runs the call."""
    return runs_poll(actor, ballot.call)


@policy(Call, "enter_ballots")
@policy(PaperBallot, "refuse")
def enters(actor: Person, thing: object) -> bool:
    """Data stewards and programme managers hand out and type in paper ballots."""
    return in_group(actor, groups.DATA_STEWARDS, groups.PROGRAMME_MANAGERS)
