"""Addresses of this slice; `api` holds those below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from marketplace.invoicing import rest, views

app_name = "invoicing"

urlpatterns: list[URLPattern | URLResolver] = [
    path("invoices/<slug:number>/", views.invoice, name="invoice"),
    path("invoices/<slug:number>/pdf/", views.pdf, name="invoice-pdf"),
]
api: list[URLPattern | URLResolver] = [path("me/invoices/", rest.OwnInvoices.as_view(), name="own-invoices")]
