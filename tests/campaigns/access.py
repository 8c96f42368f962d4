"""What stands behind the URLs of this slice, and for whom they open; tests/whole puts all of them together."""

from typing import Any

from civic.accounts.models import Person
from tests.factories import campaigns
from tests.whole.scene import EVERYBODY, OWN, SIGNED_IN, opens

OPENS = {
    **opens(
        EVERYBODY,
        "campaigns:campaigns",
        "campaigns:campaign",
        "campaigns:pledge",
        "api:campaigns",
        "api:campaigns-csv",
        "api:campaign",
    ),
    **opens(SIGNED_IN, "campaigns:pledges", "campaigns:pledge-review", "api:own-pledges"),
    **opens(
        OWN,
        "campaigns:own-pledge",
        "campaigns:pledge-thanks",
        "campaigns:pledge-change",
        "campaigns:pledge-cancel",
        "campaigns:pledge-step",
        "campaigns:campaign-edit",
        "api:own-pledge",
    ),
}


def objects(owner: Person) -> dict[str, dict[str, Any]]:
    """An open campaign of the owner's project, and a pledge of theirs to it."""
    project = campaigns.funding_project(author=owner)
    campaign = campaigns.open_campaign(project)
    pledge = {"key": campaigns.active_pledge(campaign, owner).pk}
    public = {f"campaigns:{name}": {"key": campaign.pk} for name in ("campaign", "pledge", "pledge-review")}
    own = ("own-pledge", "pledge-thanks", "pledge-change", "pledge-cancel", "pledge-step")
    data = {"api:campaign": {"pk": campaign.pk}, "api:own-pledge": {"pk": pledge["key"]}}
    edit = {"campaigns:campaign-edit": {"slug": project.slug}}
    return public | {f"campaigns:{name}": pledge for name in own} | edit | data
