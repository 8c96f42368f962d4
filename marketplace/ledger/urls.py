"""Addresses of this slice; `api` holds those below /api/v1/."""

from datetime import date

from django.urls import URLPattern, URLResolver, path, register_converter

from marketplace.ledger import rest
from marketplace.ledger.views import book, proof


class DayConverter:
    """A day as ISO 8601 writes it."""

    regex = r"\d{4}-\d{2}-\d{2}"
    to_python = staticmethod(date.fromisoformat)
    to_url = staticmethod(date.isoformat)


class CodeConverter:
    """An account's code, which has slashes: `campaign/…/held`."""

    regex = r"[\w.\-]+(?:/[\w.\-]+)*"
    to_python = to_url = staticmethod(str)


register_converter(DayConverter, "isoday")
register_converter(CodeConverter, "ledgercode")

app_name = "ledger"

urlpatterns: list[URLPattern | URLResolver] = [
    path("money/", book.index, name="index"),
    path("money/accounts/<ledgercode:code>/", book.account, name="account"),
    path("money/ledger/export/", proof.export, name="export"),
    path("money/verify/", proof.check, name="verify"),
    path("money/verify/verify.py", proof.program, name="program"),
    path("money/roots/<isoday:day>.json", proof.root, name="root"),
    path("money/receipts/<uuid:pk>/", proof.receipt, name="receipt"),
    path("money/receipts/<uuid:pk>.json", proof.receipt_file, name="receipt-file"),
    path("money/roots/subscribe/", proof.Subscribe.as_view(), name="subscribe"),
    path("money/roots/confirm/<str:token>/", proof.Confirm.as_view(), name="confirm"),
    path("money/roots/stop/<str:token>/", proof.Stop.as_view(), name="stop"),
]
api: list[URLPattern | URLResolver] = [
    path("ledger/", rest.EntryList.as_view(), name="ledger"),
    path("ledger/postings.csv", rest.postings_csv, name="ledger-csv"),
]
