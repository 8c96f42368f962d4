"""What the application role does wrong to the tables of data needs, a fault for each trigger that judges it alone."""

from tests.whole.faults import OFFICER, ONE, RESIDENT, Fault, again, past
from tests.whole.test_role_attacks import ENTRY
from tests.whole.test_role_money import told


def row(table: str, without: str, **changes: str) -> str:
    """Adds a lived row once more, as it begins: without these columns, with others changed."""
    emptied = " ".join(f"- '{column}'" for column in without.split())
    values = ", ".join(f"'{name}', '{value}'" for name, value in {"id": ONE[1:-1], **changes}.items())
    return f"""INSERT INTO {table} SELECT (jsonb_populate_record(NULL::{table},
        to_jsonb(one) {emptied} || jsonb_build_object({values}))).* FROM {table} one"""


NEED = "opened_at reminded_at"
GIFT = {"state": "started", "token": ONE[1:-1]}
# A need that takes gifts and offers, and one that waits for its delivery, as no other rule would have it.
OPENED = past("UPDATE exchange_dataneed SET state = 'open'")
DECLINED = past("UPDATE exchange_offer SET state = 'declined'")
AWARDED = past("UPDATE exchange_dataneed SET state = 'awarded'")
UNPAID = past("DELETE FROM exchange_bountypayout")
# Under another id, of which no event tells.
UNANSWERED = past(
    f"""UPDATE exchange_delivery SET id = {ONE}, answer = '', answered_at = NULL, answered_by_id = NULL
        WHERE id = (SELECT id FROM exchange_delivery LIMIT 1)"""
)
OF_GIFT = " WHERE purpose LIKE 'bounty-gift:%' LIMIT 1"
REQUESTED = "UPDATE exchange_bountypayout SET"


def begins(kind: str, subject: str, more: str) -> str:
    """What a forger tells, after what makes room for the row."""
    return f"{more}; {told(kind, subject)}"


