"""What money on the city's account may be for, besides charges: higher slices register who takes it.

deposits.takers.register(FundDeposits())       # answers to the purpose `fund:<id>`
"""

from abc import ABC, abstractmethod
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from civic.accounts.models import Person
from civic.core.money import Money
from civic.core.registry import Registry
from marketplace.ledger.models import Account


class DepositTaker(ABC):
    """Takes money that two people assigned to one of its things (purposes `<slug>:<id>`)."""

    slug: ClassVar[str]

    @abstractmethod
    def find(self, text: str) -> str | None:
        """The purpose of the thing that staff name by this text."""

    @abstractmethod
    def entered(self, purpose: str, amount: Money) -> int:
        """How many deposits of just this sum two people have entered by hand; locks the thing."""

    @abstractmethod
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
        """Moves the money of a statement's line from `source` to the thing. Raises Conflict where it takes none."""

    @abstractmethod
    def why_not_free(self, purpose: str, amount: Money, *, credit: UUID) -> str:
        """Why the deposit that a line brought, or shows, can't leave the thing again; empty where it can.

        Locks the thing.
        """

    @abstractmethod
    def take_back(
        self, purpose: str, amount: Money, *, credit: UUID, confirmed_by: Person, at: datetime
    ) -> None:
        """The bank has taken that deposit back: it is gone from the thing, and from the bank. Raises Conflict."""


takers: Registry[DepositTaker] = Registry("taker of deposits")
