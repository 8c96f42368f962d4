"""Quadratic funds: estimated while they are open, frozen with a published input, settled after the challenges."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core.errors import Conflict
from civic.core.locking import lock_rows
from civic.core.policies import require
from civic.core.states import lock, transition
from marketplace.campaigns.locking import lock_campaigns
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.operations.totals import recount
from marketplace.campaigns.states import CampaignState
from marketplace.ledger import operations as ledger
from marketplace.matching import accounts, quadratic
from marketplace.matching.models import Allocation, MatchFund
from marketplace.matching.operations import postings
from marketplace.matching.operations.matching import commit, release
from marketplace.matching.operations.ratio import write
from marketplace.matching.queries.eligibility import counting, given_before, with_key_text
from marketplace.matching.states import AllocationState, ChallengeState, MatchFundState

Row = tuple[str, str, int]
LIVE = [CampaignState.OPEN, CampaignState.COLLECTING, CampaignState.SUCCEEDED]


def pseudonym(fund: MatchFund, campaign: object, person: object) -> str:
    """How a backer is named in a fund's published input: another name in each campaign.

    One name for all campaigns of a fund would lead from a gift with a name to the same person's gifts without one.
    """
    made = salted_hmac(f"match-fund:{fund.pk}:{campaign}", str(person), algorithm="sha256")
    return made.hexdigest()[:12]


def estimate(fund: MatchFund, at: datetime) -> None:
    """Forecasts what each campaign would get if the fund were frozen now; promises nothing."""
    with transaction.atomic():
        if lock(fund).state != MatchFundState.OPEN or fund.rule != MatchFund.Rule.QUADRATIC:
            return
        _write_estimates(fund, quadratic.recompute(_struck(fund, _document(fund, at))), at)


def freeze(fund: MatchFund, at: datetime, *, actor: Person | None = None, reason: str = "") -> None:
    """Publishes the input that the fund will be shared out by, and starts the time in which it can be challenged.

    Gifts count that stood before `freezes_at`; those in dispute are struck until it is decided. Frozen anew after an
    upheld challenge. Raises Conflict before then.
    """
    with transaction.atomic():
        lock(fund)
        if fund.rule != MatchFund.Rule.QUADRATIC or at < fund.freezes_at:
            raise Conflict(_("Gifts still count."))
        document = _struck(fund, _document(fund, at))
        changes = {"frozen_at": at, "published_input": document, "input_digest": quadratic.digest(document)}
        MatchFund.objects.filter(pk=fund.pk).update(**changes)
        fund.refresh_from_db()
        payload = {"digest": fund.input_digest, "gifts": len(document["gifts"])}
        transition(fund, "freeze", actor=actor, at=at, reason=reason, payload=payload)
        _write_estimates(fund, quadratic.recompute(document), at)


def challenged_until(fund: MatchFund) -> datetime | None:
    """Until when the published input can be challenged; None before it is published."""
    return fund.frozen_at + timedelta(days=fund.challenge_days) if fund.frozen_at else None


def settle(*, actor: Person, fund: MatchFund, at: datetime) -> None:
    """Shares the fund out by its published input; from now on the figures are guaranteed.

    Gifts that do not stand by now are struck from the input, and so published. Raises Forbidden,
    Conflict (the time to challenge runs, or a challenge waits for its answer).
    """
    require(actor, "run", MatchFund)
    with transaction.atomic():
        campaigns = lock_campaigns(Campaign.objects.filter(pk__in=_allocations(fund).values("campaign")))
        lock(fund)
        _check_settles(fund, at)
        document = _struck(fund, fund.published_input or {})
        digest = quadratic.digest(document)
        MatchFund.objects.filter(pk=fund.pk).update(published_input=document, input_digest=digest)
        transition(fund, "settle", actor=actor, at=at, payload={"digest": digest})
        fund.refresh_from_db()
        shares = quadratic.recompute(document)
        # In the order of campaigns, in which everybody locks their totals.
        for allocation in sorted(lock_rows(_allocations(fund)), key=lambda one: one.campaign_id):
            allocation.fund, allocation.campaign = fund, campaigns[allocation.campaign_id]
            _give(allocation, shares.get(str(allocation.campaign_id), 0), at)


def _give(allocation: Allocation, amount: int, at: datetime) -> None:
    fund, campaign = allocation.fund, allocation.campaign
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


def _document(fund: MatchFund, at: datetime) -> dict[str, Any]:
    """What the fund would publish now: what counts of each backer under a pseudonym, the pool and the rule."""
    campaigns = [allocation.campaign for allocation in _enrolled(fund)]
    # By campaign and pseudonym: an order that says nothing of when they gave.
    gifts = sorted(row for campaign in campaigns for row in _gifts(fund, campaign, min(at, fund.freezes_at)))
    return {
        "format": quadratic.FORMAT,
        "fund": fund.slug,
        "rule": {
            "name": fund.rule,
            "version": quadratic.VERSION,
            "gift_min_minor": fund.gift_min_minor,
            "gift_cap_minor": fund.gift_cap_minor,
            "project_cap_minor": fund.project_cap_minor,
        },
        "currency": fund.currency,
        "pool_minor": ledger.available(accounts.of_fund(fund, "available")).minor,
        "frozen_at": at.isoformat(),
        "campaigns": sorted(str(campaign.pk) for campaign in campaigns),
        "gifts": [list(row) for row in gifts],
    }


def _enrolled(fund: MatchFund) -> Iterable[Allocation]:
    return _allocations(fund).filter(campaign__state__in=LIVE).select_related("campaign__project")


def _gifts(fund: MatchFund, campaign: Campaign, moment: datetime) -> list[Row]:
    """What counts of each backer, with what is in dispute and may count again: one statement a campaign."""
    counted = with_key_text(counting(campaign, fund, moment, disputed=True)).filter(
        given_before(fund.freezes_at)
    )
    sums = Counter[object]()
    for person, minor in counted.values_list("person", "amount_minor"):
        sums[person] += minor
    # No more than the rule reads: what somebody gave in parts or above the cap would only tell one giver by it.
    cap = fund.gift_cap_minor
    rows = ((pseudonym(fund, campaign.pk, one), min(minor, cap or minor)) for one, minor in sums.items())
    return [(str(campaign.pk), backer, minor) for backer, minor in rows]


def _struck(fund: MatchFund, document: dict[str, Any]) -> dict[str, Any]:
    """The input with the places of the gifts that do not stand at this moment, or only in part.

    What stands of those in part follows behind the `frozen` first rows, which never change.
    """
    frozen = document["gifts"][: document.get("frozen", len(document["gifts"]))]
    standing, erased = _standing(fund, document["campaigns"])
    struck, rest = [], []
    for place, (campaign, backer, minor) in enumerate(frozen):
        # Whoever erased the account since has no pseudonym any more; the gift stands.
        sums, key = (standing, (campaign, backer)) if (campaign, backer) in standing else (erased, campaign)
        left = min(minor, sums[key])
        sums[key] -= left
        if left < minor:
            struck.append(place)
            rest += [[campaign, backer, left]] if left else []
    same = {name: value for name, value in document.items() if name not in ("struck", "frozen")}
    more = ({"struck": struck} if struck else {}) | ({"frozen": len(frozen)} if rest else {})
    return same | {"gifts": frozen + rest} | more


def _standing(fund: MatchFund, campaigns: list[str]) -> tuple[Counter[Any], Counter[Any]]:
    """What stands of the gifts before the freeze: by campaign and pseudonym, and of erased accounts by campaign."""
    gifts = Pledge.objects.filter(campaign__in=map(UUID, campaigns), amount_minor__gte=fund.gift_min_minor)
    frozen = with_key_text(gifts).filter(given_before(fund.freezes_at))
    standing, erased = Counter[Any](), Counter[Any]()
    columns: tuple[str, ...] = ("campaign", "person", "amount_minor", "figures__standing")
    for campaign, person, minor, stands in frozen.values_list(*columns):
        left = minor if stands else 0
        if person:
            standing[str(campaign), pseudonym(fund, campaign, person)] += left
        else:
            erased[str(campaign)] += left
    return standing, erased


def _write_estimates(fund: MatchFund, shares: dict[str, int], at: datetime) -> None:
    for allocation in _allocations(fund).select_related("campaign").order_by("campaign"):
        minor = shares.get(str(allocation.campaign_id), 0)
        if minor != allocation.estimated_minor:
            write(allocation, amount=0, set_aside=0, estimated=minor)
            recount(allocation.campaign, at)
