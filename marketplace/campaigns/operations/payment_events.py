"""What payments say about pledges and months, taken to where it belongs; each may be said again."""

from datetime import datetime

from django.db import transaction

from civic.core.states import transition
from marketplace.campaigns import goal
from marketplace.campaigns.models import Campaign, Instalment, Pledge
from marketplace.campaigns.operations import instalments, locking, pledge_payments, postings
from marketplace.campaigns.states import PledgeState
from marketplace.payments.models import Charge
from marketplace.payments.queries import charges
from marketplace.payments.states import ChargeState


def started(pledge: Pledge, at: datetime) -> None:
    """The payment, or the saving of a way to pay, has begun: the pledge waits for its person."""
    with transaction.atomic():
        current = locking.pledge(pledge)
        if current.state == PledgeState.STARTED:
            transition(current, "ask_method", actor=None, at=at, payload=pledge_payments.facts(current))


def moved(pledge: Pledge, at: datetime) -> None:
    """A way to pay was saved, or money has arrived."""
    with transaction.atomic():
        campaign = locking.alone(pledge.campaign)
        current = _fresh(pledge, campaign)
        pledge_payments.catch_up(current, at)
        postings.pass_on(campaign, key=current.purpose, at=at)


def stopped(pledge: Pledge, at: datetime) -> None:
    """A payment failed, or needs its person. What was never charged by us waits for them anyway."""
    with transaction.atomic():
        campaign = locking.shared(pledge.campaign)
        current = _fresh(pledge, campaign)
        standing = charges.charge_for(current.purpose)
        if standing is None or standing.state == ChargeState.NEEDS_PAYER:
            pledge_payments.ask_payer(current, at)


def disputed(pledge: Pledge, charge: Charge, at: datetime) -> None:
    """While a dispute runs, what the campaign still has of the money is held back, in case it is lost."""
    with transaction.atomic():
        campaign = locking.alone(pledge.campaign)
        charge.refresh_from_db()
        if charge.state == ChargeState.DISPUTED:
            postings.hold_back(campaign, charge.amount, key=f"{charge.pk}", at=at)


def lost(pledge: Pledge, at: datetime) -> None:
    """A dispute took the money: the pledge is gone, and with it its match."""
    with transaction.atomic():
        campaign = locking.alone(pledge.campaign)
        current = _fresh(pledge, campaign)
        if charges.paid_charge(current.purpose) is None or not current.can("drop"):
            return
        transition(
            current,
            "drop",
            actor=None,
            at=at,
            reason="lost in a dispute",
            payload=pledge_payments.facts(current),
        )
        goal.withdraw(current, at)


def refunded(pledge: Pledge, at: datetime) -> None:
    """Somebody in the council gave the money of a standing pledge back: it counts no more."""
    with transaction.atomic():
        campaign = locking.alone(pledge.campaign)
        current = _fresh(pledge, campaign)
        if current.state == PledgeState.COLLECTED and pledge_payments.all_given_back(current):
            transition(
                current,
                "drop",
                actor=None,
                at=at,
                reason="given back",
                payload=pledge_payments.facts(current),
            )
            goal.withdraw(current, at)


def month_moved(instalment: Instalment, at: datetime) -> None:
    """A month was paid, or its payment failed."""
    instalments.catch_up(instalment, at)


def month_needs_payer(instalment: Instalment, at: datetime) -> None:
    """A month's payment waits for its person."""
    with transaction.atomic():
        pledge = Pledge.objects.select_for_update(of=("self",)).get(pk=instalment.pledge_id)
        standing = charges.charge_for(instalment.purpose)
        instalment.refresh_from_db()
        if standing is None or standing.state == ChargeState.NEEDS_PAYER:
            instalments.ask_payer(instalment, pledge, at)


def _fresh(pledge: Pledge, campaign: Campaign) -> Pledge:
    current = locking.pledge(pledge)
    current.campaign = campaign
    return current
