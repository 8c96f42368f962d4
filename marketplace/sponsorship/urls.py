"""Addresses of this slice; `api` holds those below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from marketplace.sponsorship import rest
from marketplace.sponsorship.views import offers, sponsorships

app_name = "sponsorship"

urlpatterns: list[URLPattern | URLResolver] = [
    path("campaigns/<uuid:pk>/sponsor/", offers.choose, name="sponsor-choose"),
    path("campaigns/<uuid:pk>/sponsor/packages/", offers.packages, name="packages"),
    path("campaigns/<uuid:pk>/sponsor/<uuid:package>/", offers.sponsor, name="sponsor"),
    path("sponsorships/<uuid:pk>/", sponsorships.sponsorship, name="sponsorship"),
    path("sponsorships/<uuid:pk>/step/", sponsorships.step, name="sponsorship-step"),
    path("sponsorships/<uuid:pk>/pay/", sponsorships.pay, name="sponsorship-pay"),
    path("organisations/<slug:slug>/sponsorships/", sponsorships.of_organisation, name="sponsorships"),
]
api: list[URLPattern | URLResolver] = [
    path("campaigns/<uuid:pk>/sponsorships/", rest.Sponsorships.as_view(), name="campaign-sponsorships"),
]
