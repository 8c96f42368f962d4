"""Catalogues on another machine change, break and come back, and are harvested; each of their datasets is here once."""

import random
from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Q

from civic.accounts.models import Organisation, Person
from datasets.catalogue.models import Dataset, Harvest, Source
from datasets.catalogue.operations import sources
from datasets.catalogue.states import DatasetState, HarvestState, SourceState
from datasets.catalogue.vocabularies import Theme
from tests.catalogue.elsewhere import Answer
from tests.catalogue.harvested import turtle
from tests.simulation.draws import Void, a
from tests.simulation.engine import City, Violation, holds, reminders, verb
from tests.simulation.slices.data import SEED, STEWARD
from tests.simulation.world import elsewhere

# What stewards are told of, so that they decide.
reminders.update({"harvest of %s failed: %s", "harvest of %s would remove %d of %d datasets"})
NAMES = "abcdefgh"
ASKS = a(Harvest, only=Q(state=HarvestState.WAITING))
MOST_SOURCES = 3


def catalogue(seed: int) -> tuple[frozenset[str], Answer]:
    """What a catalogue has by chance, most of it as before; one of eight is no catalogue at all."""
    chance = random.Random(seed)
    if chance.random() < 0.12:
        return frozenset(), ("text/html", b"<html>We are moving</html>")
    names = [one for one in NAMES if chance.random() < 0.8]
    changed = {one: f"Table {one}, {seed % 7}" for one in names if chance.random() < 0.3}
    return frozenset(names), turtle(*names, **changed)


def tell(city: City, source: Source, seed: int) -> frozenset[str]:
    """From now on the catalogue says this; the names of what it has."""
    names, answer = catalogue(seed)
    elsewhere().documents[source.address.removeprefix(elsewhere().site)] = answer
    return names


@verb(0.2, steward=STEWARD, publisher=a(Organisation), seed=SEED)
def add_catalogue(city: City, steward: Person, publisher: Organisation, seed: int) -> None:
    if Source.objects.count() >= MOST_SOURCES:
        raise Void("catalogues")
    made = sources.add_source(
        actor=steward,
        title=f"Catalogue {city.number}",
        kind="dcat",
        address=f"{elsewhere().site}/{city.number}.ttl",
        publisher=publisher,
        theme=Theme.GOVE,
        at=city.at,
    )
    tell(city, made, seed)


@verb(1, source=a(Source), seed=SEED)
def change_catalogue(city: City, source: Source, seed: int) -> None:
    tell(city, source, seed)


@verb(2, steward=STEWARD, source=a(Source, likely=Q(state=SourceState.ACTIVE)), seed=SEED)
def harvest_catalogue(city: City, steward: Person, source: Source, seed: int) -> None:
    """At once, so that what is here can be compared with what is there."""
    names = tell(city, source, seed)
    made = sources.harvest_now(actor=steward, source=source, at=city.at)
    city.clock.start("run harvests")
    made.refresh_from_db()
    if made.state != HarvestState.DONE:
        return
    here = Dataset.objects.filter(harvested_from=source)
    shown = set(here.listed().values_list("identifier", flat=True))
    if more := shown - names:
        raise Violation("a dataset is here that its source has no more", ", ".join(sorted(more)))
    # What the city holds, and what is here already from another source, does not come.
    away = set(here.filter(state=DatasetState.WITHDRAWN).values_list("identifier", flat=True))
    missing = names - shown - (away if made.linked or here.filter(held=True).exists() else set())
    if len(missing) > made.linked + made.failed:
        raise Violation("a dataset of a harvested source is not here", ", ".join(sorted(missing)))


@verb(0.3, steward=STEWARD, source=a(Source))
def pause_catalogue(city: City, steward: Person, source: Source) -> None:
    sources.pause_source(actor=steward, source=source, reason="They are moving", at=city.at)


@verb(0.5, steward=STEWARD, source=a(Source, likely=Q(state=SourceState.PAUSED)))
def resume_catalogue(city: City, steward: Person, source: Source) -> None:
    sources.resume_source(actor=steward, source=source, at=city.at)


@verb(1, steward=STEWARD, harvest=ASKS)
def let_datasets_go(city: City, steward: Person, harvest: Harvest) -> None:
    sources.confirm_harvest(actor=steward, harvest=harvest, reason="They said so", at=city.at)


@verb(1, steward=STEWARD, harvest=ASKS)
def keep_datasets(city: City, steward: Person, harvest: Harvest) -> None:
    sources.decline_harvest(actor=steward, harvest=harvest, reason="It is half of it", at=city.at)


@holds()
def what_is_elsewhere_is_here_once(city: City) -> Iterator[str]:
    """However many catalogues have it."""
    listed = Dataset.objects.listed().filter(harvested_from__isnull=False)
    twice = listed.values("original__uri").annotate(times=Count("pk")).filter(times__gt=1)
    yield from (f"{one['original__uri']} is here {one['times']} times" for one in twice)


@holds()
def each_record_of_a_harvest_is_counted_once(city: City) -> Iterator[str]:
    """Of the newest harvest of a source, whose records are kept."""
    for one in Harvest.objects.filter(state=HarvestState.DONE).prefetch_related("records"):
        counted = one.created + one.updated + one.unchanged + one.linked + one.failed
        if counted != one.found:
            yield f"{one.found} records, {counted} counted"


@holds("end")
def no_harvest_runs_for_ever(city: City) -> Iterator[str]:
    """It is done, has failed, or waits for an answer. At the end of a walk the clock stops at days alone."""
    running = Harvest.objects.filter(state=HarvestState.RUNNING, begun_at__lt=city.at - timedelta(days=30))
    yield from (f"a harvest that began {one.begun_at}" for one in running)
