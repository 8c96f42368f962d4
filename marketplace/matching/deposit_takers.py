"""Match funds take money that two people found on the city's account (purposes `fund:<id>`)."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from civic.accounts.models import Person
from civic.core.locking import lock_row
from civic.core.money import Money
from marketplace.ledger.models import Account, Posting
from marketplace.matching.models import MatchFund
from marketplace.matching.operations.deposits import (
    TAKES_MONEY,
    take_deposit,
    take_deposit_back,
    why_not_free,
)
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
        line: UUID,
        at: datetime,
    ) -> None:
        """A deposit that one person entered and the other confirmed."""
        take_deposit(
            fund=self._fund(purpose),
            amount=amount,
            source=source,
            entered_by=proposed_by,
            confirmed_by=confirmed_by,
            note=note,
            line=line,
            at=at,
        )

    def why_not_free(self, purpose: str, amount: Money, *, credit: UUID) -> str:
        """Where the fund has promised it, or is being shared out."""
        return why_not_free(self._fund(purpose), amount, credit=credit)

    def take_back(
        self, purpose: str, amount: Money, *, credit: UUID, confirmed_by: Person, at: datetime
    ) -> None:
        """That deposit; what the fund has paid in falls."""
        take_deposit_back(actor=confirmed_by, fund=self._fund(purpose), amount=amount, credit=credit, at=at)

    def _fund(self, purpose: str) -> MatchFund:
        return MatchFund.objects.get(pk=purpose.partition(":")[2])


deposits.takers.register(FundDeposits())
