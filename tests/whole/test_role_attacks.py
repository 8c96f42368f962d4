"""What attackers did to money, votes and the log by SQL as the application role, and what is like it: none is done."""

import psycopg
import pytest

from tests.whole.application_role import outcome, session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_city")]
__all__ = ["session"]

# What M8 and T14 did, and what is like it, by the tables of the lived city. Each is refused or denied.
FRESH = "'id', gen_random_uuid()"
ENTRY = """WITH made AS (INSERT INTO ledger_entry (id, book, kind, key, public, at) VALUES
    (gen_random_uuid(), 'demo', 'x', 'x', '{}', now()) RETURNING id, book)
    INSERT INTO ledger_posting (entry_id, account_id, book, currency, amount)"""


def of_a_refund(ending: str) -> str:
    """The same under a key of a refund, with one more word at its end where there is an `ending`."""
    key = f"(SELECT 'refund.x:' || id || '{ending}' FROM payments_refund WHERE book = 'demo' LIMIT 1)"
    return ENTRY.replace("'x', 'x'", f"'x', {key}")


PERMISSION = """INSERT INTO guardian_userobjectpermission (object_pk, content_type_id, permission_id, user_id)
    SELECT thing.id::text, permission.content_type_id, permission.id, person.id
      FROM accounts_person person, auth_permission permission, """
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
    "a permission for a call": f"{PERMISSION} calls_call thing WHERE permission.codename = 'manage_call' LIMIT 1",
    "a permission for data": f"""{PERMISSION} catalogue_dataset thing WHERE permission.codename = 'read_rows'
        AND person.id NOT IN (SELECT person_id FROM access_grant WHERE person_id IS NOT NULL) LIMIT 1""",
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


def test_each_entry_of_the_lived_city_is_of_something_that_is_there_1127_t2(session: psycopg.Cursor) -> None:
    keys = session.execute("SELECT key, payouts_is_owed(id) FROM ledger_entry").fetchall()
    assert len({key.partition(":")[0] for key, _owed in keys}) > 9
    assert [key for key, owed in keys if not owed] == []


def test_an_allocation_is_what_the_ledger_says_1127_t2(session: psycopg.Cursor) -> None:
    assert session.execute(
        "SELECT bool_and(matching_fund_is_booked(id)) FROM matching_matchfund"
    ).fetchone() == (True,)


def test_ballots_have_columns_and_no_moment_for_the_role_k1_k2(session: psycopg.Cursor) -> None:
    for table in ("voting_ballot", "voting_ballotline"):
        assert outcome(session, f"SELECT * FROM {table}") == "done"
        for hidden in ("xmin", "cmin", "ctid"):
            assert outcome(session, f"SELECT {hidden} FROM {table}") == "denied"
    assert outcome(session, "SELECT 1 FROM voting_key") == "denied"
