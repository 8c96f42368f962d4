"""What came back and has gone after all: refunds that a dispute or a claim has paid since, and returns of credits."""

from datetime import datetime

from django.db.models import Sum

from civic.accounts.models import Person
from civic.core.locking import lock_rows
from civic.core.states import lock, transition
from marketplace.ledger import operations as ledger
from marketplace.ledger import queries
from marketplace.ledger.models import Account, Posting
from marketplace.payments import accounts
from marketplace.payments.models import Refund, StatementLine
from marketplace.payments.operations.came_back import bringer_of, brought_by
from marketplace.payments.operations.disputes import REST, claim_twice, waiting
from marketplace.payments.states import TransferState


def owe_again(refund: Refund, at: datetime) -> bool:
    """Owes a refund again that a dispute or a claim had paid, as it has gone after all; whether it had.

    First out of what is owed in its place, then of what is left of its charge, as if the dispute had found it gone;
    the rest is a loss. The charge is locked by the caller, who says by which line it has gone.
    """
    if not lock(refund).can("take_back"):
        return False
    charge, legs = refund.charge, []
    missing = refund.amount
    for rest in _rests(refund):
        owed = accounts.owed_back(rest.book, rest.pk, rest.currency)
        if queries.balance(owed) == rest.amount:
            transition(rest, "cover", actor=None, at=at, payload={"purpose": charge.purpose})
            legs.append(ledger.Leg(owed, rest.amount))
            missing -= rest.amount
    held = accounts.held(charge.book, charge.account, charge.currency)
    # Before it counts as refunded: afterwards nothing would be left for it.
    from_held = min(missing, charge.left, ledger.available(held))
    if from_held:
        legs.append(ledger.Leg(held, from_held))
    if missing - from_held:
        legs.append(ledger.Leg(accounts.losses(charge.book, charge.currency), missing - from_held))
    legs.append(ledger.Leg(accounts.owed_back(refund.book, refund.pk, refund.currency), -refund.amount))
    public = {"provider": refund.provider}
    key = f"refund.taken_back:{refund.pk}"
    ledger.post(book=refund.book, kind="refund.taken_back", key=key, legs=legs, at=at, public=public)
    transition(refund, "take_back", actor=None, at=at, payload={"purpose": charge.purpose})
    return True


def _rests(refund: Refund) -> list[Refund]:
    """What waits in the place of a refund that is covered: what is left of it, or of that where it is covered, too."""
    left = refund.charge.refunds.filter(key=f"{REST}{refund.pk}").select_related("charge")
    rests = lock_rows(left)
    there = {
        rest.pk for rest in waiting(refund.charge).filter(pk__in=[rest.pk for rest in rests], bank_order=None)
    }
    return [found for rest in rests for found in ([rest] if rest.pk in there else _rests(rest))]


def claim_again(refund: Refund, at: datetime) -> None:
    """What the payer has twice by a refund that has gone after all, once all that its line takes is lost.

    A claim of its own, of no more than it has cost: what else came back twice is of another refund, or of a dispute.
    """
    dispute = refund.charge.disputes.filter(lost_minor__gt=0).latest("number")
    cost = _booked(refund, accounts.losses(refund.book, refund.currency))
    claim_twice(dispute, cost, at, refund=refund)


def returns_have_gone(credit: StatementLine, second: Person, at: datetime) -> None:
    """What had been sent back, and the credit had brought, has gone after all: the bank has taken the credit back.

    Nothing is booked: it had come back into suspense, and leaves from there with the credit.
    """
    for transfer in brought_by(credit).filter(account=accounts.SUSPENSE, state=TransferState.REVERSED):
        if bringer_of(transfer) == credit:
            transition(transfer, "take_back", actor=second, at=at)


def taken_again(refund: Refund) -> tuple[int, int]:
    """What a refund that has gone after all has taken of its payment once more, in minor units, and of it the loss.

    Without what its payer owes of it (claims): whoever owns the payment has that much less of it.
    """
    charge = refund.charge
    claimed = refund.claims.aggregate(of=Sum("amount_minor", default=0))["of"]
    loss = _booked(refund, accounts.losses(charge.book, charge.currency)) - claimed
    held = _booked(refund, accounts.held(charge.book, charge.account, charge.currency))
    return max(0, held + loss), max(0, loss)


def _booked(refund: Refund, account: Account) -> int:
    legs = Posting.objects.filter(
        entry__book=refund.book, entry__key=f"refund.taken_back:{refund.pk}", account=account
    )
    return int(legs.aggregate(of=Sum("amount", default=0))["of"])
