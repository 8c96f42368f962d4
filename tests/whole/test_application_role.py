"""What the application role may do by SQL to the lived city: each table, each verb, each column (M8).

`deploy/application_role.sql` says what it may write, and why; `application_role.toml` beside this names every other
column of our tables, and what a rule keeps although the role could write it. A new table or column without one fails.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import connection
from wagtail.models import Page

from civic.accounts import groups, operations, privacy
from civic.accounts.models import Invitation, Person, StaffInvitation
from civic.accounts.operations import people
from civic.accounts.operations.invitations import hash_of
from civic.core import events, row_steps, seals, work
from civic.core.models import Event, PutOff
from civic.core.states import stateful_models
from marketplace.invoicing.operations import issuers
from marketplace.ledger import operations as ledger
from marketplace.matching.models import MatchFund
from marketplace.matching.operations import deposits
from marketplace.payments.models import Command, StatementLine
from marketplace.payments.operations import line_matching
from marketplace.payments.states import LineState
from marketplace.payouts.models import Hold, Payout
from marketplace.payouts.operations import holds, payouts
from marketplace.payouts.states import PayoutState
from tests.demo_city import MOMENT as NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_city")]

ROLE = Path(settings.BASE_DIR) / "deploy" / "application_role.sql"
KEPT = tomllib.loads((Path(__file__).parent / "application_role.toml").read_text())
CELL = re.compile(r"^\('([\w%]+)', '([a-z ]*)', '([\w* ]*)', '((?:[^']|'')+)'\)", re.MULTILINE)
# Another value of the same type. What does not fit the data is no refusal: another row may take it.
OTHER = {
    "bool": "NOT coalesce({0}, false)",
    "bytea": "decode('00', 'hex') || coalesce({0}, '')",
    "jsonb": "jsonb_build_object('other', 1)",
    "uuid": "gen_random_uuid()",
    "timestamptz": "coalesce({0}, now()) + interval '1 day'",
    "date": "coalesce({0}, current_date) + 1",
    "varchar": "left(md5({0}), greatest(1, length({0})))",
    "text": "coalesce({0}, '') || 'x'",
} | dict.fromkeys(("int2", "int4", "int8", "float8", "numeric"), "coalesce({0}, 0) + 1")
COLUMNS = """
    SELECT relname, attname, typname, attnotnull FROM pg_attribute
      JOIN pg_class ON pg_class.oid = attrelid JOIN pg_type ON pg_type.oid = atttypid
     WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
     ORDER BY relname, attnum
"""
WITHOUT_PLACES = {"voting_ballot", "voting_ballotline"}  # where a row lies, the role does not read


@dataclass(frozen=True)
class Cell:
    """What the role may do to a table."""

    verbs: set[str]
    columns: set[str]
    why: str


def cells() -> dict[str, Cell]:
    """The rows of the role's file; where a row names the beginning of several tables, by that."""
    found = CELL.findall(ROLE.read_text())
    assert len(found) == len({name for name, *_rest in found}) > 80
    return {name: Cell(set(verbs.split()), set(columns.split()), why) for name, verbs, columns, why in found}


def cell_of(table: str, known: dict[str, Cell]) -> Cell | None:
    """The cell that speaks of a table."""
    matching = [name for name in known if re.fullmatch(name.replace("%", ".*"), table)]
    return known[matching[-1]] if matching else None  # the last one, as in the role's file


@pytest.fixture
def session() -> Iterator[psycopg.Cursor]:
    """A session of the role in the lived city; what it does is taken back."""
    with connection.cursor() as cursor:
        cursor.execute(ROLE.read_text())
        cursor.execute("SET LOCAL ROLE civic_application")
        yield cursor.cursor
        cursor.execute("RESET ROLE")


def outcome(session: psycopg.Cursor, statement: str) -> str:
    """`done`, `denied` by its privileges, or `refused` by a rule of ours; it is taken back either way."""
    session.execute("SAVEPOINT cell")
    try:
        session.execute(statement)
        session.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except psycopg.errors.InsufficientPrivilege:
        return "denied"
    except psycopg.errors.CheckViolation as error:
        return "done" if error.diag.constraint_name else "refused"  # a constraint speaks of the data alone
    except (psycopg.IntegrityError, psycopg.DataError, psycopg.errors.GeneratedAlways):
        return "done"
    finally:
        session.execute("ROLLBACK TO SAVEPOINT cell")
        session.execute("SET CONSTRAINTS ALL DEFERRED")
    return "done"


