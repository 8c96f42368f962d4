"""DOMAIN 3 against somebody with the application's role (deploy/application_role.sql) and SQL."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from civic.core import ids
from civic.core.money import Money
from marketplace.ledger import operations, queries
from marketplace.ledger.models import Account, Entry, Posting, Unlinked
from tests.factories.recounting import recounted
from tests.ledger.conftest import AT, ROLE, gift, run

TABLES = ("account", "entry", "posting", "checkpoint", "link", "dailyroot", "unlinked", "outflow")
KEPT = TABLES[:6]


def refused(message: str, *statements: tuple[str, list[object]]) -> None:
    with pytest.raises(DatabaseError, match=message), transaction.atomic():  # noqa: PT012
        for sql, values in statements:
            run(sql, *values)
        connection.check_constraints()


def entry(*amounts: tuple[str, int], number: int | None = None) -> tuple[str, list[object]]:
    """One statement that makes an entry with these legs; `number` chooses the first leg's number by hand."""
    key = ids.new_id()
    made = (
        "INSERT INTO ledger_entry (id, book, kind, key, public, at) VALUES (%s, 'demo', 'x', %s, '{}', now())"
    )
    sql, values = legs(key, *amounts, number=number)
    return f"WITH made AS ({made}) {sql}", [key, str(key), *values]


def legs(key: object, *amounts: tuple[str, int], number: int | None = None) -> tuple[str, list[object]]:
    """One statement that adds these legs to an entry."""
    rows: list[str] = []
    values: list[object] = []
    for place, (code, amount) in enumerate(amounts):
        chosen = "nextval('ledger_posting_id_seq')" if number is None else str(number + place)
        rows.append(f"({chosen}, %s, (SELECT id FROM ledger_account WHERE code = %s), 'demo', 'EUR', %s)")
        values += [key, code, amount]
    into = "public.ledger_posting (id, entry_id, account_id, book, currency, amount)"
    return f"INSERT INTO {into} VALUES {', '.join(rows)}", values


@pytest.mark.usefixtures("application")
def test_the_application_does_its_work_with_what_it_has(settings: Any, tmp_path: Path) -> None:
    """Every verb and every task of the ledger."""
    settings.ROOTS_DIR = tmp_path
    second = gift(7, "second")
    operations.reverse(second, key="back", at=AT, public={})
    bank, held = Account.objects.get(code="bank"), Account.objects.get(code="held")
    assert operations.available(held) == Money(500, "EUR")
    moved = operations.move(Money(100, "EUR"), source=bank, target=held)
    operations.post(book="demo", kind="payout", key="out", legs=moved, at=AT, public={})
    assert operations.take_checkpoints(at=AT, tail=0) == 2
    assert queries.balance(held) == recounted(held) == Money(400, "EUR")
    assert operations.link_entries() == 3
    assert not Unlinked.objects.exists()
    root = operations.close_day(book="demo", day=AT.date() + timedelta(days=1))
    assert root is not None
    assert operations.publish_root(root=root, at=AT).published == ["file", "mail"]
    assert operations.recount() == []


CHANGES = ["UPDATE ledger_{0} SET {1} = {1}", "DELETE FROM ledger_{0}", "TRUNCATE ledger_{0} CASCADE"]
COLUMN = {
    "account": "code",
    "outflow": "movements",
    "unlinked": "entry_id",
    "link": "seq",
    "dailyroot": "root",
}


@pytest.mark.parametrize(
    "trick",
    [
        "CREATE TEMP TABLE payments_charge (id uuid)",
        "CREATE FUNCTION pg_temp.now() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    ],
)
def test_the_application_makes_nothing_for_its_session_m8(db: None, trick: str) -> None:
    run(ROLE.read_text())
    run("SET LOCAL ROLE civic_application")
    refused("permission denied", (trick, []))


@pytest.mark.usefixtures("application")
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", CHANGES)
def test_the_application_changes_no_row(table: str, change: str) -> None:
    refused("permission denied", (change.format(table, COLUMN.get(table, "id")), []))


@pytest.mark.usefixtures("application")
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "trick",
    [
        "ALTER TABLE ledger_{0} DISABLE TRIGGER ALL",
        "ALTER TABLE ledger_{0} ENABLE REPLICA RULE x",
        "ALTER TABLE ledger_{0} DROP COLUMN id",
        "ALTER TABLE ledger_{0} INHERIT ledger_entry",
        "CREATE TRIGGER mine BEFORE INSERT ON ledger_{0} EXECUTE FUNCTION core_append_only()",
        "CREATE RULE mine AS ON INSERT TO ledger_{0} DO INSTEAD NOTHING",
        "DROP TABLE ledger_{0} CASCADE",
        "LOCK TABLE ledger_{0} IN ACCESS EXCLUSIVE MODE",
    ],
)
def test_the_application_does_not_alter_a_table(table: str, trick: str) -> None:
    refused("must be owner|permission denied", (trick.format(table), []))


