"""The invoices of one's own organisations."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from civic.core import clock
from civic.core.access import SIGNED_IN, access
from civic.core.paging import KeysetPagination
from civic.core.serializers import OpenDataSerializer
from marketplace.invoicing.models import Invoice
from marketplace.invoicing.queries import state_of


class InvoiceSerializer(OpenDataSerializer[Invoice]):
    """An invoice or credit note; amounts in minor units, `open_minor` of it not paid; `status` by today's clock."""

    organisation = serializers.CharField(source="organisation.name")
    corrects = serializers.CharField(source="corrects.number", read_only=True, allow_null=True, default=None)
    open_minor = serializers.IntegerField()
    status = serializers.SerializerMethodField()
    pdf = serializers.SerializerMethodField()

    class Meta:
        model = Invoice
        fields = (
            "number",
            "kind",
            "organisation",
            "corrects",
            "issued_on",
            "due_on",
            "line",
            "net_minor",
            "vat_category",
            "vat_rate_bp",
            "vat_minor",
            "gross_minor",
            "open_minor",
            "currency",
            "purchase_order",
            "reference",
            "status",
            "pdf",
        )

    def get_status(self, invoice: Any) -> str:
        return state_of(invoice, localdate(clock.now()))

    def get_pdf(self, invoice: Invoice) -> str:
        return reverse("invoicing:invoice-pdf", args=[invoice.number])


@extend_schema(summary="Invoices of your organisations", tags=["funding"])
@access(SIGNED_IN)
class OwnInvoices(ListAPIView[Invoice]):
    """Of organisations that you act for, newest first."""

    serializer_class = InvoiceSerializer
    pagination_class = KeysetPagination
    queryset = Invoice.objects.none()

    def get_queryset(self) -> QuerySet[Invoice]:
        found = Invoice.objects.acted_for(self.request.user).with_amounts()
        return found.select_related("corrects", "organisation")
