"""What stands behind the URLs of this slice, and for whom they open; tests/whole puts all of them together."""

from typing import Any

from civic.accounts import groups
from civic.accounts.models import Person
from tests.factories import calls
from tests.whole.scene import ADMIN, EVERYBODY, opens

OPENS = {
    **opens(EVERYBODY, "calls:index"),
    **opens(frozenset({groups.PROGRAMME_MANAGERS, groups.AUDITORS, ADMIN}), "calls:show"),
    **opens(EVERYBODY, "api:areas", "api:calls"),
    # A draft is not open data, whoever asks.
    **opens(frozenset(), "api:call"),
}


def objects(owner: Person) -> dict[str, dict[str, Any]]:
    hidden = {"slug": calls.call(None, state="draft").slug}
    return {"calls:show": hidden, "api:call": hidden}
