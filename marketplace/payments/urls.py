"""Addresses of this slice; `api` holds those below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from marketplace.payments import rest, webhooks
from marketplace.payments.views import mine, payer

app_name = "payments"

urlpatterns: list[URLPattern | URLResolver] = [
    path("pay/<uuid:pk>/", payer.payment, name="payment"),
    path("pay/<uuid:pk>/transfer/", payer.transfer, name="transfer"),
    path("pay/demo/<uuid:pk>/", payer.DemoPage.as_view(), name="demo"),
    path("me/payments/", mine.index, name="mine"),
    path("me/payments/<int:year>.pdf", mine.year, name="year"),
    path("me/payments/<uuid:pk>/", mine.receipt, name="receipt"),
    path("me/payments/<uuid:pk>.pdf", mine.receipt_file, name="receipt-file"),
    path("me/payment-methods/", mine.methods, name="methods"),
    path("me/payment-methods/<uuid:pk>/remove/", mine.remove_method, name="method-remove"),
    path("webhooks/<slug:provider>/", webhooks.webhook, name="webhook"),
]
api: list[URLPattern | URLResolver] = [path("me/payments/", rest.OwnPayments.as_view(), name="my-payments")]
