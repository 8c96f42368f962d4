"""Writing into the outbox."""

from datetime import datetime

from marketplace.payments.models import Charge, Command, Method, MethodSetup, Refund, Transfer


def enqueue_command(
    target: Charge | MethodSetup | Method | Refund | Transfer, verb: str, at: datetime
) -> None:
    """Puts one call about something into the outbox, once: the key is made of both."""
    wanted = Command(
        provider=target.provider, verb=verb, target=target.pk, key=f"{verb}-{target.pk}", due_at=at
    )
    Command.objects.bulk_create([wanted], ignore_conflicts=True)
