"""What waits to be asked of providers and what they said; a failure can be tried again."""

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from civic.core.admin import ReadOnlyAdmin
from civic.core.staff_actions import StaffAction
from marketplace.payments import operations
from marketplace.payments.models import Command, Message, Mirroring


class Waiting(ReadOnlyAdmin):
    """Commands and messages alike."""

    list_filter: ClassVar[tuple[Any, ...]] = (("done_at", admin.EmptyFieldListFilter), "provider")
    ordering = ("-created_at",)
    actions = (
        StaffAction(
            operations.try_again, "waiting", _("Try again now"), permission=("keep", "books"), reason="none"
        ),
    )


@admin.register(Command)
class CommandAdmin(Waiting):
    list_display = ("created_at", "provider", "verb", "target", "attempts", "due_at", "done_at", "last_error")
    search_fields = ("=target", "=key")


@admin.register(Message)
class MessageAdmin(Waiting):
    list_display = (
        "created_at",
        "provider",
        "kind",
        "event_id",
        "attempts",
        "due_at",
        "done_at",
        "last_error",
    )
    search_fields = ("=event_id", "=kind")


@admin.register(Mirroring)
class MirroringAdmin(Waiting):
    list_display = ("created_at", "message", "attempts", "due_at", "done_at", "last_error")
    list_select_related = ("message",)
    list_filter = (("done_at", admin.EmptyFieldListFilter),)
    search_fields = ("=message__event_id",)
