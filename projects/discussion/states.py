"""How a report becomes a decision, and what may follow it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from civic.core.states import Transitions


class CaseState(TextChoices):
    REPORTED = "reported", _("reported")
    HIDDEN = "hidden", _("hidden")
    KEPT = "kept", _("kept")
    EDITED = "edited", _("edited by a moderator")
    APPEALED = "appealed", _("appealed")
    UPHELD = "upheld", _("decision upheld")
    OVERTURNED = "overturned", _("decision overturned")


MODERATION: Transitions = {
    ("hide", CaseState.REPORTED): CaseState.HIDDEN,
    ("keep", CaseState.REPORTED): CaseState.KEPT,
    ("edit", CaseState.REPORTED): CaseState.EDITED,
    ("appeal", CaseState.HIDDEN): CaseState.APPEALED,
    ("appeal", CaseState.KEPT): CaseState.APPEALED,
    ("appeal", CaseState.EDITED): CaseState.APPEALED,
    ("uphold", CaseState.APPEALED): CaseState.UPHELD,
    ("overturn", CaseState.APPEALED): CaseState.OVERTURNED,
}

WAITING = [CaseState.REPORTED, CaseState.APPEALED]
DECIDED = [CaseState.HIDDEN, CaseState.KEPT, CaseState.EDITED]
