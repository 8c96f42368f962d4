"""Writing into the outbox."""

from datetime import datetime

from civic.core.work import Priority
from marketplace.payments.models import Charge, Command, Method, MethodSetup, Refund, Transfer


def enqueue_command(
    target: Charge | MethodSetup | Method | Refund | Transfer, verb: str, at: datetime
) -> None:
    """Puts one call about something into the outbox, once: the key is made of both.

    First come those for which somebody waits at a page: a campaign that collects asks for thousands of saved cards.
    """
    wanted = Command(
        provider=target.provider,
        verb=verb,
        target=target.pk,
        key=f"{verb}-{target.pk}",
        due_at=at,
        priority=Priority.URGENT if _is_waited_for(target) else Priority.NORMAL,
    )
    Command.objects.bulk_create([wanted], ignore_conflicts=True)


def _is_waited_for(target: Charge | MethodSetup | Method | Refund | Transfer) -> bool:
    """Whether a payer is about to be sent on to the provider: to save a way to pay, or to pay without a saved one."""
    return isinstance(target, MethodSetup) or (isinstance(target, Charge) and target.method_id is None)
