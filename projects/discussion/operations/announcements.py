"""What the clock alone brings about and people should hear of."""

from datetime import datetime

from django.db import transaction

from civic.core import events
from projects.calls.models import Call
from projects.calls.states import PhaseKind

VOTING_BEGAN = "call.voting_begun"


def announce_voting(*, at: datetime) -> int:
    """Records, once a call, that its voting phase has begun; returns for how many calls."""
    return sum(_announce(call, at) for call in Call.objects.in_phase(PhaseKind.VOTING, at))


def _announce(call: Call, at: datetime) -> bool:
    with transaction.atomic():
        locked = Call.objects.select_for_update(no_key=True).get(pk=call.pk)
        if events.about(locked).filter(kind=VOTING_BEGAN).exists():
            return False
        events.record(VOTING_BEGAN, actor=None, subject=locked, at=at)
    return True
