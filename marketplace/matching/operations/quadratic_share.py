"""The share of a campaign in a quadratic fund that was shared out follows what becomes of its gifts."""

from datetime import datetime

from civic.core import events
from civic.core.ids import new_id
from marketplace.ledger import operations as ledger
from marketplace.matching import accounts, quadratic
from marketplace.matching.models import Allocation, MatchFund
from marketplace.matching.operations import postings
from marketplace.matching.operations.quadratic_input import Document, as_it_fell
from marketplace.matching.operations.ratio import change, take_back
from marketplace.matching.states import AllocationState


def follow(allocation: Allocation, at: datetime) -> None:
    """Lowers the share by what has fallen away of the campaign's gifts, and publishes that with the input.

    Until the campaign has succeeded a share comes back with its gifts, as far as the fund has it still. The shares of
    other campaigns stay. Idempotent; the campaign, the fund and the allocation are locked by the caller.
    """
    # Asked first: the input of a large fund is read only where a share hangs on it.
    if allocation.state == AllocationState.ESTIMATED:
        return
    fund = allocation.fund
    document = fund.published_input or {}
    # Its project has ended and has nothing left of it: no more can come back, also where the gifts go back with it.
    if str(allocation.campaign_id) in document.get("returned", {}):
        return
    name = str(allocation.campaign_id)
    spent = {other: minor for other, minor in document.get("spent", {}).items() if other != name}
    bare = {key: value for key, value in document.items() if key != "spent"} | (
        {"spent": spent} if spent else {}
    )
    after = as_it_fell(bare, fund.frozen_pledges or [], allocation.campaign)
    share = quadratic.recompute(after)[name]
    if share < allocation.amount_minor:
        take_back(allocation, allocation.amount_minor - share, at)
    elif share > allocation.amount_minor and allocation.state == AllocationState.RESERVED:
        _bring_again(allocation, share - allocation.amount_minor, at)
    # What had been paid out by then is no longer there to come back.
    if allocation.amount_minor > share:
        after |= {"spent": spent | {name: allocation.amount_minor - share}}
    if after != document:
        _publish(allocation, after, at)


def owed_back(allocation: Allocation) -> int:
    """What of a paid share fell away while the campaign had it not, as the published input says; in minor units."""
    spent = (allocation.fund.published_input or {}).get("spent", {})
    return int(spent.get(str(allocation.campaign_id), 0))


def end(allocation: Allocation, at: datetime) -> None:
    """Publishes that all gifts of a campaign that ended have fallen away, as its share goes back. As `follow`."""
    if allocation.state == AllocationState.ESTIMATED:
        return
    document = allocation.fund.published_input or {}
    after = as_it_fell(document, allocation.fund.frozen_pledges or [], allocation.campaign, over=True)
    if after != document:
        _publish(allocation, after, at)


def publish_return(allocation: Allocation, minor: int, at: datetime) -> None:
    """Publishes that the project had so much left of its share when it ended, which the fund has again. As `follow`."""
    document, name = allocation.fund.published_input or {}, str(allocation.campaign_id)
    returned = document.get("returned", {})
    _publish(allocation, document | {"returned": returned | {name: returned.get(name, 0) + minor}}, at)


def _publish(allocation: Allocation, document: Document, at: datetime) -> None:
    # Frozen under an earlier version of the rule it may tell now what that did not know: its program must not count it.
    document = document | {"rule": document["rule"] | {"version": quadratic.VERSION}}
    fund, digest = allocation.fund, quadratic.digest(document)
    fund.published_input, fund.input_digest = document, digest
    payload = {"digest": digest, "campaign": str(allocation.campaign_id)}
    events.record("match_fund.corrected", actor=None, subject=fund, at=at, payload=payload)
    MatchFund.objects.filter(pk=fund.pk).update(published_input=document, input_digest=digest)


def _bring_again(allocation: Allocation, wanted: int, at: datetime) -> None:
    minor = min(wanted, ledger.available(accounts.of_fund(allocation.fund, "available")).minor)
    if minor > 0:
        way, key = ("available", "reserved"), f"match:{allocation.pk}:increased:{new_id()}"
        postings.within_fund(allocation.fund, minor, way, kind="match.reserved", key=key, at=at)
        change(allocation, minor)
        events.record("allocation.increased", actor=None, subject=allocation, at=at, payload={"minor": minor})
