"""What pages and the API show of reuses: a fixed number of statements each."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Prefetch, Q, QuerySet, Subquery, Value

from civic.accounts import groups
from civic.accounts.models import Organisation
from civic.accounts.roles import in_group
from civic.core import paging
from civic.core.columns import read, rows
from civic.core.paging import Page
from datasets.catalogue.models import Dataset
from datasets.catalogue.models.dataset import writing
from datasets.reuses.models import Reuse
from datasets.reuses.states import ReuseState

SIZE = 24
ON_DATASET = 5
ON_ME = 10
SHORT = ("id", "title", "state", "state_since")


def listed(*, kind: str = "", dataset: str = "") -> QuerySet[Reuse]:
    """What everybody sees, with its datasets: all, of one kind, or of the dataset with this slug."""
    found = with_datasets(Reuse.objects.public())
    if kind:
        found = found.filter(kind=kind)
    of_it = Dataset.objects.listed().filter(slug=dataset)
    return found.filter(datasets__in=of_it) if dataset else found


def with_datasets(reuses: QuerySet[Reuse]) -> QuerySet[Reuse]:
    """With who it is by, and those of its datasets that everybody finds."""
    short = Dataset.objects.listed().only("id", "slug", "title").order_by("title")
    return reuses.select_related("person", "organisation").prefetch_related(Prefetch("datasets", short))


def page(kind: str, dataset: str, after: str) -> Page[Reuse]:
    """One page of them, the newest first. Raises Invalid (`after` is not ours)."""
    return paging.page(listed(kind=kind, dataset=dataset), after=after, size=SIZE, by="-state_since")


def of_dataset(dataset: Dataset) -> list[Reuse]:
    """The newest that use a dataset, one more than its page shows: one statement."""
    found = Reuse.objects.public().with_names().filter(datasets=dataset)
    return list(found.order_by("-state_since", "-pk")[: ON_DATASET + 1])


def me_columns(person: Any, at: datetime) -> dict[str, Any]:
    """What somebody proposed as a column of theirs: see `proposed_by`."""
    mine = Reuse.objects.of(person).order_by("-proposed_at")
    return {"reuses_proposed": rows(mine[:ON_ME], *SHORT)}


def proposed_by(person: Any) -> list[Reuse]:
    """What a person read with `me_columns` proposed, latest first."""
    return read(Reuse, person.reuses_proposed)


def waiting_columns(person: Any, at: datetime) -> dict[str, Any]:
    """How many proposals wait for a data steward, but for their own, and since when; none for others."""
    if not in_group(person, groups.DATA_STEWARDS):
        return {}
    # As `policies.decides`: nobody about their own, nor about that of an organisation of theirs.
    mine = Q(person=person.pk) | Q(organisation__in=writing(person).values("organisation"))
    others = Reuse.objects.filter(state=ReuseState.PROPOSED).exclude(mine).order_by()
    one = others.annotate(all=Value(1)).values("all")
    return {
        "reuses_waiting": Subquery(one.annotate(count=Count("pk")).values("count")),
        "reuses_since": Subquery(one.annotate(oldest=Min("state_since")).values("oldest")),
    }


def acts_for(actor: Any) -> QuerySet[Organisation]:
    """Organisations in whose name the person may propose something."""
    return Organisation.objects.filter(pk__in=writing(actor).values("organisation")).order_by("name")
