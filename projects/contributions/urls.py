"""Addresses of this slice; `api` holds those below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from projects.contributions import rest
from projects.contributions.views import offers, wanted

app_name = "contributions"

urlpatterns: list[URLPattern | URLResolver] = [
    path("projects/<slug:slug>/help/", wanted.wanted, name="wanted"),
    path("projects/<slug:slug>/help/add/", wanted.add, name="add"),
    path("projects/<slug:slug>/help/offers/", offers.offers, name="offers"),
    path("projects/<slug:slug>/help/<uuid:want>/", offers.offer, name="offer"),
    path("projects/<slug:slug>/help/<uuid:want>/change/", wanted.change, name="change"),
    path("projects/<slug:slug>/help/<uuid:want>/close/", wanted.close, name="close"),
    path("contributions/<uuid:key>/", offers.contribution, name="contribution"),
]
api: list[URLPattern | URLResolver] = [
    path("projects/<slug:slug>/wanted/", rest.Wanted.as_view(), name="project-wanted"),
    path("projects/<slug:slug>/contributions/", rest.Given.as_view(), name="project-contributions"),
]
