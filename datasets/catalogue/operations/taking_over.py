"""A record of another catalogue becomes a dataset here, or changes one, or is found to be here already."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.urls import Resolver404, resolve

from civic.core import events
from civic.core.locking import lock_first
from civic.core.states import transition
from datasets.catalogue.harvest import Record
from datasets.catalogue.models import Dataset, Original, Source
from datasets.catalogue.operations.datasets import bring_back, free_slug
from datasets.catalogue.states import DatasetState, Outcome


def take_over(source: Source, said: Record, *, at: datetime) -> tuple[Outcome, Dataset]:
    """What became of a record without a fault, and the dataset that it is. Within the caller's transaction."""
    own = lock_first(Dataset.objects.filter(harvested_from=source, identifier=said.identifier))
    is_away = own is None or (own.state == DatasetState.WITHDRAWN and not own.held)
    if is_away and (known := _known(said, own)):
        return Outcome.LINKED, known
    if own is None:
        return Outcome.CREATED, _create(source, said, at)
    # What the city holds stays as its steward has seen it until it is brought back.
    if own.held:
        return Outcome.UNCHANGED, own
    if is_away:
        bring_back(own, actor=None, at=at)
    return (Outcome.UPDATED if _change(own, said, at) or is_away else Outcome.UNCHANGED), own


def _known(said: Record, own: Dataset | None) -> Dataset | None:
    """The dataset that has one of the record's names: ours, or from another source. Not one that is gone from there.

    A withdrawn one of ours counts: what its publisher took away does not come back by way of another catalogue.
    """
    names = said.names
    if not names:
        return None
    named = Q(original__uri__in=names) | Q(harvested_from__isnull=False, identifier__in=names)
    gone = Q(harvested_from__isnull=False, state=DatasetState.WITHDRAWN, held=False)
    others = Dataset.objects.exclude(state=DatasetState.DRAFT).exclude(gone)
    if own:
        others = others.exclude(pk=own.pk)
    return others.filter(named | Q(slug__in=_own_slugs(names))).order_by("pk").first()


def _own_slugs(names: Iterable[str]) -> list[str]:
    """Of addresses of this site the datasets that they name."""
    slugs = []
    for name in names:
        if name.startswith(f"{settings.SITE_URL}/"):
            try:
                found = resolve(urlsplit(name).path)
            except Resolver404:
                continue
            if found.view_name == "catalogue:dataset":
                slugs.append(str(found.kwargs["slug"]))
    return slugs


def _columns(source: Source, said: Record) -> dict[str, Any]:
    """What the record says, by the columns of the model."""
    same = ("title", "description", "keywords", "frequency", "licence", "high_value_category")
    days = ("first_day", "last_day")
    return {name: getattr(said, name) for name in (*same, *days)} | {"theme": said.theme or source.theme}


def _beside(said: Record) -> dict[str, Any]:
    """What there is beside the columns: where it comes from, and where its files are."""
    return {
        "uri": said.uri or next(iter(sorted(said.names)), ""),
        "page": said.page,
        "publisher": said.publisher,
        "licence": said.licence_words,
        "files": [asdict(file) for file in said.files],
        "digest": said.digest,
    }


def _revised(said: Record, at: datetime) -> datetime:
    """When its source changed it; nothing is newer than now, or it would stay on top of the list."""
    return min(said.modified or at, at)


def _create(source: Source, said: Record, at: datetime) -> Dataset:
    dataset = Dataset(
        publisher=source.publisher,
        harvested_from=source,
        identifier=said.identifier,
        slug=free_slug(said.title),
        state_since=at,
        **_columns(source, said),
    )
    payload = {"source": str(source.pk)}
    events.record("dataset.created", actor=None, subject=dataset, at=at, payload=payload)
    dataset.save(force_insert=True)
    Original.objects.create(dataset=dataset, **_beside(said))
    dataset.revised_at = _revised(said, at)
    dataset.save(update_fields=["revised_at"])
    transition(dataset, "publish", actor=None, at=at)
    return dataset


def _change(dataset: Dataset, said: Record, at: datetime) -> bool:
    """Whether its source says anything else than before; then it is so here, too."""
    source, original = dataset.harvested_from, Original.objects.get(dataset=dataset)
    if source is None or original.digest == said.digest:
        return False
    columns = _columns(source, said)
    changed = [name for name, value in columns.items() if getattr(dataset, name) != value]
    payload = {"changed": [*changed, "original"]}
    events.record("dataset.edited", actor=None, subject=dataset, at=at, payload=payload)
    for name in changed:
        setattr(dataset, name, columns[name])
    dataset.revised_at = _revised(said, at)
    dataset.save(update_fields=[*changed, "revised_at"])
    for name, value in _beside(said).items():
        setattr(original, name, value)
    original.save()
    return True
