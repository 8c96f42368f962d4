"""Charges: started by a request, prepared and confirmed from the outbox, moved forward by outcomes."""

from datetime import datetime

from django.db import transaction

from civic.accounts.models import Person
from civic.core import events
from civic.core.money import Money
from civic.core.states import lock, transition
from marketplace.ledger import operations as ledger
from marketplace.payments import accounts, providers
from marketplace.payments.models import Charge, Command, Method
from marketplace.payments.providers import Outcome, Prepared


def start_charge(
    *,
    actor: Person | None,
    payer: Person | None,
    provider: str,
    amount: Money,
    purpose: str,
    account: str,
    at: datetime,
    method: Method | None = None,
) -> Charge:
    """Asks for money, once a purpose: the database refuses a second live charge for it.

    The provider is not called here: the command that prepares the charge waits in the outbox. With a
    saved `method` the charge is confirmed without the payer. Raises Unavailable.
    """
    with transaction.atomic():
        charge = Charge.objects.create(
            book=providers.get(provider).book(),
            provider=provider,
            amount_minor=amount.minor,
            currency=amount.currency,
            payer=payer,
            method=method,
            purpose=purpose,
            account=account,
        )
        command(charge, Command.Verb.PREPARE, at)
        events.record(
            "charge.start", actor=actor, subject=charge, at=at, payload=_facts(charge)
        )
        return charge


def command(charge: Charge, verb: str, at: datetime) -> None:
    """Puts one call about the charge into the outbox, once: the key is made of both."""
    Command.objects.bulk_create(
        [
            Command(
                provider=charge.provider,
                verb=verb,
                target=charge.pk,
                key=f"{verb}-{charge.pk}",
                due_at=at,
            )
        ],
        ignore_conflicts=True,
    )


def charge_prepared(charge: Charge, prepared: Prepared, *, at: datetime) -> None:
    """Stores the provider's name for the charge; one that needs no payer is confirmed next."""
    with transaction.atomic():
        if not lock(charge).can("prepare"):
            return
        Charge.objects.filter(pk=charge.pk).update(
            provider_ref=prepared.provider_ref, payer_url=prepared.payer_url
        )
        transition(charge, "prepare", actor=None, at=at)
        if not prepared.payer_url:
            command(charge, Command.Verb.CONFIRM, at)


def confirming(charge: Charge, *, at: datetime) -> None:
    """Says, before the provider is asked for the money, that it is being asked."""
    with transaction.atomic():
        if lock(charge).can("confirm"):
            transition(charge, "confirm", actor=None, at=at)


def advance_charge(charge: Charge, outcome: Outcome, *, at: datetime) -> None:
    """Moves a charge to where the provider says it stands; what is behind or the same changes nothing."""
    with transaction.atomic():
        if not outcome.verb or not lock(charge).can(outcome.verb):
            return
        facts = {"payer_url": outcome.payer_url, "failure": outcome.failure}
        if outcome.provider_ref:
            facts["provider_ref"] = outcome.provider_ref
        Charge.objects.filter(pk=charge.pk).update(**facts)
        transition(charge, outcome.verb, actor=None, at=at, payload=_facts(charge))
        if outcome.verb == "succeed":
            _collect(charge, outcome.fee, at)


def _collect(charge: Charge, fee: Money | None, at: datetime) -> None:
    there = accounts.at_provider(charge.book, charge.provider, charge.currency)
    target = accounts.held(charge.book, charge.account, charge.currency)
    legs = ledger.move(charge.amount, source=target, target=there)
    public = {"provider": charge.provider}
    ledger.post(
        book=charge.book,
        kind="charge",
        key=f"charge:{charge.pk}",
        legs=legs,
        at=at,
        public=public,
    )
    if fee:
        kept = accounts.fees(charge.book, charge.provider, fee.currency)
        legs = ledger.move(fee, source=there, target=kept)
        ledger.post(
            book=charge.book,
            kind="fee",
            key=f"charge:{charge.pk}:fee",
            legs=legs,
            at=at,
            public=public,
        )


def _facts(charge: Charge) -> dict[str, object]:
    return {
        "purpose": charge.purpose,
        "minor": charge.amount_minor,
        "currency": charge.currency,
    }
