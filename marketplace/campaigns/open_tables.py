"""Campaigns as open data."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from datasets.catalogue.own_tables import MOMENT, OwnTable, own_tables
from datasets.catalogue.vocabularies import Theme
from marketplace.campaigns.models import Campaign

TERMS = ("goal_minor", "cap_minor", "pledge_min_minor", "pledge_max_minor")
FIGURES = (
    *("backers", "pledged_minor", "collected_minor", "monthly_minor", "sponsors_firm_minor"),
    *("sponsors_paid_minor", "match_guaranteed_minor", "match_estimated_minor"),
)


def _rows() -> Iterable[tuple[Any, ...]]:
    figures = [f"total__{name}" for name in FIGURES]
    found = Campaign.objects.public().order_by("id")
    return found.values_list(
        *("pk", "project", "rule", "currency", *TERMS, "opened_at", "ends_at", "state", "state_since"),
        *figures,
    ).iterator(chunk_size=2000)


own_tables.register(
    OwnTable(
        "campaigns",
        _("Campaigns"),
        _(
            "Each campaign that is or was open: its terms, where it stands, and what was promised and collected.\n\n"
            "Amounts are in minor units, such as cents. Estimates of a match never count towards a goal."
        ),
        Theme.ECON,
        {
            **dict.fromkeys(("campaign", "project", "rule", "currency"), "string"),
            **dict.fromkeys(TERMS, "integer"),
            **dict.fromkeys(("opened_at", "ends_at"), MOMENT),
            "state": "string",
            "state_since": MOMENT,
            **dict.fromkeys(FIGURES, "integer"),
        },
        _rows,
        ("money", "campaigns", "crowdfunding"),
    )
)
