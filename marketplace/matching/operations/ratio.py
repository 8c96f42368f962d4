"""So much for each euro given, at once, until a cap is reached or the fund is empty."""

from collections import Counter
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Least

from civic.core import events
from civic.core.ids import new_id
from civic.core.states import transition
from marketplace.campaigns.models import Pledge
from marketplace.campaigns.states import CampaignState
from marketplace.ledger import operations as ledger
from marketplace.matching import accounts
from marketplace.matching.models import WHOLE, Allocation, MatchFund, MatchLine
from marketplace.matching.operations import postings
from marketplace.matching.queries.eligibility import counting, left_out
from marketplace.matching.states import AllocationState, LeftOut, MatchFundState


def match(allocation: Allocation, at: datetime) -> None:
    """Matches the pledges without a match, oldest first; the last one gets what is left. Locked by the caller.

    One that got less than the rule gives is topped up once there is more. While the money is collected those fall out
    who have taken a part in the project since, or are no residents any more.
    """
    reduce(allocation, at)
    give_back(allocation, fallen_away(allocation, at), at)
    if allocation.campaign.state == CampaignState.COLLECTING:
        _leave_out(allocation, at)
    fund = allocation.fund
    # Before the gifts without a match are read: once a cap is reached or the fund is empty they may be very many.
    if not _gives(fund, at) or (left := _left(allocation)) <= 0:
        return
    counted = counting(allocation.campaign, fund, at).select_related("figures")
    live = MatchLine.objects.filter(allocation=allocation, released_at=None)
    partly = {line.pledge_id: line for line in _partly(allocation, live)}
    short = list(counted.filter(pk__in=partly)) if partly else []
    pledges = short + list(counted.exclude(matches__in=live))
    room = _Room(allocation, pledges, left) if pledges else None
    lines = [line for pledge in pledges if room and (line := room.line(pledge, partly.get(pledge.pk)))]
    for line in lines:
        if before := partly.get(line.pledge_id):
            _replace(allocation, before, at)
    if lines:
        _reserve(allocation, lines, at)


def _leave_out(allocation: Allocation, at: datetime) -> None:
    matched = Pledge.objects.filter(matches__allocation=allocation, matches__released_at=None)
    for pledge, reason in left_out(matched, allocation.campaign, allocation.fund, at).items():
        lines = allocation.lines.filter(pledge=pledge, released_at=None)
        give_back(allocation, lines, at, reason=reason)


def _partly(allocation: Allocation, live: QuerySet[MatchLine]) -> QuerySet[MatchLine]:
    """Matches that are less than the rule gives: the fund or a cap had no more, or the gift has grown since."""
    fund = allocation.fund
    gives: Any = F("pledge__figures__standing") * (fund.ratio_bp or 0) / WHOLE
    if fund.gift_cap_minor is not None:
        gives = Least(gives, fund.gift_cap_minor)
    return live.annotate(gives=gives).filter(amount_minor__lt=F("gives")).order_by("pk")


def _replace(allocation: Allocation, line: MatchLine, at: datetime) -> None:
    """Ends a match in whose place a larger one comes: a line stays as its backer was shown it."""
    line.released_at = at
    line.save(update_fields=["released_at"])
    back = _back(allocation, line, line.amount_minor, at)
    change(allocation, -back)


def give_back(
    allocation: Allocation,
    lines: QuerySet[MatchLine],
    at: datetime,
    *,
    keep: int = 0,
    reason: LeftOut | None = None,
) -> None:
    """Takes these matches back into the fund, but for `keep` minor units of each. Locked by the caller.

    A `reason` is kept with the match, and its giver is told: the gift stands.
    """
    for line in lines.order_by("pk"):
        line.released_at, line.reason = at, reason or ""
        line.save(update_fields=["released_at", "reason"])
        minor = line.amount_minor - keep
        if allocation.state == AllocationState.PAID:
            # Some may be back by a return already, and what fell away before may have waited for money.
            minor = max(0, owed_back(allocation) - keep)
        back = _back(allocation, line, minor, at)
        change(allocation, -back)
        events.record("allocation.reduced", actor=None, subject=allocation, at=at, payload={"minor": back})
        if reason:
            events.record("match.withdrawn", actor=None, subject=line, at=at, payload={"reason": reason})


def reduce(allocation: Allocation, at: datetime) -> None:
    """Takes back the match of what went back, or was lost, of gifts that stand in part. Locked by the caller."""
    if allocation.fund.rule != MatchFund.Rule.RATIO:
        return
    lines = allocation.lines.filter(released_at=None).annotate(stands=_stands(allocation, at))
    for line in lines.filter(stands__gt=0, gift_minor__gt=F("stands")).order_by("pk"):
        kept = min(line.amount_minor, allocation.fund.adds_to(line.stands))
        # A line stays as its backer was shown it: the rest of it is a new one.
        give_back(allocation, allocation.lines.filter(pk=line.pk), at, keep=kept)
        if kept:
            MatchLine.objects.create(
                allocation=allocation, pledge_id=line.pledge_id, gift_minor=line.stands, amount_minor=kept
            )


def take_back_fallen(allocation: Allocation, at: datetime) -> None:
    """Takes back what was paid out when its gift fell away and has come back since. Locked by the caller."""
    take_back(allocation, owed_back(allocation), at)


def owed_back(allocation: Allocation) -> int:
    """What of a paid match fell away while the campaign had it not, in minor units."""
    live = allocation.lines.filter(released_at=None).aggregate(of=Sum("amount_minor", default=0))["of"]
    return max(0, allocation.amount_minor - live)


