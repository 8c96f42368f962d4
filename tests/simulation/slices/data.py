"""Organisations publish data: files come in, are read and published; datasets are withdrawn and restored."""

import csv
import hashlib
import io
import random
from collections.abc import Iterator
from uuid import uuid4

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Max, Q
from django.test import Client

from civic.accounts import groups
from civic.accounts.models import Organisation, Person
from datasets.catalogue import files
from datasets.catalogue.models import Dataset, Distribution, RejectedRow, Revision, Upload
from datasets.catalogue.operations import datasets, publishing, resumable, uploads
from datasets.catalogue.operations.publishing import Seen
from datasets.catalogue.operations.uploads import Answers
from datasets.catalogue.states import OPEN, WORKED_ON, DatasetState, UploadState
from tests.factories import catalogue
from tests.simulation.draws import Draw, a, one_of
from tests.simulation.engine import City, holds, verb
from tests.simulation.slices.sponsorship import acting_for

SEED = Draw(lambda chance: chance.randint(0, 2**31))
STEWARD = a(Person, only=Q(groups__name=groups.DATA_STEWARDS))
OWNED = Q(publisher__memberships__role="owner")
HANDLED = Q(dataset__publisher__memberships__role="owner")
KINDS = ("plain", "plain", "faulty", "days", "web page")
TYPES = {
    "as proposed": {},
    "day first": {"day": "date:%d/%m/%Y"},
    "all text": {"n": "string", "day": "string"},
}


def table(seed: int, kind: str) -> bytes:
    """A small table that chance makes: with rows of another width, with days that can be read in two ways, or none."""
    if kind == "web page":
        return b"<!doctype html><html><body>Please sign in</body></html>"
    chance = random.Random(seed)
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n").writerow
    write(["name", "day", "n"])
    for number in range(chance.randint(4, 40)):
        day, month = chance.randint(1, 12), chance.randint(1, 12)
        when = f"{day:02}/{month:02}/2030" if kind == "days" else f"2030-{month:02}-{day:02}"
        row = [chance.choice(["Zoë, the elder", "00123", 'a "quoted" one']), when, chance.randint(-9, 10**6)]
        write([*row, "?"] if kind == "faulty" and number and chance.random() < 0.2 else row)
    return out.getvalue().encode()


@verb(1, organisation=a(Organisation, only=Q(memberships__role="owner")))
def begin_dataset(city: City, organisation: Organisation) -> None:
    said = catalogue.said(title=f"Table {city.number}")
    datasets.create_dataset(actor=acting_for(organisation), publisher=organisation, said=said, at=city.at)


@verb(3, dataset=a(Dataset, only=OWNED), seed=SEED, kind=one_of(*KINDS))
def send_file(city: City, dataset: Dataset, seed: int, kind: str) -> None:
    actor, sent = acting_for(dataset.publisher), SimpleUploadedFile("table.csv", table(seed, kind))
    uploads.begin_upload(actor=actor, dataset=dataset, upload=sent, at=city.at, key=uuid4())


@verb(2, dataset=a(Dataset, only=OWNED), seed=SEED, kind=one_of(*KINDS))
def begin_parts(city: City, dataset: Dataset, seed: int, kind: str) -> None:
    """A file that comes in parts; what it will be is remembered."""
    content, actor = table(seed, kind), acting_for(dataset.publisher)
    made = resumable.begin_resumable(
        actor=actor, dataset=dataset, name="table.csv", size=len(content), at=city.at
    )
    city.memory.setdefault("sent", {})[made.pk] = content


@verb(
    5,
    upload=a(Upload, likely=Q(state=UploadState.RECEIVING), only=HANDLED),
    share=one_of(0.2, 0.6, 1),
    lag=one_of(0, 0, 0, 1),
)
def send_part(city: City, upload: Upload, share: float, lag: int) -> None:
    """Bytes behind those that are here; or, by who has not heard of the last ones, not quite behind."""
    content, offset = city.memory.get("sent", {}).get(upload.pk, b"x"), max(0, upload.received - lag)
    piece = content[offset : offset + max(1, round(share * len(content)))] or b"x"
    actor = acting_for(upload.dataset.publisher)
    resumable.append_piece(actor=actor, upload=upload, offset=offset, piece=piece, at=city.at)


