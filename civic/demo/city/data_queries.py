"""Queries that publishers saved, and show on the pages of their data."""

from typing import Any

from civic.demo.city.cast import Cast, owner_of
from datasets.analytics.engine import parsing
from datasets.analytics.operations import Kept, save_query
from datasets.catalogue.models import Dataset


def tell(cast: Cast, dataset: Dataset, text: dict[str, Any]) -> None:
    """What `data.yaml` tells of queries of a dataset, a day after its newest file."""
    for one in text.get("queries", ()):
        save_query(
            actor=owner_of(dataset.publisher),
            dataset=dataset,
            query=parsing.read(one["query"]),
            said=Kept(one["name"], chart=one["chart"], shown=True),
            at=cast.calendar.at(text["files"][-1]["day"] + 1, 9),
        )
