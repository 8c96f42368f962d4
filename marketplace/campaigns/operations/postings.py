"""A campaign that succeeded: what was held for it belongs to its project from now on."""

from datetime import datetime

from civic.core.ids import new_id
from marketplace.campaigns import accounts
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.operations import totals
from marketplace.campaigns.states import CampaignState
from marketplace.ledger import operations as ledger


def balance_held(campaign: Campaign, at: datetime) -> None:
    """Leaves on held what is in dispute or goes back to its payer, and commits the rest. Locked by the caller.

    Does nothing for a campaign that has not succeeded. What held lacks is taken back from committed, as far as it is
    there. Both come from the rows of this moment, whichever event has called: held back by the news of one dispute and
    kept by the rows of another, the same money would be taken twice.
    """
    if campaign.state != CampaignState.SUCCEEDED:
        return
    held, committed = (accounts.of_campaign(campaign, part) for part in ("held", "committed"))
    free = ledger.available(held).minor - totals.not_ours(campaign)
    lacks = min(-free, ledger.available(committed).minor) if free < 0 else 0
    if free <= 0 and not lacks:
        return
    source, target = (committed, held) if lacks else (held, committed)
    ledger.post(
        book=campaign.book,
        kind="campaign.held_back" if lacks else "campaign.succeeded",
        # Not named after the event: it may come again when there is something else to move.
        key=f"campaign:{campaign.pk}:held:{new_id()}",
        legs=ledger.move(campaign.money(lacks or free), source=target, target=source),
        at=at,
        public={"campaign": str(campaign.pk)},
    )
