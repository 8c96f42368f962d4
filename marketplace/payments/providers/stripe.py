"""Stripe: hosted Checkout for payers who are here, PaymentIntents on saved methods for those who are not.

A PaymentIntent succeeds at most once, so its confirmation may be repeated with any key; everything else that
moves money goes with the stored key of its command. Our row's id is in the metadata of all that we make.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import stripe
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from stripe import StripeClient

from civic.core.money import Money
from civic.core.registry import Hook
from marketplace.ledger.models import Book
from marketplace.payments.models import Charge, Method, MethodSetup, Refund, Transfer
from marketplace.payments.providers import (
    Abilities,
    Outcome,
    PaidOut,
    Prepared,
    Rejected,
    Saved,
    Unavailable,
    Unreachable,
    registry,
)
from marketplace.payments.providers.stripe_objects import (
    checkout_way,
    from_stripe,
    intent_way,
    limits,
    owned_by,
    page,
    paid_out,
    refund_outcome,
    returns,
    saved_method,
    to_stripe,
    transfer_outcome,
    wanted_checkout,
    wanted_intent,
)

log = logging.getLogger(__name__)

NAME = "stripe"
# Well below the lease of a command.
TIMEOUT = timedelta(seconds=30)
PAID_PARTS = ["latest_charge.balance_transaction"]
AFTER_CHECKOUT = ["payment_intent.latest_charge.balance_transaction"]


class Stripe:
    """Implements `Provider`."""

    name = NAME
    label = _("Card or bank account (Stripe)")
    abilities = Abilities(limits=limits)

    def book(self) -> str:
        """Test keys make test money."""
        key = settings.STRIPE_SECRET_KEY
        if not key:
            raise Unavailable("Stripe is off: STRIPE_SECRET_KEY is not set.")
        kinds = {"test": Book.TEST, "live": Book.LIVE}
        kind = key.split("_")[1] if key.startswith(("sk_", "rk_")) else ""
        if kind not in kinds:
            raise Unavailable("Stripe is off: STRIPE_SECRET_KEY is no secret or restricted key.")
        return kinds[kind]

    def prepare(self, charge: Charge, key: str) -> Prepared:
        """An unconfirmed PaymentIntent on the saved method, or a Checkout page."""
        with asked():
            if charge.method:
                intents = self._client().payment_intents
                return Prepared(intents.create(wanted_intent(charge), {"idempotency_key": key}).id)
            pages = self._client().checkout.sessions
            session = pages.create(wanted_checkout(charge), {"idempotency_key": key})
            return Prepared(session.id, session.url or "")

    def find(self, charge: Charge) -> Prepared | None:
        """The intent among its customer's; a Checkout page whose address nobody got can't be paid."""
        if not charge.method:
            return None
        with asked():
            wanted = {"customer": charge.method.customer_ref, "limit": 100}
            intents = self._client().payment_intents.list(wanted)
            found = owned_by("charge", charge.pk, intents.auto_paging_iter())
            return Prepared(found.id) if found else None

    def confirm(self, charge: Charge, key: str) -> Outcome:
        """Asks for the money unless that has happened; where the bank wants the payer, prepares their page."""
        client = self._client()
        with asked():
            intent = client.payment_intents.retrieve(charge.provider_ref, {"expand": PAID_PARTS})
            if intent.status == "requires_confirmation":
                intent = self._confirm(client, charge)
            return intent_way(client, intent)[-1]

    def _confirm(self, client: StripeClient, charge: Charge) -> Any:
        try:
            absent = {"off_session": True, "expand": PAID_PARTS}
            return client.payment_intents.confirm(charge.provider_ref, absent)  # type: ignore[arg-type]
        except stripe.CardError as error:
            if error.code == "authentication_required" and charge.method:
                again = {"payment_method": charge.method.provider_ref, "return_url": page(charge.pk)}
                return client.payment_intents.confirm(charge.provider_ref, again)  # type: ignore[arg-type]
            return client.payment_intents.retrieve(charge.provider_ref)

    def cancel(self, charge: Charge, key: str) -> list[Outcome]:
        """What Stripe refuses to cancel has gone on in the meantime."""
        client = self._client()
        with asked():
            try:
                if charge.provider_ref.startswith("cs_"):
                    client.checkout.sessions.expire(charge.provider_ref)
                else:
                    client.payment_intents.cancel(charge.provider_ref)
            except stripe.InvalidRequestError as error:
                if error.http_status == 409:
                    raise
        return self.look_up(charge)

    def look_up(self, charge: Charge) -> list[Outcome]:
        """From the Checkout page or the intent, with its disputes."""
        client = self._client()
        if not charge.provider_ref:
            return []
        with asked():
            if charge.provider_ref.startswith("cs_"):
                session = client.checkout.sessions.retrieve(charge.provider_ref, {"expand": AFTER_CHECKOUT})
                return checkout_way(client, session)
            intent = client.payment_intents.retrieve(charge.provider_ref, {"expand": PAID_PARTS})
            return intent_way(client, intent)

    def set_up(self, setup: MethodSetup, key: str) -> Prepared:
        """Checkout in setup mode, with a customer that carries our id and nothing else about the person."""
        client = self._client()
        with asked():
            person = {"metadata": {"person": str(setup.person_id)}}
            customer = client.customers.create(person, {"idempotency_key": f"{key}-customer"})
            wanted: Any = {
                "mode": "setup",
                "currency": settings.CURRENCY.lower(),
                "customer": customer.id,
                "metadata": {"setup": str(setup.pk)},
                **returns(setup.pk),
            }
            session = client.checkout.sessions.create(wanted, {"idempotency_key": key})
            return Prepared(session.id, session.url or "")

    def look_up_setup(self, setup: MethodSetup) -> Saved:
        with asked():
            parts = {"expand": ["setup_intent.payment_method"]}
            return saved_method(self._client().checkout.sessions.retrieve(setup.provider_ref, parts))

    def refund(self, refund: Refund, key: str) -> Outcome:
        """Of the intent that was paid; what Stripe refuses for good is to be paid another way."""
        wanted: Any = {
            "payment_intent": refund.charge.provider_ref,
            "amount": to_stripe(refund.amount),
            "metadata": {"refund": str(refund.pk)},
        }
        try:
            with asked():
                return refund_outcome(self._client().refunds.create(wanted, {"idempotency_key": key}))
        except Rejected as why:
            return Outcome("fail", failure=str(why))

    def look_up_refund(self, refund: Refund) -> Outcome | None:
        with asked():
            wanted = {"payment_intent": refund.charge.provider_ref, "limit": 100}
            refunds = self._client().refunds.list(wanted)
            found = owned_by("refund", refund.pk, refunds.auto_paging_iter())
            return refund_outcome(found) if found else None

    def transfer(self, transfer: Transfer, key: str) -> Outcome:
        wanted: Any = {
            "amount": to_stripe(transfer.amount),
            "currency": transfer.currency.lower(),
            "destination": transfer.destination,
            "transfer_group": str(transfer.pk),
            "metadata": {"transfer": str(transfer.pk)},
        }
        try:
            with asked():
                return transfer_outcome(self._client().transfers.create(wanted, {"idempotency_key": key}))
        except Rejected as why:
            return Outcome("fail", failure=str(why))

    def look_up_transfer(self, transfer: Transfer) -> Outcome | None:
        with asked():
            found = self._client().transfers.list({"transfer_group": str(transfer.pk)}).data
            return transfer_outcome(found[0]) if found else None

    def forget(self, method: Method, key: str) -> None:
        """Detaches it from its customer; one that is not attached is gone already."""
        try:
            with asked():
                self._client().payment_methods.detach(method.provider_ref, None, {"idempotency_key": key})
        except Rejected:
            log.info("stripe: method %s was not attached any more", method.pk)

    def balance(self, currency: str) -> Money:
        with asked():
            balance = self._client().balance.retrieve()
            parts = [*balance.available, *balance.pending]
            own = [part.amount for part in parts if part.currency == currency.lower()]
            return from_stripe(sum(own), currency)

    def intent_of(self, ref: str) -> Any:
        """A PaymentIntent by its id, for messages about things that name nothing of ours."""
        with asked():
            return self._client().payment_intents.retrieve(ref)

    def payout(self, ref: str) -> PaidOut:
        """What it has sent to the city's bank account."""
        with asked():
            return paid_out(self._client().payouts.retrieve(ref))

    def _client(self) -> Any:
        self.book()
        base: Any = {"api": settings.STRIPE_API_BASE} if settings.STRIPE_API_BASE else None
        return StripeClient(
            settings.STRIPE_SECRET_KEY,
            stripe_version=settings.STRIPE_API_VERSION,
            base_addresses=base,
            max_network_retries=0,
            http_client=stripe.RequestsClient(timeout=int(TIMEOUT.total_seconds())),
        ).v1


@contextmanager
def asked() -> Iterator[None]:
    """Translates Stripe's errors: no answer, switched off, or never."""
    try:
        yield
    except (stripe.AuthenticationError, stripe.PermissionError) as error:
        raise Unavailable(f"Stripe refuses our key: {error.code or error.http_status}") from error
    except (stripe.InvalidRequestError, stripe.CardError) as error:
        if error.http_status == 409:
            raise Unreachable("Stripe is at work on the same thing") from error
        raise Rejected(error.user_message or "Stripe refused this.") from error
    except stripe.IdempotencyError as error:
        if error.http_status != 409:
            raise
        raise Unreachable("Stripe is at work on the same key") from error
    except stripe.StripeError as error:
        raise Unreachable(f"{type(error).__name__} {error.http_status or ''}".strip()) from error


registry.register(Hook(NAME, Stripe))
