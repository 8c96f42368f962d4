"""The council's desk for help: what is wanted, what was offered, and answers where a team cannot give them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from civic.core.admin import ReadOnlyAdmin
from civic.core.reasons import with_reason
from projects.contributions.models import Contribution, Want
from projects.contributions.operations import offering


@admin.register(Want)
class WantAdmin(ReadOnlyAdmin):
    list_display = ("title", "project", "sort", "amount", "unit", "needed_by", "closed_at")
    list_filter = ("sort", ("closed_at", admin.EmptyFieldListFilter))
    list_select_related = ("project",)
    search_fields = ("title", "project__title")
    show_full_result_count = False


@admin.register(Contribution)
class ContributionAdmin(admin.ModelAdmin):
    """Read-only rows; each action is one operation with a reason, and a refusal changes nothing."""

    list_display = ("want", "project", "amount", "state", "state_since", "offered_at")
    list_filter = ("state", "want__sort")
    list_select_related = ("want__project",)
    search_fields = ("want__title", "want__project__title")
    ordering = ("state_since",)
    show_full_result_count = False
    actions = (
        with_reason(offering.accept, "contribution", _("Accept")),
        with_reason(offering.decline, "contribution", _("Decline")),
        with_reason(offering.verify, "contribution", _("Confirm that it was given")),
        with_reason(offering.send_back, "contribution", _("Say what is still missing")),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [field.name for field in Contribution._meta.fields]

    def get_actions(self, request: HttpRequest) -> Any:
        """Auditors read, no more."""
        return super().get_actions(request) if self.has_change_permission(request) else {}

    @admin.display(description=_("project"))
    def project(self, contribution: Contribution) -> str:
        return contribution.want.project.title