@verb(3, upload=a(Upload, likely=Q(state=UploadState.PROPOSED), only=HANDLED), types=one_of(*TYPES))
def confirm_file(city: City, upload: Upload, types: str) -> None:
    answers = Answers(types=TYPES[types])
    uploads.confirm(actor=acting_for(upload.dataset.publisher), upload=upload, answers=answers, at=city.at)


@verb(
    4,
    upload=a(Upload, likely=Q(state=UploadState.READ), only=HANDLED),
    without=one_of(True, True, True, False),
)
def publish_file(city: City, upload: Upload, without: bool) -> None:
    actor = acting_for(upload.dataset.publisher)
    seen = Seen.of(upload)
    publishing.publish_revision(actor=actor, upload=upload, seen=seen, without_rejected=without, at=city.at)


@verb(0.5, upload=a(Upload, likely=Q(state__in=OPEN), only=HANDLED))
def discard_file(city: City, upload: Upload) -> None:
    uploads.discard_upload(actor=acting_for(upload.dataset.publisher), upload=upload, at=city.at)


@verb(2, dataset=a(Dataset, likely=Q(state=DatasetState.DRAFT, latest__gt=0), only=OWNED))
def show_dataset(city: City, dataset: Dataset) -> None:
    datasets.publish(actor=acting_for(dataset.publisher), dataset=dataset, at=city.at)


@verb(0.7, dataset=a(Dataset, likely=Q(state=DatasetState.PUBLISHED), only=OWNED))
def withdraw_own_dataset(city: City, dataset: Dataset) -> None:
    actor = acting_for(dataset.publisher)
    datasets.withdraw(actor=actor, dataset=dataset, reason="A street is missing.", at=city.at)


@verb(0.5, steward=STEWARD, dataset=a(Dataset, likely=Q(state=DatasetState.PUBLISHED)))
def withdraw_dataset(city: City, steward: Person, dataset: Dataset) -> None:
    datasets.withdraw(actor=steward, dataset=dataset, reason="It names people.", at=city.at)


@verb(0.7, dataset=a(Dataset, likely=Q(state=DatasetState.WITHDRAWN), only=OWNED))
def restore_own_dataset(city: City, dataset: Dataset) -> None:
    datasets.restore(actor=acting_for(dataset.publisher), dataset=dataset, at=city.at)


@verb(0.5, steward=STEWARD, dataset=a(Dataset, likely=Q(state=DatasetState.WITHDRAWN)))
def restore_dataset(city: City, steward: Person, dataset: Dataset) -> None:
    datasets.restore(actor=steward, dataset=dataset, at=city.at)


@verb(2, organisation=a(Organisation, only=Q(memberships__role="owner")), seed=SEED, kind=one_of(*KINDS[:4]))
def publish_table(city: City, organisation: Organisation, seed: int, kind: str) -> None:
    """The whole way of a file, with workers between its steps."""
    begin_dataset(city, organisation)
    dataset = Dataset.objects.order_by("-pk")[0]
    send_file(city, dataset, seed, kind)
    city.clock.work(random.Random(city.number))
    upload = Upload.objects.filter(dataset=dataset).latest("pk")
    confirm_file(city, upload, "as proposed")
    city.clock.work(random.Random(city.number))
    # As its page shows it now: of what was read since, nothing is published by a form from before.
    publish_file(city, Upload.objects.get(pk=upload.pk), True)
    show_dataset(city, dataset)


@holds()
def revisions_have_no_gaps(city: City) -> Iterator[str]:
    """And the latest is the greatest."""
    for dataset in Dataset.objects.annotate(greatest=Max("revisions__number")):
        numbers = sorted(dataset.revisions.values_list("number", flat=True))
        if numbers != list(range(1, len(numbers) + 1)) or dataset.latest != (dataset.greatest or 0):
            yield f"{numbers}, latest {dataset.latest}"


@holds()
def bytes_that_are_counted_are_there(city: City) -> Iterator[str]:
    """In the part until it is whole; then it is the file that was meant."""
    for pk, content in city.memory.get("sent", {}).items():
        one = Upload.objects.filter(pk=pk).first()
        if one and one.is_in_parts and one.received:
            stored = f"catalogue/{pk.hex}.csv"
            there = (
                files.part(pk).read_bytes()
                if files.part(pk).exists()
                else default_storage.open(stored).read()
            )
            if there[: one.received] != content[: one.received]:
                yield "a part is shorter or another one"
        if one and one.sha256 and one.sha256 != hashlib.sha256(content).hexdigest():
            yield "a file is another one than was sent"


