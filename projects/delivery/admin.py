"""The steward's queue: milestones that wait, with their evidence one link away."""

from functools import partial

from django.contrib import admin
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from civic.core import clock
from civic.core.admin import ReadOnlyAdmin
from civic.core.staff_actions import StaffAction
from projects.calls.desk import GivenCallsMixin
from projects.calls.models import Call
from projects.delivery.models import Evidence, Milestone, Update
from projects.delivery.operations import milestone_steps

answer = partial(StaffAction, thing="milestone", permission=("run_any", Call))


@admin.register(Milestone)
class MilestoneAdmin(GivenCallsMixin, ReadOnlyAdmin):
    """Read-only rows; accepting and returning are actions with reasons."""

    list_display = ("project", "number", "title", "share", "state", "state_since", "due_on", "late", "page")
    list_filter = ("state", "due_on")
    list_select_related = ("project",)
    search_fields = ("title", "project__title")
    ordering = ("state_since",)
    actions = (
        answer(
            milestone_steps.accept,
            title=_("Accept"),
            explanation=_("Its share of the money may be paid out from now on."),
        ),
        answer(milestone_steps.send_back, title=_("Return with what is missing")),
    )

    @admin.display(description=_("overdue"), boolean=True)
    def late(self, milestone: Milestone) -> bool:
        return milestone.is_overdue(localdate(clock.now()))


@admin.register(Evidence)
class EvidenceAdmin(ReadOnlyAdmin):
    list_display = ("milestone", "kind", "text", "size", "added_at")
    list_select_related = ("milestone",)
    list_filter = ("kind",)


@admin.register(Update)
class UpdateAdmin(ReadOnlyAdmin):
    list_display = ("title", "project", "posted_at")
    list_select_related = ("project",)
    search_fields = ("title", "project__title")
