"""Bank statements: read in, and what nobody understood settled by two people."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Case, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from civic.accounts.requests import signed_in
from civic.core import clock
from civic.core.admin import ReadOnlyAdmin
from civic.core.money import Money
from civic.core.policies import require
from civic.core.staff_actions import StaffAction
from marketplace.payments import operations, queries
from marketplace.payments.forms import ProposalForm, StatementForm
from marketplace.payments.models import Charge, Refund, Statement, StatementLine, Transfer
from marketplace.payments.states import LineState

WAITING = [LineState.UNCLEAR, LineState.PROPOSED]


@admin.register(Statement)
class StatementAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "account", "format", "closing_on", "imported_by")
    list_select_related = ("imported_by",)
    ordering = ("-created_at",)
    change_list_template = "admin/payments/statements.html"

    def get_urls(self) -> Any:
        view = self.admin_site.admin_view(self.read_view)
        return [path("read/", view, name="payments_read_statement"), *super().get_urls()]

    def read_view(self, request: HttpRequest) -> HttpResponse:
        """Reads one file, whole or not at all."""
        require(request.user, "keep", "books")
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
class StatementLineAdmin(ReadOnlyAdmin):
    """What somebody has to look at comes first; what the bank wrote stands behind what became of it."""

    list_display = (
        "booked_on",
        "amount",
        "state",
        "suspense",
        "name",
        "text",
        "reference",
        "proposal",
        "target",
    )
    confirm_display = ("booked_on", "amount", "suspense", "name", "text", "reference", "proposal", "target")
    list_filter = ("state", "statement__format")
    list_select_related = ("charge", "transfer", "refund__charge")
    search_fields = ("=reference", "name", "text")
    ordering = (Case(When(state__in=WAITING, then=0), default=1).asc(), "-booked_on", "-created_at")
    actions = (
        StaffAction(
            operations.propose_line_match,
            "line",
            _("Propose what it is"),
            permission=("keep", "books"),
            form=ProposalForm,
            explanation=_("Nothing moves yet: somebody else of the finance officers confirms it."),
        ),
        StaffAction(
            operations.withdraw_line_match,
            "line",
            _("Take a proposal back"),
            permission=("keep", "books"),
            reason="optional",
        ),
        StaffAction(
            operations.confirm_line_match,
            "line",
            _("Confirm what somebody else proposed"),
            permission=("keep", "books"),
            reason="none",
            explanation=_("The money is booked, and where it goes back a transfer is prepared."),
        ),
    )

    @admin.display(description=_("belongs to"))
    def target(self, line: StatementLine) -> Charge | Refund | Transfer | None:
        """The payment that it pays, or what went out or came back."""
        return line.charge or line.refund or line.transfer

    @admin.display(description=_("of it in suspense"))
    def suspense(self, line: StatementLine) -> Money | None:
        """Nothing, where all of it is understood."""
        return Money(line.suspense_minor, line.currency) if line.suspense_minor else None
