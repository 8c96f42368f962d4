"""Addresses of this slice; `api` holds those below /api/v1/."""

from django.urls import URLPattern, URLResolver

app_name = "funding"

campaigns: list[URLPattern | URLResolver] = []

urlpatterns: list[URLPattern | URLResolver] = [
    *campaigns,
]
api: list[URLPattern | URLResolver] = []
