"""Addresses of this slice; `api` holds those below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from projects.voting import rest
from projects.voting.views import ballot, results

app_name = "voting"

urlpatterns: list[URLPattern | URLResolver] = [
    path("ballots/check/", ballot.check, name="check"),
    path("calls/<slug:slug>/ballot/", ballot.BallotPage.as_view(), name="ballot"),
    path("calls/<slug:slug>/ballot/receipt/", ballot.receipt, name="receipt"),
    path("calls/<slug:slug>/results/", results.results, name="results"),
    path("calls/<slug:slug>/results/ballots.pb", results.ballots_pb, name="ballots-pb"),
    path("calls/<slug:slug>/results/results.csv", results.results_csv, name="results-csv"),
]
api: list[URLPattern | URLResolver] = [
    path("calls/<slug:slug>/results/", rest.CallResults.as_view(), name="call-results"),
    path("calls/<slug:slug>/results.csv", rest.call_results_csv, name="call-results-csv"),
    path("calls/<slug:slug>/ballots/", rest.CallBallots.as_view(), name="call-ballots"),
    path("me/ballots/", rest.OwnBallots.as_view(), name="own-ballots"),
]
