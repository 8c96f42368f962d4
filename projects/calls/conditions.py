"""What keeps a call from being called off at this moment, whoever asks."""

from datetime import datetime

from civic.core.errors import Text
from civic.core.registry import Hook, Registry
from projects.calls.models import Call

# Of higher slices: why a call cannot end now, in words; empty where nothing stands against it.
holds: Registry[Hook[[Call, datetime], Text]] = Registry("what holds a call open")


def why_held(call: Call, at: datetime) -> Text:
    """The first reason that a slice has against ending the call now; empty where there is none."""
    return next((reason for hold in holds if (reason := hold(call, at))), "")
