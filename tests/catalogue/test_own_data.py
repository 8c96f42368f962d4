"""The exchange publishes its own tables: each a dataset, a revision whenever it has changed, and nothing by hand."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import Client

from civic.accounts.models import Organisation
from civic.core import events
from civic.core.errors import Forbidden
from civic.core.models import PutOff
from datasets.catalogue.models import Dataset, Revision, Upload
from datasets.catalogue.operations import datasets, own_data, reading_steps, uploads
from datasets.catalogue.own_tables import MOMENT as ZONED
from datasets.catalogue.own_tables import OwnTable, own_tables
from datasets.catalogue.states import DatasetState, UploadState
from datasets.catalogue.vocabularies import Theme
from tests.factories import accounts, catalogue

pytestmark = pytest.mark.django_db
COLUMNS = {
    "id": "string",
    "n": "integer",
    "yes": "boolean",
    "day": "date",
    "moment": ZONED,
    "text": "string",
}
MOMENT = datetime(2026, 3, 1, 12, 30, 0, 123456, tzinfo=UTC)
ROWS: list[list[Any]] = [
    ["007", 2**62, True, date(2026, 3, 1), MOMENT, '=a "b", c'],
    ["1", -3, False, None, MOMENT.replace(microsecond=0), "two\nlines"],
    ["2", None, None, date(1, 1, 1), None, None],
]


@pytest.fixture
def rows() -> Iterator[list[list[Any]]]:
    """What a table of the exchange holds, to be changed; there is no other."""
    there = [list(row) for row in ROWS]
    table = OwnTable("odd", "Odd things", "What there is.", Theme.GOVE, COLUMNS, lambda: there, ("odd",))
    others = [one.slug for one in own_tables]
    with own_tables.temporarily(table, without=others):
        yield there


def night(at: datetime) -> None:
    """What tasks, workers and handlers do until nothing is due."""
    own_data.refresh_own_data(at=at)
    while reading_steps.run_steps(at=at) or events.deliver_pending(at=at):
        pass


def begun(at: datetime) -> Dataset:
    (dataset,) = own_data.begin_own_data(publisher=accounts.organisation(), at=at)
    night(at)
    dataset.refresh_from_db()
    return dataset


def test_a_table_becomes_a_published_dataset_value_by_value(at: datetime, rows: list[list[Any]]) -> None:
    dataset = begun(at)
    assert (dataset.state, dataset.latest, dataset.slug) == (DatasetState.PUBLISHED, 1, "odd")
    revision = dataset.revisions.get()
    found = [(field["name"], field["type"]) for field in revision.schema["fields"]]
    assert found == [(name, kind.partition(":")[0]) for name, kind in COLUMNS.items()]
    assert (revision.rows, revision.rejected_rows, revision.person) == (3, 0, None)
    text = revision.distributions.get(format="csv").file.open().read().decode()
    assert text.splitlines()[1].startswith(
        "007,4611686018427387904,true,2026-03-01,2026-03-01T12:30:00.123456Z"
    )
    assert "two\nlines" in text
    assert Client().get(dataset.get_absolute_url()).status_code == 200


def test_each_change_is_a_revision_and_the_same_again_is_none(at: datetime, rows: list[list[Any]]) -> None:
    dataset = begun(at)
    stored = sorted(default_storage.listdir("catalogue")[1])
    night(at + timedelta(days=1))
    assert (Upload.objects.count(), sorted(default_storage.listdir("catalogue")[1])) == (1, stored)
    rows[0][1] = 5
    rows.append(["3", 1, True, None, None, "new"])
    night(at + timedelta(days=2))
    newest = Revision.objects.get(dataset=dataset, number=2)
    assert newest.difference is not None
    assert newest.difference["rows"] == {"added": 2, "removed": 1}


def test_a_table_without_rows_waits_and_a_withdrawn_one_rests(at: datetime, rows: list[list[Any]]) -> None:
    kept = list(rows)
    rows.clear()
    dataset = begun(at)
    assert (dataset.state, Upload.objects.count()) == (DatasetState.DRAFT, 0)
    rows.extend(kept)
    night(at)
    dataset.refresh_from_db()
    datasets.withdraw(actor=catalogue.writer(dataset), dataset=dataset, reason="A mistake.", at=at)
    rows.append(["9", 1, True, None, None, ""])
    night(at + timedelta(days=1))
    assert Revision.objects.count() == 1


def test_a_value_that_does_not_fit_publishes_nothing_and_is_seen(at: datetime, rows: list[list[Any]]) -> None:
    rows[1][1] = "many"
    dataset = begun(at)
    assert (dataset.latest, Upload.objects.get().state) == (0, UploadState.READ)
    rows[1][1] = 4
    night(at + timedelta(days=1))
    dataset.refresh_from_db()
    assert (dataset.latest, dataset.state) == (1, DatasetState.PUBLISHED)
    # The one of the day before was given up.
    assert set(Upload.objects.values_list("state", flat=True)) == {"discarded", "published"}


def test_one_that_fails_stops_no_other_and_is_shown(at: datetime, rows: list[list[Any]]) -> None:
    def broken() -> list[list[Any]]:
        raise RuntimeError("no connection")

    bad = OwnTable("bad", "Bad things", "None.", Theme.GOVE, COLUMNS, broken)
    good = own_tables["odd"]
    with own_tables.temporarily(bad, good, without=[one.slug for one in own_tables]):
        own_data.begin_own_data(publisher=accounts.organisation(), at=at)
        night(at)
    assert Dataset.objects.get(source="odd").latest == 1
    assert PutOff.objects.get(task="tables of the exchange").subject_id == str(
        Dataset.objects.get(source="bad").pk
    )


def test_nobody_uploads_to_it_or_answers_for_it(at: datetime, rows: list[list[Any]]) -> None:
    dataset = begun(at)
    writer = catalogue.writer(dataset)
    with pytest.raises(Forbidden):
        uploads.begin_upload(actor=writer, dataset=dataset, upload=catalogue.sent(), at=at)
    rows.append(["9", 1, True, None, None, ""])
    own_data.refresh_own_data(at=at)
    open_one = Upload.objects.get(state=UploadState.RECEIVED)
    with pytest.raises(Forbidden):
        uploads.discard_upload(actor=writer, upload=open_one, at=at)
    client = Client()
    client.force_login(writer)
    page = client.get(dataset.get_absolute_url()).content.decode()
    assert "publishes it by itself" in page
    assert "Upload a file" not in page


def test_the_command_takes_an_organisation_and_begins_once(at: datetime, rows: list[list[Any]]) -> None:
    publisher, out = accounts.organisation(), StringIO()
    call_command("publish_own_data", publisher.slug, stdout=out)
    call_command("publish_own_data", publisher.slug, stdout=out)
    assert out.getvalue().startswith("1 datasets were made; 1 tables are being read")
    assert Dataset.objects.count() == 1
    Organisation.objects.update(state="suspended")
    with pytest.raises(CommandError, match="no active organisation"):
        call_command("publish_own_data", publisher.slug)
