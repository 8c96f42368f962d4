"""Addresses of this slice; `api` holds those below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from datasets.reuses import rest, views

app_name = "reuses"

urlpatterns: list[URLPattern | URLResolver] = [
    path("data/reuses/", views.index, name="reuses"),
    path("data/reuses/<uuid:key>/", views.show, name="reuse"),
    path("data/reuses/<uuid:key>/withdraw/", views.withdraw, name="withdraw"),
    path("data/<slug:slug>/reuses/new/", views.propose, name="propose"),
]
api: list[URLPattern | URLResolver] = [path("reuses/", rest.ReuseList.as_view(), name="reuses")]
