"""Projects as open data: without what people wrote, which can be changed and taken away, as a revision can't."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from datasets.catalogue.own_tables import MOMENT, OwnTable, own_tables
from datasets.catalogue.vocabularies import Theme
from projects.proposals.models import Project


def _rows() -> Iterable[tuple[Any, ...]]:
    found = Project.objects.listed().order_by("id")
    return found.values_list(
        *("pk", "call__slug", "ballot_number", "theme", "area__slug", "state"),
        *("cost_minor", "currency", "support_count__supports", "opened_at", "state_since"),
    ).iterator(chunk_size=2000)


own_tables.register(
    OwnTable(
        "projects",
        _("Projects"),
        _(
            "Each project that everybody can see: where it stands, what it costs, how many people support it.\n\n"
            "Titles and descriptions stand in the API under the same id; here a number stands for each project."
        ),
        Theme.GOVE,
        {
            **dict.fromkeys(("project", "call", "ballot_number", "theme", "area", "state"), "string"),
            "cost_minor": "integer",
            "currency": "string",
            "supporters": "integer",
            **dict.fromkeys(("opened_at", "state_since"), MOMENT),
        },
        _rows,
        ("projects", "participation"),
    )
)
