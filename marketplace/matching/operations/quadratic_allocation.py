"""Quadratic funds: estimated while they are open, frozen with a published input, settled after the challenges."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict
from civic.core.locking import lock_rows
from civic.core.policies import require
from civic.core.states import lock, transition
from marketplace.campaigns.locking import lock_campaigns
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.operations.totals import recount
from marketplace.campaigns.states import CampaignState
from marketplace.matching import quadratic
from marketplace.matching.models import Allocation, MatchFund
from marketplace.matching.operations import postings
from marketplace.matching.operations.matching import commit, release
from marketplace.matching.operations.quadratic_input import LIVE, Input, as_it_stands, compiled
from marketplace.matching.operations.ratio import write
from marketplace.matching.states import AllocationState, ChallengeState, LeftOut, MatchFundState


def estimate(fund: MatchFund, at: datetime) -> None:
    """Forecasts what each campaign would get if the fund were frozen now; promises nothing."""
    with transaction.atomic():
        if lock(fund).state != MatchFundState.OPEN or fund.rule != MatchFund.Rule.QUADRATIC:
            return
        _write_estimates(fund, quadratic.recompute(compiled(fund, at).document), at)


def freeze(fund: MatchFund, at: datetime, *, actor: Person | None = None, reason: str = "") -> None:
    """Publishes the input that the fund will be shared out by, and starts the time in which it can be challenged.

    Gifts count that stood before `freezes_at`, with what they were then; those in dispute are struck until it is
    decided. Frozen anew after an upheld challenge. Raises Conflict before then.
    """
    with transaction.atomic():
        lock(fund)
        if fund.rule != MatchFund.Rule.QUADRATIC or at < fund.freezes_at:
            raise Conflict(_("Gifts still count."))
        found = compiled(fund, at)
        document = found.document
        # The event first: an input that the log does not tell of is refused (sql/inputs_0009.sql).
        payload = {"digest": quadratic.digest(document), "gifts": len(document["gifts"])}
        transition(fund, "freeze", actor=actor, at=at, reason=reason, payload=payload)
        _publish(fund, found, at)
        _write_estimates(fund, quadratic.recompute(document), at)


def challenged_until(fund: MatchFund) -> datetime | None:
    """Until when the published input can be challenged; None before it is published."""
    return fund.frozen_at + timedelta(days=fund.challenge_days) if fund.frozen_at else None


def settle(*, actor: Person, fund: MatchFund, at: datetime) -> None:
    """Shares the fund out by its published input; from now on the figures are guaranteed.

    Gifts that do not stand by now are struck from the input, as are those of people who have a part in the project or
    are no residents any more; and so published. Raises Forbidden (also for who set the fund up), Conflict (the time
    to challenge runs, or a challenge waits for its answer).
    """
    require(actor, "share_out", fund)
    with transaction.atomic():
        campaigns = lock_campaigns(Campaign.objects.filter(pk__in=_allocations(fund).values("campaign")))
        lock(fund)
        fund.refresh_from_db()
        _check_settles(fund, at)
        found = as_it_stands(fund, fund.published_input or {}, fund.frozen_pledges or [], at)
        payload = {"digest": quadratic.digest(found.document)}
        transition(fund, "settle", actor=actor, at=at, payload=payload)
        _publish(fund, found, fund.frozen_at)
        _tell(fund, found, at)
        shares = quadratic.recompute(found.document)
        # In the order of campaigns, in which everybody locks their totals.
        for allocation in sorted(lock_rows(_allocations(fund)), key=lambda one: one.campaign_id):
            allocation.fund, allocation.campaign = fund, campaigns[allocation.campaign_id]
            _give(allocation, shares.get(str(allocation.campaign_id), 0), at)


def _publish(fund: MatchFund, found: Input, frozen_at: datetime | None) -> None:
    MatchFund.objects.filter(pk=fund.pk).update(
        frozen_at=frozen_at,
        published_input=found.document,
        input_digest=quadratic.digest(found.document),
        frozen_pledges=found.parts,
    )
    fund.refresh_from_db()


def _tell(fund: MatchFund, found: Input, at: datetime) -> None:
    """Records for those whose gifts stand and do not count why that is."""
    reasons = {
        pledge: reason
        for place, reason in found.why.items()
        if reason != LeftOut.NOT_PAID
        for pledge, _minor in found.parts[place]
    }
    for pledge in Pledge.objects.filter(pk__in=reasons).order_by("pk"):
        payload = {"fund": str(fund.pk), "reason": reasons[str(pledge.pk)]}
        events.record("match.left_out", actor=None, subject=pledge, at=at, payload=payload)


def _give(allocation: Allocation, amount: int, at: datetime) -> None:
    fund, campaign = allocation.fund, allocation.campaign
    if campaign.state in LIVE:
        events.record("allocation.shared", actor=None, subject=allocation, at=at, payload={"minor": amount})
    if not amount or campaign.state not in LIVE:
        release(allocation, at)
    else:
        write(allocation, amount=amount, set_aside=amount, estimated=0)
        way, key = ("available", "reserved"), f"match:{allocation.pk}"
        postings.within_fund(fund, amount, way, kind="match.reserved", key=key, at=at)
        transition(allocation, "reserve", actor=None, at=at)
        if campaign.state == CampaignState.SUCCEEDED:
            commit(allocation, at)
    recount(campaign, at)


def _check_settles(fund: MatchFund, at: datetime) -> None:
    until = challenged_until(fund)
    if fund.state != MatchFundState.FROZEN or until is None:
        raise Conflict(_("Only a frozen fund can be shared out."))
    if at < until:
        raise Conflict(_("The published input can still be challenged."))
    if fund.challenges.filter(state=ChallengeState.OPEN).exists():
        raise Conflict(_("A challenge waits for its answer."))


def _allocations(fund: MatchFund) -> Any:
    return Allocation.objects.filter(fund=fund, state=AllocationState.ESTIMATED)


def _write_estimates(fund: MatchFund, shares: dict[str, int], at: datetime) -> None:
    for allocation in _allocations(fund).select_related("campaign").order_by("campaign"):
        minor = shares.get(str(allocation.campaign_id), 0)
        if minor != allocation.estimated_minor:
            write(allocation, amount=0, set_aside=0, estimated=minor)
            recount(allocation.campaign, at)
