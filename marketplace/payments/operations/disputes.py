"""What a dispute does to the ledger. Called with the charge locked, in its transaction."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import Sum

from civic.core import events
from civic.core.money import Money
from civic.core.states import lock, transition
from marketplace.ledger import operations as ledger
from marketplace.ledger import queries
from marketplace.ledger.models import Account, Posting
from marketplace.payments import accounts
from marketplace.payments.models import Charge, Refund
from marketplace.payments.states import OWED


def opened(charge: Charge, amount: Money, at: datetime) -> None:
    """The provider has taken the money back until the dispute is decided."""
    there = accounts.at_provider(charge.book, charge.provider, charge.currency)
    _post(charge, "", amount, accounts.disputed(charge.book, charge.currency), there, at)


def won(charge: Charge, amount: Money, at: datetime) -> None:
    """The provider has given it back."""
    there = accounts.at_provider(charge.book, charge.provider, charge.currency)
    _post(charge, "won", amount, there, accounts.disputed(charge.book, charge.currency), at)


def lost(charge: Charge, amount: Money, at: datetime) -> None:
    """The payer has it for good: out of what was owed back to them, then of what is left, then a loss."""
    gone = accounts.disputed(charge.book, charge.currency)
    left = _cover_refunds(charge, amount, gone, at)
    account = accounts.held(charge.book, charge.account, charge.currency)
    # Of what was refunded nothing is left there: more than the rest of this charge is other payers' money.
    taken = min(left, ledger.available(account), charge.amount - charge.refunded)
    if taken:
        _post(charge, "lost", taken, account, gone, at)
    if left - taken:
        _post(charge, "loss", left - taken, accounts.losses(charge.book, charge.currency), gone, at)


def count(charge: Charge) -> int:
    """How many disputes of a charge have been opened."""
    return events.about(charge).filter(kind="charge.disputed").count()


def booked(charge: Charge, step: str) -> int:
    """Minor units that a step took: `lost` from the charge's account, `loss` as a loss; 0 where it booked nothing."""
    gone = accounts.disputed(charge.book, charge.currency)
    # Only one is lost: after that there is nothing to dispute.
    key = f"{_name(charge)}:{step}"
    postings = Posting.objects.filter(entry__book=charge.book, entry__key=key, account=gone)
    return -int(postings.aggregate(total=Sum("amount", default=0))["total"])


def _cover_refunds(charge: Charge, amount: Money, gone: Account, at: datetime) -> Money:
    """Ends refunds that the dispute has paid in their place; returns what of the amount is left to find."""
    for refund in Refund.objects.filter(charge=charge).order_by("created_at"):
        owed = accounts.owed_back(refund.book, refund.pk, refund.currency)
        whole = refund.amount <= amount and queries.balance(owed) == refund.amount
        if lock(refund).state in OWED and whole:
            _post(charge, f"refund:{refund.pk}", refund.amount, owed, gone, at)
            transition(refund, "cover", actor=None, at=at, payload={"purpose": charge.purpose})
            amount -= refund.amount
    return amount


def _post(charge: Charge, step: str, amount: Money, debit: Account, credit: Account, at: datetime) -> None:
    kind = "dispute" + (f".{step.partition(':')[0]}" if step else "")
    key, provider = _name(charge) + (f":{step}" if step else ""), charge.provider
    accounts.move(amount, source=credit, target=debit, kind=kind, key=key, provider=provider, at=at)


def _name(charge: Charge) -> str:
    """What the keys of the latest dispute's entries begin with; the first has no number."""
    number = count(charge)
    return f"dispute:{charge.pk}" + (f":{number}" if number > 1 else "")


STEPS: dict[str, Callable[[Charge, Money, datetime], None]] = {"dispute": opened, "win": won, "lose": lost}