@holds()
def own_tables_are_read_whole(city: City) -> Iterator[str]:
    """What the exchange declares of its tables is so, whatever is in them: nothing refused, nothing left out."""
    for one in Upload.objects.exclude(dataset__source="").exclude(state=UploadState.DISCARDED):
        left_out = (one.found or {}).get("table", {}).get("rejected_rows", 0)
        if one.state == UploadState.REFUSED or left_out:
            yield f"{one.name}: {one.failure or left_out}"


@holds()
def rows_that_came_and_went_add_up(city: City) -> Iterator[str]:
    """Beside the revision before; unknown only where another one came in between."""
    for one in Revision.objects.filter(number__gt=1).select_related("dataset"):
        before = one.dataset.revisions.get(number=one.number - 1)
        if one.difference and one.difference["rows"]:
            rows = one.difference["rows"]
            if one.rows - before.rows != rows["added"] - rows["removed"]:
                yield f"{before.rows} rows, then {one.rows}: {rows}"


@holds()
def each_record_is_a_row_or_rejected(city: City) -> Iterator[str]:
    """Counted in the file by Python's csv alone; each rejected row stands in the report."""
    known: set[object] = city.memory.setdefault("counted", set())
    for one in Revision.objects.exclude(pk__in=known).select_related("upload"):
        known.add(one.pk)
        text = one.upload.file.open().read().decode()
        records = len(list(csv.reader(io.StringIO(text)))) - 1
        if one.rows + one.rejected_rows != records:
            yield f"{one.rows} rows and {one.rejected_rows} rejected of {records}"
        reported = RejectedRow.objects.filter(upload=one.upload).values("line").distinct().count()
        if reported != one.rejected_rows:
            yield f"{one.rejected_rows} rejected, {reported} in the report"


@holds()
def each_published_file_is_there(city: City) -> Iterator[str]:
    """With the digest and the size that are told of it."""
    known: set[object] = city.memory.setdefault("hashed", set())
    for one in Distribution.objects.exclude(pk__in=known):
        known.add(one.pk)
        if not one.file.storage.exists(one.file.name):
            yield "a file is missing"
            continue
        content = one.file.open().read()
        if (hashlib.sha256(content).hexdigest(), len(content)) != (one.sha256, one.size):
            yield "a file is another one"


@holds()
def nothing_withdrawn_is_served(city: City) -> Iterator[str]:
    """By no address, to nobody who is not signed in; what is published and open is."""
    client = Client()
    for dataset in Dataset.objects.exclude(state=DatasetState.DRAFT).select_related("publisher"):
        now = (dataset.state, dataset.latest, dataset.access_level, dataset.slug, dataset.publisher.state)
        if not city.is_news("served", dataset.pk, now):
            continue
        wanted = 200 if dataset.state == DatasetState.PUBLISHED else 410
        # Of what is harvested no file is here.
        files = () if dataset.is_harvested else ("latest.csv", f"{dataset.latest}.parquet")
        for page in ("", *files):
            if page and wanted == 200 and not dataset.is_open:
                wanted = 403
            status = client.get(f"/data/{dataset.slug}/{page}").status_code
            if status != wanted:
                yield f"{page or 'page'} of a dataset that is {dataset.state}: {status}"


@holds("quiet")
def no_file_waits_for_a_worker(city: City) -> Iterator[str]:
    """Once workers have nothing to do, each file waits for its publisher or is at its end."""
    yield from (f"upload {one.state}" for one in Upload.objects.filter(state__in=WORKED_ON))


@holds("end")
def no_file_is_under_way_for_ever(city: City) -> Iterator[str]:
    """Nobody went on with it for a week: it is gone, with its bytes."""
    yield from (f"upload {one.state}" for one in Upload.objects.filter(state__in=OPEN))
    ended = Upload.objects.exclude(state=UploadState.PUBLISHED).exclude(file="")
    yield from (f"upload {one.state} with a file" for one in ended)
    yield from (
        f"upload {one.state} with a part" for one in Upload.objects.all() if files.part(one.pk).exists()
    )
