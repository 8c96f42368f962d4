"""The desk of invoices: what is overdue first; read-only money, verbs with reasons, and the city's own address."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from civic.accounts.requests import signed_in
from civic.core import clock
from civic.core.admin import StaffAdmin
from civic.core.desk import Desk
from civic.core.errors import Refused
from civic.core.money import Money
from civic.core.policies import may
from civic.core.reasons import with_reason
from marketplace.invoicing.models import Invoice, InvoicePayment, Issuer
from marketplace.invoicing.operations import credit_notes, payment_requests, reminders
from marketplace.invoicing.queries.invoices import Shown
from marketplace.payments.references import spaced


class Standing(admin.SimpleListFilter):
    """Where invoices stand."""

    title = _("where it stands")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("overdue", _("overdue")), ("open", _("open")), ("paid", _("paid or credited"))]

    def queryset(self, request: HttpRequest, rows: QuerySet[Invoice]) -> QuerySet[Invoice]:
        invoices: Any = rows
        if self.value() == "overdue":
            return invoices.overdue(clock.now().date())
        if self.value() == "open":
            return invoices.filter(sort="invoice", open_minor__gt=0)
        return invoices.filter(open_minor=0) if self.value() == "paid" else rows


class PartForm(ActionForm):
    """A part that was agreed on; the other actions ask for their reason on a page of their own."""

    part = forms.CharField(label=_("Part"), required=False, max_length=20)
    why = forms.CharField(label=_("Why a part"), required=False, max_length=200)


class Payments(admin.TabularInline):
    """What arrived for an invoice."""

    model = InvoicePayment
    fields = readonly_fields = ("settled_at", "amount_minor", "net_minor", "charge")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Invoice)
class InvoiceAdmin(Desk):
    list_display = ("number", "kind", "organisation", "gross", "open", "due_on", "stands", "paper")
    list_filter = (Standing, "kind", "currency")
    list_select_related = ("organisation",)
    search_fields = ("=number", "=reference", "=purchase_order", "organisation__name")
    ordering = ("due_on", "serial")
    inlines = (Payments,)
    action_form = PartForm
    actions = (
        "expect_part",
        with_reason(reminders.remind, "invoice", _("Send the next reminder")),
        with_reason(credit_notes.credit_whole, "invoice", _("Credit it whole; what was paid goes back")),
        with_reason(credit_notes.credit_rest, "invoice", _("Give up the rest")),
    )

    def may_act(self, request: HttpRequest) -> bool:
        return may(request.user, "keep", "books")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invoice]:
        rows: Any = super().get_queryset(request)
        return rows.with_amounts()

    @admin.action(
        description=_("Expect a part by bank transfer (amount and reason beside)"), permissions=["view"]
    )
    def expect_part(self, request: HttpRequest, invoices: QuerySet[Invoice]) -> None:
        for invoice in invoices:
            try:
                reference = self._expect(request, invoice)
            except (Refused, ValueError) as refusal:
                self.message_user(request, f"{invoice}: {refusal}", messages.ERROR)
            else:
                words = _("%(invoice)s: waits for the part under the reference %(reference)s.")
                named = {"invoice": invoice, "reference": spaced(reference)}
                self.message_user(request, words % named, messages.SUCCESS)

    def _expect(self, request: HttpRequest, invoice: Invoice) -> str:
        return payment_requests.expect_part(
            actor=signed_in(request),
            invoice=invoice,
            minor=Money.parse(request.POST.get("part", ""), invoice.currency).minor,
            reason=request.POST.get("why", ""),
            at=clock.now(),
        )

    @admin.display(description=_("open"), ordering="open_minor")
    def open(self, invoice: Any) -> Money:
        return invoice.money(invoice.open_minor)

    @admin.display(description=_("where it stands"))
    def stands(self, invoice: Invoice) -> str:
        return Shown(invoice, clock.now().date()).words

    @admin.display(description=_("PDF"))
    def paper(self, invoice: Invoice) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("invoicing:invoice-pdf", args=[invoice.number]), _("PDF")
        )


@admin.register(Issuer)
class IssuerAdmin(StaffAdmin):
    """The newest row counts; invoices that are out keep what they say."""

    list_display = ("name", "city", "vat_id", "vat_rate_bp", "payment_days", "created_at")
    ordering = ("-created_at",)
