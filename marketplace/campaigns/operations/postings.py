"""A campaign that succeeded: what was held for it belongs to its project from now on."""

from datetime import datetime

from civic.core.money import Money
from marketplace.campaigns import accounts
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.operations import totals
from marketplace.campaigns.states import CampaignState
from marketplace.ledger import operations as ledger


def commit_held(campaign: Campaign, at: datetime) -> None:
    """Moves what is held to committed, once; what is in dispute or goes back to its payer stays."""
    _move(campaign, f"campaign:{campaign.pk}:succeeded", at)


def pass_on(campaign: Campaign, *, key: str, at: datetime) -> None:
    """The same for money that came after the success, by a `key` of its own (the payment that brought it).

    Does nothing for a campaign that has not succeeded. The campaign is locked by the caller.
    """
    if campaign.state == CampaignState.SUCCEEDED:
        _move(campaign, f"campaign:{campaign.pk}:succeeded:{key}", at)


def _move(campaign: Campaign, key: str, at: datetime) -> None:
    held = accounts.of_campaign(campaign, "held")
    free = ledger.available(held) - campaign.money(totals.not_ours(campaign))
    if free.minor > 0:
        target = accounts.of_campaign(campaign, "committed")
        legs = ledger.move(free, source=target, target=held)
        ledger.post(
            book=campaign.book,
            kind="campaign.succeeded",
            key=key,
            legs=legs,
            at=at,
            public={"campaign": str(campaign.pk)},
        )


def hold_back(campaign: Campaign, amount: Money, *, key: str, at: datetime) -> None:
    """Takes money that is disputed back from committed to held, as far as it is still there; once a `key`.

    A lost dispute is paid out of held; what it does not take is passed on again. Locked by the caller.
    """
    if campaign.state != CampaignState.SUCCEEDED:
        return
    committed, held = (accounts.of_campaign(campaign, part) for part in ("committed", "held"))
    there = min(amount, ledger.available(committed))
    if there.minor > 0:
        legs = ledger.move(there, source=held, target=committed)
        ledger.post(
            book=campaign.book,
            kind="campaign.held_back",
            key=f"campaign:{campaign.pk}:held_back:{key}",
            legs=legs,
            at=at,
            public={"campaign": str(campaign.pk)},
        )
