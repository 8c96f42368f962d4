"""What a treasurer did to money by SQL as the application role: rows that begin at their beginning, and cost it.

Each of MONEY is refused by its trigger, and done without it (`test_role_triggers.py` takes each out).
"""

import psycopg
import pytest

from tests.whole.application_role import outcome, session
from tests.whole.faults import OFFICER, ONE, RESIDENT, Fault, again, past, prepared
from tests.whole.test_role_attacks import ENTRY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_city")]
__all__ = ["session"]


def told(kind: str, subject: str, actor: str = "NULL", payload: str = "{}") -> str:
    """The event that a forger leaves in the log, of the row ONE."""
    return f"""INSERT INTO core_event (kind, subject_type, subject_id, at, actor, payload, note, note_salt, note_digest)
        SELECT '{kind}', '{subject}', {ONE}, now(), {actor}, '{payload}', '', '', ''"""


LINE = """INSERT INTO payments_statementline (id, digest, booked_on, amount_minor, currency, reference, text, name,
    iban, bank_reference, is_reversal, state, suspense_minor, proposal, purpose, return_name, return_iban, statement_id,
    charge_id) SELECT gen_random_uuid(), 'x', '2000-01-01', 1, 'EUR', '', '', 'Mallory', 'DE89', '', false, 'new', 0,
    '', '', '', '',"""
# Of the bank's own file, with nobody's event.
STATEMENT = again("payments_statement", "digest", "x", "id", ONE)
OF_NOTHING_BACK = "NOT EXISTS (SELECT FROM payments_refund WHERE charge_id = payments_charge.id)"
# A payment that can be asked for again: the one before has failed, with its way to pay or without.
FREE = past("UPDATE payments_charge SET state = 'failed' WHERE purpose LIKE 'pledge:%'")
PAID_BY_HAND = " WHERE purpose LIKE 'pledge:%' AND method_id IS NULL AND payer_id IS NOT NULL LIMIT 1"
CHARGE = ["id", ONE, "state", "created", "provider_ref", ""]
STARTED = f"{FREE}; {told('charge.started', 'payments.Charge')}"
MONTH = "INSERT INTO campaigns_instalment (id, number, due_on, state, pledge_id) SELECT gen_random_uuid(),"

COVERED = past(again("payments_refund", "id", ONE, "key", "x", "state", "covered") + " LIMIT 1")
TO_DUE = '{"from": "covered", "to": "alternative_due"}'
# A payment of which all is lost, and as much was refunded as that.
LOST_AND_REFUNDED = past(
    f"""INSERT INTO payments_dispute (id, charge_id, number, amount_minor, reason, opened_at, decided_at, lost_minor)
        SELECT {ONE}, id, 9, amount_minor, '', now(), now(), amount_minor
          FROM payments_charge WHERE state = 'succeeded' AND {OF_NOTHING_BACK} LIMIT 1;
        INSERT INTO payments_refund SELECT (jsonb_populate_record(one, to_jsonb(one) || jsonb_build_object('id', {ONE},
            'key', 'x', 'state', 'done', 'charge_id', dispute.charge_id, 'amount_minor', dispute.amount_minor))).*
          FROM payments_refund one, payments_dispute dispute WHERE dispute.id = {ONE} LIMIT 1"""
)

