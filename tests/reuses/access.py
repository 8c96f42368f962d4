"""What stands behind the URLs of this slice, and for whom they open; tests/whole puts all of them together."""

from typing import Any

from civic.accounts.models import Person
from tests.factories import reuses
from tests.whole.scene import EVERYBODY, OWN, SIGNED_IN, opens

OPENS = {
    **opens(EVERYBODY, "reuses:reuses", "reuses:reuse", "api:reuses"),
    **opens(SIGNED_IN, "reuses:propose"),
    **opens(OWN, "reuses:withdraw"),
}


def objects(owner: Person) -> dict[str, dict[str, Any]]:
    used = reuses.dataset()
    shown = reuses.shown(used, person=owner)
    return {
        "reuses:reuse": {"key": shown.pk},
        "reuses:withdraw": {"key": shown.pk},
        "reuses:propose": {"slug": used.slug},
    }
