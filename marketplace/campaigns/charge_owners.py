"""Pledges and their months own the charges that pay them (purposes `pledge:<id>`, `instalment:<id>`).

Each event may come again, and late: what is done looks at where the charge stands now.
"""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction

from civic.core.states import transition
from marketplace.campaigns import goal, locking
from marketplace.campaigns.models import Campaign, Instalment, Pledge
from marketplace.campaigns.operations import instalments, pledge_payments, postings
from marketplace.campaigns.operations.totals import recount
from marketplace.campaigns.states import PledgeState
from marketplace.payments.charge_owners import ChargeOwner, MethodOwner, charge_owners, method_owners
from marketplace.payments.models import Charge, MethodSetup, Refund
from marketplace.payments.queries import charges
from marketplace.payments.states import ChargeState


class PledgeCharges(ChargeOwner, MethodOwner):
    """The payment of a pledge: the whole of it, or its first month."""

    slug: ClassVar[str] = "pledge"

    def started(self, key: UUID, charge: Charge, at: datetime) -> None:
        """The pledge waits for its person."""
        self._wait(key, at)

    def setup_started(self, key: UUID, setup: MethodSetup, at: datetime) -> None:
        """The same."""
        self._wait(key, at)

    def _wait(self, key: UUID, at: datetime) -> None:
        with transaction.atomic():
            current = locking.lock_pledge(self._of(key))
            if current.state == PledgeState.STARTED:
                transition(current, "ask_method", actor=None, at=at)

    def method_saved(self, key: UUID, setup: MethodSetup, at: datetime) -> None:
        """The pledge counts: it can be charged at the close."""
        self._sync(key, at)

    def succeeded(self, key: UUID, charge: Charge, at: datetime) -> None:
        """The pledge is collected."""
        self._sync(key, at)

    def _sync(self, key: UUID, at: datetime) -> None:
        with transaction.atomic():
            current = locking.lock_with_campaign(self._of(key))
            pledge_payments.sync(current, at)
            postings.pass_on(current.campaign, key=current.purpose, at=at)

    def failed(self, key: UUID, charge: Charge, at: datetime) -> None:
        """The pledge needs its person: it can be paid another way until the grace is over."""
        self.needs_payer(key, charge, at)

    def needs_payer(self, key: UUID, charge: Charge, at: datetime) -> None:
        """The pledge needs its person. What was never charged by us waits for them anyway."""
        with transaction.atomic():
            current = locking.lock_with_campaign(self._of(key), shared=True)
            existing = charges.charge_for(current.purpose)
            if existing is None or existing.state == ChargeState.NEEDS_PAYER:
                pledge_payments.ask_payer(current, at)

    def disputed(self, key: UUID, charge: Charge, at: datetime) -> None:
        """What the campaign still has of the money is held back, in case it is lost."""
        _hold_back(self._of(key).campaign, charge, at)

    def won(self, key: UUID, charge: Charge, at: datetime) -> None:
        """What was held back is the campaign's again; a pledge that was not collected yet is."""
        with transaction.atomic():
            current = locking.lock_with_campaign(self._of(key))
            # A monthly pledge that has gone on since its first month does not start again; of one that is over the
            # money goes back now, which could not while the dispute ran.
            if current.collected_at is None or current.state not in (
                PledgeState.ACTIVE,
                PledgeState.PAST_DUE,
            ):
                pledge_payments.sync(current, at)
            postings.pass_on(current.campaign, key=f"{charge.purpose}:won", at=at)
            recount(current.campaign, at)

    def lost(self, key: UUID, charge: Charge, at: datetime) -> None:
        """The pledge is dropped, and its match taken back; a monthly one is not charged any more."""
        with transaction.atomic():
            current = locking.lock_with_campaign(self._of(key))
            if charges.paid_charge(current.purpose) is None:
                return
            if current.can("drop"):
                transition(current, "drop", actor=None, at=at, reason="lost in a dispute")
            else:
                instalments.end(current, at)
            goal.withdraw(current, at)
            # What was held back beyond what the dispute took is other people's money.
            postings.pass_on(current.campaign, key=f"{charge.purpose}:lost", at=at)
            recount(current.campaign, at)

    def refunded(self, key: UUID, charge: Charge, refund: Refund, at: datetime) -> None:
        """A pledge of which nothing is left counts no more, nor does its match."""
        with transaction.atomic():
            current = locking.lock_with_campaign(self._of(key))
            if current.collected_at and charges.all_refunded(current.purpose):
                if current.state == PledgeState.COLLECTED:
                    transition(current, "drop", actor=None, at=at, reason="given back")
                goal.withdraw(current, at)
            recount(current.campaign, at)

    def _of(self, key: UUID) -> Pledge:
        return Pledge.objects.select_related("campaign").get(pk=key)


