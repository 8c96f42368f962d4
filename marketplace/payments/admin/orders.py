"""Payment files for the bank, and what providers have paid out to it."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from civic.accounts.requests import signed_in
from civic.core import clock
from civic.core.admin import ReadOnlyAdmin
from civic.core.errors import Refused
from civic.core.policies import may, require
from civic.core.staff_actions import StaffAction
from marketplace.payments import operations
from marketplace.payments.forms import OrderForm
from marketplace.payments.models import BankOrder, Settlement


@admin.register(BankOrder)
class BankOrderAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "reference", "count", "total", "send_on", "made_by", "withdrawn_at")
    list_select_related = ("made_by",)
    list_filter = (("withdrawn_at", admin.EmptyFieldListFilter),)
    search_fields = ("=reference",)
    ordering = ("-created_at",)
    change_list_template = "admin/payments/orders.html"
    actions = (
        "fetch",
        StaffAction(
            operations.withdraw_order,
            "order",
            _("It never went to the bank"),
            permission=("keep", "books"),
            explanation=_("Say how you know. What was in the file waits for the next one."),
        ),
    )

    def has_fetch_permission(self, request: HttpRequest) -> bool:
        return may(request.user, "keep", "books")

    def get_urls(self) -> Any:
        view = self.admin_site.admin_view(self.make_view)
        return [path("make/", view, name="payments_make_order"), *super().get_urls()]

    def make_view(self, request: HttpRequest) -> HttpResponse:
        """Puts all that waits into one file."""
        require(request.user, "keep", "books")
        form = OrderForm(request.POST or None)
        if request.method == "POST" and form.is_valid() and self._make(request, form):
            return redirect("admin:payments_bankorder_changelist")
        context = {**self.admin_site.each_context(request), "title": _("Make a payment file"), "form": form}
        return TemplateResponse(request, "admin/payments/make_order.html", context)

    def _make(self, request: HttpRequest, form: OrderForm) -> bool:
        with form.refusals():
            order = operations.order_transfers(
                actor=signed_in(request), send_on=form.cleaned_data["send_on"], at=clock.now()
            )
            said = _("%(count)s payments, %(total)s together. Fetch the file and give it to the bank.")
            self.message_user(request, said % {"count": order.count, "total": order.total}, messages.SUCCESS)
        return form.is_valid()

    @admin.action(description=_("Fetch the file (one at a time)"), permissions=["fetch"])
    def fetch(self, request: HttpRequest, orders: QuerySet[BankOrder]) -> HttpResponse | None:
        """The file as a download."""
        order = orders.first()
        try:
            if order is None or orders.count() > 1:
                raise Refused(_("Choose one file."))
            content = operations.fetch_order(actor=signed_in(request), order=order, at=clock.now())
        except Refused as refusal:
            self.message_user(request, str(refusal.detail), messages.ERROR)
            return None
        headers = {"Content-Disposition": f'attachment; filename="{order.reference}.xml"'}
        return HttpResponse(content, content_type="application/xml", headers=headers)


@admin.register(Settlement)
class SettlementAdmin(ReadOnlyAdmin):
    list_display = ("arrives_on", "provider", "provider_ref", "amount", "book", "failed", "line")
    list_filter = (("line", admin.EmptyFieldListFilter), "provider", "book")
    list_select_related = ("line",)
    search_fields = ("=provider_ref",)
    ordering = ("-arrives_on",)
