"""Data of organisations: described, uploaded, read and published by their owners, with tables that chance made."""

import csv
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate

from civic.accounts.models import Area, Organisation
from civic.demo import source
from civic.demo.city import data_access, data_queries, data_reuses, data_sharing
from civic.demo.city.cast import Cast, owner_of
from datasets.catalogue.models import Dataset, Upload
from datasets.catalogue.operations import datasets, own_data, publishing, reading_steps, resumable, uploads
from datasets.catalogue.operations.datasets import Description
from datasets.catalogue.operations.publishing import Seen
from datasets.catalogue.operations.uploads import Answers
from datasets.catalogue.states import OPEN
from datasets.catalogue.vocabularies import AccessLevel, HighValue, Licence

Rows = Iterator[list[Any]]
# From so many bytes on a file comes in two parts.
LONG = 10_000
SPECIES = ("Tilia cordata", "Quercus robur", "Acer campestre", "Platanus × hispanica", "Ginkgo biloba")
BRIDGES = ("Old Bridge", "Harbour Bridge", "Millbrook Footbridge")
PLACES = ("Weir", "Old Bridge", "Linnside Steps", "Shipyard", "Harbour Mouth")
FISH = ("Barbel", "Eel", "Perch", "Chub", "Salmon")
BREADS = ("Rye", "Spelt", "Baguette", "Poppy roll")
BUILDINGS = ("Town Hall", "Eastgate School", "Library", "Fire Station", "Northfield Hall", "Swimming Baths")


def publish(cast: Cast) -> None:
    """Everything that `data.yaml` tells of; a file that `waits` still has its questions."""
    for text in source.read("data"):
        publisher = cast.organisations[text["publisher"]]
        actor = owner_of(publisher)
        said = Description(
            **{name: text[name] for name in ("title", "description", "theme", "frequency", "keywords")},
            licence=Licence[text["licence"]],
            new_series=text.get("series", ""),
            access_level=text.get("access", AccessLevel.OPEN),
            **_covers(cast, text),
        )
        first = text["files"][0]["day"]
        dataset = datasets.create_dataset(
            actor=actor, publisher=publisher, said=said, at=cast.calendar.at(first, 9)
        )
        for file in text["files"]:
            _file(cast, dataset, text["table"], file)
        data_access.tell(cast, dataset, text)
        data_queries.tell(cast, dataset, text)
        data_reuses.tell(cast, dataset, text)
    data_sharing.share(cast)
    publish_own(cast.organisations["exchange-office"], cast.calendar.at(-1, 3))


def publish_own(publisher: Organisation, at: datetime) -> None:
    """The exchange's own tables, as its tasks and handlers would have done it in the night."""
    own_data.begin_own_data(publisher=publisher, at=at)
    own_data.refresh_own_data(at=at)
    for step in (own_data.answer_own, own_data.publish_own):
        reading_steps.run_steps(at=at)
        for upload in Upload.objects.filter(state__in=OPEN).exclude(dataset__source=""):
            step(upload, at)


def _covers(cast: Cast, text: dict[str, Any]) -> dict[str, Any]:
    """Place, days and high-value category, as far as its publisher says them."""
    first, last = [localdate(cast.calendar.at(day)) for day in text.get("days", ())] or (None, None)
    category = HighValue[text["high_value"]].value if "high_value" in text else ""
    area = Area.objects.get(slug=text["area"]) if "area" in text else None
    return {"area": area, "first_day": first, "last_day": last, "high_value_category": category}


def _file(cast: Cast, dataset: Dataset, table: str, text: dict[str, Any]) -> None:
    actor, at = owner_of(dataset.publisher), cast.calendar.at(text["day"], 10)
    chance = cast.chance("data", table)
    content = TABLES[table](
        chance, localdate(cast.calendar.at(text["day"])), text["rows"], text.get("faults", 0)
    )
    upload = _sent(dataset, f"{table}.csv", content, at)
    upload = _worked_on(upload, at + timedelta(minutes=1))
    if text.get("waits"):
        return
    header = (upload.proposal or {})["header"]
    said = CHOSEN.get(table, Answers())
    answers = replace(said, types={name: kind for name, kind in said.types.items() if name in header})
    uploads.confirm(actor=actor, upload=upload, answers=answers, at=at + timedelta(minutes=5))
    upload = _worked_on(upload, at + timedelta(minutes=6))
    revision = publishing.publish_revision(
        actor=actor,
        upload=upload,
        seen=Seen.of(upload),
        note=text["note"],
        without_rejected=True,
        at=at + timedelta(minutes=9),
    )
    if revision.number == 1:
        datasets.publish(actor=actor, dataset=dataset, at=at + timedelta(minutes=10))


