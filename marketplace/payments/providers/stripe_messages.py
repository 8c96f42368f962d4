"""Stripe's webhook messages: verified by their signature, and cut down to what we keep."""

import json
from collections.abc import Mapping
from typing import Any

import stripe
from django.conf import settings

from civic.core.registry import Hook
from marketplace.ledger.models import Book
from marketplace.payments.providers import ProviderMessage, Unavailable, message_readers
from marketplace.payments.providers.stripe import NAME, Stripe

TOLERANCE = 300
KEPT = ("object", "id", "payment_intent")
OURS = ("charge", "setup", "refund", "transfer")


def read(headers: Mapping[str, str], body: bytes) -> ProviderMessage:
    """Only numbers of theirs and ours: what they are about is fetched anew, people included."""
    event = _verified(headers, body.decode())
    thing = event["data"]["object"]
    kept: dict[str, Any] = {name: thing[name] for name in KEPT if isinstance(thing.get(name), str)}
    metadata = thing.get("metadata") or {}
    kept["ours"] = {name: str(metadata[name]) for name in OURS if name in metadata}
    return ProviderMessage(event["id"], event["type"], kept)


def _verified(headers: Mapping[str, str], body: str) -> dict[str, Any]:
    secret = settings.STRIPE_WEBHOOK_SECRET
    if not secret:
        raise Unavailable("STRIPE_WEBHOOK_SECRET is not set")
    try:
        stripe.WebhookSignature.verify_header(body, headers.get("Stripe-Signature", ""), secret, TOLERANCE)
    except stripe.SignatureVerificationError as error:
        raise ValueError(str(error).split("\n")[0]) from None
    event: dict[str, Any] = json.loads(body)
    if event["livemode"] != (Stripe().book() == Book.LIVE):
        raise ValueError("an event of the other mode")
    return event


message_readers.register(Hook(NAME, read))
