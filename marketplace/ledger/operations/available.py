"""How much may still be taken out of an account, with nobody else taking at the same time."""

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
