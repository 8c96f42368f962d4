"""Bank statements: read in, and what nobody understood settled by two people."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from civic.accounts.requests import signed_in
from civic.core import clock
from civic.core.money import Money
from civic.core.policies import may
from marketplace.payments import operations, queries
from marketplace.payments.admin.acting import Desk, ReasonForm, reason_of
from marketplace.payments.forms import StatementForm
from marketplace.payments.models import Statement, StatementLine


class SettleForm(ReasonForm):
    """The reason, and the reference of the payment that a line belongs to."""

    reference = forms.CharField(label=_("Reference of the payment"), required=False, max_length=35)


@admin.register(Statement)
class StatementAdmin(Desk):
    list_display = ("created_at", "account", "format", "closing_on", "imported_by")
    list_select_related = ("imported_by",)
    ordering = ("-created_at",)
    change_list_template = "admin/payments/statements.html"

    def get_urls(self) -> Any:
        view = self.admin_site.admin_view(self.read_view)
        return [path("read/", view, name="payments_read_statement"), *super().get_urls()]

    def read_view(self, request: HttpRequest) -> HttpResponse:
        """Reads one file, whole or not at all."""
        if not may(request.user, "keep", "books"):
            raise PermissionDenied
        form = StatementForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid() and self._read(request, form):
            return redirect("admin:payments_statementline_changelist")
        context = {**self.admin_site.each_context(request), "title": _("Read a bank statement"), "form": form}
        return TemplateResponse(request, "admin/payments/read_statement.html", context)

    def _read(self, request: HttpRequest, form: StatementForm) -> bool:
        with form.refusals():
            statement = operations.import_statement(
                actor=signed_in(request),
                content=form.cleaned_data["file"].read(),
                at=clock.now(),
            )
            self.message_user(request, queries.describe(statement), messages.SUCCESS)
        return form.is_valid()


@admin.register(StatementLine)
class StatementLineAdmin(Desk):
    list_display = (
        "booked_on",
        "amount",
        "name",
        "text",
        "reference",
        "state",
        "suspense",
        "proposal",
        "charge",
        "transfer",
        "refund",
    )
    list_filter = ("state", "statement__format")
    list_select_related = ("charge", "transfer", "refund__charge")
    search_fields = ("=reference", "name", "text")
    ordering = ("-booked_on", "-created_at")
    action_form = SettleForm
    actions = (
        *("propose_charge", "propose_return", "propose_payout", "propose_back"),
        *("propose_sent", "propose_fee", "take_back", "confirm"),
    )

    @admin.action(
        description=_("Propose: it pays the payment with this reference (with a reason)"),
        permissions=["view"],
    )
    def propose_charge(self, request: HttpRequest, lines: QuerySet[StatementLine]) -> None:
        charge = queries.bank_charge(request.POST.get("reference", ""))
        if charge is None:
            self.message_user(request, _("No payment by bank transfer has this reference."), messages.ERROR)
            return
        rows, reason = lines.select_related("statement"), reason_of(request)
        self.act(
            request,
            rows,
            operations.propose_settlement,
            "line",
            proposal="charge",
            target=charge,
            reason=reason,
        )

    @admin.action(description=_("Propose: send it back (with a reason)"), permissions=["view"])
    def propose_return(self, request: HttpRequest, lines: QuerySet[StatementLine]) -> None:
        self._propose(request, lines, "return")

    @admin.action(
        description=_("Propose: it is a payout of Stripe to us (with a reason)"), permissions=["view"]
    )
    def propose_payout(self, request: HttpRequest, lines: QuerySet[StatementLine]) -> None:
        self._propose(request, lines, "stripe")

    @admin.action(
        description=_("Propose: our transfer with this reference came back (with a reason)"),
        permissions=["view"],
    )
    def propose_back(self, request: HttpRequest, lines: QuerySet[StatementLine]) -> None:
        self._propose(request, lines, "back", target=self._outgoing(request))

    @admin.action(
        description=_("Propose: it is our transfer or refund with this reference (with a reason)"),
        permissions=["view"],
    )
    def propose_sent(self, request: HttpRequest, lines: QuerySet[StatementLine]) -> None:
        self._propose(request, lines, "sent", target=self._outgoing(request))

    @admin.action(description=_("Propose: it is a fee of the bank (with a reason)"), permissions=["view"])
    def propose_fee(self, request: HttpRequest, lines: QuerySet[StatementLine]) -> None:
        self._propose(request, lines, "fee")

    @admin.display(description=_("of it in suspense"))
    def suspense(self, line: StatementLine) -> Money | str:
        """Nothing, where all of it is understood."""
        return Money(line.suspense_minor, line.currency) if line.suspense_minor else "–"

    def _outgoing(self, request: HttpRequest) -> Any:
        return queries.bank_outgoing(request.POST.get("reference", ""))

    def _propose(
        self, request: HttpRequest, lines: QuerySet[StatementLine], proposal: str, **more: Any
    ) -> None:
        more["reason"] = reason_of(request)
        self.act(request, lines, operations.propose_settlement, "line", proposal=proposal, **more)

    @admin.action(description=_("Take a proposal back"), permissions=["view"])
    def take_back(self, request: HttpRequest, lines: QuerySet[StatementLine]) -> None:
        self.act(request, lines, operations.take_back_settlement, "line", reason=reason_of(request))

    @admin.action(description=_("Confirm what somebody else proposed"), permissions=["view"])
    def confirm(self, request: HttpRequest, lines: QuerySet[StatementLine]) -> None:
        self.act(request, lines, operations.confirm_settlement, "line")