def lived(session: psycopg.Cursor, table: str) -> list[str]:
    """Conditions for a few rows of a table: one of each state, the first, one from the middle, the last.

    What may be written hangs on the state, and where a row lies on how wide the others are.
    """
    key = "id" if table in WITHOUT_PLACES else "ctid"
    if outcome(session, f"SELECT {key} FROM {table}") == "denied":
        return []
    stateful = has_state(session, table)
    table = f"{table} WHERE NOT ({KEPT.get(table, {}).get('apart', 'false')})"
    of_states = f"SELECT DISTINCT ON (state) {key} FROM {table} ORDER BY state, {key}"
    states = session.execute(of_states).fetchall() if stateful else []
    rows = session.execute(f"SELECT {key} FROM {table} ORDER BY {key} LIMIT 200").fetchall()
    some = [*states, *rows[:1], *rows[len(rows) // 2 :][:1], *rows[-1:]]
    return [f"{key} = '{value}'" for (value,) in dict.fromkeys(some)]


def has_state(session: psycopg.Cursor, table: str) -> bool:
    """Whether its rows have states."""
    found = session.execute(
        "SELECT FROM pg_attribute WHERE attrelid = %s::regclass AND attname = 'state'", [table]
    )
    return found.fetchone() is not None


def best(session: psycopg.Cursor, statement: str, rows: list[str]) -> str:
    """What the role gets done on one of the rows, at least."""
    found = "done" if not rows else "refused"
    for row in rows or ["false"]:
        found = outcome(session, f"{statement} WHERE {row}")
        if found != "refused":
            break
    return found


def walked(session: psycopg.Cursor) -> dict[str, dict[str, str]]:
    """By table: what comes of INSERT, DELETE and TRUNCATE, and of an UPDATE of each column."""
    found: dict[str, dict[str, str]] = {}
    for table, column, kind, _needed in session.execute(COLUMNS).fetchall():
        if table not in found:
            rows = lived(session, table) if table.split("_")[0] not in FOREIGN else []
            found[table] = {
                # Of defaults alone: rules may refuse that, but privileges have allowed it by then.
                "INSERT": outcome(session, f'INSERT INTO "{table}" ("{column}") VALUES (DEFAULT)').replace(
                    "refused", "done"
                ),
                "DELETE": best(session, f'DELETE FROM "{table}"', rows),
                "TRUNCATE": outcome(session, f'TRUNCATE "{table}" CASCADE'),
            }
        value = OTHER.get(kind, "{0}").format(f'"{column}"')
        found[table][column] = best(session, f'UPDATE "{table}" SET "{column}" = {value}', rows)
    return found


NO_CELL = "nothing: needs a row in application_role.sql, or under [unwritten] of the toml"
NO_KEPT = "nothing: needs its name in the row of application_role.sql, or in kept= of [table] of the toml"
FOREIGN = {"djstripe", "wagtail", "wagtailcore", "wagtailimages", "wagtailsearch", "auth", "django", "taggit"}


def expected(table: str, column: str, known: dict[str, Cell]) -> str:
    """What is declared of a cell; nothing where nothing is."""
    cell, rules = cell_of(table, known), KEPT.get(table, {})
    if cell is None:
        return "denied" if table in KEPT["unwritten"] else NO_CELL
    if column in ("INSERT", "DELETE"):
        allowed = column.lower() in cell.verbs
    elif column == "TRUNCATE":
        allowed = False
    else:
        allowed = column in cell.columns or "*" in cell.columns
        if not allowed and column not in rules.get("kept", "").split():
            return NO_KEPT
    return ("refused" if column in rules.get("refused", "").split() else "done") if allowed else "denied"


def test_each_cell_is_as_declared_m8(session: psycopg.Cursor) -> None:
    known = cells()
    found = walked(session)
    assert len(found) > 200
    wrong = [
        f"{table}.{column}: {was}, declared {should}"
        for table, row in found.items()
        for column, was in row.items()
        if (should := expected(table, column, known)) != was
    ]
    assert not wrong, "\n".join(wrong)


def test_each_declaration_speaks_of_something() -> None:
    """No cell and no kept column of a table or column that is gone."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        columns: dict[str, set[str]] = {}
        for table, column, *_rest in cursor.fetchall():
            columns.setdefault(table, set()).add(column)
    for name, cell in cells().items():
        if name.startswith("demo_"):
            continue  # only where the demo is installed
        assert any(re.fullmatch(name.replace("%", ".*"), table) for table in columns), name
        assert cell.columns - {"*"} <= columns.get(name, set()), name
    for table, rules in KEPT.items():
        if table != "unwritten":
            lists = [rules.get("kept", ""), rules.get("refused", "")]
            named = {word for words in lists for word in words.split()} - {"DELETE"}
            assert named <= columns[table], (table, named - columns[table])


def test_no_row_begins_in_the_middle_of_its_states_m8(session: psycopg.Cursor) -> None:
    """A copy of a lived row, in each state but the first."""
    for model in stateful_models():
        table = model._meta.db_table
        field = model._meta.get_field("state")
        for state in [str(value) for value in dict(field.choices) if value != field.default]:
            fresh = f"jsonb_build_object('id', gen_random_uuid(), 'state', '{state}')"
            copy = f"(jsonb_populate_record(NULL::{table}, to_jsonb(one) || {fresh})).*"
            found = outcome(session, f"INSERT INTO {table} SELECT {copy} FROM {table} one LIMIT 1")
            there = session.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone()
            assert found in ("refused", "denied") if there else "done", (table, state, found)


def test_no_state_changes_without_a_step_and_its_event_m8(session: psycopg.Cursor) -> None:
    """Each lived state to each other one: refused, whether there is such a step or not, while no event tells of it."""
    for model in stateful_models():
        table = model._meta.db_table
        states = [str(value) for value in dict(model._meta.get_field("state").choices)]
        for before in states:
            for after in states:
                if after != before:
                    change = f"UPDATE {table} SET state = '{after}' WHERE state = '{before}'"
                    there = session.execute(
                        f"SELECT 1 FROM {table} WHERE state = '{before}' LIMIT 1"
                    ).fetchone()
                    assert outcome(session, change) == ("refused" if there else "done"), (change, there)


# What M8 and T14 did, and what is like it, by the tables of the lived city. Each is refused or denied.
FRESH = "'id', gen_random_uuid()"
ENTRY = """WITH made AS (INSERT INTO ledger_entry (id, book, kind, key, public, at) VALUES
    (gen_random_uuid(), 'demo', 'x', 'x', '{}', now()) RETURNING id, book)
    INSERT INTO ledger_posting (entry_id, account_id, book, currency, amount)"""


def of_a_refund(ending: str) -> str:
    """The same under a key of a refund, with one more word at its end where there is an `ending`."""
    key = f"(SELECT 'refund.x:' || id || '{ending}' FROM payments_refund WHERE book = 'demo' LIMIT 1)"
    return ENTRY.replace("'x', 'x'", f"'x', {key}")


ATTACKS = {
    "a refund of another charge": "UPDATE payments_refund SET charge_id = (SELECT id FROM payments_charge LIMIT 1)",
    "a charge for another purpose": "UPDATE payments_charge SET purpose = 'pledge:x' WHERE state = 'succeeded'",
    "a charge of another payer": "UPDATE payments_charge SET payer_id = (SELECT id FROM accounts_person LIMIT 1)",
    "a charge under another name": "UPDATE payments_charge SET provider_ref = 'x' WHERE state = 'succeeded'",
    "a charge paid by word": "UPDATE payments_charge SET state = 'succeeded' WHERE state <> 'succeeded'",
    "a transfer elsewhere": "UPDATE payments_transfer SET destination = 'XX00'",
    "a transfer that nobody is owed": f"""INSERT INTO payments_transfer SELECT (jsonb_populate_record(one, to_jsonb(one)
        || jsonb_build_object({FRESH}, 'state', 'requested', 'purpose', 'payout:x:1', 'provider_ref', gen_random_uuid(),
        'amount_minor', 123456700))).* FROM payments_transfer one LIMIT 1""",
    "a line's money to another account": f"""WITH line AS (INSERT INTO payments_statementline SELECT
        (jsonb_populate_record(one, to_jsonb(one) || jsonb_build_object({FRESH}, 'state', 'new', 'proposal', 'return',
        'digest', 'x', 'suspense_minor', 5000000, 'proposed_by_id', NULL, 'confirmed_by_id', NULL, 'charge_id', NULL
        ))).*
        FROM payments_statementline one LIMIT 1 RETURNING id) INSERT INTO payments_transfer SELECT
        (jsonb_populate_record(one, to_jsonb(one) || jsonb_build_object({FRESH}, 'state', 'requested', 'purpose',
        'return:' || line.id, 'destination', 'XX00', 'amount_minor', 5000000))).* FROM payments_transfer one, line
        LIMIT 1""",
    "an invitation that was never sent": f"""INSERT INTO accounts_staffinvitation SELECT (jsonb_populate_record(one,
        to_jsonb(one) || jsonb_build_object({FRESH}, 'state', 'accepted', 'token_hash', 'x', 'email', 'x@x'))).*
        FROM accounts_staffinvitation one LIMIT 1""",
    "an open invitation that nobody sent": f"""INSERT INTO accounts_staffinvitation SELECT (jsonb_populate_record(one,
        to_jsonb(one) || jsonb_build_object({FRESH}, 'state', 'open', 'token_hash', 'x', 'email', 'x@x'))).*
        FROM accounts_staffinvitation one LIMIT 1""",
    "an invitation in another's name": """UPDATE accounts_staffinvitation SET invited_by_id = (SELECT id FROM
        accounts_person other WHERE is_staff AND other.id <> invited_by_id LIMIT 1)""",
    "an invitation for ever": "UPDATE accounts_staffinvitation SET expires_at = expires_at + interval '90 days'",
    "an owner of an organisation": """INSERT INTO accounts_membership (id, created_at, person_id, organisation_id, role)
        SELECT gen_random_uuid(), now(), person.id, organisation.id, 'owner' FROM accounts_person person,
               accounts_organisation organisation WHERE NOT is_staff AND NOT EXISTS (SELECT FROM accounts_membership
               WHERE person_id = person.id) LIMIT 1""",
    "a member made an owner": "UPDATE accounts_membership SET role = 'owner' WHERE role <> 'owner'",
    "an invitation to own an organisation": """INSERT INTO accounts_invitation
        (id, created_at, email, role, token_hash, expires_at, organisation_id, invited_by_id)
        SELECT gen_random_uuid(), now(), 'x@x', 'owner', 'x', now() + interval '1 day', organisation_id, person_id
          FROM accounts_membership LIMIT 1""",
    "an issuer with another tax number": f"""INSERT INTO invoicing_issuer SELECT (jsonb_populate_record(one,
        to_jsonb(one) || jsonb_build_object({FRESH}, 'vat_id', 'DE0'))).* FROM invoicing_issuer one LIMIT 1""",
    "editors who may do more": """INSERT INTO wagtailcore_grouppagepermission (group_id, page_id, permission_id)
        SELECT 1, 1, 1""",
    "files outside of all tables": "SELECT lo_from_bytea(0, 'x')",
    "a transfer to send that is in no ledger": f"""INSERT INTO payments_command SELECT (jsonb_populate_record(one,
        to_jsonb(one) || jsonb_build_object({FRESH}, 'verb', 'transfer', 'target', gen_random_uuid(), 'key', 'x',
        'done_at', NULL))).* FROM payments_command one LIMIT 1""",
    "a refund to send twice its sum": f"""WITH more AS (INSERT INTO payments_refund SELECT (jsonb_populate_record(one,
        to_jsonb(one) || jsonb_build_object({FRESH}, 'state', 'requested', 'key', 'x', 'provider_ref', 'x'))).*
        FROM payments_refund one LIMIT 1 RETURNING id) INSERT INTO payments_command SELECT (jsonb_populate_record(one,
        to_jsonb(one) || jsonb_build_object({FRESH}, 'verb', 'refund', 'target', more.id, 'key', 'x'))).*
        FROM payments_command one, more LIMIT 1""",
    "bank details that nobody entered": f"""INSERT INTO payouts_bankdetails SELECT (jsonb_populate_record(one,
        to_jsonb(one) || jsonb_build_object({FRESH}, 'entered_by_id', NULL, 'usable_from', now() + interval '9 days',
        'destination', 'XX00'))).* FROM payouts_bankdetails one LIMIT 1""",
    "somebody else's card": """UPDATE campaigns_pledge SET method_id = (SELECT id FROM payments_method other
        WHERE other.person_id <> campaigns_pledge.person_id LIMIT 1) WHERE method_id IS NOT NULL""",
    "a refund to another account": "UPDATE payments_statementline SET return_iban = 'XX00' WHERE state = 'matched'",
    "another input for a quadratic fund": "UPDATE matching_matchfund SET published_input = '{}'",
    "another input under its own digest": """UPDATE matching_matchfund SET published_input = '{}', input_digest = 'x'
        WHERE rule = 'quadratic' AND published_input IS NOT NULL""",
    "other gifts behind an input": """UPDATE matching_matchfund SET frozen_pledges = '[]', input_digest = 'x'
        WHERE rule = 'quadratic' AND published_input IS NOT NULL""",
    "an entry from a fund to a campaign": f"""{ENTRY} SELECT made.id, (SELECT id FROM ledger_account WHERE code LIKE
        'fund/%/available' AND book = 'demo' ORDER BY ledger_balance(id) LIMIT 1), made.book, 'EUR', 100 FROM made
        UNION ALL SELECT made.id, (SELECT id FROM ledger_account WHERE code LIKE 'campaign/%/committed' AND
        book = 'demo' LIMIT 1), made.book, 'EUR', -100 FROM made""",
    "an entry from a fund out of the books": f"""{ENTRY} SELECT made.id, (SELECT id FROM ledger_account WHERE code LIKE
        'fund/%/available' AND book = 'demo' ORDER BY ledger_balance(id) LIMIT 1), made.book, 'EUR', 100 FROM made
        UNION ALL SELECT made.id, (SELECT id FROM ledger_account WHERE code = 'provider/demo'), made.book, 'EUR', -100
        FROM made""",
    "an entry from a campaign out of the books": f"""{ENTRY} SELECT made.id, (SELECT id FROM ledger_account WHERE code
        LIKE 'campaign/%/committed' AND book = 'demo' ORDER BY ledger_balance(id) LIMIT 1), made.book, 'EUR', 100
        FROM made UNION ALL SELECT made.id, (SELECT id FROM ledger_account WHERE code = 'provider/demo'), made.book,
        'EUR', -100 FROM made""",
    "an entry between two other accounts": f"""{ENTRY} SELECT made.id, (SELECT id FROM ledger_account WHERE code =
        'losses' AND book = 'demo' LIMIT 1), made.book, 'EUR', 100 FROM made UNION ALL SELECT made.id, (SELECT id FROM
        ledger_account WHERE code = 'provider/demo'), made.book, 'EUR', -100 FROM made""",
    **{
        f"an entry of a refund that moves {name}": f"""{of_a_refund(ending)} SELECT made.id, (SELECT id FROM
        ledger_account WHERE code = 'losses' AND book = 'demo' LIMIT 1), made.book, 'EUR', {minor} FROM made UNION ALL
        SELECT made.id, (SELECT id FROM ledger_account WHERE code = 'provider/demo'), made.book, 'EUR', -{minor}
        FROM made"""
        for name, ending, minor in (("more than it", "", 100_000_000), ("it twice", ":x", 1))
    },
    "a hold lifted": "UPDATE payouts_hold SET lifted_at = now() WHERE lifted_at IS NULL",
    "a hold of something else": "UPDATE payouts_hold SET key = 'x', campaign_id = gen_random_uuid()",
    "a milestone accepted": "UPDATE delivery_milestone SET state = 'accepted' WHERE state <> 'accepted'",
    "a payout of another requester": "UPDATE payouts_payout SET requested_by_id = NULL WHERE state = 'settled'",
    "an approval by a resident": """INSERT INTO payouts_approval (id, payout_id, attempt, person_id, approved_at)
        SELECT gen_random_uuid(), payout.id, attempt, person.id, now() FROM payouts_payout payout,
               accounts_person person WHERE payout.state = 'requested' AND NOT is_staff LIMIT 1""",
    "bank details at once": f"""INSERT INTO payouts_bankdetails SELECT (jsonb_populate_record(one,
        to_jsonb(one) || jsonb_build_object({FRESH}, 'destination', 'XX00'))).* FROM payouts_bankdetails one LIMIT 1""",
    "a deposit that is confirmed": f"""INSERT INTO matching_deposit SELECT (jsonb_populate_record(one,
        to_jsonb(one) || jsonb_build_object({FRESH}, 'amount_minor', 1000000))).* FROM matching_deposit one
        WHERE confirmed_at IS NOT NULL LIMIT 1""",
    "a deposit confirmed by word": """UPDATE matching_deposit SET confirmed_at = now(), confirmed_by_id =
        (SELECT id FROM accounts_person WHERE is_staff AND id <> entered_by_id LIMIT 1) WHERE confirmed_at IS NULL""",
    "a fund with another ratio": "UPDATE matching_matchfund SET ratio_bp = 99999 WHERE state <> 'draft'",
    "a campaign reached": "UPDATE campaigns_campaign SET state = 'succeeded' WHERE state <> 'succeeded'",
    "a goal of nothing": "UPDATE campaigns_campaign SET goal_minor = 1 WHERE state <> 'draft'",
    "a draft again": "UPDATE campaigns_campaign SET state = 'draft' WHERE state <> 'draft'",
    "an invoice payment elsewhere": "UPDATE invoicing_invoicepayment SET charge_id = gen_random_uuid()",
    "a ballot by hand": f"""INSERT INTO voting_ballot SELECT (jsonb_populate_record(one, to_jsonb(one) ||
        jsonb_build_object({FRESH}, 'voter', 'x', 'receipt', 'x'))).* FROM voting_ballot one LIMIT 1""",
    "a line more on a ballot": """INSERT INTO voting_ballotline (ballot_id, project_id, value)
        SELECT ballot_id, project_id, 1 FROM voting_ballotline LIMIT 1""",
    "another result": f"""INSERT INTO voting_projectresult SELECT (jsonb_populate_record(one,
        to_jsonb(one) || jsonb_build_object({FRESH}, 'won', true))).* FROM voting_projectresult one LIMIT 1""",
    "another district": """UPDATE accounts_residency SET area_id = (SELECT id FROM accounts_area area
        WHERE area.id <> area_id LIMIT 1) WHERE state = 'verified'""",
    "a residency for ever": "UPDATE accounts_residency SET expires_at = 'infinity' WHERE state = 'verified'",
    "a residency by word": "UPDATE accounts_residency SET state = 'verified' WHERE state <> 'verified'",
    "an administrator": "UPDATE accounts_person SET is_superuser = true WHERE NOT is_superuser",
    "a new administrator": """INSERT INTO accounts_person (id, email, password, name, about, indexed, is_superuser,
        is_staff, is_active, joined_at) VALUES (gen_random_uuid(), 'x@x', '', '', '', true, true, true, true, now())""",
    "a finance officer": """INSERT INTO accounts_person_groups (person_id, group_id) SELECT person.id, named.id
        FROM accounts_person person, auth_group named WHERE named.name = 'finance-officers' AND NOT is_staff LIMIT 1""",
    "a permission for a call": "INSERT INTO guardian_userobjectpermission SELECT * FROM guardian_userobjectpermission",
    "a seal over what is to come": """INSERT INTO core_seal
        (number, sealed_at, last_seq, events, digest, previous, hash)
        SELECT coalesce(max(number), 0) + 1, now(), 9223372036854775807, 1, '', '', '' FROM core_seal""",
    "an event of no kind of ours": """INSERT INTO core_event (kind, subject_type, subject_id, at, payload, note,
        note_salt, note_digest) VALUES ('<b>x</b>', 'x', 'x', now(), '{}', '', '', '')""",
    "an event at the end of time": """INSERT INTO core_event (seq, kind, subject_type, subject_id, at, payload, note,
        note_salt, note_digest) VALUES (9223372036854775000, 'x', 'x', 'x', now(), '{}', '', '', '')""",
    "a sequence at its end": "SELECT setval('ledger_posting_id_seq', 9223372036854775000)",
    "a root of another day": """INSERT INTO ledger_dailyroot (book, day, first_seq, last_seq, root, chain, published)
        SELECT book, day + 1, last_seq + 1, last_seq + 1, root, chain, '{}' FROM ledger_dailyroot LIMIT 1""",
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_no_statement_does_what_only_a_verb_may_m8_t14(session: psycopg.Cursor, attack: str) -> None:
    assert outcome(session, attack) != "done"


def test_a_command_is_over_once_its_money_was_sent_1127_t2(session: psycopg.Cursor) -> None:
    found = session.execute("SELECT id FROM payments_refund LIMIT 1").fetchone()
    assert found
    over = f"UPDATE payments_command SET done_at = now() WHERE target = '{found[0]}'"
    for state, met in (("requested", "refused"), ("sent", "done")):
        session.execute("RESET ROLE")
        session.execute(f"UPDATE payments_refund SET state = '{state}' WHERE id = '{found[0]}'")
        session.execute(f"UPDATE payments_command SET done_at = NULL WHERE target = '{found[0]}'")
        session.execute("SET LOCAL ROLE civic_application")
        assert outcome(session, over) == met
        assert outcome(session, over.replace("done_at", "dead_at")) == met


# By kind, what is done to an officer of whom the log knows nothing but the appointment.
WAYS_IN = {
    "UPDATE accounts_person SET password = 'mine' WHERE id = %s": "person.password_changed",
    "UPDATE accounts_person SET email = 'x@x.example' WHERE id = %s": "person.address_changed",
    "UPDATE account_emailaddress SET email = 'x@x.example' WHERE user_id = %s": "person.address_changed",
    "DELETE FROM account_emailaddress WHERE user_id = %s": "person.address_changed",
    """INSERT INTO account_emailaddress (user_id, email, verified, "primary")
       VALUES (%s, 'x@x.example', true, false)""": "person.address_changed",
    "INSERT INTO mfa_authenticator (user_id, type, data, created_at) VALUES (%s, 'totp', '{}', now())": (
        "person.second_step_changed"
    ),
}


@pytest.mark.parametrize("statement", WAYS_IN)
def test_no_way_into_an_account_changes_untold_27_k4(session: psycopg.Cursor, statement: str) -> None:
    officer = officers()[0]
    # Whoever hides for a moment that it is an officer's account is told of none the less.
    session.execute(
        "UPDATE accounts_person SET is_staff = false, last_login = NULL WHERE id = %s", [officer.pk]
    )
    session.execute(statement, [officer.pk])
    last = Event.objects.order_by("-seq").first()
    assert last
    assert (last.kind, last.subject_id) == (WAYS_IN[statement], str(officer.pk))


def test_a_second_step_of_somebody_else_is_told_to_both_27_k4(session: psycopg.Cursor) -> None:
    one, two, _three = officers()
    step = Authenticator.objects.create(user=one, type="totp", data={"secret": "x"})
    count = Event.objects.filter(kind="person.second_step_changed").count()
    step.record_usage()
    assert Event.objects.filter(kind="person.second_step_changed").count() == count
    session.execute("UPDATE mfa_authenticator SET user_id = %s WHERE user_id = %s", [two.pk, one.pk])
    told = Event.objects.filter(kind="person.second_step_changed").order_by("-seq")[:2]
    assert {event.subject_id for event in told} == {str(one.pk), str(two.pk)}


@pytest.mark.parametrize("statement", WAYS_IN)
def test_a_resident_without_a_last_login_is_told_of_ways_in_1127_v5(
    session: psycopg.Cursor, statement: str
) -> None:
    resident = Person.objects.filter(is_staff=False, is_active=True, emailaddress__verified=True).first()
    assert resident
    session.execute("UPDATE accounts_person SET last_login = NULL WHERE id = %s", [resident.pk])
    session.execute(statement, [resident.pk])
    told = Event.objects.order_by("-seq").values_list("kind", "subject_id").first()
    assert told == (WAYS_IN[statement], str(resident.pk))


def test_the_one_address_of_who_joins_is_no_change_1127_v5(session: psycopg.Cursor) -> None:
    resident = Person.objects.filter(is_staff=False, is_active=True, emailaddress__verified=True).first()
    assert resident
    session.execute("DELETE FROM account_emailaddress WHERE user_id = %s", [resident.pk])
    last = Event.objects.order_by("-seq").values_list("seq", flat=True).first()
    own = {"user": resident, "email": resident.email, "primary": True}
    address = EmailAddress.objects.create(verified=False, **own)
    address.verified = True
    address.save()
    assert not Event.objects.filter(seq__gt=last).exists()
    address.verified = False
    address.save()
    assert Event.objects.filter(seq__gt=last).get().kind == "person.address_changed"


def test_a_new_link_of_a_staff_invitation_is_told_1127_v5(session: psycopg.Cursor) -> None:
    found = StaffInvitation.objects.first()
    assert found
    session.execute("UPDATE accounts_staffinvitation SET token_hash = 'mine' WHERE id = %s", [found.pk])
    told = Event.objects.order_by("-seq").values_list("kind", "subject_id").first()
    assert told == ("staff_invitation.link_made", str(found.pk))


def test_each_entry_of_the_lived_city_is_of_something_that_is_there_1127_t2(session: psycopg.Cursor) -> None:
    keys = session.execute("SELECT key, payouts_is_owed(id) FROM ledger_entry").fetchall()
    assert len({key.partition(":")[0] for key, _owed in keys}) > 9
    assert [key for key, owed in keys if not owed] == []


def test_an_allocation_is_what_the_ledger_says_1127_t2(session: psycopg.Cursor) -> None:
    assert session.execute(
        "SELECT bool_and(matching_fund_is_booked(id)) FROM matching_matchfund"
    ).fetchone() == (True,)


OURS = {"civic", "projects", "marketplace"}
QUEUES = [queue for queue in apps.get_models() if issubclass(queue, work.Job)]


@pytest.mark.parametrize("queue", [*QUEUES, PutOff], ids=lambda queue: queue.__name__)
def test_durable_work_is_put_off_no_longer_than_the_code_does_1127_v7(
    session: psycopg.Cursor, queue: type[Any]
) -> None:
    """Whoever holds the role silences no mail, event or message by a due date that never comes."""
    held = {"leased_until": work.LEASE} if issubclass(queue, work.Job) else {}
    for column, most in {"due_at": max(getattr(queue, "pauses", row_steps.PAUSES)), **held}.items():
        triggers = session.execute(
            "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
            [queue._meta.db_table],
        ).fetchall()
        guards = [text for (text,) in triggers if f"new.{column} >" in text and "core_owner_alone" in text]
        assert [one.split()[3] for one in guards] == ["INSERT", "UPDATE"] or len(guards) == 2
        for seconds, refused in ((most.total_seconds() - 60, False), (most.total_seconds() + 600, True)):
            late = f"now() + interval '{seconds} seconds'"
            said = outcome(session, f"UPDATE {queue._meta.db_table} SET {column} = {late}")
            assert said == ("refused" if refused and queue.objects.exists() else "done")


def test_no_date_or_moment_is_infinite_1127_v7(session: psycopg.Cursor) -> None:
    """Python reads none: the page of such a row would be an error until an owner repairs it."""
    ours = {model._meta.db_table for model in apps.get_models() if model.__module__.split(".")[0] in OURS}
    columns = session.execute(
        """SELECT relname, attname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0
            WHERE relkind = 'r' AND atttypid IN ('timestamptz'::regtype, 'date'::regtype) AND NOT attisdropped"""
    ).fetchall()
    checks = {text for (text,) in session.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint")}
    wanted = [
        (table, column)
        for table, column in columns
        if table in ours and not table.startswith(("demo", "pages"))
    ]
    assert len(wanted) > 150
    assert [one for one in wanted if f"CHECK (isfinite({one[1]}))" not in checks] == []


@pytest.mark.parametrize(
    ("column", "most"), [("due_at", max(Command.pauses)), ("leased_until", work.LEASE)], ids=str
)
def test_a_command_is_put_off_no_longer_than_the_code_does_1127_v7(
    session: psycopg.Cursor, column: str, most: timedelta
) -> None:
    put = f"UPDATE payments_command SET {column} = "
    assert outcome(session, f"{put} now() + interval '{most.total_seconds()} seconds'") == "done"
    for longer in ("'infinity'", "'9999-01-01'", f"now() + interval '{most.total_seconds() + 600} seconds'"):
        assert outcome(session, put + longer) == "refused"


@pytest.mark.parametrize(
    "kinds", [["person.appointed"], ["person.closed"], ["person.reopened", "person.closed"]], ids=str
)
def test_what_was_taken_does_not_come_back_by_an_old_event_27_k4(
    session: psycopg.Cursor, kinds: list[str]
) -> None:
    officer = officers()[0]
    for kind in kinds:
        events.record(kind, actor=None, subject=officer, at=NOW, payload={"staff": False, "groups": []})
    session.execute(
        "UPDATE accounts_person SET is_staff = false, is_active = false WHERE id = %s", [officer.pk]
    )
    taken = "is_staff" if kinds == ["person.appointed"] else "is_active"
    assert (
        outcome(session, f"UPDATE accounts_person SET {taken} = true WHERE id = '{officer.pk}'") == "refused"
    )


def officers() -> list[Person]:
    """The three finance officers of the city."""
    return list(Person.objects.filter(groups__name=groups.FINANCE_OFFICERS, is_active=True).order_by("email"))


def test_ballots_have_columns_and_no_moment_for_the_role_k1_k2(session: psycopg.Cursor) -> None:
    for table in ("voting_ballot", "voting_ballotline"):
        assert outcome(session, f"SELECT * FROM {table}") == "done"
        for hidden in ("xmin", "cmin", "ctid"):
            assert outcome(session, f"SELECT {hidden} FROM {table}") == "denied"
    assert outcome(session, "SELECT 1 FROM voting_key") == "denied"


def test_polls_and_papers_are_told_first_1127_v1_v4(session: psycopg.Cursor) -> None:
    [(call,)] = session.execute("SELECT call_id FROM voting_poll WHERE sealed_at IS NULL LIMIT 1").fetchall()
    mark = "md5(random()::text)"
    paper = (
        "INSERT INTO voting_papervoter (id, created_at, call_id, identity, document, voter)"
        f" VALUES (gen_random_uuid(), now(), '{call}', {mark}, '', '')"
    )
    assert outcome(session, paper) == "refused"
    poll = (
        "INSERT INTO voting_poll (call_id, seed, commitment, prepared_at, key_digest, counting, counted)"
        " VALUES (gen_random_uuid(), 's', 'c', now(), 'mine', '', 0)"
    )
    assert outcome(session, poll) == "refused"


def test_what_happens_once_happens_by_its_verbs_m8(session: psycopg.Cursor) -> None:
    """The verbs whose rows the rules above ask an event for, as the role: each records it in time."""
    one, two, _three = officers()
    payout = Payout.objects.get(state=PayoutState.REQUESTED)
    hold = holds.doubt(actor=one, campaign=payout.campaign, reason="A neighbour wrote.", at=NOW)
    holds.clear(actor=two, hold=hold, reason="It was a mistake.", at=NOW)
    waiting = Hold.objects.exclude(pk=hold.pk).get(lifted_at=None)
    holds.lift(hold=waiting, at=NOW)
    fund = MatchFund.objects.filter(state="open").first()
    assert fund
    given = deposits.enter_deposit(actor=one, fund=fund, amount_minor=100, note="more", at=NOW)
    deposits.confirm_deposit(actor=two, deposit=given, at=NOW)
    approver = next(person for person in officers() if person.pk != payout.requested_by_id)
    payouts.send_back(actor=approver, payout=payout, reason="Not yet.", at=NOW)
    payouts.request_payout(actor=one, payout=payout, at=NOW)
    payouts.approve_payout(actor=two, payout=payout, at=NOW)
    line = StatementLine.objects.filter(state=LineState.UNCLEAR).exclude(iban="").first()
    assert line
    line_matching.propose_line_match(actor=one, line=line, proposal="return", reason="Twice.", at=NOW)
    line_matching.confirm_line_match(actor=two, line=line, at=NOW)
    free = [one for one in Person.objects.filter(is_staff=False) if not list(privacy.blockers(one))]
    operations.erase_person(person=free[0], at=NOW)
    resident = Person.objects.filter(is_staff=False, is_active=True).first()
    administrator = Person.objects.filter(is_superuser=True).first()
    assert resident
    assert administrator
    chosen = list(Group.objects.filter(name=groups.FINANCE_OFFICERS))
    people.appoint(actor=administrator, person=resident, is_staff=True, groups=chosen, reason="New.", at=NOW)
    assert resident in officers()
    assert seals.seal(at=NOW)
    ledger.link_entries()
    assert ledger.close_day(book="demo", day=NOW.date() + timedelta(days=1))
    session.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_verbs_that_give_powers_tell_first_27_k4(session: psycopg.Cursor) -> None:
    """As the role: what it is refused by SQL it does by these."""
    one, two, three = officers()
    administrator = Person.objects.filter(is_superuser=True).first()
    resident = Person.objects.filter(is_staff=False, is_active=True, memberships=None).first()
    assert administrator
    assert resident
    details = {"name": "Cranes", "kind": "business", "about": "", "website": ""}
    cranes = operations.create_organisation(actor=one, at=NOW, **details)
    for role in ("manager", "member"):
        invited = operations.invite(actor=one, organisation=cranes, email=resident.email, role=role, at=NOW)
        token = "x" * 8 + role
        Invitation.objects.filter(pk=invited.pk).update(token_hash=hash_of(token))
        operations.accept_invitation(actor=resident, token=token, at=NOW)
        membership = cranes.memberships.get(person=resident)
        operations.change_role(actor=one, membership=membership, role="owner", at=NOW)
        operations.leave_organisation(actor=resident, membership=membership, at=NOW)
    sent = operations.invite_staff(
        actor=administrator, email=resident.email, groups=[groups.AUDITORS], reason="New.", at=NOW
    )
    sent = operations.renew_staff_invitation(actor=administrator, invitation=sent, at=NOW)
    StaffInvitation.objects.filter(pk=sent.pk).update(token_hash=hash_of("staff"))
    operations.accept_staff_invitation(actor=resident, token="staff", at=NOW)
    people.close_account(actor=administrator, person=two, reason="Away.", at=NOW)
    people.reopen_account(actor=administrator, person=two, reason="Back.", at=NOW)
    three.set_password("another-long-phrase")
    three.save()
    page = Page.objects.order_by("-pk").first()
    assert page
    page.delete()
    issuer = {
        "name": "City",
        "street": "-",
        "postcode": "1",
        "city": "A",
        "country": "DE",
        "email": "a@a.example",
    }
    issuers.declare_issuer(
        actor=one, reason="Moved.", at=NOW, vat_id="DE123456788", vat_rate_bp=1900, payment_days=30, **issuer
    )
    session.execute("SET CONSTRAINTS ALL IMMEDIATE")
