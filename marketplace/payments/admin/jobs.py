"""What waits to be asked of providers and what they said."""

from django.contrib import admin

from civic.core.admin import JobAdmin, Stage
from marketplace.payments.models import Command, Message, MirrorJob


@admin.register(Command)
class CommandAdmin(JobAdmin):
    job_display = ("created_at", "provider", "verb", "target")
    list_filter = (Stage, "provider")
    search_fields = ("=target", "=key")


@admin.register(Message)
class MessageAdmin(JobAdmin):
    job_display = ("created_at", "provider", "kind", "event_id")
    list_filter = (Stage, "provider")
    search_fields = ("=event_id", "=kind")


@admin.register(MirrorJob)
class MirrorJobAdmin(JobAdmin):
    job_display = ("created_at", "message")
    search_fields = ("=message__event_id",)
