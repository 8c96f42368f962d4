"""What was built with data, made by the verbs that people use."""

from typing import Any

from civic.accounts import groups
from civic.accounts.models import Organisation, Person
from civic.core import clock
from civic.core.ids import new_id
from datasets.catalogue.models import Dataset
from datasets.reuses import operations
from datasets.reuses.models import Kind, Reuse
from datasets.reuses.operations import Said
from tests.factories import accounts, exchange

ADDRESS = "https://trees.example/map"


def said(**more: Any) -> Said:
    """A map of trees."""
    known: dict[str, Any] = {
        "kind": Kind.MAP,
        "title": "Every tree on one map",
        "description": "Shows each tree of the street trees, and when it was planted.",
        "address": ADDRESS,
    }
    return Said(**known | more)


def proposed(
    *datasets: Dataset, person: Person | None = None, organisation: Organisation | None = None, **more: Any
) -> Reuse:
    """One that waits."""
    return operations.propose(
        actor=person or accounts.person(),
        datasets=datasets,
        said=said(organisation=organisation, **more),
        token=new_id(),
        at=clock.now(),
    )


def shown(*datasets: Dataset, steward: Person | None = None, **more: Any) -> Reuse:
    """One that a data steward has approved."""
    steward = steward or accounts.staff(groups.DATA_STEWARDS)
    return operations.approve(actor=steward, reuse=proposed(*datasets, **more), at=clock.now())


def dataset(title: str = "Street trees") -> Dataset:
    """A dataset that everybody finds; its rows are of no matter here."""
    made = exchange.dataset(accounts.organisation(), clock.now())
    Dataset.objects.filter(pk=made.pk).update(title=title)
    made.refresh_from_db()
    return made
