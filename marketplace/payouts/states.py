"""States of payouts, and of what goes back where a project has ended."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from civic.core.states import Transitions


class PayoutState(TextChoices):
    PLANNED = "planned", _("planned")
    REQUESTED = "requested", _("requested")
    APPROVED = "approved", _("approved")
    SENT = "sent", _("sent")
    SETTLED = "settled", _("settled")
    FAILED = "failed", _("failed")
    REVERSED = "reversed", _("reversed")


PAYOUT: Transitions = {
    ("request", PayoutState.PLANNED): PayoutState.REQUESTED,
    ("approve", PayoutState.REQUESTED): PayoutState.APPROVED,
    ("send_back", PayoutState.REQUESTED): PayoutState.PLANNED,
    ("send", PayoutState.APPROVED): PayoutState.SENT,
    ("settle", PayoutState.SENT): PayoutState.SETTLED,
    ("fail", PayoutState.SENT): PayoutState.FAILED,
    ("send_back", PayoutState.APPROVED): PayoutState.PLANNED,
    ("request", PayoutState.FAILED): PayoutState.REQUESTED,
    ("request", PayoutState.REVERSED): PayoutState.REQUESTED,
    ("reverse", PayoutState.SETTLED): PayoutState.REVERSED,
}


class ReturnState(TextChoices):
    PROPOSED = "proposed", _("waits for a second person")
    CONFIRMED = "confirmed", _("given back")
    WITHDRAWN = "withdrawn", _("withdrawn")


RETURN: Transitions = {
    ("confirm", ReturnState.PROPOSED): ReturnState.CONFIRMED,
    ("withdraw", ReturnState.PROPOSED): ReturnState.WITHDRAWN,
}
