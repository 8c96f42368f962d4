"""Balances: what may still be taken out of an account, and checkpoints that keep their sums short."""

from datetime import datetime

from django.db import connection

from civic.core.money import Money
from marketplace.ledger import queries
from marketplace.ledger.models import Account


def available(account: Account) -> Money:
    """The natural balance; until the caller's transaction ends, nothing else leaves a floored account.

    Takes the lock that the postings' trigger takes, so that a refusal can be said in words before the
    database says it. Ask inside of a transaction.
    """
    if account.floor_zero:
        with connection.cursor() as cursor:
            cursor.execute("SELECT ledger_hold(%s)", [account.pk])
    return queries.balance(account)


def take_checkpoints(*, at: datetime, tail: int = 200) -> int:
    """Notes the balance of every account with more than `tail` postings since its last checkpoint.

    The first statement waits for writers under way, so that no posting with a lower number appears later; its
    lock is released before anything is summed.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_settled()")
        (last,) = cursor.fetchone()
        cursor.execute(CHECKPOINTS, {"last": last, "at": at, "tail": tail})
        return cursor.rowcount


CHECKPOINTS = """
INSERT INTO ledger_checkpoint (account_id, last_posting, balance, taken_at)
SELECT account.id, %(last)s, coalesce(newest.balance, 0) + fresh.total, %(at)s
FROM ledger_account account
LEFT JOIN LATERAL (
    SELECT balance, last_posting FROM ledger_checkpoint
    WHERE account_id = account.id ORDER BY last_posting DESC LIMIT 1
) newest ON true
CROSS JOIN LATERAL (
    SELECT count(*) AS legs, coalesce(sum(amount), 0) AS total FROM ledger_posting
    WHERE account_id = account.id AND id > coalesce(newest.last_posting, 0) AND id <= %(last)s
) fresh
WHERE fresh.legs > %(tail)s
ON CONFLICT DO NOTHING
"""