def fallen_away(allocation: Allocation, at: datetime) -> QuerySet[MatchLine]:
    """Live matches of pledges of which less stands than was matched; one that grew keeps its match (M16)."""
    lines = MatchLine.objects.filter(allocation=allocation, released_at=None)
    return lines.filter(gift_minor__gt=_stands(allocation, at))


def _stands(allocation: Allocation, at: datetime) -> Any:
    """What of the gift stands. With what is in dispute, where nothing is matched again if it is won.

    That is once the campaign has succeeded or the fund gives no more. What a match counts meanwhile is in
    sql/standing_0008.sql.
    """
    stands: Any = F("pledge__figures__standing")
    if allocation.campaign.state == CampaignState.SUCCEEDED or not _gives(allocation.fund, at):
        stands = stands + F("pledge__figures__disputed")
    return stands


def _gives(fund: MatchFund, at: datetime) -> bool:
    return fund.state == MatchFundState.OPEN and at < fund.freezes_at


def take_back(allocation: Allocation, minor: int, at: datetime) -> None:
    """Takes so much of what is guaranteed back into the fund; once it is paid, as far as the campaign has it still."""
    key = f"match:{allocation.pk}:reduced:{new_id()}"
    if allocation.state == AllocationState.PAID:
        back = postings.back_from_campaign(allocation, minor, key=key, at=at)
    else:
        way, back = (str(allocation.state), "available"), minor
        postings.within_fund(allocation.fund, minor, way, kind="match.released", key=key, at=at)
    if back:
        change(allocation, -back)
        events.record("allocation.reduced", actor=None, subject=allocation, at=at, payload={"minor": back})


def change(allocation: Allocation, more: int) -> None:
    """Adds so much, or takes so much off, what is guaranteed and set aside; the estimate stays."""
    amount, set_aside = allocation.amount_minor + more, allocation.set_aside_minor + more
    write(allocation, amount=amount, set_aside=set_aside, estimated=allocation.estimated_minor)


def write(allocation: Allocation, *, amount: int, set_aside: int, estimated: int) -> None:
    """Writes the figures of an allocation, on the row and on what the caller holds."""
    allocation.amount_minor, allocation.set_aside_minor = amount, set_aside
    allocation.estimated_minor = estimated
    figures = {"amount_minor": amount, "set_aside_minor": set_aside, "estimated_minor": estimated}
    Allocation.objects.filter(pk=allocation.pk).update(**figures)


def _left(allocation: Allocation) -> int:
    """What is left for the project: under the most for one, and in the fund."""
    fund = allocation.fund
    most = fund.project_cap_minor
    if most is not None and most <= allocation.amount_minor:
        return 0
    left = ledger.available(accounts.of_fund(fund, "available")).minor
    return left if most is None else min(left, most - allocation.amount_minor)


class _Room:
    """What is left for more matches: in the fund, for the project, and for each person across the fund."""

    def __init__(self, allocation: Allocation, pledges: list[Pledge], left: int) -> None:
        self.allocation, self.fund, self.left = allocation, allocation.fund, left
        self.used: Counter[UUID | None] = Counter(
            used_by(self.fund, [pledge.person_id for pledge in pledges])
        )

    def line(self, pledge: Pledge, before: MatchLine | None = None) -> MatchLine | None:
        """The match of a pledge, in the place of a smaller one, if there is any left for it."""
        stands, has = pledge.figures.standing, before.amount_minor if before else 0
        amount = min(self.fund.adds_to(stands) - has, self.left)
        if self.fund.person_cap_minor is not None:
            amount = min(amount, self.fund.person_cap_minor - self.used[pledge.person_id])
        if amount <= 0:
            return None
        self.left -= amount
        self.used[pledge.person_id] += amount
        return MatchLine(
            allocation=self.allocation, pledge=pledge, amount_minor=has + amount, gift_minor=stands
        )


def used_by(fund: MatchFund, people: list[UUID | None]) -> dict[UUID, int]:
    """What each of these people has brought from the fund so far, in all its campaigns."""
    live = MatchLine.objects.filter(allocation__fund=fund, released_at=None, pledge__person__in=people)
    sums = live.values("pledge__person").annotate(total=Sum("amount_minor")).order_by()
    return {row["pledge__person"]: row["total"] for row in sums}


def _reserve(allocation: Allocation, lines: list[MatchLine], at: datetime) -> None:
    total = sum(line.amount_minor for line in lines)
    change(allocation, total)
    MatchLine.objects.bulk_create(lines)
    way = ("available", "reserved")
    for line in lines:
        key = f"match:{line.pk}"
        postings.within_fund(allocation.fund, line.amount_minor, way, kind="match.reserved", key=key, at=at)
    payload = {"minor": total}
    if allocation.state == AllocationState.ESTIMATED:
        transition(allocation, "reserve", actor=None, at=at, payload=payload)
    else:
        events.record("allocation.increased", actor=None, subject=allocation, at=at, payload=payload)


def _back(allocation: Allocation, line: MatchLine, minor: int, at: datetime) -> int:
    if allocation.state == AllocationState.PAID:
        return postings.back_from_campaign(allocation, minor, key=f"match:{line.pk}:returned", at=at)
    part = "committed" if allocation.state == AllocationState.COMMITTED else "reserved"
    way, key = (part, "available"), f"match:{line.pk}:released"
    postings.within_fund(allocation.fund, minor, way, kind="match.released", key=key, at=at)
    return minor
