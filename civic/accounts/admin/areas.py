"""The city and its districts."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from civic.accounts import operations
from civic.accounts.models import Area
from civic.accounts.requests import signed_in
from civic.core import clock


@admin.register(Area)
class AreaAdmin(admin.ModelAdmin[Area]):
    """Areas are never deleted: residencies and projects stand on them."""

    list_display = ("name", "slug", "parent", "position")
    list_select_related = ("parent",)
    list_filter = ("parent",)
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Area, form: Any, change: bool) -> None:
        operations.save_area(actor=signed_in(request), area=obj, at=clock.now())
