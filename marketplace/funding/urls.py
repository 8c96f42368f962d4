"""Addresses of this slice; `api` holds those below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from marketplace.funding.rest import funds as funds_rest
from marketplace.funding.rest import sponsoring as sponsoring_rest
from marketplace.funding.views import banking, funds, invoices, sponsoring, sponsorships

app_name = "funding"

campaigns: list[URLPattern | URLResolver] = []

match_funds: list[URLPattern | URLResolver] = [
    path("funds/", funds.index, name="funds"),
    path("funds/recompute.py", funds.program, name="fund-program"),
    path("funds/<slug:slug>/", funds.fund, name="fund"),
    path("funds/<slug:slug>/input.json", funds.published, name="fund-input"),
    path("funds/<slug:slug>/challenge/", funds.challenge, name="fund-challenge"),
    path("organisations/<slug:slug>/bank/", banking.details, name="bank"),
]
funds_api: list[URLPattern | URLResolver] = [
    path("funds/", funds_rest.Funds.as_view(), name="funds"),
    path("funds/allocations.csv", funds_rest.allocations_csv, name="funds-csv"),
    path("funds/<slug:slug>/", funds_rest.Fund.as_view(), name="fund"),
    path("funds/<slug:slug>/allocations/", funds_rest.Allocations.as_view(), name="fund-allocations"),
    path("funds/<slug:slug>/input/", funds_rest.published_input, name="fund-input"),
]

sponsors: list[URLPattern | URLResolver] = [
    path("campaigns/<uuid:pk>/sponsor/", sponsoring.choose, name="sponsor-choose"),
    path("campaigns/<uuid:pk>/sponsor/packages/", sponsoring.packages, name="packages"),
    path("campaigns/<uuid:pk>/sponsor/<uuid:package>/", sponsoring.sponsor, name="sponsor"),
    path("sponsorships/<uuid:pk>/", sponsorships.sponsorship, name="sponsorship"),
    path("sponsorships/<uuid:pk>/step/", sponsorships.step, name="sponsorship-step"),
    path("sponsorships/<uuid:pk>/pay/", sponsorships.pay, name="sponsorship-pay"),
    path("organisations/<slug:slug>/sponsorships/", sponsorships.of_organisation, name="sponsorships"),
    path("invoices/<str:number>/", invoices.invoice, name="invoice"),
    path("invoices/<str:number>/pdf/", invoices.pdf, name="invoice-pdf"),
]
sponsors_api: list[URLPattern | URLResolver] = [
    path(
        "campaigns/<uuid:pk>/sponsorships/",
        sponsoring_rest.Sponsorships.as_view(),
        name="campaign-sponsorships",
    ),
    path("me/invoices/", sponsoring_rest.OwnInvoices.as_view(), name="own-invoices"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    *campaigns,
    *match_funds,
    *sponsors,
]
api: list[URLPattern | URLResolver] = [
    *funds_api,
    *sponsors_api,
]
