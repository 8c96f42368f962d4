"""What pledges bring from match funds: reserved, taken back, committed, paid, released.

The lock order everywhere (`campaigns.locking`): campaign, then its funds by id, then allocations and pledges, then the
ledger. Whoever calls with a pledge locked must have locked its campaign before. The campaign is counted anew by its
caller, or by the events of its allocations.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from civic.core import events
from civic.core.locking import lock_rows
from civic.core.states import transition
from marketplace.campaigns.locking import lock_campaigns, lock_exclusive
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.states import CampaignState
from marketplace.matching.models import Allocation, MatchFund
from marketplace.matching.operations import postings, quadratic_share, ratio, threshold
from marketplace.matching.states import AllocationState, LeftOut, MatchFundState

OPEN_TO_MATCH = [CampaignState.OPEN, CampaignState.COLLECTING]
LIVE = [AllocationState.ESTIMATED, AllocationState.RESERVED]
SETTLING = [MatchFundState.OPEN, MatchFundState.FROZEN]

Matcher = Callable[[Allocation, datetime], None]
MATCHERS: dict[str, Matcher] = {
    MatchFund.Rule.RATIO: ratio.match,
    MatchFund.Rule.THRESHOLD: threshold.match,
    MatchFund.Rule.QUADRATIC: quadratic_share.follow,
}
# What is still done once the campaign has succeeded: the match of what went back of a gift goes back, too.
REDUCERS: dict[str, Matcher] = {
    MatchFund.Rule.RATIO: ratio.reduce,
    MatchFund.Rule.THRESHOLD: threshold.reduce,
    MatchFund.Rule.QUADRATIC: quadratic_share.follow,
}
OWED_BACK: dict[str, Callable[[Allocation], int]] = {
    MatchFund.Rule.RATIO: ratio.owed_back,
    MatchFund.Rule.THRESHOLD: threshold.owed_back,
    MatchFund.Rule.QUADRATIC: quadratic_share.owed_back,
}


def match_campaign(campaign: Campaign, at: datetime) -> None:
    """Brings the match of a campaign up to date.

    Reserves for each pledge not matched yet, takes back what belonged to one that fell away or changed, unlocks
    thresholds. Idempotent; once the campaign succeeded it only takes back the match of what went back of a gift.
    A quadratic fund shares out later, as a whole; from then on its share follows the gifts down.
    """
    with transaction.atomic():
        current = lock_exclusive(campaign)
        if current.state == CampaignState.SUCCEEDED:
            for allocation in locked_allocations(current, [AllocationState.COMMITTED, AllocationState.PAID]):
                REDUCERS[allocation.fund.rule](allocation, at)
        if current.state not in OPEN_TO_MATCH:
            return
        for allocation in locked_allocations(current, LIVE):
            MATCHERS[allocation.fund.rule](allocation, at)


def follow_dispute(campaign: Campaign, at: datetime) -> None:
    """Lowers the campaign's shares in quadratic funds by gifts in dispute; they come back where those are won.

    Not those of other rules, whose match would be free for others, and after the fund's last day for good: what of it
    counts meanwhile is in sql/standing_0008.sql. Idempotent.
    """
    with transaction.atomic():
        current = lock_exclusive(campaign)
        if current.state in OPEN_TO_MATCH:
            for allocation in locked_allocations(current, LIVE):
                if allocation.fund.rule == MatchFund.Rule.QUADRATIC:
                    quadratic_share.follow(allocation, at)


def take_back_later(campaign: Campaign, at: datetime) -> None:
    """Takes back what funds have paid for gifts that fell away while it was paid out, out of what the campaign has now.

    Of a succeeded campaign. Idempotent. The campaign is locked by the caller.
    """
    for allocation in locked_allocations(campaign, [AllocationState.PAID]):
        if allocation.fund.rule == MatchFund.Rule.RATIO:
            ratio.take_back_fallen(allocation, at)
        else:
            REDUCERS[allocation.fund.rule](allocation, at)


def owed_back(campaign: Campaign) -> int:
    """What funds have paid for gifts that fell away and the campaign has not given back, in minor units.

    Whatever is set apart for a payout could not be taken. The campaign is locked by the caller.
    """
    paid = Allocation.objects.filter(campaign=campaign, state=AllocationState.PAID).select_related("fund")
    return sum(OWED_BACK[allocation.fund.rule](allocation) for allocation in paid)


def match_fund(fund: MatchFund, at: datetime) -> None:
    """Matches what waits for money in the campaigns of a ratio fund: some has come free, or was paid in. Idempotent."""
    waiting = Allocation.objects.filter(fund=fund, fund__rule=MatchFund.Rule.RATIO, state__in=LIVE)
    if not waiting.filter(fund__state=MatchFundState.OPEN).exists():
        return
    with transaction.atomic():
        # All of them first: the second would be locked after the fund, which others lock the other way round.
        found = Campaign.objects.filter(pk__in=waiting.values("campaign"), state__in=OPEN_TO_MATCH)
        for campaign in lock_campaigns(found).values():
            match_campaign(campaign, at)


def reverse_match(pledge: Pledge, at: datetime, *, reason: LeftOut | None = None) -> None:
    """Takes back what a pledge brought, because it was cancelled, refunded, dropped or lost. Idempotent.

    Of what the fund has paid to the campaign already comes back what the campaign still has. A threshold that is
    no longer reached is locked again while the campaign is open, and given back once it succeeded. Where the gift
    itself stands, its giver is told the `reason`.
    """
    with transaction.atomic():
        campaign = lock_exclusive(pledge.campaign)
        kept = [*LIVE, AllocationState.COMMITTED, AllocationState.PAID]
        for allocation in locked_allocations(campaign, kept):
            lines = allocation.lines.filter(pledge=pledge, released_at=None)
            ratio.give_back(allocation, lines, at, reason=reason)
            if allocation.fund.rule != MatchFund.Rule.RATIO:
                (MATCHERS if campaign.state in OPEN_TO_MATCH else REDUCERS)[allocation.fund.rule](
                    allocation, at
                )


def commit_match(campaign: Campaign, at: datetime) -> None:
    """The campaign succeeded: what is guaranteed is owed to it, what was only set aside is free again. Idempotent.

    What a quadratic fund has not shared out yet follows when it is settled. The campaign is locked by the caller.
    """
    for allocation in locked_allocations(campaign, LIVE):
        ratio.reduce(allocation, at)
        ratio.give_back(allocation, ratio.fallen_away(allocation, at), at)
        waits = allocation.fund.rule == MatchFund.Rule.QUADRATIC and allocation.fund.state in SETTLING
        if allocation.amount_minor:
            commit(allocation, at)
        elif not waits:
            release(allocation, at)


def release_match(campaign: Campaign, at: datetime) -> None:
    """The campaign missed its goal or was cancelled: everything goes back to the funds. Idempotent.

    The campaign is locked by the caller.
    """
    for allocation in locked_allocations(campaign, LIVE):
        _end(allocation, at)


def release_owed(campaign: Campaign, at: datetime) -> None:
    """The project ended after the campaign's success: what funds owe it and have not paid yet is free again.

    Idempotent. The campaign is locked by the caller.
    """
    for allocation in locked_allocations(campaign, [*LIVE, AllocationState.COMMITTED]):
        _end(allocation, at)


def _end(allocation: Allocation, at: datetime) -> None:
    if allocation.fund.rule == MatchFund.Rule.QUADRATIC:
        quadratic_share.end(allocation, at)
    release(allocation, at)


def pay_match(campaign: Campaign, at: datetime) -> None:
    """The first promise is kept: what funds owe the campaign becomes the campaign's money. Idempotent.

    The campaign is locked by the caller.
    """
    for allocation in locked_allocations(campaign, [AllocationState.COMMITTED]):
        transition(allocation, "pay", actor=None, at=at)
        postings.to_campaign(allocation, at=at)


def commit(allocation: Allocation, at: datetime) -> None:
    """Moves what is guaranteed to committed; what was only set aside is free again. Locked by the caller."""
    fund, amount = allocation.fund, allocation.amount_minor
    rest = allocation.set_aside_minor - amount
    way, key = ("reserved", "committed"), f"match:{allocation.pk}:committed"
    postings.within_fund(fund, amount, way, kind="match.committed", key=key, at=at)
    back, key = ("reserved", "available"), f"match:{allocation.pk}:rest"
    postings.within_fund(fund, rest, back, kind="match.released", key=key, at=at)
    ratio.write(allocation, amount=amount, set_aside=amount, estimated=0)
    transition(allocation, "commit", actor=None, at=at)


def release(allocation: Allocation, at: datetime) -> None:
    """Gives all of an allocation back to its fund. Locked by the caller."""
    payload = {"minor": allocation.amount_minor}
    lies = "committed" if allocation.state == AllocationState.COMMITTED else "reserved"
    way, key = (lies, "available"), f"match:{allocation.pk}:released"
    postings.within_fund(
        allocation.fund, allocation.set_aside_minor, way, kind="match.released", key=key, at=at
    )
    allocation.lines.filter(released_at=None).update(released_at=at)
    ratio.write(allocation, amount=0, set_aside=0, estimated=0)
    transition(allocation, "release", actor=None, at=at, payload=payload)


def return_part(allocation: Allocation, minor: int, *, key: str, at: datetime) -> None:
    """The fund gets back so much of what it has paid: what the project has left. Locked by the caller."""
    back = postings.back_from_campaign(allocation, minor, key=key, at=at)
    left = allocation.amount_minor - back
    ratio.write(allocation, amount=left, set_aside=left, estimated=0)
    if back and allocation.fund.rule == MatchFund.Rule.QUADRATIC:
        quadratic_share.publish_return(allocation, back, at)
    events.record("allocation.reduced", actor=None, subject=allocation, at=at, payload={"minor": back})


def locked_allocations(campaign: Campaign, states: list[AllocationState]) -> list[Allocation]:
    """The campaign's allocations in these states with their funds locked, in the order of the funds."""
    found = Allocation.objects.filter(campaign=campaign, state__in=states)
    # The input of a quadratic fund may hold ten thousand gifts; where a share hangs on it, it is read then.
    funds = MatchFund.objects.filter(pk__in=found.values("fund")).defer("published_input", "frozen_pledges")
    by_key = {fund.pk: fund for fund in lock_rows(funds)}
    # Read again: what waited for the fund's lock sees what was written before.
    rows = sorted(lock_rows(found.filter(fund__in=by_key)), key=lambda row: row.fund_id)
    for row in rows:
        row.fund, row.campaign = by_key[row.fund_id], campaign
    return rows
