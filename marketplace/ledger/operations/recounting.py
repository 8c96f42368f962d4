"""Counting everything again at night. A difference is an alarm; nothing corrects itself."""

import json
import logging
from collections.abc import Iterator

from django.db import connection

from marketplace.ledger import queries, verify
from marketplace.ledger.models import Book, Entry

log = logging.getLogger(__name__)


def recount() -> list[str]:
    """What is wrong with the ledger, one line each, also in the log as errors; nothing where all is well.

    Compared are balances read through checkpoints with sums over all postings; each book's export goes
    through the stranger's check; and every entry must be linked or wait for it.
    """
    lost = Entry.objects.filter(link=None, unlinked=None).values_list("pk", flat=True)[:20]
    unlinked = [f"entry {key} is neither linked nor waiting for it" for key in lost]
    wrong = [*_balances(), *_chains(), *unlinked]
    for line in wrong:
        log.error("ledger: %s", line)
    return wrong


def _balances() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(DIFFERENT)
        return [
            f"account {book}/{code} {currency} reads {read} and its postings sum to {total}"
            for book, code, currency, read, total in cursor.fetchall()
        ]


DIFFERENT = """
SELECT book, code, currency, read, total FROM (
    SELECT account.book, account.code, account.currency, ledger_balance(account.id) AS read,
           coalesce((SELECT sum(amount) FROM ledger_posting WHERE account_id = account.id), 0) AS total
    FROM ledger_account account
) counted WHERE read <> total ORDER BY book, code, currency
"""


def _chains() -> Iterator[str]:
    for book in Book.values:
        try:
            verify.check(json.dumps(line) for line in queries.export(book))
        except verify.Bad as wrong:
            yield f"the export of book {book} does not hold: {wrong}"
