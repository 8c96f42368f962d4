"""The life of a call, and the phases in it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from civic.core.states import Transitions


class CallState(TextChoices):
    DRAFT = "draft", _("draft")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
    DECIDED = "decided", _("decided")


CALL: Transitions = {
    ("open", CallState.DRAFT): CallState.OPEN,
    ("close", CallState.OPEN): CallState.CLOSED,
    ("decide", CallState.CLOSED): CallState.DECIDED,
}


class PhaseKind(TextChoices):
    PROPOSALS = "proposals", _("proposals")
    REVIEW = "review", _("review")
    VOTING = "voting", _("voting")
    FUNDING = "funding", _("funding")
    DELIVERY = "delivery", _("delivery")
