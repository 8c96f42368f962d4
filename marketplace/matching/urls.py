"""Addresses of this slice; `api` holds those below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from marketplace.matching import rest, views

app_name = "matching"

urlpatterns: list[URLPattern | URLResolver] = [
    path("funds/", views.index, name="funds"),
    path("funds/recompute.py", views.program, name="fund-program"),
    path("funds/<slug:slug>/", views.fund, name="fund"),
    path("funds/<slug:slug>/input.json", views.published, name="fund-input"),
    path("funds/<slug:slug>/challenge/", views.challenge, name="fund-challenge"),
]
api: list[URLPattern | URLResolver] = [
    path("funds/", rest.Funds.as_view(), name="funds"),
    path("funds/allocations.csv", rest.allocations_csv, name="funds-csv"),
    path("funds/<slug:slug>/", rest.Fund.as_view(), name="fund"),
    path("funds/<slug:slug>/allocations/", rest.Allocations.as_view(), name="fund-allocations"),
    path("funds/<slug:slug>/input/", rest.published_input, name="fund-input"),
]
