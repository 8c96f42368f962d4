"""What a payer's dispute does to a campaign: payouts stop; a lost one takes what it brought."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from civic.core.states import lock
from marketplace.campaigns.locking import lock_exclusive
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.operations.totals import recount
from marketplace.payments.models import Charge, Dispute, Refund
from marketplace.payments.operations.disputes import booked, key_of
from marketplace.payments.operations.gone_after_all import taken_again
from marketplace.payments.purposes import key_in
from marketplace.payments.states import ChargeState
from marketplace.payouts.models import Hold
from marketplace.payouts.operations import holds, losses, payouts


def campaign_of(charge: Charge) -> Campaign | None:
    """The campaign whose money a charge is, a backer's or a sponsor's; None for other money."""
    slug, key = key_in(charge.purpose)
    if slug == "invoice":
        return Campaign.objects.filter(sponsorships__invoice=key).first()
    word, _slash, rest = charge.account.partition("/")
    return Campaign.objects.filter(pk=UUID(rest.partition("/")[0])).first() if word == "campaign" else None


def open_dispute(charge: Charge, at: datetime) -> None:
    """Nothing more is paid out while the payer's bank decides, and the money does not count. Idempotent."""
    campaign = campaign_of(charge)
    if campaign is None:
        return
    with transaction.atomic():
        current = lock_exclusive(campaign)
        reason = _("A payment to this campaign is disputed. Its bank decides.")
        # The event may be old news: nobody could lift a hold of a dispute that has been decided meanwhile.
        state = lock(charge).state
        if state != ChargeState.WON:
            # Set apart for a payout, the money could not bear what is lost, and would leave all the same.
            payouts.recall(current, reason=reason, at=at)
        if state == ChargeState.DISPUTED:
            # Each dispute has a hold of its own: that of one that was won is lifted, and stays so.
            number = charge.disputes.count()
            key = f"{charge.pk}:{number}" if number > 1 else str(charge.pk)
            holds.place(campaign=campaign, kind=Hold.Kind.DISPUTE, key=key, reason=reason, at=at)
        recount(campaign, at)


def win_dispute(charge: Charge, at: datetime) -> None:
    """The money is back, and counts again. Idempotent."""
    campaign = campaign_of(charge)
    if campaign is None:
        return
    with transaction.atomic():
        losses.money_came(campaign, at)
        recount(campaign, at)
        _lift(charge, at)


def lose_dispute(charge: Charge, at: datetime) -> None:
    """The payer has the money for good: the campaign bears it as far as it can. Idempotent.

    What the campaign has paid out already stays a loss. A sponsor's payment is owed again instead of lost.
    What owns the charge moves by itself (`charge_owners`).
    """
    campaign = campaign_of(charge)
    if campaign is None:
        return
    with transaction.atomic():
        lock_exclusive(campaign)
        if charge.account.startswith("campaign/"):
            for dispute in charge.disputes.filter(lost_minor__gt=0).select_related("charge"):
                _bear(dispute, campaign, at)
        losses.money_came(campaign, at)
        recount(campaign, at)
        _lift(charge, at)


def refund_gone(refund: Refund, at: datetime) -> None:
    """A refund that a dispute had paid in its place has gone after all: the campaign bears it as it does the dispute.

    A sponsor owes it again instead. Idempotent.
    """
    charge = refund.charge
    campaign = campaign_of(charge)
    if campaign is None or not charge.account.startswith("campaign/"):
        return
    with transaction.atomic():
        current = lock_exclusive(campaign)
        # Set apart for a payout, the money could not bear it.
        payouts.recall(current, reason=_("A refund of a payment to this campaign has gone after all."), at=at)
        _total, lost = taken_again(refund)
        losses.bear(charge, campaign, lost, f"dispute:{charge.pk}:borne:{refund.pk}", at)
        recount(campaign, at)


def _lift(charge: Charge, at: datetime) -> None:
    # The event of a won dispute may come when the next one runs already.
    if lock(charge).state == ChargeState.DISPUTED:
        return
    for hold in Hold.objects.filter(kind=Hold.Kind.DISPUTE, key__startswith=str(charge.pk), lifted_at=None):
        holds.lift(hold=hold, at=at)


def _bear(dispute: Dispute, campaign: Campaign, at: datetime) -> None:
    """Takes what the dispute cost the city out of what is left of the campaign's money, once."""
    losses.bear(dispute.charge, campaign, booked(dispute, "loss"), f"{key_of(dispute)}:borne", at)
