"""Accepted milestones bring payouts, and transfers tell what became of them. At least once, idempotent."""

from civic.core import events
from civic.core.models import Event
from marketplace.payments.models import Transfer
from marketplace.payouts.operations import payouts
from projects.delivery.models import Milestone


@events.handler("milestone.accepted")
def on_milestone_accepted(event: Event) -> None:
    """Plans its payout."""
    milestone = Milestone.objects.filter(pk=event.subject_id).first()
    if milestone:
        payouts.plan_payouts(milestone, event.at)


TRANSFER_STEPS = {"transfer.settled": "settle", "transfer.failed": "fail", "transfer.reversed": "reverse"}


@events.handler(*TRANSFER_STEPS)
def on_transfer(event: Event) -> None:
    """Moves the payout to where its transfer stands."""
    transfer = Transfer.objects.filter(pk=event.subject_id).first()
    if transfer and transfer.purpose.startswith("payout:"):
        payouts.settle_transfer(transfer.purpose, TRANSFER_STEPS[event.kind], event.at, transfer.failure)
