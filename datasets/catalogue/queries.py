"""What the pages and the API read of datasets: a fixed number of statements each."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, F, Max, Min, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from civic.accounts.models import Area, Organisation, Person
from civic.core import paging
from civic.core.errors import Gone, NotFound
from civic.core.paging import Page
from datasets.catalogue.models import Dataset, Distribution, RejectedRow, Revision, Series, Upload
from datasets.catalogue.models.dataset import WRITERS, Datasets
from datasets.catalogue.states import OPEN, DatasetState, UploadState

SIZE = 24
MOST_FOUND = 200
SHOWN_REVISIONS = 20
SHOWN_REJECTED = 50
# What lists of revisions do without.
LONG = ("schema", "profile", "report")


def has_format(name: str) -> Q:
    """Datasets that can be had in a format, here or, as their catalogue says, elsewhere."""
    files = Distribution.objects.filter(
        revision__dataset=OuterRef("pk"), revision__number=OuterRef("latest"), format=name.lower()
    )
    elsewhere = [{"format": one} for one in dict.fromkeys([name, name.upper(), name.lower()])]
    harvested = [Q(original__files__contains=[one]) for one in elsewhere]
    return Q(Exists(files)) | reduce(or_, harvested)


@dataclass(frozen=True)
class Filters:
    """What somebody looks for; empty means anything. `publisher` is a slug, `licence` an address."""

    q: str = ""
    theme: str = ""
    format: str = ""
    licence: str = ""
    publisher: str = ""

    def apply(self, datasets: Datasets) -> Datasets:
        """The datasets that fit, apart from the search words."""
        wanted = {"theme": self.theme, "licence": self.licence, "publisher__slug": self.publisher}
        found = datasets.filter(**{name: value for name, value in wanted.items() if value})
        return found.filter(has_format(self.format)) if self.format else found


def listed(filters: Filters, *, after: str = "", size: int = SIZE) -> Page[Dataset]:
    """One page of the published datasets that fit, the newest revision first. Raises Invalid (`after` is not ours)."""
    datasets = filters.apply(cards())
    if filters.q.strip():
        return _found(datasets, filters.q, after, size)
    return paging.page(datasets, after=after, size=size, by="-revised_at")


def cards() -> Datasets:
    """Published datasets with what a card shows, in one statement."""
    return Dataset.objects.listed().select_related("publisher", "original").defer("answers", "reason")


def search_datasets(query: str, *, most: int = MOST_FOUND) -> list[UUID]:
    """Ids of published datasets whose title or description are like the words, the most alike first."""
    words = " ".join(query.replace("\0", "").split())[:200]
    if not words:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM catalogue_search(%s, %s)", [words, most])
        return [row[0] for row in cursor.fetchall()]


def _found(datasets: Datasets, query: str, after: str, size: int) -> Page[Dataset]:
    """A page of search results; they are few enough to be counted through, and `after` is how many to skip."""
    rank = {key: place for place, key in enumerate(search_datasets(query))}
    rows = sorted(datasets.filter(pk__in=list(rank)), key=lambda dataset: rank[dataset.pk])
    start = int(after) if after.isdecimal() and len(after) < 6 else 0
    more = len(rows) > start + size
    return Page(rows[start : start + size], str(start + size) if more else "")


@dataclass(frozen=True)
class Facets:
    """How many published datasets there are of each theme, licence and publisher (slug and name)."""

    themes: Counter[str]
    licences: Counter[str]
    publishers: Counter[tuple[str, str]]


def facets() -> Facets:
    """All of them in one statement."""
    groups = (
        Dataset.objects.listed()
        .order_by()
        .values_list("theme", "licence", "publisher__slug", "publisher__name")
    )
    found = Facets(Counter(), Counter(), Counter())
    for theme, licence, slug, name, count in groups.annotate(count=Count("pk")):
        found.themes[theme] += count
        found.licences[licence] += count
        found.publishers[slug, name] += count
    return found


def shown(dataset: Dataset, number: int) -> Revision | None:
    """One revision with its files and its dataset."""
    found = (
        dataset.revisions.filter(number=number)
        .select_related("person")
        .prefetch_related("distributions")
        .first()
    )
    if found:
        _knows_dataset([found], dataset)
    return found


def revisions(dataset: Dataset) -> list[Revision]:
    """The newest revisions for a list: without what is long."""
    short = dataset.revisions.defer(*LONG).order_by("-number")
    return _knows_dataset(list(short[:SHOWN_REVISIONS]), dataset)


def _knows_dataset(found: list[Revision], dataset: Dataset) -> list[Revision]:
    """Addresses of revisions and files ask for their dataset, which is known."""
    for revision in found:
        revision.dataset = dataset
        for distribution in getattr(revision, "_prefetched_objects_cache", {}).get("distributions", ()):
            distribution.revision = revision
    return found


def with_latest(datasets: Iterable[Dataset]) -> QuerySet[Revision]:
    """The latest revision of each dataset, with its files."""
    latest = Dataset.objects.filter(pk=OuterRef("dataset"), latest=OuterRef("number"))
    files = Prefetch("distributions", Distribution.objects.select_related("revision__dataset"))
    return Revision.objects.filter(Exists(latest), dataset__in=list(datasets)).prefetch_related(files)


@dataclass(frozen=True)
class Described:
    """A dataset with its newest revision (and its files), and when its first one was published.

    One that is harvested has none: its files are in its `original`, and it is here since it was taken over.
    """

    dataset: Dataset
    revision: Revision | None
    issued: datetime


@dataclass(frozen=True)
class CataloguePage:
    """Published datasets by when they were begun; `total`, `issued` and `modified` are of the whole catalogue."""

    datasets: list[Described]
    total: int
    issued: datetime | None
    modified: datetime | None
    city: list[Area]


def latest_files(datasets: Iterable[Dataset]) -> dict[UUID, list[Distribution]]:
    """The files of the latest revision of each dataset, by the dataset, in one statement."""
    known = {dataset.pk: dataset for dataset in datasets}
    files = Distribution.objects.filter(
        revision__dataset__in=list(known), revision__number=F("revision__dataset__latest")
    )
    found: dict[UUID, list[Distribution]] = {}
    for one in files.select_related("revision").defer(*(f"revision__{name}" for name in LONG)):
        one.revision.dataset = known[one.revision.dataset_id]
        found.setdefault(one.revision.dataset_id, []).append(one)
    return found


def public_dataset(slug: str = "", *, pk: UUID | None = None) -> Dataset:
    """A dataset that was published. Raises NotFound for others, Gone with the reason for one that was withdrawn."""
    seen = _described_areas(Dataset.objects.exclude(state=DatasetState.DRAFT))
    found = seen.filter(**({"pk": pk} if pk else {"slug": slug})).first()
    if found is None:
        raise NotFound(_("There is no such dataset."))
    if found.state == DatasetState.WITHDRAWN:
        raise Gone(found.reason)
    return found


def described(datasets: Iterable[Dataset]) -> list[Described]:
    """Published datasets in their order, each with what its description needs: two statements, however many."""
    known = {dataset.pk: dataset for dataset in datasets}
    first = Revision.objects.filter(dataset=OuterRef("dataset"), number=1).values("published_at")
    found = with_latest(known.values()).defer("schema", "profile", "report").annotate(issued=Subquery(first))
    by_dataset = {revision.dataset_id: revision for revision in found}
    for key, revision in by_dataset.items():
        _knows_dataset([revision], known[key])
    return [
        Described(known[key], by_dataset[key], by_dataset[key].issued)
        if key in by_dataset
        else Described(known[key], None, known[key].created_at)
        for key in known
    ]


def catalogue_page(number: int, *, size: int) -> CataloguePage:
    """A page of all that is published, by when it was begun, which does not change. Raises NotFound beyond the last.

    One that is withdrawn moves those after it by one place: a harvester that is on its way comes again anyway.
    """
    first = Revision.objects.filter(dataset=OuterRef("pk"), number=1).values("published_at")
    since = Dataset.objects.listed().annotate(begun=Coalesce(Subquery(first), F("created_at")))
    known = since.aggregate(total=Count("pk"), issued=Min("begun"), modified=Max("revised_at"))
    begin = (number - 1) * size
    if number < 1 or (begin >= known["total"] and number > 1):
        raise NotFound(_("The catalogue has no such page."))
    datasets = _described_areas(cards()).order_by("pk")[begin : begin + size]
    city = Area.objects.filter(parent=None).prefetch_related("districts")
    return CataloguePage(described(datasets), city=list(city), **known)


def _described_areas(datasets: Datasets) -> Datasets:
    related = ("publisher", "area", "series", "original", "harvested_from")
    return datasets.select_related(*related).prefetch_related("area__districts")


def is_followed(dataset: Dataset, actor: Any) -> bool:
    """Whether the actor follows it."""
    if not actor.is_authenticated:
        return False
    return dataset.follows.filter(person=actor.pk, ended_at=None).exists()


def in_series(series: Series) -> list[Dataset]:
    """Its published datasets in order of the time that they cover, then as they were begun."""
    return list(cards().filter(series=series).order_by(F("first_day").asc(nulls_last=True), "pk"))


def open_uploads(dataset: Dataset) -> list[Upload]:
    """Files under way, the newest first, without what is long."""
    return list(dataset.uploads.filter(state__in=OPEN).defer("proposal", "found", "answers"))


def unfinished_uploads(dataset: Dataset) -> list[Upload]:
    """Files of which only a part is here."""
    return [one for one in open_uploads(dataset) if one.state == UploadState.RECEIVING]


def rejected(upload: Upload) -> QuerySet[RejectedRow]:
    """Rows that were left out, in the order of the file."""
    return RejectedRow.objects.filter(upload=upload).order_by("place")


def publishers_of(person: Person) -> QuerySet[Organisation]:
    """The organisations that the person writes for."""
    return Organisation.objects.public().filter(memberships__person=person, memberships__role__in=WRITERS)


def drafts_of(person: Any) -> list[Dataset]:
    """Datasets that the person writes and that are not public, for the top of the list."""
    if not person.is_authenticated:
        return []
    mine = Dataset.objects.written_by(person).exclude(state="published").select_related("publisher")
    return list(mine.defer("answers").order_by("-id")[:SIZE])
