"""What stands behind the URLs of this slice, and for whom they open; tests/whole puts all of them together."""

from typing import Any

from civic.accounts import groups
from civic.accounts.models import Person
from tests.factories import accounts, analytics, catalogue
from tests.whole.scene import ADMIN, EVERYBODY, OWN, OWNER, SIGNED_IN, opens

OPENS = {
    **opens(
        EVERYBODY, *(f"analytics:{name}" for name in ("query", "query-file", "saved", "saved-file", "embed"))
    ),
    **opens(EVERYBODY, "api:dataset-query", "api:saved-query"),
    **opens(SIGNED_IN, "analytics:own", "analytics:save"),
    **opens(OWN, "analytics:embed-code"),
    **opens(frozenset({OWNER, groups.DATA_STEWARDS, ADMIN}), "analytics:embed-end", "analytics:remove"),
}


def objects(owner: Person) -> dict[str, dict[str, Any]]:
    public = catalogue.published(owner, publisher=accounts.organisation(owner), title="Asked trees")
    key = {"key": analytics.saved(public, owner).pk}
    slug = {"slug": public.slug}
    return {
        **{f"analytics:{name}": slug for name in ("query", "save")},
        "analytics:query-file": {**slug, "form": "csv"},
        "analytics:saved-file": {**key, "form": "svg"},
        **{f"analytics:{name}": key for name in ("saved", "embed", "embed-code", "embed-end", "remove")},
        "api:dataset-query": slug,
        "api:saved-query": key,
    }
