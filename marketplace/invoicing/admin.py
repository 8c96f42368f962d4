"""The desk of invoices: what is overdue first; read-only money, verbs with reasons, and the city's own address."""

from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.accounts.requests import signed_in
from civic.core import clock
from civic.core.admin import OperationAdmin, OwnFilter, ReadOnlyAdmin
from civic.core.errors import Invalid
from civic.core.money import Money
from civic.core.staff_actions import ReasonForm, StaffAction
from marketplace.invoicing.models import Invoice, InvoicePayment, Issuer
from marketplace.invoicing.operations import credit_notes, issuers, payment_requests, reminders
from marketplace.invoicing.queries import Shown
from marketplace.payments.references import spaced


class Standing(OwnFilter):
    """Where invoices stand."""

    title = _("where it stands")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("overdue", _("overdue")), ("open", _("open")), ("paid", _("paid or credited"))]

    def queryset(self, request: HttpRequest, rows: QuerySet[Invoice]) -> QuerySet[Invoice]:
        invoices: Any = rows
        if self.value() == "overdue":
            return invoices.overdue(localdate(clock.now()))
        if self.value() == "open":
            return invoices.filter(kind=Invoice.Kind.INVOICE, open_minor__gt=0)
        return invoices.filter(open_minor=0) if self.value() == "paid" else rows


class PartForm(forms.Form):
    """A part that was agreed on."""

    part = forms.CharField(
        label=_("Part"), max_length=20, help_text=_("In the invoice's currency, like 250 or 1,250.50.")
    )


def expect_part(*, actor: Person, invoice: Invoice, part: str, reason: str, at: datetime) -> str:
    """The operation, with the part as it was typed: its currency is the invoice's. Raises Invalid where it is none."""
    try:
        minor = Money.parse(part, invoice.currency).minor
    except ValueError as wrong:
        raise Invalid(part=str(wrong)) from None
    return payment_requests.expect_part(actor=actor, invoice=invoice, minor=minor, reason=reason, at=at)


def under(reference: str) -> str:
    """What there is to say of a part that is expected."""
    return _now("It waits for the part under the reference %(reference)s.") % {"reference": spaced(reference)}


class Payments(admin.TabularInline):
    """What arrived for an invoice."""

    model = InvoicePayment
    fields = readonly_fields = ("settled_at", "amount_minor", "net_minor", "taken_back", "charge")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class IssuerForm(ReasonForm, forms.ModelForm):
    """Who issues invoices from now on, and why that changes."""

    class Meta:
        model = Issuer
        fields = (
            *("name", "street", "postcode", "city", "country", "email"),
            *("vat_id", "vat_rate_bp", "payment_days"),
        )


book = partial(StaffAction, thing="invoice", permission=("keep", "books"), sensitive=True)


@admin.register(Invoice)
class InvoiceAdmin(ReadOnlyAdmin):
    list_display = ("number", "kind", "organisation", "gross", "open", "due_on", "stands", "paper")
    export_display = list_display[:-1]
    list_filter = (Standing, "kind", "currency")
    list_select_related = ("organisation",)
    search_fields = ("=number", "=reference", "=purchase_order", "organisation__name")
    ordering = ("due_on", "serial")
    inlines = (Payments,)
    actions = (
        book(
            expect_part,
            title=_("Expect a part by bank transfer"),
            form=PartForm,
            answer=under,
            explanation=_("What the invoice waited for before is cancelled; the rest stays open."),
        ),
        book(reminders.remind, title=_("Send the next reminder")),
        book(
            credit_notes.credit_whole,
            title=_("Credit it whole"),
            explanation=_("A credit note is made out, and what was paid goes back."),
        ),
        book(
            credit_notes.credit_rest,
            title=_("Give up the rest"),
            explanation=_("A credit note is made out over what is still open."),
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invoice]:
        rows: Any = super().get_queryset(request)
        return rows.with_amounts()

    @admin.display(description=_("open"), ordering="open_minor")
    def open(self, invoice: Any) -> Money:
        return invoice.money(invoice.open_minor)

    @admin.display(description=_("where it stands"))
    def stands(self, invoice: Invoice) -> str:
        return Shown(invoice, localdate(clock.now())).words

    @admin.display(description=_("PDF"))
    def paper(self, invoice: Invoice) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("invoicing:invoice-pdf", args=[invoice.number]), _("PDF")
        )


@admin.register(Issuer)
class IssuerAdmin(OperationAdmin):
    """The newest row counts; invoices that are out keep what they say."""

    entry_form = IssuerForm
    entry_permission = ("keep", "books")
    list_display = ("name", "city", "vat_id", "vat_rate_bp", "payment_days", "created_at")
    ordering = ("-created_at",)

    def get_changeform_initial_data(self, request: HttpRequest) -> Any:
        """What is in use, so that only what changes is typed."""
        return {**(Issuer.objects.order_by(*self.ordering).values().first() or {})}

    def enter(self, request: HttpRequest, cleaned: dict[str, Any]) -> Issuer:
        """One operation."""
        return issuers.declare_issuer(actor=signed_in(request), at=clock.now(), **cleaned)
