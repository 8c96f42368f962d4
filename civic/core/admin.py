"""The event log for auditors: everything to read, nothing to change."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from civic.core.models import Delivery, Event, Seal


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that are written by operations and never by hand."""

    actions: Sequence[Callable[..., Any] | str] | None = None

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ("seq", "at", "kind", "subject_type", "subject_id", "actor")
    list_filter = ("subject_type",)
    search_fields = ("=kind", "=subject_id", "=actor")
    exclude = ("note_salt", "note_digest")
    date_hierarchy = "at"
    show_full_result_count = False


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    list_display = ("event", "handler", "attempts", "due_at", "done_at", "last_error")
    list_filter = (("done_at", admin.EmptyFieldListFilter), "handler")
    list_select_related = ("event",)
    show_full_result_count = False


@admin.register(Seal)
class SealAdmin(ReadOnlyAdmin):
    list_display = ("number", "sealed_at", "events", "last_seq", "hash_hex")

    @admin.display(description="hash")
    def hash_hex(self, seal: Seal) -> str:
        return bytes(seal.hash).hex()
