"""Addresses of this slice; `api` holds those below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from marketplace.sponsorship import rest, views

app_name = "sponsorship"

urlpatterns: list[URLPattern | URLResolver] = [
    path("campaigns/<uuid:pk>/sponsor/", views.choose, name="sponsor-choose"),
    path("campaigns/<uuid:pk>/sponsor/packages/", views.packages, name="packages"),
    path("campaigns/<uuid:pk>/sponsor/<uuid:package>/", views.sponsor, name="sponsor"),
    path("sponsorships/<uuid:pk>/", views.sponsorship, name="sponsorship"),
    path("sponsorships/<uuid:pk>/step/", views.step, name="sponsorship-step"),
    path("sponsorships/<uuid:pk>/pay/", views.pay, name="sponsorship-pay"),
    path("organisations/<slug:slug>/sponsorships/", views.of_organisation, name="sponsorships"),
]
api: list[URLPattern | URLResolver] = [
    path("campaigns/<uuid:pk>/sponsorships/", rest.Sponsorships.as_view(), name="campaign-sponsorships")
]
