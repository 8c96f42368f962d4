"""Addresses of this slice; `api` holds those below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from marketplace.exchange import rest
from marketplace.exchange.views import acting, needs

app_name = "exchange"

urlpatterns: list[URLPattern | URLResolver] = [
    path("needs/", needs.index, name="needs"),
    path("needs/<uuid:key>/", needs.show, name="need"),
    path("needs/<uuid:key>/edit/", needs.edit, name="edit"),
    path("needs/<uuid:key>/give/", acting.give, name="give"),
    path("needs/<uuid:key>/offer/", acting.offer, name="offer"),
    path("needs/<uuid:key>/<slug:verb>/", needs.step, name="step"),
    path("needs/offers/<uuid:key>/deliver/", acting.deliver, name="deliver"),
    path("needs/offers/<uuid:key>/<slug:verb>/", acting.offer_step, name="offer-step"),
    path("needs/deliveries/<uuid:key>/<slug:verb>/", acting.answer, name="answer"),
    path("me/bounties/", needs.mine, name="mine"),
    path("projects/<slug:slug>/needs/new/", needs.state, name="state"),
]
api: list[URLPattern | URLResolver] = [
    path("needs/", rest.Needs.as_view(), name="needs"),
    path("needs/<uuid:pk>/", rest.Need.as_view(), name="need"),
]
