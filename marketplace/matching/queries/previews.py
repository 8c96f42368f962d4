"""What a gift would bring from the match funds of a campaign: guaranteed and estimated, never one figure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from civic.accounts.roles import verified_resident
from civic.core.errors import Text
from civic.core.money import Money
from marketplace.campaigns.models import Campaign
from marketplace.matching import quadratic
from marketplace.matching.models import Allocation, MatchFund
from marketplace.matching.queries.eligibility import counting, is_related
from marketplace.matching.queries.funds import Pot, pot, with_sums
from marketplace.matching.states import AllocationState, MatchFundState

LIVE = [AllocationState.ESTIMATED, AllocationState.RESERVED]


@dataclass(frozen=True)
class FundLine:
    """What one fund would add for a gift, and how that comes about."""

    fund: MatchFund
    guaranteed: Money
    estimated: Money
    how: Text


@dataclass(frozen=True)
class MatchPreview:
    """What a gift would bring. `why_not` says why this person's gift brings nothing, else it is empty.

    Guaranteed is what the funds would set aside the moment that the pledge stands, if nobody is faster.
    """

    guaranteed: Money
    estimated: Money
    lines: list[FundLine]
    why_not: Text = ""
    needs_residency: bool = False


def match_preview(campaign: Campaign, amount: Money, actor: Any, at: datetime) -> MatchPreview:
    """What a gift of this amount by this person would bring; at most six statements and two a fund.

    For somebody who is not signed in it says what a verified resident's gift brings.
    """
    nothing = campaign.money(0)
    allocations = _open(campaign, at)
    if not allocations:
        return MatchPreview(nothing, nothing, [])
    if actor.is_authenticated:
        if not verified_resident(actor, at):
            why = _("Funds add to the gifts of residents whose address the city has confirmed.")
            return MatchPreview(nothing, nothing, [], why, needs_residency=True)
        allocations = [row for row in allocations if not is_related(actor, campaign, row.fund)]
        if not allocations:
            why = _("You have a part in this project or its fund, so your gift is not matched.")
            return MatchPreview(nothing, nothing, [], why)
    lines = [line for row in allocations if (line := RULES[row.fund.rule](row, amount, actor, at))]
    guaranteed = campaign.money(sum(line.guaranteed.minor for line in lines))
    estimated = campaign.money(sum(line.estimated.minor for line in lines))
    return MatchPreview(guaranteed, estimated, lines)


def _open(campaign: Campaign, at: datetime) -> list[Allocation]:
    rows = list(Allocation.objects.filter(campaign=campaign, state__in=LIVE))
    funds = with_sums(MatchFund.objects.filter(state=MatchFundState.OPEN, freezes_at__gt=at))
    by_key = funds.in_bulk([row.fund_id for row in rows])
    found = [row for row in rows if row.fund_id in by_key]
    for row in found:
        row.fund, row.campaign = by_key[row.fund_id], campaign
    return found


def _ratio(row: Allocation, amount: Money, actor: Any, at: datetime) -> FundLine:
    fund = row.fund
    left = [fund.adds_to(amount.minor), pot(fund).free.minor]
    if fund.project_cap_minor is not None:
        left.append(fund.project_cap_minor - row.amount_minor)
    if fund.person_cap_minor is not None and actor.is_authenticated:
        left.append(fund.person_cap_minor - _brought(fund, actor))
    minor = max(0, min(left)) if amount.minor >= fund.gift_min_minor else 0
    how = _("The fund adds it when you pledge, as long as there is money in it.")
    return FundLine(fund, fund.money(minor), fund.money(0), how if minor else _empty(fund, amount, pot(fund)))


def _empty(fund: MatchFund, amount: Money, now: Pot) -> Text:
    if amount.minor < fund.gift_min_minor:
        return _("It adds to gifts of %(least)s and more.") % {"least": fund.money(fund.gift_min_minor)}
    return _("A limit of the fund is reached.") if now.free else _("The fund is used up.")


def _brought(fund: MatchFund, actor: Any) -> int:
    lines = fund.allocations.filter(lines__pledge__person=actor.pk, lines__released_at=None)
    return int(lines.aggregate(total=Sum("lines__amount_minor"))["total"] or 0)


def _threshold(row: Allocation, amount: Money, actor: Any, at: datetime) -> FundLine | None:
    fund, nothing = row.fund, row.fund.money(0)
    if row.amount_minor:
        return None
    gifts = counting(row.campaign, fund, at).order_by()
    so_far = gifts.aggregate(people=Count("person", distinct=True))["people"]
    missing = max(1, (fund.threshold_backers or 0) - so_far)
    how = ngettext(
        "One more backer unlocks %(sum)s.", "%(missing)s more backers unlock %(sum)s.", missing
    ) % {"missing": missing, "sum": fund.money(row.set_aside_minor)}
    if actor.is_authenticated and gifts.filter(person=actor.pk).exists():
        how = f"{_('You are a backer already, and count once.')} {how}"
    return FundLine(fund, nothing, nothing, how)


def _quadratic(row: Allocation, amount: Money, actor: Any, at: datetime) -> FundLine:
    fund = row.fund
    gifts = counting(row.campaign, fund, at).order_by().values("person").annotate(total=Sum("stands"))
    given = {gift["person"]: gift["total"] for gift in gifts}
    before = quadratic.weight(_capped(fund, given))
    given[actor.pk] = given.get(actor.pk, 0) + amount.minor
    after = quadratic.weight(_capped(fund, given))
    more = (after - before) // quadratic.SCALE**2
    ideal = before // quadratic.SCALE**2
    if (
        ideal > row.estimated_minor > 0
    ):  # the pool is short: everybody gets the same part of what the rule says
        more = more * row.estimated_minor // ideal
    room = pot(fund).free.minor if fund.project_cap_minor is None else fund.project_cap_minor
    minor = max(0, min(more, room - row.estimated_minor)) if amount.minor >= fund.gift_min_minor else 0
    how = _("Shared out at the end by how many people gave; it will be more or less than this.")
    return FundLine(fund, fund.money(0), fund.money(minor), how)


def _capped(fund: MatchFund, given: dict[Any, int]) -> list[int]:
    cap = fund.gift_cap_minor
    return [minor if cap is None else min(minor, cap) for minor in given.values()]


RULES: dict[str, Callable[[Allocation, Money, Any, datetime], FundLine | None]] = {
    MatchFund.Rule.RATIO: _ratio,
    MatchFund.Rule.THRESHOLD: _threshold,
    MatchFund.Rule.QUADRATIC: _quadratic,
}
