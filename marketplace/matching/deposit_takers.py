"""Match funds take money that two people found on the city's account (purposes `fund:<id>`)."""

from datetime import datetime
from typing import ClassVar

from civic.accounts.models import Person
from civic.core.money import Money
from marketplace.ledger.models import Account
from marketplace.matching.models import MatchFund
from marketplace.matching.operations.deposits import TAKES_MONEY, take_deposit
from marketplace.payments import deposits


class FundDeposits(deposits.DepositTaker):
    """Named by the fund's short name."""

    slug: ClassVar[str] = "fund"

    def find(self, text: str) -> str | None:
        """Of a fund that still takes money."""
        fund = MatchFund.objects.filter(slug=text, state__in=TAKES_MONEY).first()
        return f"{self.slug}:{fund.pk}" if fund else None

    def take(
        self,
        purpose: str,
        amount: Money,
        *,
        source: Account,
        proposed_by: Person,
        confirmed_by: Person,
        note: str,
        at: datetime,
    ) -> None:
        """A deposit that one person entered and the other confirmed."""
        fund = MatchFund.objects.get(pk=purpose.partition(":")[2])
        take_deposit(
            fund=fund,
            amount=amount,
            source=source,
            entered_by=proposed_by,
            confirmed_by=confirmed_by,
            note=note,
            at=at,
        )


deposits.takers.register(FundDeposits())