def _sent(dataset: Dataset, name: str, content: bytes, at: datetime) -> Upload:
    """The file by the form, or in two parts where it is long."""
    actor = owner_of(dataset.publisher)
    if len(content) < LONG:
        return uploads.begin_upload(
            actor=actor, dataset=dataset, upload=SimpleUploadedFile(name, content), at=at
        )
    upload = resumable.begin_resumable(actor=actor, dataset=dataset, name=name, size=len(content), at=at)
    for piece in (content[:LONG], content[LONG:]):
        upload = resumable.append_piece(
            actor=actor, upload=upload, offset=upload.received, piece=piece, at=at + timedelta(seconds=30)
        )
    return upload


def _worked_on(upload: Upload, at: datetime) -> Upload:
    reading_steps.run_steps(at=at)
    return Upload.objects.get(pk=upload.pk)


def _table(rows: Rows, delimiter: str = ",") -> bytes:
    out = StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def trees(chance: random.Random, day: date, rows: int, faults: int) -> bytes:
    """A tree a row; its number has leading zeros and is no number."""

    def lines() -> Rows:
        yield ["number", "species", "planted", "height_m", "inspected"]
        for number in range(1, rows + 1):
            planted = date(1950, 1, 1) + timedelta(days=chance.randrange(26_000))
            height = round(2 + chance.random() * 21, 1)
            seen = day - timedelta(days=chance.randrange(3, 40))
            yield [f"{number * 7:05}", chance.choice(SPECIES), planted, height, seen]

    return _table(lines())


def bicycles(chance: random.Random, day: date, rows: int, faults: int) -> bytes:
    """An hour at a bridge a row."""

    def lines() -> Rows:
        yield ["bridge", "hour", "bicycles"]
        for number in range(rows):
            moment = datetime.combine(day - timedelta(days=1 + number // 12), datetime.min.time())
            hour = moment + timedelta(hours=6 + number % 4)
            yield [BRIDGES[number // 4 % 3], f"{hour:%Y-%m-%dT%H:%M:%SZ}", chance.randrange(4, 260)]

    return _table(lines())


def water(chance: random.Random, day: date, rows: int, faults: int) -> bytes:
    """A place in a week a row, as an office in the middle of Europe writes it; some lines have a cell too many."""

    def lines() -> Rows:
        yield ["place", "day", "temperature", "oxygen_mg_l", "nitrate_mg_l"]
        for number in range(rows):
            measured = day - timedelta(weeks=1 + number // len(PLACES))
            warm = f"{4 + chance.random() * 15:.1f}".replace(".", ",")
            oxygen = f"{6 + chance.random() * 6:.2f}".replace(".", ",")
            nitrate = chance.choice(["10", "25", "25", "50", "n/a"])
            row = [PLACES[number % len(PLACES)], f"{measured:%d.%m.%Y}", warm, oxygen, nitrate]
            yield [*row, "?"] if number in range(17, 17 + faults) else row

    return _table(lines(), ";")


def meters(chance: random.Random, day: date, rows: int, faults: int) -> bytes:
    """A building in a month a row; whether day or month comes first, nobody can see."""

    def lines() -> Rows:
        yield ["building", "read_on", "heat_kwh", "power_kwh"]
        for number in range(rows):
            read_on = f"{1 + number // len(BUILDINGS):02}/{1 + chance.randrange(9):02}/{day.year - 1}"
            used = [chance.randrange(900, 42_000), chance.randrange(300, 9_000)]
            yield [BUILDINGS[number % len(BUILDINGS)], read_on, *used]

    return _table(lines())


def catches(chance: random.Random, day: date, rows: int, faults: int) -> bytes:
    """A net a row: what was caught where, and by whom it may not be fished."""

    def lines() -> Rows:
        yield ["place", "day", "species", "caught"]
        for number in range(rows):
            caught = day - timedelta(days=rows - number)
            yield [chance.choice(PLACES), caught, chance.choice(FISH), chance.randrange(40)]

    return _table(lines())


def sales(chance: random.Random, day: date, rows: int, faults: int) -> bytes:
    """A day and kind of bread a row."""

    def lines() -> Rows:
        yield ["day", "bread", "baked", "sold"]
        for number in range(rows):
            baked = chance.randrange(20, 90)
            yield [
                day - timedelta(days=rows - number),
                chance.choice(BREADS),
                baked,
                baked - chance.randrange(12),
            ]

    return _table(lines())


TABLES: dict[str, Callable[[random.Random, date, int, int], bytes]] = {
    "trees": trees,
    "bicycles": bicycles,
    "water": water,
    "meters": meters,
    "catches": catches,
    "sales": sales,
}
# What owners answered where the first look was not sure.
CHOSEN = {
    "trees": Answers(types={"number": "string"}),
    "water": Answers(delimiter=";", types={"temperature": "number:comma", "oxygen_mg_l": "number:comma"}),
}
