"""What is published by SQL as the application role: nothing that no worker found, and nothing untold (ADR 35)."""

import psycopg
import pytest

from civic.core import clock
from datasets.catalogue.models import Dataset, Upload
from datasets.catalogue.operations import datasets, publishing, resumable, uploads
from datasets.catalogue.operations.publishing import Seen
from datasets.catalogue.operations.uploads import Answers
from tests.factories import catalogue
from tests.whole.application_role import outcome, session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_city")]
__all__ = ["session"]

PUBLISHED = "WHERE id = (SELECT id FROM catalogue_dataset WHERE state = 'published' ORDER BY id LIMIT 1)"
OWN = "WHERE id = (SELECT id FROM catalogue_dataset WHERE source <> '' ORDER BY id LIMIT 1)"
UNTOLD = {
    "a title": f"UPDATE catalogue_dataset SET title = 'Mine' {PUBLISHED}",
    "a licence": f"UPDATE catalogue_dataset SET licence = 'x' {PUBLISHED}",
    "a day": f"UPDATE catalogue_dataset SET first_day = '2020-01-01' {PUBLISHED}",
    "held back": f"UPDATE catalogue_dataset SET held = true {PUBLISHED}",
    "a reason": f"UPDATE catalogue_dataset SET reason = 'x' {PUBLISHED}",
    "what was answered": f"UPDATE catalogue_dataset SET answers = '{{}}' {OWN}",
    "since when": f"UPDATE catalogue_dataset SET state_since = now() {PUBLISHED}",
    "names of publishers": "UPDATE catalogue_revision SET person_id = NULL WHERE person_id IS NOT NULL",
    "names of senders": "UPDATE catalogue_upload SET person_id = NULL WHERE person_id IS NOT NULL",
    "names of files": "UPDATE catalogue_upload SET name = 'x' WHERE name <> 'x'",
}


def begun(session: psycopg.Cursor) -> Dataset:
    """A draft of an organisation that is there already, with its owner."""
    session.execute("RESET ROLE")
    made = catalogue.dataset()
    session.execute("SET LOCAL ROLE civic_application")
    return made


@pytest.mark.parametrize("statement", UNTOLD.values(), ids=UNTOLD)
def test_what_is_published_does_not_change_untold_cat_ca21(session: psycopg.Cursor, statement: str) -> None:
    session.execute("RESET ROLE")
    assert outcome(session, statement) == "done"
    session.execute("SET LOCAL ROLE civic_application")
    assert outcome(session, statement) == "refused"


def test_the_files_that_were_found_are_published_and_no_others_cat_ca21(session: psycopg.Cursor) -> None:
    one = catalogue.read(begun(session), catalogue.FAULTY)
    where = f"WHERE id = '{one.pk}'"
    for change in (
        f"csv = (SELECT file FROM catalogue_upload other {where} AND other.file <> '')",
        "parquet = csv",
        "found = found || '{\"table\": {}}'",
        "found = NULL",
        "file = csv",
    ):
        assert outcome(session, f"UPDATE catalogue_upload SET {change} {where}") == "refused"
    gone = f"DELETE FROM catalogue_rejectedrow WHERE upload_id = '{one.pk}'"
    assert outcome(session, gone) == "refused"
    publishing.publish_revision(
        actor=catalogue.writer(one.dataset),
        upload=one,
        seen=Seen.of(one),
        at=clock.now(),
        without_rejected=True,
    )
    session.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert outcome(session, gone) == "refused"


def test_a_dataset_is_edited_withdrawn_and_restored_by_its_verbs_cat_ca21(session: psycopg.Cursor) -> None:
    dataset = begun(session)
    catalogue.revision(dataset)
    actor, at = catalogue.writer(dataset), clock.now()
    datasets.publish(actor=actor, dataset=dataset, at=at)
    said = catalogue.said(title="Trees of all streets", first_day=at.date())
    datasets.describe(actor=actor, dataset=dataset, said=said, at=at)
    datasets.withdraw(actor=actor, dataset=dataset, reason="It is wrong.", at=at)
    again = f"UPDATE catalogue_dataset SET reason = 'Another.' WHERE id = '{dataset.pk}'"
    assert outcome(session, again) == "refused"
    held = f"UPDATE catalogue_dataset SET held = true WHERE id = '{dataset.pk}'"
    assert outcome(session, held) == "refused"
    datasets.restore(actor=actor, dataset=dataset, at=at)
    session.execute("SET CONSTRAINTS ALL IMMEDIATE")
    changed = Dataset.objects.get(pk=dataset.pk)
    assert (changed.title, changed.held, changed.reason) == ("Trees of all streets", False, "")


def test_parts_come_one_behind_the_other_and_a_file_is_named_once(session: psycopg.Cursor) -> None:
    one = catalogue.unfinished(begun(session))
    where = f"WHERE id = '{one.pk}'"
    other = "(SELECT max(file) FROM catalogue_upload other WHERE other.file <> '')"
    own = f"'catalogue/{one.pk.hex}.csv'"

    def refused(*changes: str) -> None:
        for change in changes:
            assert outcome(session, f"UPDATE catalogue_upload SET {change} {where}") == "refused", change

    refused("received = 9", "expires_at = expires_at + interval '1 day'", f"file = {own}, sha256 = 'x'")
    rest = catalogue.CSV[10:]
    actor = catalogue.writer(one.dataset)
    resumable.append_piece(actor=actor, upload=one, offset=10, piece=rest, at=clock.now())
    refused("received = 9", f"file = {other}, sha256 = 'x'", f"file = {own}", "sha256 = 'x'")
    catalogue.work()
    refused(f"file = {other}, sha256 = 'x'", "sha256 = 'x'", "received = received - 1")
    found = Upload.objects.get(pk=one.pk)
    uploads.confirm(actor=actor, upload=found, answers=Answers(), at=clock.now())
    catalogue.work()
    assert catalogue.publish(Upload.objects.get(pk=one.pk), at=clock.now()).number == 1
    session.execute("SET CONSTRAINTS ALL IMMEDIATE")
