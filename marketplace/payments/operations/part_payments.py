"""Bank transfers of less than their charge: two people keep them as parts, in suspense, until the rest has arrived."""

from datetime import datetime

from civic.core.locking import lock_rows
from civic.core.states import transition
from marketplace.payments.models import Charge, StatementLine
from marketplace.payments.operations.paid_lines import named_before, note_payment
from marketplace.payments.states import LineState


def parts_of(charge: Charge) -> list[StatementLine]:
    """The parts that wait for the rest of this charge, locked; the charge is locked already."""
    return lock_rows(StatementLine.objects.filter(charge=charge, state=LineState.PART))


def settle_parts(charge: Charge, at: datetime) -> None:
    """Their money has paid the charge, with that of a further line."""
    for part in parts_of(charge):
        note_payment(part, charge, part.suspense_minor)
        StatementLine.objects.filter(pk=part.pk).update(suspense_minor=0)
        transition(part, "settle", actor=None, at=at)


def release_parts(charge: Charge, at: datetime) -> None:
    """The charge has ended unpaid: what waited for its rest is unclear again, and can go back."""
    for part in parts_of(charge):
        # Before the step: what a line is of changes with its state, says the database.
        StatementLine.objects.filter(pk=part.pk).update(**named_before(part))
        transition(part, "withdraw", actor=None, at=at, reason="its payment has ended")
