"""DOMAIN 3 against the application's role: forged checkpoints, links and roots, and temporary tables before ours."""

import pytest
from django.db import connection

from civic.core import ids
from civic.core.money import Money
from marketplace.ledger import operations, queries
from marketplace.ledger.models import Account
from tests.ledger.conftest import gift, run
from tests.ledger.test_tampering import entry, refused

pytestmark = pytest.mark.usefixtures("application")

CHECKPOINT = (
    "INSERT INTO ledger_checkpoint (account_id, last_posting, balance, taken_at) "
    "SELECT account.id, {last}, {balance}, now() FROM ledger_account account WHERE code = 'held'"
)
LAST = "(SELECT max(id) FROM ledger_posting)"


@pytest.mark.parametrize(
    ("last", "balance"), [(LAST, "-99999"), ("1000000000", "-500"), (f"{LAST} + 1", "-500")]
)
def test_no_checkpoint_invents_money_or_hides_what_comes(last: str, balance: str) -> None:
    refused("does not follow", (CHECKPOINT.format(last=last, balance=balance), []))


def test_a_true_checkpoint_is_taken() -> None:
    gift(1, "one more")
    run(CHECKPOINT.format(last=LAST, balance="-501"))
    assert queries.balance(Account.objects.get(code="held")) == Money(501, "EUR")


def test_a_posting_below_a_checkpoint_would_be_in_no_balance() -> None:
    refused("below a checkpoint", entry(("held", 800), ("bank", -800), number=-10))


def test_a_posting_ahead_of_its_sequence_would_close_its_accounts_m8() -> None:
    refused("ahead of its sequence", entry(("held", -800), ("bank", 800), number=2**63 - 10))
    refused("ahead of its sequence", entry(("held", -800), ("bank", 800), number=10**9))


@pytest.mark.parametrize("table", ["posting", "checkpoint"])
def test_a_temporary_table_does_not_stand_in_for_ours(table: str) -> None:
    """A temporary table is found first wherever a function does not say otherwise: 9,999 invented cents."""
    spend = entry(("held", 800), ("bank", -800))
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
    refused("overdraft on held", shadow, (fake, [ids.new_id()] if "%s" in fake else []), spend)


def shadow(table: str, row: str) -> None:
    """A temporary table before ours, with one row in it."""
    run(f"CREATE TEMP TABLE ledger_{table} AS SELECT * FROM public.ledger_{table} LIMIT 0")
    run(f"INSERT INTO pg_temp.ledger_{table} {row}")


def test_legs_in_a_temporary_table_are_no_legs() -> None:
    key = ids.new_id()
    shadow("posting", f"(entry_id) VALUES ('{key}')")
    made = "INSERT INTO ledger_entry (id, book, kind, key, public, at) VALUES (%s, 'demo', 'x', 'x', '{}', now())"
    refused("without postings", (made, [key]))


def test_a_temporary_table_is_in_no_checkpoint_and_no_balance() -> None:
    gift(1, "one more")
    held = Account.objects.get(code="held")
    last = "(SELECT max(id) FROM public.ledger_posting)"
    shadow("posting", f"(id, account_id, amount) SELECT {last}, {held.pk}, -9999")
    assert queries.balance(held) == Money(501, "EUR")
    refused("does not follow", (CHECKPOINT.format(last=last, balance="-10499"), []))


def test_floors_are_not_read_from_a_temporary_table() -> None:
    sql, values = entry(("held", 501), ("bank", -501))
    shadow("account", "SELECT id, book, code, currency, kind, false FROM public.ledger_account")
    refused("overdraft on held", (sql, values))


def test_a_lock_is_not_taken_on_a_temporary_table() -> None:
    held = Account.objects.get(code="held")
    shadow("outflow", f"VALUES ({held.pk}, 7)")
    operations.available(held)
    with connection.cursor() as cursor:
        cursor.execute("SELECT movements FROM public.ledger_outflow WHERE account_id = %s", [held.pk])
        assert cursor.fetchone() == (1,)
        cursor.execute("SELECT movements FROM pg_temp.ledger_outflow")
        assert cursor.fetchall() == [(7,)]


def test_what_is_linked_leaves_the_real_list() -> None:
    gift(1, "one more")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE ledger_unlinked AS SELECT * FROM public.ledger_unlinked")
        operations.link_entries()
        cursor.execute("SELECT count(*) FROM public.ledger_unlinked")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    ("seq", "previous", "hash_"),
    [
        ("max(seq) + 1", "(array_agg(hash ORDER BY seq DESC))[1]", "decode(repeat('ab', 32), 'hex')"),
        ("max(seq) + 7", "decode(repeat('00', 32), 'hex')", "decode(repeat('ab', 32), 'hex')"),
        ("-1", "decode(repeat('00', 32), 'hex')", "decode(repeat('ab', 32), 'hex')"),
    ],
)
def test_a_forged_link_takes_no_entry_off_the_list_m8(seq: str, previous: str, hash_: str) -> None:
    waiting = gift(1, "one more")
    forged = "INSERT INTO ledger_link (book, seq, entry_id, previous, hash) "
    forged += f"SELECT 'demo', {seq}, %s, {previous}, {hash_} FROM ledger_link WHERE book = 'demo'"
    refused("does not follow", (forged, [waiting.pk]))
    assert operations.link_entries() == 1


def test_a_forged_root_stands_for_no_day_m8() -> None:
    gift(1, "one more")
    operations.link_entries()
    forged = "INSERT INTO ledger_dailyroot (book, day, first_seq, last_seq, root, chain, published) "
    forged += "SELECT 'demo', '2026-12-24', seq, seq, {root}, hash, '{{}}' FROM ledger_link ORDER BY seq DESC LIMIT 1"
    refused("does not follow", (forged.format(root="decode(repeat('ab', 32), 'hex')"), []))
    run(forged.format(root="hash"))  # the tree of one leaf


def test_the_settled_number_is_of_the_real_postings() -> None:
    shadow("posting", "(id) VALUES (999999)")
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_settled(), (SELECT max(id) FROM public.ledger_posting)")
        settled, last = cursor.fetchone()
    assert settled == last
