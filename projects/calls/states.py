"""The life of a call, and the phases in it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from civic.core.states import Transitions


class CallState(TextChoices):
    DRAFT = "draft", _("draft")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
    DECIDED = "decided", _("decided")
    CALLED_OFF = "called_off", _("called off")


# Closed: voting is over and the ballots are counted, or a call without a vote has ended. Called off: it never will be.
CALL: Transitions = {
    ("open", CallState.DRAFT): CallState.OPEN,
    ("close", CallState.OPEN): CallState.CLOSED,
    ("call_off", CallState.OPEN): CallState.CALLED_OFF,
    ("decide", CallState.CLOSED): CallState.DECIDED,
}


class PhaseKind(TextChoices):
    PROPOSALS = "proposals", _("proposals")
    REVIEW = "review", _("review")
    VOTING = "voting", _("voting")
    FUNDING = "funding", _("funding")
    DELIVERY = "delivery", _("delivery")
