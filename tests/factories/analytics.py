"""Saved queries as the tests need them, made by the verbs that people use."""

from datetime import datetime
from typing import Any

from civic.accounts.models import Person
from civic.core import clock
from datasets.analytics import operations
from datasets.analytics.engine import parsing
from datasets.analytics.models import SavedQuery
from datasets.analytics.operations import Kept
from datasets.catalogue.models import Dataset
from tests.factories import catalogue

BY_TREE: dict[str, Any] = {"group": [{"column": "tree"}], "measures": [{"take": "sum", "column": "height"}]}


def saved(
    of: Dataset,
    person: Person | None = None,
    *,
    asked: dict[str, Any] | None = None,
    at: datetime | None = None,
    **said: Any,
) -> SavedQuery:
    """A query of a dataset, by its writer."""
    kept = Kept(**{"name": "Height by tree", "chart": "bar"} | said)
    query, actor = parsing.read(BY_TREE if asked is None else asked), person or catalogue.writer(of)
    return operations.save_query(actor=actor, dataset=of, query=query, said=kept, at=at or clock.now())
