"""Disputes stop payouts, and what they cost is borne by the campaign. At least once, idempotent."""

from civic.core import events
from civic.core.models import Event
from marketplace.payments.models import Charge
from marketplace.payouts.operations import disputes

STEPS = {
    "charge.disputed": disputes.open_dispute,
    "charge.won": disputes.win_dispute,
    "charge.lost": disputes.lose_dispute,
}


@events.handler(*STEPS)
def on_dispute(event: Event) -> None:
    """Does what the step of the charge asks for."""
    charge = Charge.objects.filter(pk=event.subject_id).first()
    if charge:
        STEPS[event.kind](charge, event.at)
