"""A bank and money held for somebody, in the demo book; a session of the application's role."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from civic.core.money import Money
from marketplace.ledger import operations
from marketplace.ledger.models import Account, Entry

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
ROLE = Path(settings.BASE_DIR) / "deploy" / "application_role.sql"

# What an entry is of, slices above ask by triggers of their own: here entries are of nothing that there is.
LEDGER_ALONE = """DO $$ DECLARE above record; BEGIN
    SET CONSTRAINTS ALL IMMEDIATE;  -- a table with checks to come is not altered
    SET CONSTRAINTS ALL DEFERRED;
    FOR above IN
        SELECT tgname, tgrelid::regclass AS relation FROM pg_trigger
         WHERE tgrelid IN ('ledger_entry'::regclass, 'ledger_posting'::regclass) AND tgname LIKE 'payouts%'
    LOOP
        EXECUTE format('ALTER TABLE %s DISABLE TRIGGER %I', above.relation, above.tgname);
    END LOOP;
END $$"""


def gift(cents: int, key: str, *, code: str = "held", currency: str = "EUR") -> Entry:
    """Money comes into the bank and is held; the held account may not go below zero."""
    bank = operations.account("demo", "bank", currency, "A")
    held = operations.account("demo", code, currency, "L", floor_zero=True)
    legs = operations.move(Money(cents, currency), source=held, target=bank)
    return operations.post(book="demo", kind="gift", key=key, legs=legs, at=AT, public={})


@pytest.fixture
def held(db: None) -> Account:
    """500 cents are held."""
    gift(500, "first")
    return Account.objects.get(code="held")


@pytest.fixture
def application(held: Account) -> Iterator[None]:
    """The session becomes the role that a deployment's web and workers connect as."""
    operations.link_entries()
    operations.close_day(book="demo", day=AT.date())
    operations.take_checkpoints(at=AT, tail=0)
    run(ROLE.read_text())  # goes with the test's transaction
    run(LEDGER_ALONE)
    # Taken by the role's file. The rules below have to hold without that, too.
    run(f'GRANT TEMPORARY ON DATABASE "{connection.settings_dict["NAME"]}" TO civic_application')
    run("SET LOCAL ROLE civic_application")
    yield
    run("RESET ROLE")


def run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
