"""Addresses of this slice; `api` holds those below /api/v1/."""

from datetime import date

from django.urls import URLPattern, URLResolver, path, register_converter

from civic.core.days import iso_day
from marketplace.ledger import rest, views


class DayConverter:
    """A day as ISO 8601 writes it."""

    regex = r"\d{4}-\d{2}-\d{2}"
    to_python = staticmethod(iso_day)
    to_url = staticmethod(date.isoformat)


class CodeConverter:
    """An account's code, which has slashes: `campaign/…/held`."""

    regex = r"[\w.\-]+(?:/[\w.\-]+)*"
    to_python = to_url = staticmethod(str)


register_converter(DayConverter, "isoday")
register_converter(CodeConverter, "ledgercode")

app_name = "ledger"

urlpatterns: list[URLPattern | URLResolver] = [
    path("money/", views.index, name="index"),
    path("money/accounts/<ledgercode:code>/", views.account, name="account"),
    path("money/ledger/export/", views.export, name="export"),
    path("money/verify/", views.check, name="verify"),
    path("money/verify/verify.py", views.program, name="program"),
    path("money/roots/<isoday:day>.json", views.root, name="root"),
    path("money/receipts/<uuid:pk>/", views.receipt, name="receipt"),
    path("money/receipts/<uuid:pk>.json", views.receipt_file, name="receipt-file"),
    path("money/roots/subscribe/", views.Subscribe.as_view(), name="subscribe"),
    path("money/roots/confirm/<str:token>/", views.Confirm.as_view(), name="confirm"),
    path("money/roots/stop/<str:token>/", views.Stop.as_view(), name="stop"),
]
api: list[URLPattern | URLResolver] = [
    path("ledger/", rest.EntryList.as_view(), name="ledger"),
    path("ledger/postings.csv", rest.postings_csv, name="ledger-csv"),
]
