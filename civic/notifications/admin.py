"""Mails for whoever looks after the site: which were refused, which are in doubt. Nothing to change."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from civic.core.admin import ReadOnlyAdmin
from civic.notifications.models import Mail


class Whereabouts(admin.SimpleListFilter):
    title = _("where it is")
    parameter_name = "where"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("waiting", _("waiting")), ("doubt", _("in doubt or given up")), ("sent", _("sent"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Mail]) -> QuerySet[Mail]:
        where: dict[str, dict[str, Any]] = {
            "waiting": {"claimed_at": None},
            "doubt": {"claimed_at__isnull": False, "sent_at": None},
            "sent": {"sent_at__isnull": False},
        }
        return queryset.filter(**where.get(self.value() or "", {}))


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    """The text is not shown: it is addressed to somebody else."""

    list_display = ("id", "day", "due_at", "attempts", "claimed_at", "sent_at", "last_error")
    list_filter = (Whereabouts,)
    fields = ("id", "day", "due_at", "attempts", "claimed_at", "sent_at", "last_error")
    ordering = ("-id",)