MONEY = {
    "payments_statement_is_told": Fault(STATEMENT + " LIMIT 1"),
    "payments_statementline_is_read": Fault(f"{LINE} id, NULL FROM payments_statement LIMIT 1"),
    "payments_statementline_begins": Fault(
        f"{LINE} {ONE}, (SELECT id FROM payments_charge LIMIT 1)", before=past(STATEMENT + " LIMIT 1")
    ),
    "payments_statementline_is_stepped": Fault(
        """UPDATE payments_statementline SET charge_id = (SELECT id FROM payments_charge other
            WHERE other.id IS DISTINCT FROM charge_id LIMIT 1)"""
    ),
    "payments_statementline_names": Fault(
        """UPDATE payments_statementline SET reverses_id = (SELECT id FROM payments_statementline LIMIT 1)
            WHERE id = (SELECT id FROM payments_statementline WHERE reverses_id IS NULL ORDER BY id DESC LIMIT 1)"""
    ),
    "payments_linepayment_pays": Fault(
        """INSERT INTO payments_linepayment (id, line_id, charge_id, amount_minor, name, iban)
            SELECT gen_random_uuid(), line.id, charge.id, 1, 'Me', ''
              FROM payments_statementline line, payments_charge charge
             WHERE line.state = 'unclear' AND line.amount_minor > 0 AND charge.state = 'succeeded'
               AND charge.currency = line.currency AND charge.provider <> 'bank' LIMIT 1"""
    ),
    "payments_charge_begins": Fault(
        again("payments_charge", *CHARGE, "state", "processing") + PAID_BY_HAND, before=STARTED
    ),
    "payments_charge_is_told": Fault(again("payments_charge", *CHARGE) + PAID_BY_HAND, before=FREE),
    "payouts_charge_is_owed": Fault(
        again("payments_charge", *CHARGE, "purpose", "gift:evil", "amount_minor", "66600")
        + " WHERE method_id IS NOT NULL LIMIT 1",
        before=STARTED,
    ),
    "campaigns_month_is_promised": Fault(
        f"{MONTH} months + 1, current_date + 9999, 'due', id FROM campaigns_pledge WHERE frequency = 'monthly' LIMIT 1"
    ),
    "campaigns_pledge_is_told": Fault(
        """UPDATE campaigns_pledge SET amount_minor = amount_minor + 1 WHERE state = 'active' AND collected_at IS NULL
            AND campaign_id IN (SELECT id FROM campaigns_campaign WHERE state = 'open')"""
    ),
    "payments_bankorder_withdrawn": Fault({"withdrawn_at": "now()"}, {"made_by_id": OFFICER}),
    **{
        f"payments_{kind}_ordered": Fault(
            f"UPDATE payments_{kind} SET bank_order_id = NULL WHERE bank_order_id = {ONE}",
            before=past(
                f"""UPDATE payments_{kind} SET bank_order_id = {ONE} WHERE id IN (SELECT target FROM payments_command
                    WHERE verb = '{kind}' AND payouts_is_posted(target))"""
            ),
        )
        for kind in ("refund", "transfer")
    },
    "payments_refund_is_told": Fault(
        f"""INSERT INTO payments_refund (id, book, provider, provider_ref, amount_minor, currency, charge_id, key,
            reason, state, failure) SELECT gen_random_uuid(), book, provider, '', 1, currency, id, 'x', 'x',
            'requested', '' FROM payments_charge WHERE state = 'succeeded' AND {OF_NOTHING_BACK} LIMIT 1"""
    ),
    "payments_settlement_is_told": Fault(
        """INSERT INTO payments_settlement (id, book, provider, provider_ref, amount_minor, currency, arrives_on,
            failed) VALUES (gen_random_uuid(), 'demo', 'stripe', 'x', 1, 'EUR', current_date, false)"""
    ),
    "payments_reconciliation_explained": Fault({"explanation": "'x'"}, {}),
    # Told, but no credit was taken back.
    "payments_refund_went_after_all": Fault(
        f"UPDATE payments_refund SET state = 'alternative_due' WHERE id = {ONE}",
        before=f"{COVERED}; {told('refund.taken_back', 'payments.Refund', payload=TO_DUE)}",
    ),
    "payments_claim_came_back_twice": Fault(
        f"INSERT INTO payments_claim (id, amount_minor, state, dispute_id) SELECT {ONE}, 1, 'open', {ONE}",
        before=past(
            f"""INSERT INTO payments_dispute (id, charge_id, number, amount_minor, reason, opened_at, decided_at,
                lost_minor) SELECT {ONE}, id, 9, amount_minor, '', now(), now(), amount_minor
                FROM payments_charge WHERE state = 'succeeded' AND {OF_NOTHING_BACK} LIMIT 1"""
        ),
    ),
}


def refused(session: psycopg.Cursor, *faults: Fault, table: str = "") -> bool:
    """Whether the role is refused each of them; those with a row of their own are of one `table`."""
    found = set()
    for fault in faults:
        session.execute("SAVEPOINT fault")
        session.execute("RESET ROLE")
        statement = prepared(session, table, fault)
        session.execute("SET LOCAL ROLE civic_application")
        found.add(outcome(session, statement))
        session.execute("ROLLBACK TO SAVEPOINT fault")
    return found == {"refused"}


