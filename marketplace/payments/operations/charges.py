"""Charges: started by a request, prepared and confirmed from the outbox, moved forward by outcomes."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict, required
from civic.core.money import Money
from civic.core.policies import require
from civic.core.states import lock, one_transaction, transition
from marketplace.ledger.models import Account
from marketplace.payments import accounts, providers
from marketplace.payments.models import Charge, Command, Method
from marketplace.payments.operations import disputes
from marketplace.payments.operations.commands import enqueue_command
from marketplace.payments.operations.part_payments import release_parts
from marketplace.payments.providers import Outcome, Prepared
from marketplace.payments.states import OVER, ChargeState


def start_charge(  # noqa: PLR0913 - who, from whom, how, how much, for what, to where, and back
    *,
    actor: Person | None,
    payer: Person | None,
    provider: str,
    amount: Money,
    purpose: str,
    account: str,
    at: datetime,
    method: Method | None = None,
    return_path: str = "",
) -> Charge:
    """Asks for money, once a purpose; `return_path` is the page that the payer comes back to.

    The provider is not called here: the command that prepares the charge waits in the outbox. With a saved
    `method` the charge is confirmed without the payer. Raises Unavailable, and Conflict where another charge
    for the purpose is under way or paid.
    """
    with one_transaction():
        charge = _insert(
            Charge(
                book=providers.get(provider).book(),
                provider=provider,
                amount_minor=amount.minor,
                currency=amount.currency,
                payer=payer,
                method=method,
                purpose=purpose,
                account=account,
                return_path=return_path or reverse("accounts:me"),
            )
        )
        enqueue_command(charge, Command.Verb.PREPARE, at)
        events.record("charge.started", actor=actor, subject=charge, at=at)
        return charge


def _insert(charge: Charge) -> Charge:
    # Tried, not looked up first: of two requests at once both would find nothing, and the constraint decides anyhow.
    try:
        with transaction.atomic():
            charge.save(force_insert=True)
    except IntegrityError as error:
        if "one_live_charge_a_purpose" not in str(error):
            raise
        raise Conflict(_("A payment for this is under way or done already.")) from error
    return charge


def charge_prepared(charge: Charge, prepared: Prepared, *, at: datetime) -> None:
    """Stores the provider's name for the charge; one that needs no payer is confirmed next."""
    with transaction.atomic():
        if not lock(charge).can("prepare"):
            return
        charge.provider_ref, charge.payer_url = prepared.provider_ref, prepared.payer_url
        Charge.objects.filter(pk=charge.pk).update(
            provider_ref=prepared.provider_ref, payer_url=prepared.payer_url
        )
        transition(charge, "prepare", actor=None, at=at)
        if not prepared.payer_url:
            enqueue_command(charge, Command.Verb.CONFIRM, at)


def confirming(charge: Charge, *, at: datetime) -> bool:
    """Says, before the provider is asked for the money, that it is being asked; False where it need not be."""
    with transaction.atomic():
        if lock(charge).can("confirm"):
            transition(charge, "confirm", actor=None, at=at)
        return charge.state == ChargeState.CONFIRMING


def cancel_charge(*, actor: Person | None, charge: Charge, at: datetime) -> None:
    """Gives up a charge that is not paid yet: ends it, or asks the provider to, whose answer decides.

    What the payer has paid in the meantime stays paid. Raises nothing where the charge is over.
    """
    with transaction.atomic():
        if lock(charge).state == ChargeState.CREATED:
            _advance(charge, Outcome("fail", failure="cancelled"), at)
        elif charge.state not in OVER:
            enqueue_command(charge, Command.Verb.CANCEL, at)
            events.record("charge.cancelled", actor=actor, subject=charge, at=at)


def cancel_by_hand(*, actor: Person, charge: Charge, reason: str, at: datetime) -> None:
    """Cancels a charge that is not paid. Raises Forbidden, Invalid without a reason, Conflict where it is over."""
    require(actor, "keep", "books")
    reason = required(reason, _("Say why."))
    with transaction.atomic():
        if lock(charge).state in OVER:
            raise Conflict(_("It is over: there is nothing to cancel."))
        events.record("charge.cancelled_by_hand", actor=actor, subject=charge, at=at, note=reason)
        cancel_charge(actor=actor, charge=charge, at=at)


def advance_charge(
    charge: Charge, outcomes: Outcome | Iterable[Outcome], *, at: datetime, source: Account | None = None
) -> None:
    """Moves a charge to where the provider says it stands; what is behind or the same changes nothing.

    `outcomes` is the whole way that it has gone there, or one step. The money comes from the provider's account, or
    from `source`.
    """
    steps = [outcomes] if isinstance(outcomes, Outcome) else outcomes
    with transaction.atomic():
        lock(charge)
        for outcome in _unheard(charge, steps, at):
            if outcome.verb and charge.can(outcome.verb):
                _advance(charge, outcome, at, source)


def _unheard(charge: Charge, steps: Iterable[Outcome], at: datetime) -> Iterator[Outcome]:
    """The steps without those of disputes that were heard of, which the way tells in their order.

    By its state alone a charge whose dispute was won would be disputed by the same news again.
    """
    number = 0
    for outcome in steps:
        if outcome.verb in disputes.STEPS:
            # Asked at each step: the one before may have opened a dispute, or found another still running.
            known = charge.disputes.count()
            number += outcome.verb == "dispute"
            if outcome.verb == "dispute" and number <= known:
                disputes.updated(charge, number, outcome, at)
                continue
            # How the latest ended may be news; of one step alone nobody says which it is.
            if outcome.verb != "dispute" and number and number != known:
                continue
            if outcome.verb == "dispute" and charge.lost >= charge.amount:
                continue
        yield outcome


def _advance(charge: Charge, outcome: Outcome, at: datetime, source: Account | None = None) -> None:
    changes = {"payer_url": outcome.payer_url, "failure": outcome.failure[:200]}
    if outcome.provider_ref:
        changes["provider_ref"] = outcome.provider_ref
    Charge.objects.filter(pk=charge.pk).update(**changes)
    transition(charge, outcome.verb, actor=None, at=at)
    if outcome.verb == "succeed":
        _collect(charge, outcome.fee, source, at)
    elif outcome.verb in disputes.STEPS:
        disputes.STEPS[outcome.verb](charge, outcome, at)
    elif outcome.verb == "fail":
        release_parts(charge, at)


def _collect(charge: Charge, fee: Money | None, source: Account | None, at: datetime) -> None:
    """The money goes to the charge's account; what the provider kept of it is booked beside it."""
    book, provider, key = charge.book, charge.provider, f"charge:{charge.pk}"
    there = source or accounts.at_provider(book, provider, charge.currency)
    held = accounts.held(book, charge.account, charge.currency)
    accounts.move(charge.amount, source=held, target=there, kind="charge", key=key, provider=provider, at=at)
    if fee:
        there = accounts.at_provider(book, provider, fee.currency)
        kept = accounts.fees(book, provider, fee.currency)
        accounts.move(fee, source=there, target=kept, kind="fee", key=f"{key}:fee", provider=provider, at=at)
