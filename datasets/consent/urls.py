"""Addresses of this slice; `api` holds those below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from datasets.consent.views import answering, publishing, sharing

app_name = "consent"

OF = "data/collections/<slug:slug>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("data/collections/", sharing.browse, name="browse"),
    path("data/collections/receipts-key/", sharing.key, name="key"),
    path("data/collections/new/", publishing.create, name="create"),
    path("data/collections/rights/<uuid:key>/", answering.request_page, name="rights"),
    path("data/collections/deletions/<uuid:key>/", answering.deletion, name="deletion"),
    path(OF, sharing.collection, name="collection"),
    path(f"{OF}rights/", sharing.ask_rights, name="ask-rights"),
    path(f"{OF}edit/", publishing.edit, name="edit"),
    path(f"{OF}manage/", publishing.manage, name="manage"),
    path(f"{OF}purposes/new/", publishing.add_purpose, name="purpose-new"),
    path(f"{OF}purposes/<uuid:key>/notice/", publishing.notice, name="notice"),
    path(f"{OF}purposes/<uuid:key>/prepare/", publishing.prepare, name="prepare"),
    path(f"{OF}releases/<uuid:key>/", publishing.release, name="release"),
    path(f"{OF}releases/<uuid:key>/<slug:verb>/", publishing.release_step, name="release-step"),
    path(f"{OF}step/<slug:verb>/", publishing.step, name="step"),
    path("me/shared-data/", sharing.mine, name="mine"),
    path("me/shared-data/consents/<uuid:key>/withdraw/", sharing.withdraw, name="withdraw"),
    path("me/shared-data/consents/<uuid:key>/<slug:which>.json", sharing.receipt, name="receipt"),
    path("me/shared-data/<slug:slug>/erase/", sharing.erase, name="erase"),
]
api: list[URLPattern | URLResolver] = []
