"""The desk for disputes: what is due first, why the bank took the money back, and what became of it."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from civic.core import clock
from civic.core.admin import ReadOnlyAdmin, WaitingFilter
from civic.core.errors import Text
from civic.core.staff_actions import StaffAction
from marketplace.payments import purposes
from marketplace.payments.models import Dispute
from marketplace.payments.operations.disputes import REMIND, answer_dispute, take_back_answer
from marketplace.payments.queries.disputes import by_deadline


class Stage(WaitingFilter):
    """What waits for evidence; the others on demand."""

    waiting = ()

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("answered", _("Evidence sent")), ("decided", _("Decided")), ("all", _("All"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Dispute]) -> QuerySet[Dispute]:
        stages: dict[str | None, dict[str, Any]] = {
            None: {"decided_at": None, "answered_at": None},
            "answered": {"decided_at": None, "answered_at__isnull": False},
            "decided": {"decided_at__isnull": False},
        }
        return queryset.filter(**stages.get(self.value(), {}))


@admin.register(Dispute)
class DisputeAdmin(ReadOnlyAdmin):
    """By deadline; each amount is what the bank took, which may be a part of the payment."""

    list_display = ("due", "stage", "taken", "paid_for", "why")
    export_display = (
        *("evidence_due_at", "amount", "payment", "purpose", "reason", "provider", "opened_at"),
        *("answered_at", "decided_at", "lost"),
    )
    confirm_display = ("due", "taken", "purpose")
    list_filter = (Stage, "charge__provider", "charge__book")
    search_fields = ("=charge__purpose", "=charge__provider_ref")
    list_select_related = ("charge",)
    actions = (
        StaffAction(
            answer_dispute,
            "dispute",
            _("The evidence was sent to the provider"),
            permission=("keep", "books"),
            explanation=_(
                "It is sent at the provider, not here. Say what was sent; the deadline is met then."
            ),
        ),
        StaffAction(
            take_back_answer,
            "dispute",
            _("No evidence was sent after all"),
            permission=("keep", "books"),
            explanation=_("The dispute waits again, with its deadline."),
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Dispute]:
        return by_deadline()

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        return list(by_deadline().query.order_by)

    @admin.display(description=_("evidence is due"), ordering="evidence_due_at")
    def due(self, dispute: Dispute) -> Text:
        if dispute.evidence_due_at is None:
            return _("no deadline")
        day = date_format(localtime(dispute.evidence_due_at), "SHORT_DATETIME_FORMAT")
        if dispute.decided_at or dispute.answered_at:
            return day
        now = clock.now()
        if dispute.evidence_due_at <= now:
            return format_html("<strong>{}</strong>", _("overdue since %s") % day)
        return format_html("<strong>{}</strong>", day) if dispute.evidence_due_at <= now + REMIND else day

    @admin.display(description=_("of a payment of"))
    def payment(self, dispute: Dispute) -> str:
        return str(dispute.charge.amount)

    @admin.display(description=_("taken back"), ordering="amount_minor")
    def taken(self, dispute: Dispute) -> Text:
        if dispute.amount == dispute.charge.amount:
            return dispute.amount.format()
        return _("%(part)s of %(whole)s") % {"part": dispute.amount, "whole": dispute.charge.amount}

    @admin.display(description=_("for"))
    def paid_for(self, dispute: Dispute) -> str:
        return str(dispute.words.title)  # type: ignore[attr-defined]

    @admin.display(description=_("purpose"))
    def purpose(self, dispute: Dispute) -> str:
        return dispute.charge.purpose

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """All rows of a page in words at once: one by one each would ask the database."""
        page = super().get_changelist_instance(request)
        words = purposes.describe(dispute.charge.purpose for dispute in page.result_list)
        for dispute in page.result_list:
            dispute.words = words[dispute.charge.purpose]
        return page

    @admin.display(description=_("reason"), ordering="reason")
    def why(self, dispute: Dispute) -> str:
        return dispute.reason.replace("_", " ") or "–"

    @admin.display(description=_("provider"), ordering="charge__provider")
    def provider(self, dispute: Dispute) -> str:
        return dispute.charge.provider

    @admin.display(description=_("stage"))
    def stage(self, dispute: Dispute) -> Text:
        if dispute.decided_at is None:
            return _("evidence sent") if dispute.answered_at else _("waits for evidence")
        if not dispute.lost:
            return _("won")
        return _("lost") if dispute.lost == dispute.amount else _("lost in part: %s") % dispute.lost.format()
