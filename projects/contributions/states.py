"""How an offer of help becomes help that was given."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from civic.core.states import Transitions
from projects.proposals.states import SUPPORTABLE, ProjectState


class ContributionState(TextChoices):
    OFFERED = "offered", _("offered")
    ACCEPTED = "accepted", _("accepted")
    DELIVERED = "delivered", _("delivered")
    VERIFIED = "verified", _("verified")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


CONTRIBUTION: Transitions = {
    ("accept", ContributionState.OFFERED): ContributionState.ACCEPTED,
    ("decline", ContributionState.OFFERED): ContributionState.DECLINED,
    ("withdraw", ContributionState.OFFERED): ContributionState.WITHDRAWN,
    ("withdraw", ContributionState.ACCEPTED): ContributionState.WITHDRAWN,
    ("deliver", ContributionState.ACCEPTED): ContributionState.DELIVERED,
    ("send_back", ContributionState.DELIVERED): ContributionState.ACCEPTED,
    ("verify", ContributionState.DELIVERED): ContributionState.VERIFIED,
}

# What whoever gives does; the other side does the rest.
GIVER_VERBS = {"withdraw", "deliver"}
# What counts against the amount that a project wants.
TAKEN = [ContributionState.ACCEPTED, ContributionState.DELIVERED, ContributionState.VERIFIED]
# The states of a project in which help can be wanted, offered and given.
HELPED = [*SUPPORTABLE, ProjectState.FUNDED, ProjectState.DELIVERING]
