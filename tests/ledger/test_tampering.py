"""DOMAIN 3 against somebody with the application's role and SQL: SELECT and INSERT are all that it has."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction

from civic.core import ids
from civic.core.money import Money
from marketplace.ledger import operations, queries
from marketplace.ledger.models import Account, Posting
from tests.ledger.conftest import AT, gift

TABLES = ("account", "entry", "posting", "checkpoint", "link", "dailyroot", "unlinked", "outflow")
ROLE = "ledger_application"


@pytest.fixture
def application(held: Account) -> Iterator[None]:
    """The session becomes a role that may read and insert; it owns nothing."""
    run(f"CREATE ROLE {ROLE}")  # goes with the test's transaction
    run(f"GRANT USAGE ON SCHEMA public TO {ROLE}; GRANT SELECT ON ALL TABLES IN SCHEMA public TO {ROLE}")
    run(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {ROLE}")
    for table in TABLES[:6]:
        run(f"GRANT INSERT ON ledger_{table} TO {ROLE}")
    run(f"SET LOCAL ROLE {ROLE}")
    yield
    run("RESET ROLE")


def run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)


def refused(message: str, *statements: tuple[str, list[object]]) -> None:
    with pytest.raises(DatabaseError, match=message), transaction.atomic():  # noqa: PT012
        for sql, values in statements:
            run(sql, *values)
        connection.check_constraints()


def entry() -> tuple[object, tuple[str, list[object]]]:
    key = ids.new_id()
    sql = (
        "INSERT INTO ledger_entry (id, book, kind, key, public, at) VALUES (%s, 'demo', 'x', %s, '{}', now())"
    )
    return key, (sql, [key, str(key)])


def legs(key: object, *amounts: tuple[str, int], number: int | None = None) -> tuple[str, list[object]]:
    """One statement with these legs; `number` chooses the first posting's number by hand."""
    rows, values = [], []
    for place, (code, amount) in enumerate(amounts):
        chosen = "nextval('ledger_posting_id_seq')" if number is None else str(number + place)
        rows.append(f"({chosen}, %s, (SELECT id FROM ledger_account WHERE code = %s), 'demo', 'EUR', %s)")
        values += [key, code, amount]
    return (
        f"INSERT INTO ledger_posting (id, entry_id, account_id, book, currency, amount) VALUES {', '.join(rows)}",
        values,
    )


@pytest.mark.usefixtures("application")
def test_the_application_can_post_and_no_more() -> None:
    bank, held = Account.objects.get(code="bank"), Account.objects.get(code="held")
    moved = operations.move(Money(100, "EUR"), source=bank, target=held)
    operations.post(book="demo", kind="payout", key="out", legs=moved, at=AT, public={})
    connection.check_constraints()
    assert queries.balance(held) == Money(400, "EUR")


@pytest.mark.usefixtures("application")
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "verb", ["UPDATE ledger_{0} SET ctid = ctid", "DELETE FROM ledger_{0}", "TRUNCATE ledger_{0}"]
)
def test_the_application_changes_no_row(table: str, verb: str) -> None:
    refused("permission denied|cannot assign to system column", (verb.format(table), []))


@pytest.mark.usefixtures("application")
@pytest.mark.parametrize("table", ["outflow", "unlinked"])
def test_the_application_does_not_write_to_locks_or_work_list(table: str) -> None:
    refused("permission denied", (f"INSERT INTO ledger_{table} SELECT * FROM ledger_{table}", []))


@pytest.mark.usefixtures("application")
def test_a_check_made_early_leaves_no_gap_for_more_legs() -> None:
    key, made = entry()
    early: tuple[str, list[object]] = ("SET CONSTRAINTS ALL IMMEDIATE", [])
    more = legs(key, ("bank", 900))
    refused("in one statement", made, legs(key, ("bank", 5), ("held", -5)), early, more)


@pytest.mark.usefixtures("application")
def test_a_transaction_named_by_hand_opens_no_entry() -> None:
    key, (_, values) = entry()
    columns = "id, book, kind, key, public, at, xid"
    sql = f"INSERT INTO ledger_entry ({columns}) VALUES (%s, 'demo', 'x', %s, '{{}}', now(), '9')"
    refused("closed entry", (sql, values), legs(key, ("bank", 5), ("held", -5)))


CHECKPOINT = (
    "INSERT INTO ledger_checkpoint (account_id, last_posting, balance, taken_at) "
    "SELECT account.id, {last}, {balance}, now() FROM ledger_account account WHERE code = 'held'"
)
LAST = "(SELECT max(id) FROM ledger_posting)"


@pytest.mark.usefixtures("application")
@pytest.mark.parametrize(
    ("last", "balance"), [(LAST, "-99999"), ("1000000000", "-500"), (f"{LAST} + 1", "-500")]
)
def test_no_checkpoint_invents_money_or_hides_what_comes(last: str, balance: str) -> None:
    refused("does not follow", (CHECKPOINT.format(last=last, balance=balance), []))


@pytest.mark.usefixtures("application")
def test_a_true_checkpoint_is_taken() -> None:
    run(CHECKPOINT.format(last=LAST, balance="-500"))
    assert queries.balance(Account.objects.get(code="held")) == Money(500, "EUR")


@pytest.mark.usefixtures("application")
def test_a_posting_below_a_checkpoint_would_be_in_no_balance() -> None:
    key, made = entry()
    known: tuple[str, list[object]] = (CHECKPOINT.format(last=LAST, balance="-500"), [])
    refused("below a checkpoint", known, made, legs(key, ("held", 800), ("bank", -800), number=-10))


@pytest.mark.usefixtures("application")
@pytest.mark.parametrize("table", ["posting", "checkpoint"])
def test_a_temporary_table_does_not_stand_in_for_ours(table: str) -> None:
    """A temporary table is found first wherever a function does not say otherwise: 9,999 invented cents."""
    key, made = entry()
    spend = legs(key, ("held", 800), ("bank", -800))
    spend = (spend[0].replace("INTO ledger_posting", "INTO public.ledger_posting"), spend[1])
    values = {
        "posting": "9999999, %s, id, 'demo', 'EUR', -9999",
        "checkpoint": "1, now(), id, 9999999, -9999",
    }
    columns = {
        "posting": "id, entry_id, account_id, book, currency, amount",
        "checkpoint": "id, taken_at, account_id, last_posting, balance",
    }
    fake = f"INSERT INTO ledger_{table} ({columns[table]}) SELECT {values[table]} FROM ledger_account"
    fake += " WHERE code = 'held'"
    shadow: tuple[str, list[object]] = (
        f"CREATE TEMP TABLE ledger_{table} AS SELECT * FROM public.ledger_{table} LIMIT 0",
        [],
    )
    refused("overdraft on held", made, shadow, (fake, [ids.new_id()] if "%s" in fake else []), spend)


@pytest.mark.parametrize("table", TABLES[:6])
def test_not_even_the_owner_empties_a_table(held: Account, table: str) -> None:
    connection.check_constraints()
    refused("append-only", (f"TRUNCATE ledger_{table} CASCADE", []))


@pytest.mark.parametrize(
    "change", ["UPDATE ledger_dailyroot SET root = chain, day = '2020-01-01'", "DELETE FROM ledger_dailyroot"]
)
def test_a_root_stays(held: Account, change: str) -> None:
    operations.close_day(book="demo", day=AT.date())
    refused("stays as it is", (change, []))


def test_legs_one_by_one_are_refused(held: Account) -> None:
    key, made = entry()
    refused("in one statement", made, legs(key, ("bank", 5)), legs(key, ("held", -5)))


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
