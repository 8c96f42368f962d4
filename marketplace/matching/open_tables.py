"""What match funds give, as open data."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from datasets.catalogue.own_tables import OwnTable, own_tables
from datasets.catalogue.vocabularies import Theme
from marketplace.matching.queries import funds as queries


def _rows() -> Iterable[tuple[Any, ...]]:
    return (
        queries.all_public_allocations()
        .values_list(
            *("pk", "fund__slug", "fund__rule", "campaign", "state"),
            *("amount_minor", "set_aside_minor", "estimated_minor", "fund__currency"),
        )
        .iterator(chunk_size=2000)
    )


own_tables.register(
    OwnTable(
        "match-allocations",
        _("What match funds give"),
        _(
            "What each match fund gives to each campaign, or may give. Amounts are in minor units, such as cents; "
            "what is estimated is promised by nobody."
        ),
        Theme.ECON,
        {
            **dict.fromkeys(("allocation", "fund", "rule", "campaign", "state"), "string"),
            **dict.fromkeys(("guaranteed_minor", "set_aside_minor", "estimated_minor"), "integer"),
            "currency": "string",
        },
        _rows,
        ("money", "match funds"),
    )
)
