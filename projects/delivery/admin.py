"""The steward's queue: milestones that wait, with their evidence one link away."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from civic.core import clock
from civic.core.admin import ReadOnlyAdmin
from civic.core.reasons import with_reason
from projects.delivery.models import Evidence, Milestone, Update
from projects.delivery.operations import delivering


@admin.register(Milestone)
class MilestoneAdmin(admin.ModelAdmin):
    """Read-only rows; accepting and returning are actions with reasons."""

    list_display = ("project", "number", "title", "share", "state", "state_since", "due_on", "late", "page")
    list_filter = ("state", "due_on")
    list_select_related = ("project",)
    search_fields = ("title", "project__title")
    ordering = ("state_since",)
    show_full_result_count = False
    actions = (
        with_reason(delivering.accept, "milestone", _("Accept")),
        with_reason(delivering.send_back, "milestone", _("Return with what is missing")),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [field.name for field in Milestone._meta.fields]

    def get_actions(self, request: HttpRequest) -> Any:
        """Auditors and finance officers read, no more."""
        return super().get_actions(request) if self.has_change_permission(request) else {}

    @admin.display(description=_("overdue"), boolean=True)
    def late(self, milestone: Milestone) -> bool:
        return milestone.is_overdue(clock.now().date())

    @admin.display(description=_("evidence"))
    def page(self, milestone: Milestone) -> str:
        return format_html('<a href="{}">{}</a>', milestone.get_absolute_url(), _("Look at it"))


@admin.register(Evidence)
class EvidenceAdmin(ReadOnlyAdmin):
    list_display = ("milestone", "sort", "text", "size", "added_at")
    list_select_related = ("milestone",)
    list_filter = ("sort",)
    show_full_result_count = False


@admin.register(Update)
class UpdateAdmin(ReadOnlyAdmin):
    list_display = ("title", "project", "posted_at")
    list_select_related = ("project",)
    search_fields = ("title", "project__title")
    show_full_result_count = False
