"""What waits to be asked of providers and what they said; a failure can be tried again."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from marketplace.payments import operations
from marketplace.payments.admin.acting import Desk
from marketplace.payments.models import Command, Message, Mirroring


class Waiting(Desk):
    """Commands and messages alike."""

    list_filter: ClassVar[tuple[Any, ...]] = (("done_at", admin.EmptyFieldListFilter), "provider")
    ordering = ("-created_at",)
    actions = ("again",)

    @admin.action(description=_("Try again now"), permissions=["view"])
    def again(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        self.act(request, rows, operations.try_again, "waiting")


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
