"""What follows from events of this slice; runs in the worker, at least once."""

from civic.accounts import operations
from civic.accounts.models import Invitation
from civic.core import events
from civic.core.models import Event


@events.handler("organisation.invited")
def send_invitation(event: Event) -> None:
    """Sends the letter of an invitation that still waits; a second run replaces the link of the first."""
    rows = Invitation.objects.select_related("organisation", "invited_by")
    invitation = rows.filter(pk=event.payload["invitation"], accepted_at=None).first()
    if invitation:
        operations.send_invitation(invitation=invitation)
