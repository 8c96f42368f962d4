"""Charges, refunds, transfers and how they compare with what providers say."""

from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from marketplace.payments import operations, queries
from marketplace.payments.admin.acting import Desk, ReasonForm, reason_of
from marketplace.payments.models import Charge, Reconciliation, Refund, Transfer


@admin.register(Charge)
class ChargeAdmin(Desk):
    list_display = ("created_at", "purpose", "amount", "book", "provider", "state", "failure")
    list_filter = ("state", "provider", "book")
    search_fields = ("=purpose", "=provider_ref")
    exclude = ("payer_url", "return_path", "method")
    ordering = ("-created_at",)
    action_form = ReasonForm
    actions = ("cancel", "refund")

    @admin.action(description=_("Cancel what is not paid yet"), permissions=["view"])
    def cancel(self, request: HttpRequest, charges: QuerySet[Charge]) -> None:
        self.act(request, charges, operations.cancel_by_hand, "charge", reason=reason_of(request))

    @admin.action(description=_("Give back what is left (with a reason)"), permissions=["view"])
    def refund(self, request: HttpRequest, charges: QuerySet[Charge]) -> None:
        self.act(request, charges, operations.refund_rest, "charge", reason=reason_of(request))


@admin.register(Refund)
class RefundAdmin(Desk):
    list_display = ("created_at", "charge", "amount", "book", "provider", "state", "reason", "failure")
    list_filter = ("state", "provider", "book")
    search_fields = ("=charge__purpose", "=provider_ref", "=key")
    list_select_related = ("charge",)
    ordering = ("-created_at",)
    action_form = ReasonForm
    actions = ("pay_otherwise",)

    @admin.action(description=_("It failed and has been paid from the bank (say how)"), permissions=["view"])
    def pay_otherwise(self, request: HttpRequest, refunds: QuerySet[Refund]) -> None:
        rows = refunds.select_related("charge")
        self.act(request, rows, operations.pay_refund_otherwise, "refund", reason=reason_of(request))


@admin.register(Transfer)
class TransferAdmin(Desk):
    list_display = (
        "created_at",
        "purpose",
        "amount",
        "book",
        "provider",
        "provider_ref",
        "holder",
        "destination",
        "state",
    )
    list_filter = ("state", "provider", "book")
    search_fields = ("=purpose", "=provider_ref", "holder")
    ordering = ("-created_at",)


class Differs(admin.SimpleListFilter):
    """Where the two sums are not the same."""

    title = _("difference")
    parameter_name = "differs"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("not explained")), ("yes", _("all differences"))]

    def queryset(self, request: HttpRequest, rows: QuerySet[Reconciliation]) -> QuerySet[Reconciliation]:
        if self.value():
            rows = rows.exclude(theirs_minor=F("ours_minor"))
        return rows.filter(explanation="") if self.value() == "open" else rows


@admin.register(Reconciliation)
class ReconciliationAdmin(Desk):
    list_display = ("at", "provider", "book", "theirs", "ours", "difference", "explanation")
    list_filter = (Differs, "provider", "book")
    ordering = ("-at",)
    action_form = ReasonForm
    actions = ("explain",)
    change_list_template = "admin/payments/reconciliations.html"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Above the list: which ways to pay are on, and why one is off."""
        return super().changelist_view(request, {**(extra_context or {}), "providers": queries.readiness()})

    @admin.action(description=_("Explain the difference (with a reason)"), permissions=["view"])
    def explain(self, request: HttpRequest, rows: QuerySet[Reconciliation]) -> None:
        self.act(request, rows, operations.explain_difference, "reconciliation", reason=reason_of(request))
