"""The public ledger as open data."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from datasets.catalogue.own_tables import MOMENT, OwnTable, own_tables
from datasets.catalogue.vocabularies import Theme
from marketplace.ledger import queries


def _rows() -> Iterable[tuple[Any, ...]]:
    rows: Iterable[tuple[Any, ...]] = queries.csv_rows(settings.LEDGER_BOOK)
    return rows


own_tables.register(
    OwnTable(
        "ledger-postings",
        _("The ledger: all postings"),
        _(
            "Each posting of the public ledger in its order: money that came in, where it lies, and where it went. "
            "The postings of an entry add up to nothing.\n\n"
            "Amounts are in minor units, such as cents. The export of the ledger has the proofs, too."
        ),
        Theme.ECON,
        {
            **dict.fromkeys(("posting", "entry"), "string"),
            "at": MOMENT,
            **dict.fromkeys(("kind", "account"), "string"),
            "amount_minor": "integer",
            "currency": "string",
        },
        _rows,
        ("money", "ledger", "accounts"),
    )
)
