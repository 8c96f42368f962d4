"""What stands behind the URLs of this slice, and for whom they open; tests/whole puts all of them together."""

from typing import Any

from civic.accounts import groups
from civic.accounts.models import Person
from civic.core import clock
from tests.factories import campaigns, sponsors
from tests.invoicing.access import BOOKS
from tests.whole.scene import EVERYBODY, OWN, SIGNED_IN, opens

DESK = BOOKS | {groups.PROGRAMME_MANAGERS}
OPENS = {
    **opens(EVERYBODY, "sponsorship:sponsor-choose", "api:campaign-sponsorships"),
    **opens(SIGNED_IN, "sponsorship:sponsor"),
    **opens(OWN, "sponsorship:packages"),
    # Who reads a sponsorship gets its page back with what is wrong; the operation says whose the step is.
    **opens(DESK, "sponsorship:sponsorship", "sponsorship:sponsorship-step", "sponsorship:sponsorship-pay"),
    **opens(DESK, "sponsorship:sponsorships"),
}


def objects(owner: Person) -> dict[str, dict[str, Any]]:
    """A campaign that takes sponsors, one in writing, and a sponsorship of the owner's organisation."""
    campaign = sponsors.campaign(at=clock.now())
    draft = campaigns.draft_campaign(campaigns.funding_project(author=owner))
    business = sponsors.business(owner)
    sponsorship = {"pk": sponsors.invoiced(campaign, organisation=business, at=clock.now()).sponsorship.pk}
    return {
        "sponsorship:sponsor-choose": {"pk": campaign.pk},
        "sponsorship:sponsor": {"pk": campaign.pk, "package": campaign.packages.get().pk},
        "sponsorship:packages": {"pk": draft.pk},
        "sponsorship:sponsorship": sponsorship,
        "sponsorship:sponsorship-step": sponsorship,
        "sponsorship:sponsorship-pay": sponsorship,
        "sponsorship:sponsorships": {"slug": business.slug},
        "api:campaign-sponsorships": {"pk": campaign.pk},
    }