def of(*triggers: str) -> list[Fault]:
    """The faults that these triggers refuse."""
    return [MONEY[name] for name in triggers]


def test_a_refund_goes_where_its_charge_came_from_1127_tr4(session: psycopg.Cursor) -> None:
    lines = ("payments_statementline_begins", "payments_statementline_is_stepped")
    assert refused(session, *of(*lines, "payments_statementline_is_read"))
    change = "UPDATE payments_statementline SET"
    assert refused(session, Fault(f"{change} suspense_minor = 999900 WHERE state = 'unclear'"))


def test_a_statement_is_read_by_a_finance_officer_who_is_told_1127_tr3(session: psycopg.Cursor) -> None:
    assert refused(session, *of("payments_statement_is_told", "payments_settlement_is_told"))
    for actor, fresh, met in ((RESIDENT, 0, True), (OFFICER, 1, True), (OFFICER, 0, False)):
        event = told("statement.imported", "payments.Statement", actor, f'{{"fresh": {fresh}}}')
        by = STATEMENT.replace("'digest'", f"'imported_by_id', {actor}, 'digest'") + " LIMIT 1"
        assert refused(session, Fault(by, before=event)) == met


def test_a_card_is_charged_for_what_its_owner_has_promised_1127_tr12(session: psycopg.Cursor) -> None:
    assert refused(
        session, *of("payouts_charge_is_owed", "payments_charge_is_told", "campaigns_pledge_is_told")
    )
    # Of what is promised: more than that, another's, to elsewhere, or before it is collected.
    for changed in (
        ["amount_minor", "66600"],
        ["payer_id", f"{RESIDENT}"],
        ["account", "campaign/x/held"],
        ["provider", "stripe"],
    ):
        values = [*CHARGE, *changed]
        statement = again("payments_charge", *values).replace(f"'{RESIDENT}'", RESIDENT)
        where = PAID_BY_HAND.replace("LIMIT", f"AND payer_id <> {RESIDENT} LIMIT")
        assert refused(session, Fault(statement + where, before=STARTED)), changed
    card = again("payments_charge", *CHARGE).replace(
        "'id'", "'method_id', (SELECT id FROM payments_method LIMIT 1), 'id'"
    )
    assert refused(session, Fault(card + PAID_BY_HAND, before=STARTED))


def test_a_month_is_one_that_was_promised_1127_tr13(session: psycopg.Cursor) -> None:
    assert refused(session, *of("campaigns_month_is_promised"))
    monthly = "collected_at < now() AND frequency = 'monthly'"
    pledge = f"(SELECT id FROM campaigns_pledge WHERE {monthly} ORDER BY id LIMIT 1)"
    before = past(
        f"DELETE FROM campaigns_instalment WHERE pledge_id = {pledge};"
        f" UPDATE campaigns_pledge SET state = 'collected' WHERE id = {pledge}"
    )
    day = "(collected_at + interval '1 month')::date"
    for due, met in ((f"{day} - 9", True), (day, False)):
        month = f"{MONTH} 2, {due}, 'due', id FROM campaigns_pledge WHERE id = {pledge}"
        assert refused(session, Fault(month, before=before)) == met
    once = f"{MONTH} 2, current_date, 'due', id FROM campaigns_pledge WHERE frequency = 'once' LIMIT 1"
    assert refused(session, Fault(once))


def test_a_payment_leaves_its_file_once_that_is_withdrawn_1127_tr17(session: psycopg.Cursor) -> None:
    assert refused(session, *of("payments_refund_ordered", "payments_transfer_ordered"))
    assert refused(session, *of("payments_bankorder_withdrawn"), table="payments_bankorder")


def test_what_is_claimed_or_explained_has_its_ground_1127_tr21(session: psycopg.Cursor) -> None:
    assert refused(session, *of("payments_claim_came_back_twice"))
    assert refused(session, *of("payments_reconciliation_explained"), table="payments_reconciliation")