@pytest.mark.usefixtures("application")
@pytest.mark.parametrize(
    "trick",
    [
        "SET session_replication_role = replica",
        "SET LOCAL session_replication_role = local",
        "CREATE OR REPLACE FUNCTION ledger_hold(wanted bigint) RETURNS void LANGUAGE sql AS 'SELECT'",
        "DROP FUNCTION ledger_postings_added() CASCADE",
        "ALTER FUNCTION ledger_balance(bigint) RESET search_path",
        "CREATE TABLE public.mine (id int)",
        "ALTER ROLE civic_application SUPERUSER",
        "SET ROLE postgres",
        "COPY ledger_posting FROM PROGRAM 'true'",
    ],
)
def test_the_application_switches_nothing_off(trick: str) -> None:
    if trick == "SET ROLE postgres":  # of a session that logged in as the role; here the owner logged in
        run("RESET ROLE; SET LOCAL SESSION AUTHORIZATION civic_application")
    refused("must be owner|permission denied|Only roles with", (trick, []))


@pytest.mark.usefixtures("application")
@pytest.mark.parametrize("table", ["outflow", "unlinked"])
def test_the_application_does_not_write_to_locks_or_work_list(table: str) -> None:
    refused("permission denied", (f"INSERT INTO ledger_{table} SELECT * FROM ledger_{table}", []))


@pytest.mark.usefixtures("application")
@pytest.mark.parametrize(
    ("amounts", "message"),
    [
        ([("bank", 5), ("held", -4)], "unbalanced by 1 EUR"),
        ([("bank", 5)], "has 1 postings"),
        ([("held", 501), ("bank", -501)], "overdraft on held"),
        ([("bank", 0), ("held", 0)], "posting_not_zero"),
        ([("nobody", 5), ("bank", -5)], "null value"),
    ],
)
def test_the_application_posts_nothing_crooked(amounts: list[tuple[str, int]], message: str) -> None:
    refused(message, entry(*amounts))


@pytest.mark.usefixtures("application")
def test_the_application_mixes_no_books_and_no_currencies() -> None:
    sql, values = entry(("bank", 5), ("held", -5))
    refused("posting_(entry|account)", (sql.replace("'demo', 'EUR'", "'live', 'EUR'"), values))
    refused("posting_account", (sql.replace("'demo', 'EUR'", "'demo', 'USD'"), values))


@pytest.mark.usefixtures("application")
def test_an_entry_does_not_wait_for_its_legs() -> None:
    made, values = entry(("bank", 5), ("held", -5))
    alone = made.partition("(")[2].partition(") INSERT")[0]
    refused("without postings", (alone, values[:2]))


@pytest.mark.usefixtures("application")
def test_an_entry_takes_no_leg_later() -> None:
    """Neither in its own transaction, nor once checks were made early, nor balanced ones."""
    made, values = entry(("bank", 5), ("held", -5))
    early: tuple[str, list[object]] = ("SET CONSTRAINTS ALL IMMEDIATE", [])
    more = legs(values[0], ("bank", 900))
    refused("come at once", (made, values), early, more)
    refused("come at once", (made, values), legs(values[0], ("bank", 900), ("held", -900)))
    standing = Entry.objects.get(key="first")
    refused("come at once", legs(standing.pk, ("bank", 900), ("held", -900)))


@pytest.mark.usefixtures("application")
def test_an_entry_made_in_the_middle_of_its_own_legs_is_still_one() -> None:
    """A function of the session adds legs while the entry's row is written: twice is once too often."""
    run(MEDDLER)
    made, values = entry(("bank", 5), ("held", -5))
    alone = made.partition("(")[2].partition(") INSERT")[0]
    refused("come at once", (f"{alone} RETURNING pg_temp.meddle(id), pg_temp.meddle(id)", values[:2]))


MEDDLER = """
CREATE FUNCTION pg_temp.meddle(entry uuid) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ledger_posting (entry_id, account_id, book, currency, amount)
    SELECT entry, id, 'demo', 'EUR', CASE code WHEN 'held' THEN -900 ELSE 900 END
    FROM ledger_account WHERE code IN ('bank', 'held')
$$
"""


@pytest.mark.parametrize("table", KEPT)
def test_not_even_the_owner_empties_a_table(held: Account, table: str) -> None:
    connection.check_constraints()
    refused("append-only", (f"TRUNCATE ledger_{table} CASCADE", []))


@pytest.mark.parametrize(
    "change", ["UPDATE ledger_dailyroot SET root = chain, day = '2020-01-01'", "DELETE FROM ledger_dailyroot"]
)
def test_a_root_stays(held: Account, change: str) -> None:
    operations.close_day(book="demo", day=AT.date())
    refused("stays as it is", (change, []))


@pytest.mark.parametrize("change", CHANGES[:2])
@pytest.mark.parametrize("table", KEPT[:5])
def test_not_even_the_owner_changes_a_row(held: Account, table: str, change: str) -> None:
    operations.link_entries()
    operations.take_checkpoints(at=AT, tail=0)
    refused("append-only|stays as it was opened", (change.format(table, COLUMN.get(table, "id")), []))


def test_an_account_is_not_taken_for_another(held: Account) -> None:
    with pytest.raises(operations.AccountDiffers):
        operations.account("demo", "held", "EUR", "A")
    with pytest.raises(operations.AccountDiffers):
        operations.account("demo", "bank", "EUR", "A", floor_zero=True)


def test_a_reversal_under_a_used_key_is_refused(held: Account) -> None:
    second = gift(7, "second")
    with pytest.raises(operations.KeyReused):
        operations.reverse(second, key="first", at=AT, public={})
    assert Posting.objects.count() == 4
