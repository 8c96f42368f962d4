"""Payment files that never went to the bank: one that somebody has fetched is withdrawn by two."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict, Text, required
from civic.core.policies import require, require_still
from marketplace.payments.locking import lock_order
from marketplace.payments.models import BankOrder, Refund, Transfer
from marketplace.payments.operations.sent_payments import is_fetched, lock_payments


def withdraw_order(*, actor: Person, order: BankOrder, reason: str, at: datetime) -> Text:
    """Says that a file never went to the bank: its payments wait for the next one.

    Where somebody has fetched it, once another has confirmed that; returns so in words, nothing where it is done.
    Raises Forbidden, Invalid without a reason, and Conflict where a statement shows that one of them has gone.
    """
    require(actor, "keep", "books")
    reason = required(reason, _("Say how you know that the bank did not get it."))
    with transaction.atomic():
        order = _locked(order)
        if not is_fetched(order):
            _withdraw(order, actor, at, reason)
            return ""
        if order.withdrawal_proposed_by_id:
            raise Conflict(_("Somebody has said this already: another one confirms it, or takes it back."))
        events.record("bank_order.withdrawal_proposed", actor=actor, subject=order, at=at, note=reason)
        BankOrder.objects.filter(pk=order.pk).update(withdrawal_proposed_by=actor)
        return _("The bank may have it: somebody else of the finance officers has to confirm this.")


def keep_order(*, actor: Person, order: BankOrder, reason: str, at: datetime) -> None:
    """The bank has it after all, whoever said otherwise. Raises Forbidden, Conflict where nobody did.

    Also once a payment of it has gone or was refused, by which the truth is out: nobody could take the word back else.
    """
    require(actor, "keep", "books")
    with transaction.atomic():
        order = _said(lock_order(order))
        events.record("bank_order.kept", actor=actor, subject=order, at=at, note=reason)
        BankOrder.objects.filter(pk=order.pk).update(withdrawal_proposed_by=None)


def confirm_withdrawal(*, actor: Person, order: BankOrder, at: datetime) -> None:
    """Its payments wait for the next file. Raises Forbidden for the one who proposed it, Conflict where nobody did."""
    require(actor, "keep", "books")
    with transaction.atomic():
        order = _said(_locked(order))
        require(actor, "confirm_withdrawal", order)
        require_still(order.withdrawal_proposed_by, "keep", "books")
        BankOrder.objects.filter(pk=order.pk).update(withdrawal_confirmed_by=actor)
        _withdraw(order, actor, at, "")


def _said(order: BankOrder) -> BankOrder:
    if not order.withdrawal_proposed_by_id:
        raise Conflict(_("Nobody has said that this file never went to the bank."))
    return order


def _locked(order: BankOrder) -> BankOrder:
    """The file as it is now, before its payments. Raises Conflict where it was withdrawn or its payments have gone."""
    order = lock_order(order)
    if order.withdrawn_at:
        raise Conflict(_("This file was withdrawn already."))
    lock_payments(order)
    if order.refunds.exclude(state="pending").exists() or order.transfers.exclude(state="sent").exists():
        raise Conflict(_("The bank has carried out or refused payments of this file."))
    return order


def _withdraw(order: BankOrder, actor: Person, at: datetime, reason: str) -> None:
    events.record("bank_order.withdrawn", actor=actor, subject=order, at=at, note=reason)
    BankOrder.objects.filter(pk=order.pk).update(withdrawn_at=at)
    # What somebody has said of a payment in it was of this file.
    for kind in (Refund, Transfer):
        kind.objects.filter(bank_order=order).update(bank_order=None, refusal_proposed_by=None)
