"""Each trigger that judges the application role alone refuses what nothing else refuses (ADR 35).

A fault is looked for that is refused with the trigger and done without it: a rule that any other rule covers, or that
nobody has tried to break, is found here.
"""

from collections.abc import Iterator

import psycopg
import pytest

from civic.core.states import stateful_models
from tests.whole.application_role import COLUMNS, KEPT, OTHER, lived, outcome, session
from tests.whole.faults import OFFICER, ONE, RESIDENT, SOON, Fault, again, past, prepared
from tests.whole.faults_access import ACCESS
from tests.whole.faults_consent import CONSENTED
from tests.whole.faults_exchange import EXCHANGE
from tests.whole.test_role_attacks import ATTACKS
from tests.whole.test_role_money import MONEY, told
from tests.whole.test_role_register import REGISTER
from tests.whole.test_role_untold import UNTOLD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_city")]
__all__ = ["session"]

# Functions that ask who owns the table judge the role alone.
JUDGING = """
    SELECT tgname, tgrelid::regclass::text FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
     WHERE NOT tgisinternal AND prosrc LIKE '%core_owns(%' ORDER BY 2, 1
"""

# The faults that neither the attacks of test_application_role.py nor its walk over states and columns meet.
FETCHED = told("bank_order.fetched", "payments.BankOrder")
SUPERUSER = "(SELECT id FROM accounts_person WHERE is_superuser LIMIT 1)"
NEW_EVENT = f"UPDATE accounts_person SET password = 'mine' WHERE id = {OFFICER}"
DATASET = {
    "identifier": "''",
    "keywords": "'{}'",
    "theme": "'ENVI'",
    "frequency": "'NEVER'",
    "licence": "'https://creativecommons.org/licenses/by/4.0/'",
    "high_value_category": "''",
    "access_level": "'open'",
    "latest": "1",
    "revised_at": "now()",
}
FAULTS = {
    **MONEY,
    **REGISTER,
    **ACCESS,
    **CONSENTED,
    **EXCHANGE,
    "catalogue_dataset_begins": Fault({"identifier": "''", "held": "true", "latest": "0"}),
    "catalogue_dataset_told": Fault({"title": "'Mine'"}, DATASET),
    "catalogue_dataset_held_told": Fault({"held": "true"}, DATASET | {"state": "'withdrawn'"}),
    "catalogue_dataset_since": Fault({"state_since": "now() - interval '1 day'"}, DATASET),
    "catalogue_dataset_revised_told": Fault(
        "UPDATE catalogue_dataset SET revised_at = revised_at - interval '1 day' WHERE harvested_from_id IS NOT NULL"
    ),
    "catalogue_dataset_series_told": Fault(
        "UPDATE catalogue_dataset SET series_id = NULL WHERE series_id IS NOT NULL"
    ),
    "catalogue_harvest_begins": Fault(
        {"id": ONE, "state": "'waiting'"}, before=told("harvest.begun", "catalogue.Harvest")
    ),
    "catalogue_harvest_told": Fault({"source_id": ONE, "begun_at": "now()"}),
    "catalogue_original_begins": Fault({"dataset_id": ONE, "uri": "''"}),
    "catalogue_series_told": Fault({"publisher_id": ONE, "title": "'Mine'"}),
    "catalogue_source_begins": Fault(
        {"id": ONE, "state": "'paused'"}, before=told("source.added", "catalogue.Source")
    ),
    "catalogue_source_since": Fault({"state_since": "now()"}, {"kind": "'dcat'", "theme": "'GOVE'"}),
    "catalogue_harvest_steps": Fault({"state": "'waiting'"}, {"state": "'running'"}),
    "catalogue_source_told": Fault({"publisher_id": ONE, "kind": "'dcat'"}),
    "catalogue_upload_found": Fault({"csv": "'catalogue/other.csv'"}, {"state": "'read'", "found": "'{}'"}),
    "catalogue_upload_person": Fault(
        "UPDATE catalogue_upload SET person_id = NULL WHERE person_id IS NOT NULL"
    ),
    "catalogue_revision_person": Fault(
        "UPDATE catalogue_revision SET person_id = NULL WHERE person_id IS NOT NULL"
    ),
    "catalogue_rejectedrow_stays": Fault(
        f"DELETE FROM catalogue_rejectedrow WHERE id = {ONE}",
        before=past(
            f"""INSERT INTO catalogue_rejectedrow (id, created_at, upload_id, place, line, "column", value, reason)
            SELECT {ONE}, now(), id, 99, 1, '', '', 'x' FROM catalogue_upload WHERE state = 'published' LIMIT 1"""
        ),
    ),
    "catalogue_revision_told": Fault({"dataset_id": ONE, "number": "1"}),
    "core_outbox_delivered": Fault(
        "DELETE FROM core_outbox WHERE event_id = (SELECT max(event_id) FROM core_outbox)", before=NEW_EVENT
    ),
    "core_outbox_keeps": Fault(
        "UPDATE core_outbox SET event_id = (SELECT min(seq) FROM core_event)", before=NEW_EVENT
    ),
    "core_delivery_begins": Fault({"done_at": "now()"}),
    "core_delivery_done": Fault({"done_at": "now()"}, {"id": "-1"}),
    "core_delivery_given_up": Fault({"dead_at": "now()"}, {"id": "-1"}),
    "accounts_person_told": Fault({"is_staff": "true"}, {"id": ONE}),
    "accounts_invitation_longer": Fault({"expires_at": SOON}, {}),
    "accounts_invitation_accepted": Fault({"accepted_at": "NULL"}, {"accepted_at": "now()"}),
    "accounts_residency_verified": Fault(
        {"verified_at": "NULL"}, {"state": "'withdrawn'", "verified_at": "now()"}
    ),
    "accounts_staffinvitation_begins": Fault(
        {"id": ONE, "state": "'accepted'", "groups": "'{}'", "expires_at": "now()"},
        before=f"""SELECT core_record_event('staff_invitation.sent', 'accounts.StaffInvitation', {ONE}, now(),
            '{{"groups": []}}')""",
    ),
    "campaigns_pledge_begins": Fault(
        again("campaigns_pledge", "state", "started", "collected_at", "2026-01-01", "token", ONE)
        + " WHERE campaign_id IN (SELECT id FROM campaigns_campaign WHERE state = 'open') LIMIT 1"
    ),
    "ledger_dailyroot_begins": Fault(
        "INSERT INTO ledger_dailyroot SELECT id, book, day, first_seq, last_seq, root, chain, '{x}' FROM last_root",
        before="""CREATE TABLE last_root AS SELECT * FROM ledger_dailyroot ORDER BY day DESC LIMIT 1;
            GRANT SELECT ON last_root TO civic_application; """
        + past("DELETE FROM ledger_dailyroot WHERE id IN (SELECT id FROM last_root)"),
    ),
    "matching_allocation_is_booked": Fault(
        """UPDATE matching_allocation SET amount_minor = amount_minor - 1, set_aside_minor = set_aside_minor - 1
            WHERE amount_minor > 1 AND set_aside_minor > 1 AND state IN ('reserved', 'committed')"""
    ),
    "matching_allocation_is_paid": Fault(
        """UPDATE matching_allocation SET amount_minor = amount_minor - 1, set_aside_minor = set_aside_minor - 1
            WHERE amount_minor > 1 AND set_aside_minor > 1 AND state = 'paid'"""
    ),
    "matching_deposit_entered_by_staff": Fault({"entered_by_id": RESIDENT}),
    "matching_deposit_confirmed_by_staff": Fault(
        {"confirmed_at": "now()", "confirmed_by_id": RESIDENT},
        {"entered_by_id": OFFICER},
        f"SELECT core_record_event('deposit.confirmed', 'matching.Deposit', {ONE}, now(), '{{}}')",
    ),
    "matching_deposit_keeps": Fault(
        {"confirmed_by_id": OFFICER}, {"confirmed_at": "now()", "confirmed_by_id": RESIDENT}
    ),
    "matching_deposit_taken_back": Fault({"taken_back_at": "now()"}, {"confirmed_at": "now()"}),
    "matching_fundreturn_by_staff": Fault({"state": "'requested'", "requested_by_id": RESIDENT}),
    "matching_fundreturn_approved_by_staff": Fault({"approved_by_id": RESIDENT}, {"state": "'requested'"}),
    "matching_fundreturn_keeps": Fault({"requested_by_id": OFFICER}, {"requested_by_id": RESIDENT}),
    "matching_fundreturn_steps": Fault({"state": "'withdrawn'"}, {"state": "'requested'"}),
    "payments_claim_steps": Fault({"state": "'paid'"}, {"state": "'open'"}),
    "payouts_return_steps": Fault({"state": "'withdrawn'"}, {"state": "'proposed'"}),
    "payments_mirrorjob_put_off": Fault({"due_at": SOON}, {}),
    "core_putoff_put_off": Fault({"due_at": SOON}, {"id": "-1"}),
    "payments_claim_begins": Fault({"state": "'open'", "proposed_by_id": OFFICER}),
    "payments_claim_proposed_by_staff": Fault(
        {"proposed_by_id": RESIDENT, "state": "'proposed'"},
        {"state": "'open'"},
        told("claim.proposed", "payments.Claim", payload='{"from": "open", "to": "proposed"}'),
    ),
    "payments_claim_confirmed_by_staff": Fault(
        {"confirmed_by_id": RESIDENT, "state": "'proposed'"},
        {"state": "'open'"},
        told("claim.proposed", "payments.Claim", payload='{"from": "open", "to": "proposed"}'),
    ),
    "payments_command_carried_out": Fault(
        {"done_at": "now()"},
        {"verb": "'refund'", "target": ONE},
        past(
            f"UPDATE payments_refund SET id = {ONE}, state = 'requested' WHERE id = (SELECT id FROM payments_refund"
            " LIMIT 1)"
        ),
    ),
    "payments_refund_begins": Fault({"state": "'requested'", "bank_order_id": ONE}),
    "payments_bankorder_begins": Fault({"id": ONE, "withdrawal_proposed_by_id": OFFICER}),
    "payments_bankorder_withdrawal_proposed_by_staff": Fault(
        {"withdrawal_proposed_by_id": RESIDENT},
        {},
        f"{FETCHED}; {told('bank_order.withdrawal_proposed', 'payments.BankOrder', RESIDENT)}",
    ),
    "payments_bankorder_withdrawal_said": Fault({"withdrawal_proposed_by_id": OFFICER}, {}),
    "payments_bankorder_withdrawal_confirmed_by_staff": Fault(
        {"withdrawal_confirmed_by_id": RESIDENT},
        {"withdrawal_proposed_by_id": OFFICER},
        told("bank_order.withdrawn", "payments.BankOrder"),
    ),
    "payments_bankorder_withdrawal_told": Fault(
        {"withdrawal_confirmed_by_id": OFFICER},
        {"withdrawal_proposed_by_id": RESIDENT, "made_by_id": OFFICER},
    ),
    "payments_bankorder_fetched": Fault(
        {"withdrawn_at": "now()"},
        {},
        f"""SELECT core_record_event('bank_order.' || word, 'payments.BankOrder', {ONE}, now(), '{{}}')
            FROM unnest(ARRAY['fetched', 'withdrawn']) word""",
    ),
    **{
        name: fault
        for kind, model, waits in (("refund", "Refund", "pending"), ("transfer", "Transfer", "sent"))
        for name, fault in {
            f"payments_{kind}_refusal_proposed_by_staff": Fault(
                {"refusal_proposed_by_id": RESIDENT},
                {"bank_order_id": ONE},
                f"{FETCHED}; {told(f'{kind}.refusal_proposed', f'payments.{model}', RESIDENT)}",
            ),
            f"payments_{kind}_refusal_said": Fault({"refusal_proposed_by_id": OFFICER}, {}),
            f"payments_{kind}_refusal_confirmed_by_staff": Fault(
                {"refusal_confirmed_by_id": RESIDENT},
                {"refusal_proposed_by_id": OFFICER},
                f"SELECT core_record_event('{kind}.refused', 'payments.{model}', {ONE}, now(), '{{}}')",
            ),
            f"payments_{kind}_refusal_told": Fault(
                {"refusal_confirmed_by_id": OFFICER}, {"refusal_proposed_by_id": RESIDENT}
            ),
            f"payments_{kind}_refusal_stays": Fault(
                {"refusal_proposed_by_id": SUPERUSER},
                {
                    "refusal_proposed_by_id": RESIDENT,
                    "refusal_confirmed_by_id": OFFICER,
                    "bank_order_id": ONE,
                },
                f"{FETCHED}; {told(f'{kind}.refusal_proposed', f'payments.{model}', SUPERUSER)}",
            ),
            f"payments_{kind}_refused_by_two": Fault(
                {"state": "'failed'"},
                {"state": f"'{waits}'", "bank_order_id": ONE},
                f"""SELECT core_record_event('{kind}.failed', 'payments.{model}', {ONE}, now(),
                    '{{"from": "{waits}", "to": "failed"}}')""",
            ),
        }.items()
    },
    "payments_refund_posted": Fault({"bank_order_id": ONE}, {"state": "'requested'"}),
    "payments_transfer_begins": Fault(
        f"""INSERT INTO payments_transfer (id, state, purpose, currency, amount_minor, destination, bank_order_id)
            SELECT {ONE}, 'requested', 'payout:' || payout.id || ':9', currency, amount_minor, destination, {ONE}
              FROM payouts_payout payout JOIN payouts_bankdetails details ON details.id = details_id
             WHERE attempt = 9""",
        before=past("UPDATE payouts_payout SET state = 'sent', attempt = 9 WHERE state = 'requested'"),
    ),
    "payments_transfer_posted": Fault({"bank_order_id": ONE}, {"state": "'requested'"}),
    # Told, but no credit was taken back.
    "payments_transfer_went_after_all": Fault(
        {"state": "'settled'"},
        {"state": "'reversed'"},
        told("transfer.taken_back", "payments.Transfer", payload='{"from": "reversed", "to": "settled"}'),
    ),
    "payouts_approval_by_staff": Fault({"person_id": RESIDENT}),
    "payouts_approval_is_told": Fault(
        f"""INSERT INTO payouts_approval (id, attempt, approved_at, person_id, payout_id)
            SELECT {ONE}, attempt, now(), person_id, payout.id FROM payouts_payout payout, accounts_person_groups
              JOIN auth_group ON auth_group.id = group_id
             WHERE state = 'requested' AND name = 'finance-officers' AND person_id <> requested_by_id
               AND NOT EXISTS (SELECT FROM core_event WHERE actor = person_id AND subject_id = payout.id::text)
             LIMIT 1"""
    ),
    "payouts_hold_begins": Fault({"lifted_at": "now()"}),
    "payouts_payout_begins": Fault(
        again("payouts_payout", "state", "planned", "released_at", "2026-01-01", "part", "9") + " LIMIT 1"
    ),
    "payouts_payout_by_staff": Fault(
        f"UPDATE payouts_payout SET requested_by_id = {RESIDENT} WHERE state = 'planned'",
        before=past("UPDATE payouts_payout SET state = 'planned' WHERE state = 'requested'"),
    ),
    "payouts_return_by_staff": Fault({"state": "'proposed'", "proposed_by_id": RESIDENT}),
    "payouts_return_confirmed_by_staff": Fault({"confirmed_by_id": RESIDENT}, {"state": "'proposed'"}),
    "voting_ballot_steps": Fault(
        """UPDATE voting_ballot SET state = 'void' WHERE state = 'cast'
            AND call_id IN (SELECT call_id FROM voting_poll WHERE sealed_at IS NULL)"""
    ),
    "voting_papervoter_told": Fault(
        """INSERT INTO voting_papervoter (call_id, identity, document, voter)
            SELECT call_id, 'x', '', '' FROM voting_poll WHERE sealed_at IS NULL LIMIT 1"""
    ),
    "voting_poll_begins": Fault(
        {"call_id": ONE, "key_digest": "''"},
        before=f"SELECT core_record_event('poll.prepared', 'calls.Call', {ONE}, now(), '{{}}')",
    ),
    "voting_poll_prepared": Fault({"call_id": ONE, "key_digest": "'x'"}),
    "voting_tally_fits": Fault({"call_id": ONE}),
}


