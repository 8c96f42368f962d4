"""The outbox: commands are carried out outside of any transaction, and marked done with their result.

A worker may die at any point. Before the call: the lease runs out and another worker calls. After the call and
before the result is stored: the call is repeated with the same key, and gives the same result. Where the
provider may have forgotten the key (`KEYS_LAST`), the thing is looked for by its metadata first.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from civic.core import work
from civic.core.states import transition
from marketplace.payments import providers
from marketplace.payments.models import Charge, Command, Method, MethodSetup, Refund, Transfer
from marketplace.payments.operations import charges, payment_methods, refunds, transfers
from marketplace.payments.providers import Outcome, Rejected, Saved, Unavailable, Unreachable
from marketplace.payments.states import ChargeState

# Stripe keeps idempotency keys for about 24 hours.
KEYS_LAST = timedelta(hours=23)


def run_commands(*, at: datetime | None = None, limit: int = 50) -> int:
    """Carries out what is due; returns how many commands are done."""

    def call(command: Command, at: datetime) -> None:
        VERBS[command.verb](command, at)

    return work.run(Command, call, at=at, limit=limit, expected=(Unreachable, Unavailable))


def may_be_forgotten(command: Command, at: datetime) -> bool:
    """Whether the provider may no longer know the key of an earlier try."""
    return command.first_tried_at is not None and at - command.first_tried_at > KEYS_LAST


def prepare(command: Command, at: datetime) -> None:
    charge = Charge.objects.select_related("method").get(pk=command.target)
    if not charge.can("prepare"):
        return
    if charge.method and charge.method.removed_at:
        charges.advance_charge(charge, Outcome("fail", failure=_("This way to pay was removed.")), at=at)
        return
    provider = providers.get(charge.provider)
    prepared = provider.find(charge) if may_be_forgotten(command, at) else None
    try:
        charges.charge_prepared(charge, prepared or provider.prepare(charge, command.key), at=at)
    except Rejected as why:
        charges.advance_charge(charge, Outcome("fail", failure=str(why)), at=at)


def confirm(command: Command, at: datetime) -> None:
    charge = Charge.objects.select_related("method").get(pk=command.target)
    provider = providers.get(charge.provider)
    if charge.method and charge.method.removed_at:
        charges.advance_charge(charge, provider.cancel(charge, command.key), at=at)
    elif charges.confirming(charge, at=at):
        charges.advance_charge(charge, provider.confirm(charge, command.key), at=at)


def cancel(command: Command, at: datetime) -> None:
    charge = Charge.objects.get(pk=command.target)
    charges.advance_charge(charge, providers.get(charge.provider).cancel(charge, command.key), at=at)


def set_up(command: Command, at: datetime) -> None:
    setup = MethodSetup.objects.select_related("person").get(pk=command.target)
    if not setup.can("prepare"):
        return
    try:
        payment_methods.setup_prepared(setup, providers.get(setup.provider).set_up(setup, command.key), at=at)
    except Rejected as why:
        payment_methods.advance_setup(setup, Saved(failure=str(why)), at=at)


def forget(command: Command, at: datetime) -> None:
    method = Method.objects.get(pk=command.target)
    providers.get(method.provider).forget(method, command.key)


def refund(command: Command, at: datetime) -> None:
    wanted = Refund.objects.select_related("charge").get(pk=command.target)
    if wanted.charge.state == ChargeState.DISPUTED:
        raise Unreachable("a dispute runs; who gets the money is open")
    if not _sending(wanted, at):
        return
    provider = providers.get(wanted.provider)
    outcome = provider.look_up_refund(wanted) if may_be_forgotten(command, at) else None
    refunds.advance_refund(wanted, outcome or provider.refund(wanted, command.key), at=at)


def transfer(command: Command, at: datetime) -> None:
    wanted = Transfer.objects.get(pk=command.target)
    if not _sending(wanted, at):
        return
    provider = providers.get(wanted.provider)
    outcome = provider.look_up_transfer(wanted) if may_be_forgotten(command, at) else None
    transfers.advance_transfer(wanted, outcome or provider.transfer(wanted, command.key), at=at)


def _sending(wanted: Refund | Transfer, at: datetime) -> bool:
    """Says, before the provider is asked, that it is being asked; False where it is past that."""
    with transaction.atomic():
        wanted.refresh_from_db()
        if wanted.can("send"):
            transition(wanted, "send", actor=None, at=at)
        return wanted.state == "sent"


VERBS: dict[str, Callable[[Command, datetime], None]] = {
    Command.Verb.PREPARE: prepare,
    Command.Verb.CONFIRM: confirm,
    Command.Verb.CANCEL: cancel,
    Command.Verb.SETUP: set_up,
    Command.Verb.REFUND: refund,
    Command.Verb.TRANSFER: transfer,
    Command.Verb.FORGET: forget,
}
