"""Charges, refunds, transfers and how they compare with what providers say."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from civic.core.admin import OwnFilter, ReadOnlyAdmin
from civic.core.errors import Invalid
from civic.core.money import Money
from civic.core.staff_actions import StaffAction
from marketplace.payments import operations, queries
from marketplace.payments.forms import RefundForm
from marketplace.payments.models import Charge, Reconciliation, Refund, Transfer

by_hand = partial(StaffAction, permission=("keep", "books"), sensitive=True)


def refusals() -> tuple[StaffAction, ...]:
    """What is said of one payment that the bank refuses out of a file."""
    return (
        by_hand(
            operations.propose_refusal,
            "payment",
            _("The bank has refused this payment of a file"),
            explanation=_(
                "Only what the bank has not booked; what was booked and came back has a line of its own. Nothing moves "
                "yet: somebody else of the finance officers confirms it."
            ),
        ),
        by_hand(
            operations.withdraw_refusal, "payment", _("Take back that it was refused"), reason="optional"
        ),
        by_hand(
            operations.confirm_refusal,
            "payment",
            _("Confirm that the bank has refused it"),
            reason="none",
            sensitive=True,
            explanation=_(
                "The money is back where it came from: a refund waits for another way, a line that was to go back is "
                "unclear again, a payout or a return can be asked for anew. If it has gone after all, do that, and say "
                "that the line shows it."
            ),
        ),
    )


def refund_part(*, charge: Charge, part: str, **more: Any) -> Refund:
    """The operation, with the part as it was typed: its currency is the charge's. Raises Invalid where it is none."""
    try:
        amount = Money.parse(part, charge.currency)
    except ValueError as wrong:
        raise Invalid(part=str(wrong)) from None
    return operations.refund_part(charge=charge, amount=amount, **more)


class Refused(OwnFilter):
    """Of what somebody says that the bank has refused it."""

    title = _("refused by the bank")
    parameter_name = "refused"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("waits", _("waits for a second person")), ("yes", _("confirmed"))]

    def queryset(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "waits":
            return rows.filter(refusal_proposed_by__isnull=False, refusal_confirmed_by=None)
        return rows.filter(refusal_confirmed_by__isnull=False) if self.value() == "yes" else rows


@admin.register(Charge)
class ChargeAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "purpose", "amount", "book", "provider", "state", "failure")
    list_filter = ("state", "provider", "book")
    search_fields = ("=purpose", "=provider_ref")
    exclude = ("payer_url", "return_path", "method")
    ordering = ("-created_at",)
    actions = (
        by_hand(operations.cancel_by_hand, "charge", _("Cancel what is not paid yet")),
        by_hand(
            operations.refund_rest,
            "charge",
            _("Give back what is left"),
            explanation=_("The payer gets back all that was not given back before, the way it was paid."),
        ),
        by_hand(
            refund_part,
            "charge",
            _("Give back a part"),
            form=RefundForm,
            explanation=_(
                "The payer gets it back the way it was paid; what it brought from match funds follows."
            ),
        ),
    )


@admin.register(Refund)
class RefundAdmin(ReadOnlyAdmin):
    list_display = (
        *("created_at", "charge", "amount", "book", "provider", "state", "reason", "failure"),
        "refusal_proposed_by",
    )
    list_filter = ("state", Refused, "provider", "book")
    search_fields = ("=charge__purpose", "=provider_ref", "=key")
    list_select_related = ("charge", "refusal_proposed_by")
    ordering = ("-created_at",)
    actions = (
        by_hand(
            operations.pay_refund_otherwise,
            "refund",
            _("It failed and has been paid from the bank"),
            explanation=_("Say how and when the payer got the money. It is booked as paid from the bank."),
        ),
        *refusals(),
    )


@admin.register(Transfer)
class TransferAdmin(ReadOnlyAdmin):
    list_display = (
        "created_at",
        "purpose",
        "amount",
        "book",
        "provider",
        "provider_ref",
        "holder",
        "account_ending",
        "state",
        "failure",
        "refusal_proposed_by",
    )
    list_filter = ("state", Refused, "provider", "book")
    list_select_related = ("refusal_proposed_by",)
    actions = refusals()
    search_fields = ("=purpose", "=provider_ref", "holder")
    exclude = ("destination",)
    readonly_fields = ("account_ending",)
    ordering = ("-created_at",)

    @admin.display(description=_("destination"))
    def account_ending(self, transfer: Transfer) -> str:
        """In part, as in the list of bank details: the whole number is in the file for the bank."""
        return f"{transfer.destination[:2]}… {transfer.destination[-4:]}"


class Differs(OwnFilter):
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
class ReconciliationAdmin(ReadOnlyAdmin):
    list_display = ("at", "provider", "book", "theirs", "ours", "difference", "explanation")
    list_filter = (Differs, "provider", "book")
    ordering = ("-at",)
    actions = (by_hand(operations.explain_difference, "reconciliation", _("Explain the difference")),)
    change_list_template = "admin/payments/reconciliations.html"

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Above the list: which ways to pay are on, and why one is off."""
        return super().changelist_view(request, {**(extra_context or {}), "providers": queries.readiness()})
