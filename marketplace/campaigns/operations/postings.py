"""A campaign that succeeded: what was held for it belongs to its project from now on."""

from datetime import datetime

from django.utils.translation import gettext as _

from civic.core.errors import Conflict
from civic.core.ids import new_id
from civic.core.money import Money
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
    _shift(campaign, campaign.money(lacks or free), is_back=bool(lacks), at=at)


def bring_back(campaign: Campaign, amount: Money, at: datetime) -> None:
    """Brings so much of a succeeded campaign's money back to held, from where it can be refunded. Locked by the caller.

    What lies there for others, in dispute or about to go back, is not touched. Raises Conflict where less than that
    is left: the rest has been paid out, or is set apart for a payout.
    """
    if campaign.state != CampaignState.SUCCEEDED:
        return
    held, committed = (accounts.of_campaign(campaign, part) for part in ("held", "committed"))
    free = max(0, ledger.available(held).minor - totals.not_ours(campaign))
    lacks, there = amount.minor - free, ledger.available(committed).minor
    if lacks > there:
        words = _(
            "Only %(left)s of the campaign’s money is left: the rest is paid out, or set apart for a payout."
        )
        raise Conflict(words % {"left": campaign.money(free + there)})
    if lacks > 0:
        _shift(campaign, campaign.money(lacks), is_back=True, at=at)


def _shift(campaign: Campaign, amount: Money, *, is_back: bool, at: datetime) -> None:
    held, committed = (accounts.of_campaign(campaign, part) for part in ("held", "committed"))
    source, target = (committed, held) if is_back else (held, committed)
    ledger.post(
        book=campaign.book,
        kind="campaign.held_back" if is_back else "campaign.succeeded",
        # Not named after the event: it may come again when there is something else to move.
        key=f"campaign:{campaign.pk}:held:{new_id()}",
        legs=ledger.move(amount, source=target, target=source),
        at=at,
        public={"campaign": str(campaign.pk)},
    )
