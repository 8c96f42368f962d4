"""Addresses of this slice; `api` holds those below /api/v1/."""

from django.urls import URLPattern, URLResolver

app_name = "access"

urlpatterns: list[URLPattern | URLResolver] = []
api: list[URLPattern | URLResolver] = []
