"""Addresses of this slice; `api` holds those below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from marketplace.payouts.views import bank_details, money

app_name = "payouts"

urlpatterns: list[URLPattern | URLResolver] = [
    path("organisations/<slug:slug>/bank/", bank_details.details, name="bank"),
    path("projects/<slug:slug>/money/", money.money, name="project-money"),
]
api: list[URLPattern | URLResolver] = []