def test_claims_are_of_no_more_than_came_back_twice_together_1127_tf3(session: psycopg.Cursor) -> None:
    """By the dispute the whole, and by the refund the same once more; one of a refund alone is let in."""
    claim = "INSERT INTO payments_claim (id, amount_minor, state, dispute_id, refund_id) SELECT gen_random_uuid(),"
    of_dispute = f"{claim} lost_minor, 'open', id, NULL FROM payments_dispute WHERE id = {ONE}"
    of_refund = f"{claim} lost_minor{{}}, 'open', id, {ONE} FROM payments_dispute WHERE id = {ONE}"
    assert refused(session, Fault(of_refund.format(""), before=f"{LOST_AND_REFUNDED}; {past(of_dispute)}"))
    assert refused(session, Fault(of_refund.format(" + 1"), before=LOST_AND_REFUNDED))
    other = of_refund.format("").replace(f", {ONE} FROM", ", (SELECT id FROM payments_refund LIMIT 1) FROM")
    assert refused(session, Fault(other, before=LOST_AND_REFUNDED))
    assert not refused(session, Fault(of_refund.format(""), before=LOST_AND_REFUNDED))


def of_a_key(key: str, debit: str, credit: str) -> str:
    """An entry of one cent between two accounts of the city, under a key."""
    found = [
        f"(SELECT id FROM ledger_account WHERE code = '{code}' AND book = 'demo' LIMIT 1)"
        for code in (debit, credit)
    ]
    return (
        ENTRY.replace("'x', 'x'", f"'x', {key}")
        + f" SELECT made.id, {found[0]}, made.book, 'EUR', 1 FROM made"
        f" UNION ALL SELECT made.id, {found[1]}, made.book, 'EUR', -1 FROM made"
    )


REFUND = past(
    f"""INSERT INTO payments_refund SELECT (jsonb_populate_record(one, to_jsonb(one) || jsonb_build_object('id', {ONE},
        'key', 'x'))).* FROM payments_refund one WHERE book = 'demo' LIMIT 1"""
)


@pytest.mark.parametrize("whose", ["suspense", "vat"])
def test_a_refund_comes_out_of_its_own_account_1127_tr18(session: psycopg.Cursor, whose: str) -> None:
    assert refused(session, Fault(of_a_key(f"'refund:' || {ONE}", whose, "provider/demo"), before=REFUND))


KEYS = {
    "a charge": "'charge:' || (SELECT id FROM payments_charge WHERE state = 'succeeded' LIMIT 1) || ':x1'",
    "its fee": "'charge:' || (SELECT id FROM payments_charge WHERE state = 'succeeded' LIMIT 1) || ':fee'",
    "an invoice": "'invoice:' || (SELECT number FROM invoicing_invoice WHERE gross_minor > 0 LIMIT 1) || ':zz'",
    "a line": "'taken:' || (SELECT digest FROM payments_statementline LIMIT 1) || ':q1'",
    "a dispute": "'dispute:' || (SELECT charge_id FROM payments_dispute LIMIT 1) || ':2:won'",
    "a deposit": "'fund:' || (SELECT fund_id || ':x:' || id FROM matching_deposit WHERE confirmed_at < now() LIMIT 1)",
}
OUT = "'fund:' || (SELECT fund_id || ':out:' || id FROM matching_deposit WHERE confirmed_at < now() LIMIT 1)"


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
def test_what_a_row_is_worth_moves_once_1127_tr5(session: psycopg.Cursor, key: str) -> None:
    assert refused(session, Fault(of_a_key(key, "vat", "provider/demo")))


def test_a_deposit_that_the_bank_has_not_taken_back_stays_1127_sa6(session: psycopg.Cursor) -> None:
    """Alone it takes nothing out of its fund, and no key makes two of it."""
    moved = of_a_key(OUT, "fund/x/available", "bank")
    account = (
        "'fund/' || (SELECT fund_id FROM matching_deposit WHERE confirmed_at < now() LIMIT 1) || '/available'"
    )
    assert refused(session, Fault(moved.replace("'fund/x/available'", account)))


def test_a_payout_is_set_apart_once_an_attempt_1127_tr5(session: psycopg.Cursor) -> None:
    """Between two accounts of its campaign, under a key of an attempt that was none."""
    payout = "(SELECT id FROM payouts_payout WHERE state = 'requested' LIMIT 1)"
    campaign = f"(SELECT campaign_id FROM payouts_payout WHERE id = {payout})"
    parts = [f"'campaign/' || {campaign} || '/{part}'" for part in ("committed", "released")]
    moved = of_a_key(f"'milestone:' || {payout} || ':99'", *parts)
    for part in parts:
        moved = moved.replace(f"'{part}'", part)
    assert refused(session, Fault(moved))
