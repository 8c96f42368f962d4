"""Refunds: owed from the moment they are requested, done when the provider says so."""

from datetime import datetime

from django.db import transaction

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict
from civic.core.money import Money
from civic.core.states import lock, transition
from marketplace.ledger import operations as ledger
from marketplace.payments import accounts
from marketplace.payments.models import Charge, Command, Refund
from marketplace.payments.providers import Outcome
from marketplace.payments.states import ChargeState


def request_refund(
    *,
    actor: Person | None,
    charge: Charge,
    amount: Money,
    key: str,
    reason: str,
    at: datetime,
) -> Refund:
    """Sets the money aside for the payer and asks the provider to give it back; once a `key`.

    Raises Conflict where the charge is not paid or in dispute. More than the charge, all refunds
    together, or more than is left on its account, the database refuses.
    """
    with transaction.atomic():
        lock(charge)
        standing = Refund.objects.filter(key=key).first()
        if standing:
            return standing
        if charge.state not in (ChargeState.SUCCEEDED, ChargeState.WON):
            raise Conflict(
                "Only money that has arrived and is not disputed can be given back."
            )
        refund = Refund.objects.create(
            book=charge.book,
            provider=charge.provider,
            charge=charge,
            amount_minor=amount.minor,
            currency=amount.currency,
            key=key,
            reason=reason,
        )
        owed = accounts.owed_back(refund.book, refund.pk, refund.currency)
        source = accounts.held(charge.book, charge.account, charge.currency)
        _post(refund, "refund", ledger.move(amount, source=owed, target=source), at)
        Command.objects.create(
            provider=refund.provider,
            verb=Command.Verb.REFUND,
            target=refund.pk,
            key=f"refund-{refund.pk}",
            due_at=at,
        )
        facts = {
            "charge": str(charge.pk),
            "minor": amount.minor,
            "currency": amount.currency,
        }
        events.record(
            "refund.request", actor=actor, subject=refund, at=at, payload=facts
        )
        return refund


def advance_refund(refund: Refund, outcome: Outcome, *, at: datetime) -> None:
    """Moves a refund to where the provider says it stands; a failed one waits for another way."""
    with transaction.atomic():
        if not outcome.verb or not lock(refund).can(outcome.verb):
            return
        was_done = refund.state == "done"
        Refund.objects.filter(pk=refund.pk).update(
            failure=outcome.failure,
            provider_ref=outcome.provider_ref or refund.provider_ref,
        )
        transition(refund, outcome.verb, actor=None, at=at)
        if outcome.verb == "finish":
            _paid_back(refund, at)
        if outcome.verb == "fail":
            if was_done:
                _came_back(refund, at)
            transition(
                refund, "seek_alternative", actor=None, at=at, reason=outcome.failure
            )


def _paid_back(refund: Refund, at: datetime) -> None:
    owed = accounts.owed_back(refund.book, refund.pk, refund.currency)
    there = accounts.at_provider(refund.book, refund.provider, refund.currency)
    _post(
        refund, "refund.done", ledger.move(refund.amount, source=there, target=owed), at
    )


def _came_back(refund: Refund, at: datetime) -> None:
    owed = accounts.owed_back(refund.book, refund.pk, refund.currency)
    there = accounts.at_provider(refund.book, refund.provider, refund.currency)
    _post(
        refund,
        "refund.returned",
        ledger.move(refund.amount, source=owed, target=there),
        at,
    )


def _post(refund: Refund, kind: str, legs: list[ledger.Leg], at: datetime) -> None:
    key = f"{kind}:{refund.pk}"
    ledger.post(
        book=refund.book,
        kind=kind,
        key=key,
        legs=legs,
        at=at,
        public={"provider": refund.provider},
    )
