"""What stands behind the URLs of this slice, and for whom they open; tests/whole puts all of them together."""

from typing import Any

from civic.accounts.models import Person
from tests.factories import accounts, campaigns
from tests.whole.scene import EVERYBODY, OWN, opens

OPENS = {**opens(EVERYBODY, "payouts:project-money"), **opens(OWN, "payouts:bank")}


def objects(owner: Person) -> dict[str, dict[str, Any]]:
    """A project that raises money, and an organisation of the owner's."""
    project = campaigns.open_campaign(campaigns.funding_project(author=owner)).project
    return {
        "payouts:project-money": {"slug": project.slug},
        "payouts:bank": {"slug": accounts.organisation(owner).slug},
    }
