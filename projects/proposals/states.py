"""The life of a project, from a draft to its evaluation."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from civic.core.states import Transitions


class ProjectState(TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("in review")
    RETURNED = "returned", _("returned for changes")
    REJECTED = "rejected", _("not accepted")
    OPEN = "open", _("open")
    SHORTLISTED = "shortlisted", _("on the ballot")
    UNFUNDED = "unfunded", _("not funded")
    FUNDING = "funding", _("raising money")
    FUNDED = "funded", _("funded")
    DELIVERING = "delivering", _("being delivered")
    COMPLETED = "completed", _("completed")
    EVALUATED = "evaluated", _("evaluated")
    CANCELLED = "cancelled", _("cancelled")
    FAILED = "failed", _("failed")


PROJECT: Transitions = {
    ("submit", ProjectState.DRAFT): ProjectState.SUBMITTED,
    ("submit", ProjectState.RETURNED): ProjectState.SUBMITTED,
    ("return", ProjectState.SUBMITTED): ProjectState.RETURNED,
    ("reject", ProjectState.SUBMITTED): ProjectState.REJECTED,
    ("open", ProjectState.SUBMITTED): ProjectState.OPEN,
    ("shortlist", ProjectState.OPEN): ProjectState.SHORTLISTED,
    ("win", ProjectState.SHORTLISTED): ProjectState.FUNDING,
    ("lose", ProjectState.SHORTLISTED): ProjectState.UNFUNDED,
    ("fund", ProjectState.FUNDING): ProjectState.FUNDED,
    ("miss_goal", ProjectState.FUNDING): ProjectState.UNFUNDED,
    ("start_delivery", ProjectState.FUNDED): ProjectState.DELIVERING,
    ("complete", ProjectState.DELIVERING): ProjectState.COMPLETED,
    ("evaluate", ProjectState.COMPLETED): ProjectState.EVALUATED,
    ("fail", ProjectState.DELIVERING): ProjectState.FAILED,
    **{
        ("cancel", state): ProjectState.CANCELLED
        for state in (
            ProjectState.DRAFT,
            ProjectState.SUBMITTED,
            ProjectState.RETURNED,
            ProjectState.OPEN,
            ProjectState.SHORTLISTED,
            ProjectState.FUNDING,
            ProjectState.FUNDED,
        )
    },
}

# What only the team and the council see, and what is frozen because people have relied on it.
PRIVATE = [ProjectState.DRAFT, ProjectState.SUBMITTED, ProjectState.RETURNED, ProjectState.REJECTED]
EDITABLE = [ProjectState.DRAFT, ProjectState.RETURNED]
# Money is raised for it, or was: who is paid changes by the city's hand alone once there is somebody.
RAISED = [
    ProjectState.FUNDING,
    ProjectState.FUNDED,
    ProjectState.DELIVERING,
    ProjectState.COMPLETED,
    ProjectState.EVALUATED,
    ProjectState.FAILED,
]
# Changes here are revisions that supporters are told of and may withdraw over; on the ballot nothing changes.
REVISABLE = [ProjectState.OPEN, ProjectState.FUNDING, ProjectState.FUNDED, ProjectState.DELIVERING]
SUPPORTABLE = [ProjectState.OPEN, ProjectState.SHORTLISTED, ProjectState.FUNDING]
# Whatever can still change, one can still take one's support back from.
WITHDRAWABLE = [*SUPPORTABLE, ProjectState.FUNDED, ProjectState.DELIVERING]
ENDED = [ProjectState.EVALUATED, ProjectState.UNFUNDED, ProjectState.CANCELLED, ProjectState.FAILED]

# The stages that the project page shows as steps, in order.
STAGES = [
    ProjectState.SUBMITTED,
    ProjectState.OPEN,
    ProjectState.SHORTLISTED,
    ProjectState.FUNDING,
    ProjectState.FUNDED,
    ProjectState.DELIVERING,
    ProjectState.COMPLETED,
]