class InstalmentCharges(ChargeOwner):
    """The payment of a later month of a monthly pledge. Months never count for a goal or a match."""

    slug: ClassVar[str] = "instalment"

    def started(self, key: UUID, charge: Charge, at: datetime) -> None:
        """Nothing: the month was moved when its charge was asked for."""

    def succeeded(self, key: UUID, charge: Charge, at: datetime) -> None:
        """The month is collected, and its money the project's."""
        instalments.sync(self._of(key), at)

    def failed(self, key: UUID, charge: Charge, at: datetime) -> None:
        """The month needs its person, and the pledge is behind."""
        instalments.sync(self._of(key), at)

    def needs_payer(self, key: UUID, charge: Charge, at: datetime) -> None:
        """The month needs its person, and the pledge is behind."""
        with transaction.atomic():
            pledge = locking.lock_pledge_of(self._of(key))
            month = self._of(key)
            existing = charges.charge_for(month.purpose)
            if existing is None or existing.state == ChargeState.NEEDS_PAYER:
                instalments.ask_payer(month, pledge, at)

    def disputed(self, key: UUID, charge: Charge, at: datetime) -> None:
        """What the campaign still has of the money is held back, in case it is lost."""
        _hold_back(self._of(key).pledge.campaign, charge, at)

    def won(self, key: UUID, charge: Charge, at: datetime) -> None:
        """What was held back is the campaign's again; a month that was disputed before it was collected is now."""
        with transaction.atomic():
            month = self._of(key)
            campaign = locking.lock_exclusive(month.pledge.campaign)
            instalments.sync(month, at)
            postings.pass_on(campaign, key=f"{charge.purpose}:won", at=at)

    def lost(self, key: UUID, charge: Charge, at: datetime) -> None:
        """The month is missed: it counts towards the two that end a pledge."""
        with transaction.atomic():
            month = self._of(key)
            campaign = locking.lock_exclusive(month.pledge.campaign)
            charge.refresh_from_db()
            if charge.state == ChargeState.LOST:
                instalments.miss_collected(month, at)
                postings.pass_on(campaign, key=f"{charge.purpose}:lost", at=at)

    def refunded(self, key: UUID, charge: Charge, refund: Refund, at: datetime) -> None:
        """A month of which nothing is left is missed."""
        month = self._of(key)
        if charges.all_refunded(month.purpose):
            instalments.miss_collected(month, at)

    def _of(self, key: UUID) -> Instalment:
        return Instalment.objects.select_related("pledge__campaign").get(pk=key)


def _hold_back(campaign: Campaign, charge: Charge, at: datetime) -> None:
    with transaction.atomic():
        current = locking.lock_exclusive(campaign)
        charge.refresh_from_db()
        if charge.state == ChargeState.DISPUTED:
            postings.hold_back(current, charge.amount, key=f"{charge.pk}", at=at)
            recount(current, at)


charge_owners.register(PledgeCharges(), InstalmentCharges())
method_owners.register(PledgeCharges())
