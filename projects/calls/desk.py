"""Lists of the council's desk about calls and what belongs to them, for staff who run single calls."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from civic.core.admin import StaffAdmin
from civic.core.policies import may
from projects.calls.models import Call


class GivenCallsMixin(StaffAdmin):
    """Opens a list to staff who were given a call, with the rows of their calls; `call_path` leads to the call.

    It stands before a class of `civic.core.admin`.
    """

    call_path = "project__call"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        if super().has_view_permission(request):
            return rows
        return rows.filter(**{f"{self.call_path}__in": Call.objects.run_by(request.user)})

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A row of another call is not found at all, hence the row is not asked about."""
        return super().has_view_permission(request, obj) or may(request.user, "run_any", Call)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return super().has_module_permission(request) or self.has_view_permission(request)
