"""Addresses of this slice; `api` holds those below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from datasets.access import rest
from datasets.access.views import asking, publishing, steps

app_name = "access"

urlpatterns: list[URLPattern | URLResolver] = [
    path("data/access/requests/<uuid:key>/", steps.request_page, name="request"),
    path("data/access/requests/<uuid:key>/edit/", asking.edit, name="edit"),
    path("data/access/requests/<uuid:key>/<slug:verb>/", steps.request_step, name="request-step"),
    path("data/access/grants/<uuid:key>/", steps.grant_page, name="grant"),
    path("data/access/grants/<uuid:key>/<slug:verb>/", steps.grant_step, name="grant-step"),
    path("data/access/agreements/<uuid:key>.jsonld", steps.agreement, name="agreement"),
    path("data/<slug:slug>/access/", asking.ask, name="ask"),
    path("data/<slug:slug>/access/terms/", publishing.terms, name="terms"),
    path("data/<slug:slug>/access/requests/", publishing.requests, name="requests"),
    path("data/<slug:slug>/access/reads/", publishing.reads, name="reads"),
    path("me/data-access/", asking.mine, name="mine"),
]
api: list[URLPattern | URLResolver] = [
    path("me/data-requests/", rest.OwnRequests.as_view(), name="own-data-requests"),
    path("me/data-requests/<uuid:pk>/", rest.OwnRequest.as_view(), name="own-data-request"),
    path("me/data-grants/", rest.OwnGrants.as_view(), name="own-data-grants"),
]
