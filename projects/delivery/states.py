"""The life of a milestone, from the plan to its acceptance."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from civic.core.states import Transitions
from projects.proposals.states import SUPPORTABLE, ProjectState


class MilestoneState(TextChoices):
    PLANNED = "planned", _("planned")
    IN_PROGRESS = "in_progress", _("in progress")
    SUBMITTED = "submitted", _("waiting for acceptance")
    RETURNED = "returned", _("returned")
    ACCEPTED = "accepted", _("accepted")


MILESTONE: Transitions = {
    ("start", MilestoneState.PLANNED): MilestoneState.IN_PROGRESS,
    ("submit", MilestoneState.IN_PROGRESS): MilestoneState.SUBMITTED,
    ("submit", MilestoneState.RETURNED): MilestoneState.SUBMITTED,
    ("accept", MilestoneState.SUBMITTED): MilestoneState.ACCEPTED,
    ("return", MilestoneState.SUBMITTED): MilestoneState.RETURNED,
}

# In which evidence can be added and taken away.
AT_WORK = [MilestoneState.IN_PROGRESS, MilestoneState.RETURNED]
# When there is a plan to make, and from when on there is delivery to show.
PLANNABLE = [ProjectState.OPEN, ProjectState.FUNDING, ProjectState.FUNDED]
NEWSWORTHY = [*SUPPORTABLE, ProjectState.FUNDED, ProjectState.DELIVERING, ProjectState.COMPLETED]
