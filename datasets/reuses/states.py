"""The life of a reuse: it is shown once a data steward has looked at it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from civic.core.states import Transitions


class ReuseState(TextChoices):
    PROPOSED = "proposed", _("waits for a data steward")
    SHOWN = "shown", _("shown")
    DECLINED = "declined", _("declined")
    TAKEN_DOWN = "taken_down", _("taken down by the city")
    WITHDRAWN = "withdrawn", _("taken back")


REUSE: Transitions = {
    ("approve", ReuseState.PROPOSED): ReuseState.SHOWN,
    ("restore", ReuseState.TAKEN_DOWN): ReuseState.SHOWN,
    ("decline", ReuseState.PROPOSED): ReuseState.DECLINED,
    ("take_down", ReuseState.SHOWN): ReuseState.TAKEN_DOWN,
    ("withdraw", ReuseState.PROPOSED): ReuseState.WITHDRAWN,
    ("withdraw", ReuseState.SHOWN): ReuseState.WITHDRAWN,
    ("withdraw", ReuseState.TAKEN_DOWN): ReuseState.WITHDRAWN,
}

# What a data steward does; the rest does whoever proposed it.
STEWARD_VERBS = ("approve", "decline", "take_down", "restore")
