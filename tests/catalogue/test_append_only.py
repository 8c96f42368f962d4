"""What the database holds by itself, whoever writes."""

from datetime import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from civic.core.ids import new_id
from datasets.catalogue.models import Distribution, Revision
from tests.factories import catalogue

pytestmark = pytest.mark.django_db


def sql(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE catalogue_revision SET rows = rows + 1",
        "UPDATE catalogue_revision SET number = 7",
        "UPDATE catalogue_revision SET person_id = NULL, note = 'x'",
        "DELETE FROM catalogue_revision",
        "UPDATE catalogue_distribution SET size = 1",
        "UPDATE catalogue_distribution SET file = 'catalogue/other.csv'",
        "DELETE FROM catalogue_distribution",
        "UPDATE catalogue_dataset SET latest = 2",
        "UPDATE catalogue_dataset SET latest = 0, revised_at = NULL",
        "UPDATE catalogue_dataset SET revised_at = NULL",
        "UPDATE catalogue_dataset SET revised_at = revised_at + interval '1 day'",
        "DELETE FROM catalogue_dataset",
        "UPDATE catalogue_upload SET parquet = ''",
        "UPDATE catalogue_upload SET found = NULL",
    ],
)
def test_what_was_published_stays(at: datetime, statement: str) -> None:
    catalogue.published(at=at)
    with pytest.raises(IntegrityError):
        sql(statement)
    sql("UPDATE catalogue_revision SET person_id = NULL")


def another(of: Revision, **changes: object) -> Revision:
    """The next revision of its dataset, unsaved, of an upload that has none yet."""
    values = {field.attname: getattr(of, field.attname) for field in Revision._meta.concrete_fields}
    upload = catalogue.read(of.dataset, catalogue.CSV + b"yew,2024-01-01,1\n")
    return Revision(**values | {"id": new_id(), "number": 2, "upload_id": upload.pk} | changes)


def save(revision: Revision) -> None:
    with transaction.atomic():
        revision.save(force_insert=True)
        sql("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("number", [0, 1, 3])
def test_numbers_have_no_gap(at: datetime, number: int) -> None:
    first = catalogue.revision(at=at)
    with pytest.raises(IntegrityError):
        save(another(first, number=number))


def test_a_revision_without_its_file_does_not_stay(at: datetime) -> None:
    first = catalogue.revision(at=at)
    with pytest.raises(IntegrityError, match="no file of this digest"):
        save(another(first))


def test_a_published_revision_gets_no_further_file(at: datetime) -> None:
    first = catalogue.revision(at=at)
    with pytest.raises(IntegrityError, match="it is published"):
        sql(
            "INSERT INTO catalogue_distribution (id, revision_id, format, media_type, size, sha256, file)"
            f" VALUES ('{new_id()}', '{first.pk}', 'xlsx', 'a/b', 1, '', 'catalogue/x')"
        )


def test_nothing_is_published_without_a_revision(at: datetime) -> None:
    draft = catalogue.dataset(at=at)
    with pytest.raises(IntegrityError):
        sql(f"UPDATE catalogue_dataset SET state = 'published' WHERE id = '{draft.pk}'")


@pytest.mark.parametrize(
    "changes",
    [{"file": "catalogue/other.csv"}, {"size": 1}, {"sha256": "0" * 64}],
    ids=["file", "size", "digest"],
)
def test_a_file_of_a_revision_is_the_one_that_was_found_cat_ca21(
    at: datetime, changes: dict[str, object]
) -> None:
    published = catalogue.published(at=at).revisions.get()
    made = another(published)
    found = (made.upload.found or {})["csv"]
    values = {"format": "csv", "media_type": "text/csv", "file": made.upload.csv.name, **found} | changes
    with transaction.atomic():
        made.save(force_insert=True)
        with pytest.raises(IntegrityError, match="its upload has no such file"), transaction.atomic():
            Distribution.objects.create(revision=made, **values)
        transaction.set_rollback(True)
