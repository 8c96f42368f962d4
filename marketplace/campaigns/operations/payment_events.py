"""What events of payments change in pledges and their months. Each may come again, and late."""

from datetime import datetime

from django.db import transaction

from civic.core.states import transition
from marketplace.campaigns import goal, locking
from marketplace.campaigns.models import Campaign, Instalment, Pledge
from marketplace.campaigns.operations import instalments, pledge_payments, postings
from marketplace.campaigns.operations.totals import recount
from marketplace.campaigns.states import PledgeState
from marketplace.payments.models import Charge
from marketplace.payments.queries import charges
from marketplace.payments.states import ChargeState


def started(pledge: Pledge, at: datetime) -> None:
    """The payment, or the saving of a way to pay, has begun: the pledge waits for its person."""
    with transaction.atomic():
        current = locking.lock_pledge(pledge)
        if current.state == PledgeState.STARTED:
            transition(
                current, "ask_method", actor=None, at=at, payload=pledge_payments.event_payload(current)
            )


def sync(pledge: Pledge, at: datetime) -> None:
    """A way to pay was saved, or money has arrived."""
    with transaction.atomic():
        campaign = locking.lock_exclusive(pledge.campaign)
        current = locking.lock_pledge(pledge, campaign)
        pledge_payments.sync(current, at)
        postings.pass_on(campaign, key=current.purpose, at=at)


def stopped(pledge: Pledge, at: datetime) -> None:
    """A payment failed, or needs its person. What was never charged by us waits for them anyway."""
    with transaction.atomic():
        campaign = locking.lock_shared(pledge.campaign)
        current = locking.lock_pledge(pledge, campaign)
        existing = charges.charge_for(current.purpose)
        if existing is None or existing.state == ChargeState.NEEDS_PAYER:
            pledge_payments.ask_payer(current, at)


def disputed(campaign: Campaign, charge: Charge, at: datetime) -> None:
    """While a dispute runs, what the campaign still has of the money is held back, in case it is lost."""
    with transaction.atomic():
        current = locking.lock_exclusive(campaign)
        charge.refresh_from_db()
        if charge.state == ChargeState.DISPUTED:
            postings.hold_back(current, charge.amount, key=f"{charge.pk}", at=at)
            recount(current, at)


def won(pledge: Pledge, charge: Charge, at: datetime) -> None:
    """The money is back: what was held back is the campaign's again; a pledge that was not collected yet is."""
    with transaction.atomic():
        campaign = locking.lock_exclusive(pledge.campaign)
        current = locking.lock_pledge(pledge, campaign)
        # A monthly pledge that has gone on since its first month does not start again; of one that is over the money
        # goes back now, which could not while the dispute ran.
        if current.collected_at is None or current.state not in (PledgeState.ACTIVE, PledgeState.PAST_DUE):
            pledge_payments.sync(current, at)
        postings.pass_on(campaign, key=f"{charge.purpose}:won", at=at)
        recount(campaign, at)


def lost(pledge: Pledge, at: datetime) -> None:
    """A dispute took the money: the pledge is gone, and with it its match; a monthly one is not charged any more."""
    with transaction.atomic():
        campaign = locking.lock_exclusive(pledge.campaign)
        current = locking.lock_pledge(pledge, campaign)
        if charges.paid_charge(current.purpose) is None:
            return
        payload = pledge_payments.event_payload(current)
        if current.can("drop"):
            transition(current, "drop", actor=None, at=at, reason="lost in a dispute", payload=payload)
        else:
            instalments.end(current, at)
        goal.withdraw(current, at)
        recount(campaign, at)


def refunded(pledge: Pledge, at: datetime) -> None:
    """The council gave the money of a standing pledge back: it counts no more, nor does its match."""
    with transaction.atomic():
        campaign = locking.lock_exclusive(pledge.campaign)
        current = locking.lock_pledge(pledge, campaign)
        if current.collected_at and charges.all_refunded(current.purpose):
            if current.state == PledgeState.COLLECTED:
                payload = pledge_payments.event_payload(current)
                transition(current, "drop", actor=None, at=at, reason="given back", payload=payload)
            goal.withdraw(current, at)
        recount(campaign, at)


def month_moved(instalment: Instalment, at: datetime) -> None:
    """A month was paid, or its payment failed."""
    instalments.sync(instalment, at)


def month_needs_payer(instalment: Instalment, at: datetime) -> None:
    """A month's payment waits for its person."""
    with transaction.atomic():
        pledge = locking.lock_pledge_of(instalment)
        existing = charges.charge_for(instalment.purpose)
        instalment.refresh_from_db()
        if existing is None or existing.state == ChargeState.NEEDS_PAYER:
            instalments.ask_payer(instalment, pledge, at)


def month_won(instalment: Instalment, charge: Charge, at: datetime) -> None:
    """The money of a month is back: what was held back is the project's again."""
    with transaction.atomic():
        campaign = locking.lock_exclusive(instalment.pledge.campaign)
        postings.pass_on(campaign, key=f"{charge.purpose}:won", at=at)


def month_gone(instalment: Instalment, at: datetime) -> None:
    """The money of a month that was paid is gone, lost or given back as a whole: the month is missed."""
    charge = charges.paid_charge(instalment.purpose)
    gone = charge and (charge.state == ChargeState.LOST or charges.all_refunded(instalment.purpose))
    if gone:
        instalments.miss_collected(instalment, at)
