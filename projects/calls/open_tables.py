"""Calls as open data."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from datasets.catalogue.own_tables import MOMENT, OwnTable, own_tables
from datasets.catalogue.vocabularies import Theme
from projects.calls.models import Call
from projects.calls.states import PhaseKind


def _rows() -> Iterator[list[Any]]:
    for call in Call.objects.public().prefetch_related("phases").order_by("id"):
        phases = {phase.kind: phase for phase in call.phases.all()}
        voting = phases.get(PhaseKind.VOTING)
        days = [voting.starts_at, voting.ends_at] if voting else [None, None]
        rules = [call.ballot_kind, call.tally_rule, call.completion]
        yield [call.pk, call.slug, call.title, call.state, call.budget_minor, call.currency, *rules, *days]


own_tables.register(
    OwnTable(
        "calls",
        _("Calls for projects"),
        _(
            "Each call of the city with its budget, how its ballots look and are counted, and when votes are cast.\n\n"
            "Amounts are in minor units, such as cents."
        ),
        Theme.GOVE,
        {
            **dict.fromkeys(("call", "slug", "title", "state"), "string"),
            "budget_minor": "integer",
            **dict.fromkeys(("currency", "ballot_kind", "tally_rule", "completion"), "string"),
            **dict.fromkeys(("voting_starts_at", "voting_ends_at"), MOMENT),
        },
        _rows,
        ("participatory budget", "calls"),
    )
)
