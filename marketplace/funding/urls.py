"""Addresses of this slice; `api` holds those below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from marketplace.funding.rest import campaigns as campaigns_rest
from marketplace.funding.rest import funds as funds_rest
from marketplace.funding.rest import pledges as pledges_rest
from marketplace.funding.rest import sponsoring as sponsoring_rest
from marketplace.funding.views import (
    banking,
    editing,
    funds,
    invoices,
    mine,
    money,
    pledging,
    sponsoring,
    sponsorships,
)
from marketplace.funding.views import campaigns as campaign_views

app_name = "funding"

campaigns: list[URLPattern | URLResolver] = [
    path("campaigns/", campaign_views.index, name="campaigns"),
    path("campaigns/<uuid:key>/", campaign_views.show, name="campaign"),
    path("campaigns/<uuid:key>/pledge/", pledging.wish, name="pledge"),
    path("campaigns/<uuid:key>/pledge/review/", pledging.Review.as_view(), name="pledge-review"),
    path("me/pledges/", mine.index, name="pledges"),
    path("me/pledges/<uuid:key>/", mine.show, name="own-pledge"),
    path("me/pledges/<uuid:key>/thanks/", mine.thanks, name="pledge-thanks"),
    path("me/pledges/<uuid:key>/change/", mine.change, name="pledge-change"),
    path("me/pledges/<uuid:key>/cancel/", mine.cancel, name="pledge-cancel"),
    path("me/pledges/<uuid:key>/step/", mine.step, name="pledge-step"),
    path("projects/<slug:slug>/campaign/", editing.edit, name="campaign-edit"),
    path("projects/<slug:slug>/money/", money.money, name="project-money"),
]
campaigns_api: list[URLPattern | URLResolver] = [
    path("campaigns/", campaigns_rest.Campaigns.as_view(), name="campaigns"),
    path("campaigns/campaigns.csv", campaigns_rest.campaigns_csv, name="campaigns-csv"),
    path("campaigns/<uuid:pk>/", campaigns_rest.CampaignDetail.as_view(), name="campaign"),
    path("me/pledges/", pledges_rest.OwnPledges.as_view(), name="own-pledges"),
    path("me/pledges/<uuid:pk>/", pledges_rest.OwnPledge.as_view(), name="own-pledge"),
]

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
    path("invoices/<slug:number>/", invoices.invoice, name="invoice"),
    path("invoices/<slug:number>/pdf/", invoices.pdf, name="invoice-pdf"),
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
    *campaigns_api,
    *funds_api,
    *sponsors_api,
]
