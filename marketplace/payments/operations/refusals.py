"""Payments that the bank refuses out of a file that it has: one person says so, and another one agrees.

What was put aside for it is where it came from: a refund waits for another way, the line that was to go back is
unclear again, and whoever is owed a payout or a return asks for it anew.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict, required
from civic.core.policies import require, require_still
from marketplace.payments.locking import lock_payment
from marketplace.payments.models import Refund, Transfer
from marketplace.payments.operations.refunds import advance_refund
from marketplace.payments.operations.sent_payments import is_at_bank
from marketplace.payments.operations.transfers import advance_transfer
from marketplace.payments.providers import Outcome


def propose_refusal(*, actor: Person, payment: Refund | Transfer, reason: str, at: datetime) -> None:
    """Says that the bank has refused this one payment of a file. Nothing moves until somebody else confirms it.

    Raises Forbidden, Invalid without a reason, and Conflict where it is in no file that was fetched, or has gone.
    """
    require(actor, "keep", "books")
    reason = required(reason, _("Say how you know that the bank has refused it."))
    with transaction.atomic():
        _check_at_bank(payment)
        if payment.refusal_proposed_by_id:
            raise Conflict(_("Somebody has said this already: another one confirms it, or takes it back."))
        _say(payment, "proposed", actor, at, reason, refusal_proposed_by=actor)


def withdraw_refusal(*, actor: Person, payment: Refund | Transfer, reason: str, at: datetime) -> None:
    """The bank still has it, whoever said otherwise. Raises Forbidden, Conflict where nobody did."""
    require(actor, "keep", "books")
    with transaction.atomic():
        _fresh(payment)
        if not payment.refusal_proposed_by_id or payment.is_refused:
            raise Conflict(_("Nobody has proposed that the bank has refused this."))
        _say(payment, "withdrawn", actor, at, reason, refusal_proposed_by=None)


def confirm_refusal(*, actor: Person, payment: Refund | Transfer, at: datetime) -> None:
    """The bank sends it no more: its money is back where it came from.

    Raises Forbidden for the one who proposed it, Conflict where nobody did or it has gone meanwhile.
    """
    require(actor, "keep", "books")
    with transaction.atomic():
        _check_at_bank(payment)
        if not payment.refusal_proposed_by_id:
            raise Conflict(_("Nobody has proposed that the bank has refused this."))
        require(actor, "confirm_refusal", payment)
        require_still(payment.refusal_proposed_by, "keep", "books")
        # Before it fails: out of a file that the bank has nothing does, by less than two, says the database.
        _say(payment, "confirmed", actor, at, "", refusal_confirmed_by=actor)
        failed = Outcome("fail", failure=str(_("The bank has refused it.")))
        if isinstance(payment, Refund):
            advance_refund(payment, failed, at=at)
        else:
            advance_transfer(payment, failed, at=at)


def _fresh(payment: Refund | Transfer) -> None:
    lock_payment(payment)
    payment.refresh_from_db()


def _check_at_bank(payment: Refund | Transfer) -> None:
    """Looks at the payment as it is now. Raises Conflict where the bank can refuse it no more, or not yet."""
    _fresh(payment)
    if not is_at_bank(payment):
        raise Conflict(
            _("It is in no payment file that was fetched for the bank, or it has gone or failed already.")
        )


def _say(
    payment: Refund | Transfer, what: str, actor: Person, at: datetime, reason: str, **columns: Person | None
) -> None:
    kind = {
        "proposed": ("refund.refusal_proposed", "transfer.refusal_proposed"),
        "withdrawn": ("refund.refusal_withdrawn", "transfer.refusal_withdrawn"),
        "confirmed": ("refund.refused", "transfer.refused"),
    }[what][isinstance(payment, Transfer)]
    # The event first: the database asks for it as the row changes.
    events.record(kind, actor=actor, subject=payment, at=at, note=reason)
    type(payment).objects.filter(pk=payment.pk).update(**columns)
