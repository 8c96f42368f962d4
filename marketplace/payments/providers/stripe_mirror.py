"""dj-stripe's copy of Stripe's objects: for finance officers to look things up, never a source of truth.

Nothing of ours points into it, and nothing of ours reads it to decide anything. It knows no refunds (dj-stripe has no
handler for them); where its copy and our rows differ, ours are right.
"""

import json

import stripe
from django.conf import settings
from django.db import connection, transaction
from djstripe import models as theirs

from marketplace.payments.providers.stripe import TIMEOUT, Stripe, asked

# Any number nobody else locks. One event at a time: an older fetch that commits later would overwrite a newer state.
MIRROR = 7_205_759_405
# What dj-stripe has models and handlers for.
MIRRORED = (
    "charge.",
    "checkout.session.",
    "customer.",
    "payment_intent.",
    "payment_method.",
    "payout.",
    "setup_intent.",
    "transfer.",
)


def mirrors(kind: str) -> bool:
    """Whether an event of this kind changes the copy."""
    return kind.startswith(MIRRORED)


def mirror(event_id: str) -> None:
    """Fetches the event and everything that it is about, and copies it, in a transaction of its own.

    Raises what `Provider` does, and whatever dj-stripe does; then nothing is copied.
    """
    Stripe().book()
    # dj-stripe calls through the library's global client, where our own provider has one of its own.
    stripe.api_base = settings.STRIPE_API_BASE or stripe.DEFAULT_API_BASE
    stripe.default_http_client = stripe.RequestsClient(timeout=int(TIMEOUT.total_seconds()))
    stripe.max_network_retries = 0
    with asked(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [MIRROR])
        event = stripe.Event.retrieve(
            event_id, api_key=settings.STRIPE_SECRET_KEY, stripe_version=settings.STRIPE_API_VERSION
        )
        theirs.Event.process(json.loads(str(event)), api_key=settings.STRIPE_SECRET_KEY)
        _keep_little(event_id)


def _keep_little(event_id: str) -> None:
    """The event's own copy of people's data goes, and so does our key, which dj-stripe writes into its table."""
    for event in theirs.Event.objects.filter(id=event_id):
        thing = event.data.get("object", {})
        event.data = {"object": {"id": thing.get("id"), "object": thing.get("object")}}
        event.stripe_data = {}
        event.save()
    theirs.APIKey.objects.all().delete()
