"""Addresses of this slice; `api` holds those below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from marketplace.payouts import views

app_name = "payouts"

urlpatterns: list[URLPattern | URLResolver] = [
    path("organisations/<slug:slug>/bank/", views.details, name="bank"),
    path("projects/<slug:slug>/money/", views.money, name="project-money"),
]
api: list[URLPattern | URLResolver] = []
