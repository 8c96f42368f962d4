"""The city and its districts."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from civic.accounts import operations
from civic.accounts.models import Area
from civic.accounts.requests import signed_in
from civic.core import clock
from civic.core.admin import StaffAdmin


@admin.register(Area)
class AreaAdmin(StaffAdmin):
    """Areas are never deleted: residencies and projects stand on them."""

    list_display = ("name", "slug", "parent", "position")
    list_select_related = ("parent",)
    list_filter = ("parent",)
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}

    def save_model(self, request: HttpRequest, obj: Area, form: Any, change: bool) -> None:
        operations.save_area(actor=signed_in(request), area=obj, at=clock.now())
