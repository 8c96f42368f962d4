"""Addresses of this slice; `api` holds those below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from marketplace.campaigns import rest
from marketplace.campaigns.views import campaigns, mine, pledging

app_name = "campaigns"

urlpatterns: list[URLPattern | URLResolver] = [
    path("campaigns/", campaigns.index, name="campaigns"),
    path("campaigns/<uuid:key>/", campaigns.show, name="campaign"),
    path("campaigns/<uuid:key>/pledge/", pledging.wish, name="pledge"),
    path("campaigns/<uuid:key>/pledge/review/", pledging.Review.as_view(), name="pledge-review"),
    path("me/pledges/", mine.index, name="pledges"),
    path("me/pledges/<uuid:key>/", mine.show, name="own-pledge"),
    path("me/pledges/<uuid:key>/thanks/", mine.thanks, name="pledge-thanks"),
    path("me/pledges/<uuid:key>/change/", mine.change, name="pledge-change"),
    path("me/pledges/<uuid:key>/cancel/", mine.cancel, name="pledge-cancel"),
    path("me/pledges/<uuid:key>/step/", mine.step, name="pledge-step"),
    path("projects/<slug:slug>/campaign/", campaigns.edit, name="campaign-edit"),
]
api: list[URLPattern | URLResolver] = [
    path("campaigns/", rest.Campaigns.as_view(), name="campaigns"),
    path("campaigns/campaigns.csv", rest.campaigns_csv, name="campaigns-csv"),
    path("campaigns/<uuid:pk>/", rest.CampaignDetail.as_view(), name="campaign"),
    path("me/pledges/", rest.OwnPledges.as_view(), name="own-pledges"),
    path("me/pledges/<uuid:pk>/", rest.OwnPledge.as_view(), name="own-pledge"),
]
