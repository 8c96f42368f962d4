"""Addresses of this slice; `api` holds those below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from projects.contributions import rest, views

app_name = "contributions"

urlpatterns: list[URLPattern | URLResolver] = [
    path("projects/<slug:slug>/help/", views.wanted, name="wanted"),
    path("projects/<slug:slug>/help/add/", views.add, name="add"),
    path("projects/<slug:slug>/help/offers/", views.offers, name="offers"),
    path("projects/<slug:slug>/help/<uuid:want>/", views.offer, name="offer"),
    path("projects/<slug:slug>/help/<uuid:want>/change/", views.change, name="change"),
    path("projects/<slug:slug>/help/<uuid:want>/close/", views.close, name="close"),
    path("contributions/<uuid:key>/", views.contribution, name="contribution"),
]
api: list[URLPattern | URLResolver] = [
    path("projects/<slug:slug>/wanted/", rest.Wanted.as_view(), name="project-wanted"),
    path("projects/<slug:slug>/contributions/", rest.Given.as_view(), name="project-contributions"),
]
