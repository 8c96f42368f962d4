"""The steward's queue: milestones that wait, with their evidence one link away."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from civic.core import clock
from civic.core.admin import ReadOnlyAdmin
from civic.core.staff_actions import StaffAction
from projects.calls.models import Call
from projects.delivery.models import Evidence, Milestone, Update
from projects.delivery.operations import milestone_steps


@admin.register(Milestone)
class MilestoneAdmin(ReadOnlyAdmin):
    """Read-only rows; accepting and returning are actions with reasons."""

    list_display = ("project", "number", "title", "share", "state", "state_since", "due_on", "late", "page")
    list_filter = ("state", "due_on")
    list_select_related = ("project",)
    search_fields = ("title", "project__title")
    ordering = ("state_since",)
    actions = (
        StaffAction(
            milestone_steps.accept,
            "milestone",
            _("Accept"),
            permission=("run_any", Call),
            explanation=_("Its share of the money may be paid out from now on."),
        ),
        StaffAction(
            milestone_steps.send_back,
            "milestone",
            _("Return with what is missing"),
            permission=("run_any", Call),
        ),
    )

    @admin.display(description=_("overdue"), boolean=True)
    def late(self, milestone: Milestone) -> bool:
        return milestone.is_overdue(clock.now().date())


@admin.register(Evidence)
class EvidenceAdmin(ReadOnlyAdmin):
    list_display = ("milestone", "sort", "text", "size", "added_at")
    list_select_related = ("milestone",)
    list_filter = ("sort",)


@admin.register(Update)
class UpdateAdmin(ReadOnlyAdmin):
    list_display = ("title", "project", "posted_at")
    list_select_related = ("project",)
    search_fields = ("title", "project__title")
