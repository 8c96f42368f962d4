"""What stands behind the URLs of this slice, and for whom they open; tests/whole puts all of them together."""

from typing import Any

from civic.accounts import groups
from civic.accounts.models import Person
from datasets.catalogue.vocabularies import AccessLevel
from tests.factories import accounts
from tests.factories import data_access as access
from tests.whole.scene import ADMIN, OWN, OWNER, SIGNED_IN, opens

LOOKED_AFTER = frozenset({OWNER, groups.DATA_STEWARDS, ADMIN})

OPENS = {
    **opens(SIGNED_IN, "access:ask", "access:mine", "api:own-data-requests", "api:own-data-grants"),
    # The owner of the city of the matrix publishes the dataset, and somebody else asks for it.
    **opens(LOOKED_AFTER, "access:request", "access:grant", "access:grant-step", "access:agreement"),
    **opens(LOOKED_AFTER, "access:requests", "access:reads"),
    **opens(OWN, "access:request-step", "access:terms", "access:edit", "api:own-data-request"),
}


def objects(owner: Person) -> dict[str, dict[str, Any]]:
    publisher = accounts.organisation(owner)
    dataset = access.dataset(AccessLevel.ON_REQUEST, owner=owner, publisher=publisher, title="For few")
    waiting, grant = access.sent(dataset), access.grant(dataset)
    own = access.asked(access.dataset(title="Of others"), owner)
    return {
        **{f"access:{name}": {"slug": dataset.slug} for name in ("ask", "terms", "requests", "reads")},
        "access:request": {"key": waiting.pk},
        "access:request-step": {"key": waiting.pk, "verb": "approve"},
        "access:edit": {"key": own.pk},
        "api:own-data-request": {"pk": own.pk},
        "access:grant": {"key": grant.pk},
        "access:grant-step": {"key": grant.pk, "verb": "suspend"},
        "access:agreement": {"key": grant.agreement_id},
    }
