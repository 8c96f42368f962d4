"""Where providers tell us that something changed: verified, stored, answered. Nothing is done about it here."""

import json
import logging
from typing import Any

import stripe
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from civic.core import clock
from civic.core.access import PUBLIC, access
from marketplace.ledger.models import Book
from marketplace.payments import operations, providers
from marketplace.payments.providers import Unavailable

log = logging.getLogger(__name__)

LARGEST = 512 * 1024
TOLERANCE = 300
KEPT = ("object", "id", "payment_intent")
OURS = ("charge", "setup", "refund", "transfer")


@access(PUBLIC)
@csrf_exempt
@require_POST
def stripe_webhook(request: HttpRequest) -> HttpResponse:
    """Takes a signed event of Stripe. Unsigned, forged, old, malformed or foreign ones are refused with one line."""
    try:
        event = _verified(request)
        _keep(event)
    except (
        Unavailable,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        stripe.SignatureVerificationError,
    ) as error:
        log.warning("stripe webhook refused: %s: %s", type(error).__name__, str(error).split("\n")[0][:200])
        return HttpResponse(status=400)
    return HttpResponse(status=200)


def _verified(request: HttpRequest) -> dict[str, Any]:
    if not settings.STRIPE_WEBHOOK_SECRET:
        raise Unavailable("STRIPE_WEBHOOK_SECRET is not set")
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        raise ValueError("too large")
    signature = request.headers.get("Stripe-Signature", "")
    body = request.body.decode()
    stripe.WebhookSignature.verify_header(body, signature, settings.STRIPE_WEBHOOK_SECRET, TOLERANCE)
    event = json.loads(body)
    if event["livemode"] != (providers.get("stripe").book() == Book.LIVE):
        raise ValueError("an event of the other mode")
    return event


def _keep(event: dict[str, Any]) -> None:
    """Only numbers of theirs and ours: what they are about is fetched anew, people included."""
    thing = event["data"]["object"]
    body: dict[str, Any] = {name: thing[name] for name in KEPT if isinstance(thing.get(name), str)}
    metadata = thing.get("metadata") or {}
    body["ours"] = {name: str(metadata[name]) for name in OURS if name in metadata}
    operations.receive_webhook(
        provider="stripe", event_id=event["id"], kind=event["type"], body=body, at=clock.now()
    )