def test_each_trigger_that_judges_the_role_alone_is_needed_m8(session: psycopg.Cursor) -> None:
    triggers = session.execute(JUDGING).fetchall()
    assert len(triggers) > 100
    assert [(name, table) for name, table in triggers if not needed(session, name, table)] == []
    assert {*FAULTS} <= {name for name, _table in triggers}


def needed(session: psycopg.Cursor, name: str, table: str) -> bool:
    """Whether some statement is refused, and done without the trigger."""
    session.execute("SAVEPOINT taken_out")
    session.execute("RESET ROLE")
    fault = FAULTS.get(name)
    tries = [prepared(session, table, fault)] if fault else list(tried(session, table))
    session.execute("SET LOCAL ROLE civic_application")
    refused = [one for one in tries if outcome(session, one) == "refused"]
    session.execute("RESET ROLE")
    session.execute(f"DROP TRIGGER {name} ON {table}")
    session.execute("SET LOCAL ROLE civic_application")
    found = any(outcome(session, one) == "done" for one in refused)
    session.execute("ROLLBACK TO SAVEPOINT taken_out")
    return found


def tried(session: psycopg.Cursor, table: str) -> Iterator[str]:
    """What the role tries with a table whose trigger has no fault of its own: attacks, states, due dates, columns."""
    yield from (attack for attack in (ATTACKS | UNTOLD).values() if table in attack)
    columns = {name: kind for known, name, kind, _needed in session.execute(COLUMNS) if known == table}
    if "due_at" in columns:
        yield f"INSERT INTO {table} (due_at) SELECT {SOON}"
        yield f"UPDATE {table} SET due_at = {SOON}"
    if "state" in columns:
        states = next(model for model in stateful_models() if model._meta.db_table == table)._meta.get_field(
            "state"
        )
        for state in dict(states.choices):
            yield f"INSERT INTO {table} (state) SELECT '{state}'"
            yield from (
                f"UPDATE {table} SET state = '{other}' WHERE state = '{state}'"
                for other in dict(states.choices)
            )
    for column in KEPT.get(table, {}).get("refused", "").split():
        value = OTHER.get(columns.get(column, ""), "{0}").format(f'"{column}"')
        change = f'UPDATE "{table}" SET "{column}" = {value} WHERE'
        yield from (f"{change} {row}" for row in lived(session, table)) if column in columns else ()
        yield f'DELETE FROM "{table}"'
