"""Addresses of this slice; `api` holds those below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from projects.calls import rest, views

app_name = "calls"

urlpatterns: list[URLPattern | URLResolver] = [
    path("calls/", views.index, name="index"),
    path("calls/<slug:slug>/", views.show, name="show"),
]
api: list[URLPattern | URLResolver] = [
    path("calls/", rest.CallList.as_view(), name="calls"),
    path("calls/<slug:slug>/", rest.CallDetail.as_view(), name="call"),
]
