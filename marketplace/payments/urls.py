"""Addresses of this slice; `api` holds those below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from marketplace.payments import webhooks
from marketplace.payments.views import demo, payer

app_name = "payments"

urlpatterns: list[URLPattern | URLResolver] = [
    path("pay/<uuid:pk>/", payer.payment, name="payment"),
    path("pay/<uuid:pk>/transfer/", payer.transfer, name="transfer"),
    path("pay/demo/<uuid:pk>/", demo.DemoPage.as_view(), name="demo"),
    path("webhooks/stripe/", webhooks.stripe_webhook, name="stripe-webhook"),
]
api: list[URLPattern | URLResolver] = []
