"""A second way to a balance, which knows nothing of checkpoints."""

from django.db.models import Sum

from civic.core.money import Money
from marketplace.ledger.models import Account, Posting
from marketplace.ledger.queries import natural


def recounted(account: Account) -> Money:
    """The natural balance from all postings, to compare with what `queries.balance` reads."""
    total = Posting.objects.filter(account=account).aggregate(total=Sum("amount"))["total"] or 0
    return natural(account, total)
