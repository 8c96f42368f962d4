"""What stands behind the URLs of this slice, and for whom they open; tests/whole puts all of them together."""

from datetime import timedelta
from typing import Any

from civic.accounts import groups
from civic.accounts.models import Person
from civic.core import clock
from marketplace.matching.models import MatchFund
from marketplace.matching.operations import quadratic_allocation
from tests.factories import accounts, funding_campaigns, funding_matching, funding_sponsors
from tests.whole.scene import ADMIN, EVERYBODY, OWN, OWNER, SIGNED_IN, opens

SPONSORS_BOOKS = frozenset({OWNER, groups.FINANCE_OFFICERS, groups.AUDITORS, ADMIN})
SPONSORS_DESK = SPONSORS_BOOKS | {groups.PROGRAMME_MANAGERS}
OPENS = {
    **opens(
        EVERYBODY,
        "campaigns:campaigns",
        "campaigns:campaign",
        "campaigns:pledge",
        "payouts:project-money",
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
    ),
    **opens(OWN, "campaigns:pledge-step", "campaigns:campaign-edit", "api:own-pledge"),
    **opens(EVERYBODY, "sponsorship:sponsor-choose", "api:campaign-sponsorships"),
    **opens(SIGNED_IN, "sponsorship:sponsor", "api:own-invoices"),
    **opens(OWN, "sponsorship:packages"),
    # Who reads a sponsorship gets its page back with what is wrong; the operation says whose the step is.
    **opens(
        SPONSORS_DESK,
        "sponsorship:sponsorship",
        "sponsorship:sponsorship-step",
        "sponsorship:sponsorship-pay",
    ),
    **opens(SPONSORS_DESK, "sponsorship:sponsorships"),
    **opens(SPONSORS_BOOKS, "invoicing:invoice", "invoicing:invoice-pdf"),
    **opens(
        EVERYBODY,
        "matching:funds",
        "matching:fund",
        "matching:fund-input",
        "matching:fund-program",
        "api:funds",
        "api:funds-csv",
        "api:fund",
        "api:fund-allocations",
        "api:fund-input",
    ),
    **opens(SIGNED_IN, "matching:fund-challenge"),
    **opens(OWN, "payouts:bank"),
}


def _funds(owner: Person) -> dict[str, dict[str, Any]]:
    """A quadratic fund whose input is published and can be challenged, and an organisation of the owner's."""
    begun = clock.now() - timedelta(days=31)
    fund = funding_matching.fund(begun, rule=MatchFund.Rule.QUADRATIC)
    quadratic_allocation.freeze(fund, clock.now())
    names = ("matching:fund", "matching:fund-input", "matching:fund-challenge")
    open_data = ("api:fund", "api:fund-allocations", "api:fund-input")
    group = {"payouts:bank": {"slug": accounts.organisation(owner).slug}}
    return {name: {"slug": fund.slug} for name in (*names, *open_data)} | group


def _campaigns(owner: Person) -> dict[str, dict[str, Any]]:
    """An open campaign of the owner's project, and a pledge of theirs to it."""
    project = funding_campaigns.funding_project(author=owner)
    campaign = funding_campaigns.open_campaign(project)
    pledge = {"key": funding_campaigns.active_pledge(campaign, owner).pk}
    public = {f"campaigns:{name}": {"key": campaign.pk} for name in ("campaign", "pledge", "pledge-review")}
    own = ("own-pledge", "pledge-thanks", "pledge-change", "pledge-cancel", "pledge-step")
    of_project = {
        name: {"slug": project.slug} for name in ("campaigns:campaign-edit", "payouts:project-money")
    }
    data = {"api:campaign": {"pk": campaign.pk}, "api:own-pledge": {"pk": pledge["key"]}}
    return public | {f"campaigns:{name}": pledge for name in own} | of_project | data


def _sponsors(owner: Person) -> dict[str, dict[str, Any]]:
    """A campaign that takes sponsors, one in writing, and an invoice of the owner's organisation."""
    campaign = funding_sponsors.campaign(at=clock.now())
    draft = funding_campaigns.draft_campaign(funding_campaigns.funding_project(author=owner))
    business = funding_sponsors.business(owner)
    invoice = funding_sponsors.invoiced(campaign, organisation=business, at=clock.now())
    sponsorship, number = {"pk": invoice.sponsorship.pk}, {"number": invoice.number}
    return {
        "sponsorship:sponsor-choose": {"pk": campaign.pk},
        "sponsorship:sponsor": {"pk": campaign.pk, "package": campaign.packages.get().pk},
        "sponsorship:packages": {"pk": draft.pk},
        **{
            f"sponsorship:{name}": sponsorship
            for name in ("sponsorship", "sponsorship-step", "sponsorship-pay")
        },
        "sponsorship:sponsorships": {"slug": business.slug},
        "invoicing:invoice": number,
        "invoicing:invoice-pdf": number,
        "api:campaign-sponsorships": {"pk": campaign.pk},
    }


def objects(owner: Person) -> dict[str, dict[str, Any]]:
    return _funds(owner) | _campaigns(owner) | _sponsors(owner)
