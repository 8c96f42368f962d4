"""What pages and open data show of match funds: a fixed number of statements each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from civic.core.money import Money
from marketplace.campaigns.models import Campaign
from marketplace.ledger.labels import Thing, things_of
from marketplace.matching.models import Allocation, Challenge, Deposit, FundReturn, MatchFund
from marketplace.matching.states import GONE, AllocationState

MOST_ENROLLED = 200


@dataclass(frozen=True)
class Pot:
    """Where a fund's money is: it is always all of it, and the parts make the whole."""

    paid_in: Money
    reserved: Money
    committed: Money
    paid: Money
    returned: Money

    @property
    def free(self) -> Money:
        """What it can still promise."""
        return self.paid_in - self.reserved - self.committed - self.paid - self.returned

    @property
    def promised(self) -> Money:
        """What it cannot promise any more."""
        return self.paid_in - self.free


def funds(actor: Any) -> QuerySet[MatchFund]:
    """The funds that the actor may see, each with its sums; one statement."""
    return with_sums(MatchFund.objects.visible_to(actor)).select_related("funder", "call")


def with_sums(rows: QuerySet[MatchFund]) -> QuerySet[MatchFund]:
    """Funds with what was paid in and where it is, and how many campaigns take part."""
    mine = Allocation.objects.filter(fund=OuterRef("pk")).order_by().values("fund")
    there = Deposit.objects.filter(confirmed_at__isnull=False, taken_back_at=None)
    confirmed = there.filter(fund=OuterRef("pk")).order_by().values("fund")
    sums = {
        f"sum_{state}": _sum(mine.filter(state=state), "set_aside_minor")
        for state in (AllocationState.RESERVED, AllocationState.COMMITTED, AllocationState.PAID)
    }
    gone = FundReturn.objects.filter(fund=OuterRef("pk"), state__in=GONE).order_by().values("fund")
    taking_part = mine.exclude(state=AllocationState.RELEASED).annotate(count=Count("pk")).values("count")
    return rows.annotate(
        sum_paid_in=_sum(confirmed, "amount_minor"),
        sum_returned=_sum(gone, "amount_minor"),
        enrolled=Coalesce(Subquery(taking_part), 0),
        **sums,
    )


def _sum(rows: QuerySet[Any], column: str) -> Any:
    return Coalesce(Subquery(rows.annotate(total=Sum(column)).values("total")), 0)


def pot(fund: Any) -> Pot:
    """Where the money of a fund is that was read with `with_sums`."""
    parts = (fund.sum_paid_in, fund.sum_reserved, fund.sum_committed, fund.sum_paid, fund.sum_returned)
    return Pot(*(fund.money(int(minor)) for minor in parts))


def enrolled(fund: MatchFund, actor: Any) -> list[Allocation]:
    """The campaigns of a fund that the actor may see, those with the most first: one statement."""
    seen = Campaign.objects.visible_to(actor).values("pk")
    rows = Allocation.objects.filter(fund=fund, campaign__in=seen)
    rows = rows.select_related("campaign__project").order_by("-amount_minor", "-estimated_minor", "pk")
    return [_of(fund, row) for row in rows[:MOST_ENROLLED]]


def _of(fund: MatchFund, row: Allocation) -> Allocation:
    row.fund = fund
    return row


def challenges(fund: MatchFund) -> list[Challenge]:
    """The challenges with their answers, latest first: one statement. Who challenged is not shown."""
    return list(fund.challenges.order_by("-created_at", "-pk")[:100])


def account_names(codes: list[str]) -> Mapping[str, Thing]:
    """Whose money is on the accounts of funds, for the public ledger: one statement."""
    return things_of(codes, MatchFund.objects.public(), "title", "matching:fund", "slug")


def public_allocations(fund: MatchFund) -> QuerySet[Allocation]:
    """The allocations of a fund to campaigns that everybody may see."""
    public = Campaign.objects.public().values("pk")
    return Allocation.objects.filter(fund=fund, campaign__in=public).select_related("campaign__project")


def all_public_allocations() -> QuerySet[Allocation]:
    """Every allocation of every public fund, for the table of open data."""
    funds = MatchFund.objects.public().values("pk")
    rows = Allocation.objects.filter(fund__in=funds, campaign__in=Campaign.objects.public().values("pk"))
    return rows.select_related("fund", "campaign__project").order_by("pk")
