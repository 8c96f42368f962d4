"""People save queries of what they may read; nobody reads by a query what they may not read without it."""

from collections.abc import Iterator

from django.db.models import Q
from django.test import Client

from civic.accounts.models import Person
from datasets.analytics import embeds, operations
from datasets.analytics.engine import parsing
from datasets.analytics.models import SavedQuery
from datasets.analytics.operations import Kept
from datasets.catalogue.models import Dataset
from datasets.catalogue.states import DatasetState
from datasets.catalogue.vocabularies import AccessLevel
from tests.simulation.draws import a, one_of
from tests.simulation.engine import City, holds, verb
from tests.simulation.slices.data_access import _reads

COUNTED = parsing.read({"measures": [{"take": "count"}]})
OWNED = Q(owner__isnull=False)


@verb(
    2,
    person=a(Person, only=Q(is_active=True)),
    dataset=a(Dataset, likely=Q(state=DatasetState.PUBLISHED)),
    revision=one_of(None, None, 1),
    shown=one_of(False, False, True),
)
def save_data_query(city: City, person: Person, dataset: Dataset, revision: int | None, shown: bool) -> None:
    said = Kept("How many rows", revision, "none", shown)
    operations.save_query(actor=person, dataset=dataset, query=COUNTED, said=said, at=city.at)


@verb(0.5, query=a(SavedQuery, likely=Q(removed_at=None), only=OWNED))
def remove_data_query(city: City, query: SavedQuery) -> None:
    assert query.owner
    operations.remove_query(actor=query.owner, query=query, at=city.at)


@verb(0.5, query=a(SavedQuery, likely=Q(removed_at=None), only=OWNED))
def end_data_embeds(city: City, query: SavedQuery) -> None:
    assert query.owner
    operations.end_embeds(actor=query.owner, query=query, at=city.at)


@holds("quiet")
def an_embed_shows_what_its_saver_may_read_and_nothing_else(city: City) -> Iterator[str]:
    """One saved query a time, so that a long walk looks at all of them; what looking writes is taken back."""
    found = SavedQuery.objects.select_related("dataset__publisher", "owner").order_by("pk")
    count = found.count()
    if not count:
        return
    one = found[city.number % count]
    there = one.removed_at is None and one.dataset.state == DatasetState.PUBLISHED
    may = {"": there and one.dataset.access_level == AccessLevel.OPEN}
    if one.owner:
        token = f"?token={embeds.signed(one, days=1, at=city.at)}"
        reads = one.owner.is_active and _reads(one.owner, one.dataset, city.at)
        may[token] = there and reads and not one.dataset.by_consent
    for asked, right in may.items():
        with city.changes.undone():
            status = Client().get(f"/data/queries/{one.pk}/embed/{asked}").status_code
        if (status == 200) != right:
            yield f"the embed of a query answers {status} {asked[:6]}"
