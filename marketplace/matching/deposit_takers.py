"""Match funds take money that two people found on the city's account (purposes `fund:<id>`)."""

from datetime import datetime
from typing import ClassVar

from civic.accounts.models import Person
from civic.core.locking import lock_row
from civic.core.money import Money
from marketplace.ledger.models import Account, Posting
from marketplace.matching.models import MatchFund
from marketplace.matching.operations.deposits import TAKES_MONEY, take_deposit
from marketplace.payments import deposits
from marketplace.payments.accounts import BANK


class FundDeposits(deposits.DepositTaker):
    """Named by the fund's short name."""

    slug: ClassVar[str] = "fund"

    def find(self, text: str) -> str | None:
        """Of a fund that still takes money."""
        fund = MatchFund.objects.filter(slug=text, state__in=TAKES_MONEY).first()
        return f"{self.slug}:{fund.pk}" if fund else None

    def entered(self, purpose: str, amount: Money) -> int:
        """By where they came to: what a line brought came out of suspense."""
        fund = lock_row(MatchFund.objects, pk=purpose.partition(":")[2])
        by_hand = Posting.objects.filter(
            entry__book=fund.book, entry__key__startswith=f"fund:{fund.pk}:in:", account__code=BANK
        )
        return by_hand.filter(amount=amount.minor, account__currency=amount.currency).count()

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
