"""Results and ballots of decided calls as open data, as the files that recompute them tell."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from datasets.catalogue.own_tables import OwnTable, own_tables
from datasets.catalogue.vocabularies import Theme
from projects.voting.ballot_box import BallotBox
from projects.voting.models import ProjectResult, Tally


def _results() -> Iterable[tuple[Any, ...]]:
    found = ProjectResult.objects.order_by("tally__call__slug", "place", "pk")
    return found.values_list(
        *("tally__call__slug", "project", "project__ballot_number", "won", "place", "score", "supporters"),
        *("cost_minor", "tally__currency", "tie", "why"),
    ).iterator(chunk_size=2000)


def _ballots() -> Iterator[list[Any]]:
    for tally in Tally.objects.select_related("call").order_by("call__slug"):
        costs = {one.project: one.cost_minor for one in tally.results.select_related("project")}
        for vote in BallotBox(tally.call, costs).votes():
            numbers, points = vote["vote"].split(","), vote["points"].split(",")
            for place, number in enumerate(numbers, 1):
                given = points[place - 1] if tally.call.ballot_kind == tally.call.BallotKind.POINTS else None
                yield [tally.call.slug, vote["receipt"], place, number or None, given]


own_tables.register(
    OwnTable(
        "vote-results",
        _("Results of votes"),
        _("How each project fared in each call that was decided, and why it was not chosen."),
        Theme.GOVE,
        {
            **dict.fromkeys(("call", "project", "ballot_number"), "string"),
            "won": "boolean",
            **dict.fromkeys(("place", "score", "supporters", "cost_minor"), "integer"),
            "currency": "string",
            "decided_by_tie_order": "boolean",
            "why_not": "string",
        },
        _results,
        ("votes", "results", "participatory budget"),
    ),
    OwnTable(
        "ballots",
        _("Ballots"),
        _(
            "What was marked on each ballot of each call that was decided, a row a mark. A ballot is named by its "
            "fingerprint, which says nothing of who cast it or when. An empty ballot has one row without a number."
        ),
        Theme.GOVE,
        {
            **dict.fromkeys(("call", "ballot"), "string"),
            "place": "integer",
            "ballot_number": "string",
            "points": "integer",
        },
        _ballots,
        ("votes", "ballots", "participatory budget"),
    ),
)
