"""What stands behind the URLs of this slice, and for whom they open; tests/whole puts all of them together."""

from typing import Any

from civic.accounts.models import Person
from tests.factories import voting
from tests.whole.scene import EVERYBODY, SIGNED_IN, opens

OPENS = {
    **opens(EVERYBODY, "voting:check", "voting:results", "voting:ballots-pb", "voting:results-csv"),
    **opens(SIGNED_IN, "voting:ballot", "voting:receipt"),
    **opens(EVERYBODY, "api:call-results", "api:call-results-csv", "api:call-ballots"),
    **opens(SIGNED_IN, "api:own-ballots"),
}


def objects(owner: Person) -> dict[str, dict[str, Any]]:
    running = voting.voting_call(40, 50)
    voting.cast(running, 1, person=owner)
    decided = voting.voting_call(40, 50)
    voting.cast(decided, 1, person=owner)
    voting.decide(decided)
    results = {"slug": decided.slug}
    return {
        "voting:ballot": {"slug": running.slug},
        "voting:receipt": {"slug": running.slug},
        **{f"voting:{name}": results for name in ("results", "ballots-pb", "results-csv")},
        **{f"api:{name}": results for name in ("call-results", "call-results-csv", "call-ballots")},
    }
