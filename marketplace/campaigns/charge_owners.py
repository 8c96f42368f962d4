"""Pledges and their months own the charges that pay them (purposes `pledge:<id>`, `instalment:<id>`).

Each event may come again, and late: what is done looks at where the charge stands now.
"""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction

from civic.core.money import Money
from civic.core.registry import Hook
from civic.core.states import transition
from marketplace.campaigns import goal, locking
from marketplace.campaigns.conditions import UNFINISHED
from marketplace.campaigns.models import Campaign, Instalment, Pledge
from marketplace.campaigns.operations import instalments, pledge_payments, postings
from marketplace.campaigns.operations.totals import recount
from marketplace.campaigns.states import GIVEN_BACK, LOST, TAKEN_BACK, CampaignState, PledgeState
from marketplace.payments.charge_owners import ChargeOwner, MethodOwner, charge_owners, method_owners
from marketplace.payments.models import Charge, MethodSetup, Refund
from marketplace.payments.purposes import recallers
from marketplace.payments.queries import charges, disputes
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
            postings.balance_held(current.campaign, at)

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
        _balance(self._of(key).campaign, at)

    def won(self, key: UUID, charge: Charge, at: datetime) -> None:
        """What was held back is the campaign's again; a pledge that was not collected yet is."""
        with transaction.atomic():
            current = locking.lock_with_campaign(self._of(key))
            # Of one that is over the money goes back now, which could not while the dispute ran.
            pledge_payments.sync(current, at)
            # While it was in dispute its match was taken back.
            goal.refresh(current.campaign, at)
            postings.balance_held(current.campaign, at)
            recount(current.campaign, at)

    def lost(self, key: UUID, charge: Charge, at: datetime) -> None:
        """What was lost counts no more, nor does its match; of all of it the pledge is dropped, or ends if monthly.

        The rest of one that was lost in part stands; it goes back where nobody waits for it any more.
        """
        with transaction.atomic():
            current = locking.lock_with_campaign(self._of(key))
            paid = charges.paid_charge(current.purpose)
            if paid is None:
                return
            if not paid.left:
                reason = TAKEN_BACK if disputes.is_by_transfer(paid) else LOST
                self._fall_away(current, reason, at)
            pledge_payments.sync(current, at)
            # Dropped before, because something else was missing: what the bank has left is the payer's.
            if current.state == PledgeState.DROPPED and current.campaign.state != CampaignState.SUCCEEDED:
                pledge_payments.give_back(current, paid, reason="a part was lost in a dispute", at=at)
            goal.refresh(current.campaign, at)
            # What was held back beyond what the dispute took is other people's money.
            postings.balance_held(current.campaign, at)
            recount(current.campaign, at)

    def refunded(self, key: UUID, charge: Charge, refund: Refund, at: datetime) -> None:
        """A pledge of which nothing is left counts no more, nor does its match; a monthly one ends."""
        with transaction.atomic():
            current = locking.lock_with_campaign(self._of(key))
            # The news that it was paid may come after this; it would be collected then, with nothing left.
            if current.collected_at is None:
                pledge_payments.sync(current, at)
            if current.collected_at and charges.is_gone(current.purpose):
                self._fall_away(current, GIVEN_BACK, at)
            # Of a part that went back its match goes, too.
            goal.refresh(current.campaign, at)
            # It may have come out of what was held back for somebody else's dispute.
            postings.balance_held(current.campaign, at)
            recount(current.campaign, at)

    def _fall_away(self, pledge: Pledge, reason: str, at: datetime) -> None:
        if pledge.state in UNFINISHED:
            # Taken back before anybody heard that it had arrived: it would wait for ever for a payment of which there
            # is no second, and ends as one that was heard of in time.
            pledge_payments.collect(pledge, at)
        if pledge.can("drop"):
            transition(pledge, "drop", actor=None, at=at, reason=reason)
        else:
            instalments.end(pledge, at)
        goal.withdraw(pledge, at)

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
        _balance(self._of(key).pledge.campaign, at)

    def won(self, key: UUID, charge: Charge, at: datetime) -> None:
        """What was held back is the campaign's again; a month that was disputed before it was collected is now."""
        with transaction.atomic():
            month = self._of(key)
            campaign = locking.lock_exclusive(month.pledge.campaign)
            instalments.sync(month, at)
            postings.balance_held(campaign, at)

    def lost(self, key: UUID, charge: Charge, at: datetime) -> None:
        """A month of which nothing is left is missed: it counts towards the two that end a pledge."""
        with transaction.atomic():
            month = self._of(key)
            campaign = locking.lock_exclusive(month.pledge.campaign)
            if charges.is_gone(month.purpose):
                instalments.miss_collected(month, at)
            else:
                instalments.sync(month, at)
            postings.balance_held(campaign, at)
            recount(campaign, at)

    def refunded(self, key: UUID, charge: Charge, refund: Refund, at: datetime) -> None:
        """A month of which nothing is left is missed."""
        month = self._of(key)
        if charges.is_gone(month.purpose):
            instalments.miss_collected(month, at)
        _balance(month.pledge.campaign, at)

    def _of(self, key: UUID) -> Instalment:
        return Instalment.objects.select_related("pledge__campaign").get(pk=key)


def _balance(campaign: Campaign, at: datetime) -> None:
    with transaction.atomic():
        current = locking.lock_exclusive(campaign)
        postings.balance_held(current, at)
        recount(current, at)


def _bring_back(campaign: Campaign, amount: Money, at: datetime) -> None:
    postings.bring_back(locking.lock_exclusive(campaign), amount, at)


def recall_pledge(key: UUID, amount: Money, at: datetime) -> None:
    """Money of a pledge's campaign is where a refund takes it from."""
    _bring_back(Pledge.objects.select_related("campaign").get(pk=key).campaign, amount, at)


def recall_instalment(key: UUID, amount: Money, at: datetime) -> None:
    """The same for a month."""
    _bring_back(Campaign.objects.get(pledges__instalments=key), amount, at)


charge_owners.register(PledgeCharges(), InstalmentCharges())
recallers.register(Hook("pledge", recall_pledge), Hook("instalment", recall_instalment))
method_owners.register(PledgeCharges())
