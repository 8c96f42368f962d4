"""Entries of match funds and campaigns in the ledger: one way to write each, by docs/money.md."""

from datetime import datetime

from civic.core.money import Money
from marketplace.campaigns import accounts
from marketplace.ledger import operations as ledger
from marketplace.ledger.models import Account
from marketplace.matching import accounts as fund_accounts
from marketplace.matching.models import Allocation, MatchFund


def shift(
    minor: int, *, source: Account, target: Account, kind: str, key: str, at: datetime, public: dict[str, str]
) -> None:
    """Moves what is owed from one liability to another; nothing where there is nothing to move."""
    if minor:
        # What a liability loses is a debit.
        legs = [ledger.Leg(source, _money(minor, source)), ledger.Leg(target, -_money(minor, target))]
        ledger.post(book=source.book, kind=kind, key=key, legs=legs, at=at, public=public)


def within_fund(
    fund: MatchFund, minor: int, way: tuple[str, str], *, kind: str, key: str, at: datetime
) -> None:
    """Moves so many minor units between two accounts of a fund: `way` is `("available", "reserved")`."""
    source, target = (fund_accounts.of_fund(fund, part) for part in way)
    shift(minor, source=source, target=target, kind=kind, key=key, at=at, public={"fund": fund.slug})


def to_campaign(allocation: Allocation, *, at: datetime) -> None:
    """Pays a committed match into the campaign's money."""
    shift(
        allocation.set_aside_minor,
        source=fund_accounts.of_fund(allocation.fund, "committed"),
        target=accounts.of_campaign(allocation.campaign, "committed"),
        kind="match.paid",
        key=f"match:{allocation.pk}:paid",
        at=at,
        public=_both(allocation),
    )


def back_from_campaign(allocation: Allocation, minor: int, *, key: str, at: datetime) -> int:
    """Takes a paid match back, as far as the campaign has not paid it out; returns how much came back."""
    source = accounts.of_campaign(allocation.campaign, "committed")
    there = min(minor, ledger.available(source).minor)
    target = fund_accounts.of_fund(allocation.fund, "available")
    shift(
        there, source=source, target=target, kind="match.returned", key=key, at=at, public=_both(allocation)
    )
    return there


def _money(minor: int, account: Account) -> Money:
    return Money(minor, account.currency)


def _both(allocation: Allocation) -> dict[str, str]:
    return {"fund": allocation.fund.slug, "campaign": str(allocation.campaign_id)}
