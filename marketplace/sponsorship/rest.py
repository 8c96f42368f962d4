"""Sponsors of a campaign as open data, and the invoices of one's own organisations."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.permissions import AllowAny, IsAuthenticated

from civic.core import clock
from civic.core.access import PUBLIC, SIGNED_IN, access
from civic.core.paging import KeysetPagination
from marketplace.campaigns.models import Campaign
from marketplace.sponsorship.models import Invoice, Sponsorship
from marketplace.sponsorship.queries.invoices import state_of


class SponsorshipSerializer(serializers.ModelSerializer[Sponsorship]):
    """Who gives what; amounts before tax in minor units of `currency`."""

    organisation = serializers.CharField(source="organisation.name")
    organisation_url = serializers.CharField(source="organisation.get_absolute_url")
    package = serializers.CharField(source="package.title")

    class Meta:
        model = Sponsorship
        fields = ("id", "organisation", "organisation_url", "package", "amount_minor", "currency", "state")
        read_only_fields = fields


class InvoiceSerializer(serializers.ModelSerializer[Invoice]):
    """An invoice or credit note; amounts in minor units, `open_minor` of it not paid; `status` by today's clock."""

    organisation = serializers.CharField(source="sponsorship.organisation.name")
    corrects = serializers.CharField(source="corrects.number", default=None)
    open_minor = serializers.IntegerField()
    status = serializers.SerializerMethodField()
    pdf = serializers.SerializerMethodField()

    class Meta:
        model = Invoice
        fields = (
            "number",
            "sort",
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
        read_only_fields = fields

    def get_status(self, invoice: Any) -> str:
        return state_of(invoice, clock.now().date())

    def get_pdf(self, invoice: Invoice) -> str:
        return reverse("sponsorship:invoice-pdf", args=[invoice.number])


@extend_schema(summary="Sponsors of a campaign", tags=["funding"], auth=[])
@access(PUBLIC)
class Sponsorships(ListAPIView[Sponsorship]):
    """Contracted and paid sponsorships; the largest first."""

    permission_classes = (AllowAny,)
    serializer_class = SponsorshipSerializer
    queryset = Sponsorship.objects.none()

    def get_queryset(self) -> QuerySet[Sponsorship]:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset  # the schema generator asks without an address
        campaign: UUID = get_object_or_404(Campaign.objects.public(), pk=self.kwargs["pk"]).pk
        found = Sponsorship.objects.public().filter(campaign=campaign)
        return found.select_related("organisation", "package").order_by("-amount_minor", "id")


@extend_schema(summary="Invoices of your organisations", tags=["funding"])
@access(SIGNED_IN)
class OwnInvoices(ListAPIView[Invoice]):
    """Of organisations that you act for, newest first."""

    permission_classes = (IsAuthenticated,)
    serializer_class = InvoiceSerializer
    pagination_class = KeysetPagination
    queryset = Invoice.objects.none()

    def get_queryset(self) -> QuerySet[Invoice]:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset  # the schema generator asks without a person
        own = Sponsorship.objects.acted_for(self.request.user).values("pk")
        found = Invoice.objects.filter(sponsorship__in=own).with_amounts()
        return found.select_related("corrects", "sponsorship__organisation")