EXCHANGE = {
    "exchange_dataneed_told": Fault(row("exchange_dataneed", NEED, state="draft", reason="") + " LIMIT 1"),
    "exchange_dataneed_begins": Fault(
        row("exchange_dataneed", NEED, state="draft", reason="Mine") + " LIMIT 1",
        before=told("data_need.stated", "exchange.DataNeed"),
    ),
    "exchange_dataneed_reminded": Fault("UPDATE exchange_dataneed SET reminded_at = now()"),
    "exchange_bountygift_told": Fault(row("exchange_bountygift", "", **GIFT) + " LIMIT 1", before=OPENED),
    "exchange_bountygift_begins": Fault(
        row("exchange_bountygift", "", **GIFT | {"state": "paid"}) + " LIMIT 1",
        before=begins("bounty_gift.started", "exchange.BountyGift", OPENED),
    ),
    "exchange_offer_told": Fault(
        row("exchange_offer", "", state="made") + " LIMIT 1",
        before=f"{OPENED}; {DECLINED}",
    ),
    "exchange_offer_begins": Fault(
        row("exchange_offer", "", state="awarded") + " LIMIT 1",
        before=begins(
            "data_offer.made",
            "exchange.Offer",
            f"{OPENED}; {DECLINED}",
        ),
    ),
    "exchange_delivery_told": Fault(
        row("exchange_delivery", "answered_at answered_by_id", answer="", number="9") + " LIMIT 1",
        before=AWARDED,
    ),
    # Told by nobody: an answer is somebody's.
    "exchange_delivery_answered": Fault(
        f"UPDATE exchange_delivery SET answer = 'accepted', answered_at = now() WHERE id = {ONE}",
        before=f"{UNANSWERED}; {told('data_delivery.accepted', 'exchange.Delivery')}",
    ),
    "exchange_dataneed_reason": Fault("UPDATE exchange_dataneed SET reason = 'Mine'"),
    "exchange_dataneed_deadline": Fault(
        "UPDATE exchange_dataneed SET deadline = deadline + 900 WHERE state <> 'draft'"
    ),
    "exchange_bountypayout_attempt": Fault(f"{REQUESTED} attempt = attempt + 5"),
    **{
        f"exchange_{table}_since": Fault(
            f"UPDATE exchange_{table} SET state_since = state_since - interval '40 days'"
        )
        for table in ("dataneed", "bountygift", "offer", "bountypayout")
    },
    "exchange_bountypayout_told": Fault(
        f"""INSERT INTO exchange_bountypayout (id, need_id, offer_id, amount_minor, currency, attempt,
            approvals_needed, failure, state) SELECT {ONE}, need_id, id, 0, 'EUR', 1, 1, '', 'planned'
            FROM exchange_offer WHERE state = 'awarded' LIMIT 1""",
        before=UNPAID,
    ),
    "exchange_bountypayout_begins": Fault(
        f"""INSERT INTO exchange_bountypayout (id, need_id, offer_id, amount_minor, currency, attempt,
            approvals_needed, failure, state, requested_by_id) SELECT {ONE}, need_id, id, 0, 'EUR', 1, 1, '',
            'planned', {OFFICER} FROM exchange_offer WHERE state = 'awarded' LIMIT 1""",
        before=begins("bounty_payout.planned", "exchange.BountyPayout", UNPAID),
    ),
    "exchange_bountypayout_asked": Fault(
        f"{REQUESTED} requested_by_id = {RESIDENT}",
        before=past(f"{REQUESTED} state = 'planned'"),
    ),
    "exchange_bountypayout_by_staff": Fault(
        f"{REQUESTED} approved_by_id = {RESIDENT} WHERE id = {ONE}",
        before=f"""{past(f"{REQUESTED} id = {ONE}")};
            {told("bounty_payout.consented", "exchange.BountyPayout", RESIDENT, '{"attempt": 1}')}""",
    ),
    "exchange_bountypayout_also_by_staff": Fault(
        f"{REQUESTED} also_approved_by_id = {RESIDENT} WHERE id = {ONE}",
        before=f"""{
            past(
                f"{REQUESTED} id = {ONE}, approved_by_id = (SELECT person_id FROM accounts_person_groups"
                " JOIN auth_group ON auth_group.id = group_id WHERE name = 'finance-officers' AND person_id <>"
                " (SELECT requested_by_id FROM exchange_bountypayout) LIMIT 1)"
            )
        };
            {told("bounty_payout.consented", "exchange.BountyPayout", RESIDENT, '{"attempt": 1}')}""",
    ),
    "exchange_bountypayout_approval": Fault(
        f"""{REQUESTED} approved_by_id = (SELECT person_id FROM accounts_person_groups JOIN auth_group
            ON auth_group.id = group_id WHERE name = 'finance-officers' AND person_id <> requested_by_id LIMIT 1)"""
    ),
    "exchange_bountypayout_also_approval": Fault(
        f"""{REQUESTED} also_approved_by_id = (SELECT person_id FROM accounts_person_groups JOIN auth_group
            ON auth_group.id = group_id WHERE name = 'finance-officers' AND person_id <> requested_by_id
            ORDER BY person_id DESC LIMIT 1)""",
        before=past(
            f"""{REQUESTED} approved_by_id = (SELECT id FROM accounts_person WHERE is_superuser LIMIT 1)"""
        ),
    ),
    "exchange_entry_is_owed": Fault(
        ENTRY.replace("'x', 'x'", "'x', 'dispute:x:borne:bounty-payout:x:1'")
        + """ SELECT made.id, account.id, made.book, 'EUR', CASE account.code WHEN 'losses' THEN -1 ELSE 1 END
                FROM made, ledger_account account
               WHERE account.book = 'demo' AND account.currency = 'EUR' AND account.code IN ('losses', 'bank')"""
    ),
    "exchange_transfer_is_owed": Fault(
        again(
            "payments_transfer",
            "id",
            ONE,
            "state",
            "requested",
            "provider_ref",
            "",
            "purpose",
            "bounty-payout:x:1",
        )
        + " LIMIT 1",
        before=told("transfer.requested", "payments.Transfer"),
    ),
    "exchange_charge_is_owed": Fault(
        f"""INSERT INTO payments_charge SELECT (jsonb_populate_record(one, to_jsonb(one) || jsonb_build_object('id',
            {ONE}, 'state', 'created', 'provider_ref', '', 'amount_minor', 66600))).* FROM payments_charge one"""
        + OF_GIFT,
        before=f"""{past("UPDATE payments_charge SET state = 'failed' WHERE purpose LIKE 'bounty-gift:%'")};
            {told("charge.started", "payments.Charge")}""",
    ),
    **{
        f"exchange_{table}_{column}": Fault(
            f"UPDATE exchange_{table} SET {column}_id = NULL WHERE {column}_id IS NOT NULL"
        )
        for table, column in (
            ("bountygift", "person"),
            ("offer", "person"),
            ("dataneed", "author"),
            ("delivery", "answered_by"),
        )
    },
}
