"""Pledges and their monthly instalments own the charges that pay them (purposes `pledge:<id>`, `instalment:<id>`)."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from marketplace.campaigns.models import Instalment, Pledge
from marketplace.campaigns.operations import payment_events
from marketplace.payments.charge_owners import ChargeOwner, MethodOwner, charge_owners, method_owners
from marketplace.payments.models import Charge, MethodSetup, Refund


class PledgeCharges(ChargeOwner, MethodOwner):
    """The payment of a pledge: the whole of it, or its first month."""

    slug: ClassVar[str] = "pledge"

    def started(self, key: UUID, charge: Charge, at: datetime) -> None:
        """The pledge waits for its person."""
        payment_events.started(self._of(key), at)

    def setup_started(self, key: UUID, setup: MethodSetup, at: datetime) -> None:
        """The pledge waits for its person."""
        payment_events.started(self._of(key), at)

    def method_saved(self, key: UUID, setup: MethodSetup, at: datetime) -> None:
        """The pledge counts: it can be charged at the close."""
        payment_events.sync(self._of(key), at)

    def succeeded(self, key: UUID, charge: Charge, at: datetime) -> None:
        """The pledge is collected."""
        payment_events.sync(self._of(key), at)

    def failed(self, key: UUID, charge: Charge, at: datetime) -> None:
        """The pledge needs its person: it can be paid another way until the grace is over."""
        payment_events.stopped(self._of(key), at)

    def needs_payer(self, key: UUID, charge: Charge, at: datetime) -> None:
        """The pledge needs its person."""
        payment_events.stopped(self._of(key), at)

    def disputed(self, key: UUID, charge: Charge, at: datetime) -> None:
        """What the campaign still has of the money is held back."""
        payment_events.disputed(self._of(key).campaign, charge, at)

    def won(self, key: UUID, charge: Charge, at: datetime) -> None:
        """What was held back is the campaign's again."""
        payment_events.won(self._of(key), charge, at)

    def lost(self, key: UUID, charge: Charge, at: datetime) -> None:
        """The pledge is dropped, and its match taken back."""
        payment_events.lost(self._of(key), at)

    def refunded(self, key: UUID, charge: Charge, refund: Refund, at: datetime) -> None:
        """A pledge of which nothing is left is dropped."""
        payment_events.refunded(self._of(key), at)

    def _of(self, key: UUID) -> Pledge:
        return Pledge.objects.select_related("campaign").get(pk=key)


class InstalmentCharges(ChargeOwner):
    """The payment of a later month of a monthly pledge. Months never count for a goal or a match."""

    slug: ClassVar[str] = "instalment"

    def started(self, key: UUID, charge: Charge, at: datetime) -> None:
        """Nothing: the month was moved when its charge was asked for."""

    def succeeded(self, key: UUID, charge: Charge, at: datetime) -> None:
        """The month is collected, and its money the project's."""
        payment_events.month_moved(self._of(key), at)

    def failed(self, key: UUID, charge: Charge, at: datetime) -> None:
        """The month needs its person, and the pledge is behind."""
        payment_events.month_moved(self._of(key), at)

    def needs_payer(self, key: UUID, charge: Charge, at: datetime) -> None:
        """The month needs its person, and the pledge is behind."""
        payment_events.month_needs_payer(self._of(key), at)

    def disputed(self, key: UUID, charge: Charge, at: datetime) -> None:
        """What the campaign still has of the money is held back."""
        payment_events.disputed(self._of(key).pledge.campaign, charge, at)

    def won(self, key: UUID, charge: Charge, at: datetime) -> None:
        """What was held back is the campaign's again."""
        payment_events.month_won(self._of(key), charge, at)

    def lost(self, key: UUID, charge: Charge, at: datetime) -> None:
        """The month is missed: it counts towards the two that end a pledge."""
        payment_events.month_gone(self._of(key), at)

    def refunded(self, key: UUID, charge: Charge, refund: Refund, at: datetime) -> None:
        """A month of which nothing is left is missed."""
        payment_events.month_gone(self._of(key), at)

    def _of(self, key: UUID) -> Instalment:
        return Instalment.objects.select_related("pledge__campaign").get(pk=key)


charge_owners.register(PledgeCharges(), InstalmentCharges())
method_owners.register(PledgeCharges())
