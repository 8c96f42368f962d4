"""The residents' register by SQL as the application role: it changes by an extract that is told of, as a whole."""

import io

import psycopg
import pytest

from civic.accounts import operations
from civic.accounts.models import Area, Person, RegistryEntry, RegistryUpload
from civic.core import events
from tests.demo_city import MOMENT as NOW
from tests.whole.application_role import outcome, session
from tests.whole.faults import ONE, RESIDENT, Fault, past

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_city")]
__all__ = ["session"]

COLUMNS = "(id, created_at, identity, person, area_id, upload_id)"
ANOTHER_LINE = f"""INSERT INTO accounts_registryentry {COLUMNS}
    SELECT gen_random_uuid(), now(), 'mark', '', area_id, upload_id FROM accounts_registryentry LIMIT 1"""
UNTOLD = {
    "all lines go": "DELETE FROM accounts_registryentry",
    "a line goes": """DELETE FROM accounts_registryentry
        WHERE id = (SELECT id FROM accounts_registryentry ORDER BY id LIMIT 1)""",
    "a line more": ANOTHER_LINE,
    "lines lie elsewhere": f"""WITH gone AS (DELETE FROM accounts_registryentry RETURNING *)
        INSERT INTO accounts_registryentry {COLUMNS} SELECT gen_random_uuid(), created_at, md5(identity), person,
        (SELECT id FROM accounts_area WHERE id <> area_id LIMIT 1), upload_id FROM gone""",
    "an extract": """INSERT INTO accounts_registryupload (id, created_at, lines, uploaded_by_id)
        SELECT gen_random_uuid(), now(), 1, uploaded_by_id FROM accounts_registryupload LIMIT 1""",
    "nobody uploaded it": "UPDATE accounts_registryupload SET uploaded_by_id = NULL",
    "another uploaded it": """UPDATE accounts_registryupload SET uploaded_by_id =
        (SELECT id FROM accounts_person WHERE id <> uploaded_by_id LIMIT 1)""",
}

LINE = f"""INSERT INTO accounts_registryentry {COLUMNS}
    SELECT {ONE}, now(), 'mark', '', id, {ONE} FROM accounts_area LIMIT 1"""
# What each trigger alone refuses (test_role_triggers.py).
REGISTER = {
    "accounts_registryentry_in": Fault(LINE),
    "accounts_registryentry_out": Fault(
        f"DELETE FROM accounts_registryentry WHERE id = {ONE}", before=past(LINE)
    ),
    "accounts_registryupload_named": Fault({"uploaded_by_id": "NULL"}, {"uploaded_by_id": RESIDENT}),
    "accounts_registryupload_told": Fault({"lines": "9"}),
}


def extract(residents: int) -> io.BytesIO:
    slug = Area.objects.all()[0].slug
    rows = "".join(f"Ada {number},1984-07-31,{number},{slug}\n" for number in range(residents))
    return io.BytesIO(f"name,birth_date,number,area\n{rows}".encode())


@pytest.fixture
def steward(session: psycopg.Cursor) -> Person:
    """Who has brought the register of three, by the role."""
    found = Person.objects.filter(groups__name="data-stewards", is_staff=True).first()
    assert found
    operations.upload_registry(actor=found, file=extract(9), at=NOW)
    operations.upload_registry(actor=found, file=extract(3), at=NOW)
    session.execute("SET CONSTRAINTS ALL IMMEDIATE")
    session.execute("SET CONSTRAINTS ALL DEFERRED")
    return found


@pytest.mark.usefixtures("steward")
@pytest.mark.parametrize("statement", UNTOLD.values(), ids=UNTOLD)
def test_the_register_does_not_change_untold_1127_ay4(session: psycopg.Cursor, statement: str) -> None:
    assert RegistryEntry.objects.count() == 3
    assert outcome(session, statement) == "refused"


def test_an_extract_has_the_lines_that_its_event_says_1127_ay4(
    session: psycopg.Cursor, steward: Person
) -> None:
    upload = RegistryUpload(uploaded_by=steward, lines=2)
    events.record("registry.uploaded", actor=steward, subject=upload, at=NOW, payload={"lines": 2})
    fewer = f"""INSERT INTO accounts_registryupload (id, created_at, lines, uploaded_by_id)
        VALUES ('{upload.pk}', now(), 1, '{steward.pk}')"""
    assert outcome(session, fewer) == "refused"
    upload.save(force_insert=True)
    line = f"""INSERT INTO accounts_registryentry {COLUMNS} SELECT gen_random_uuid(), now(), gen_random_uuid(), '',
        (SELECT id FROM accounts_area LIMIT 1), '{upload.pk}' FROM generate_series(1, """
    assert outcome(session, f"{line}2)") == "refused"  # the lines of before are there
    session.execute("DELETE FROM accounts_registryentry")
    for number in (1, 3):
        assert outcome(session, f"{line}{number})") == "refused"
    assert outcome(session, f"{line}2)") == "done"


def test_erasing_who_brought_it_takes_the_name_off_1127_ay4(session: psycopg.Cursor, steward: Person) -> None:
    events.record("person.erased", actor=None, subject=steward, at=NOW, payload={"rows": {}})
    RegistryUpload.objects.update(uploaded_by=None)
    session.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert not RegistryUpload.objects.exclude(uploaded_by=None).exists()
