"""What stands behind the URLs of this slice, and for whom they open; tests/whole puts all of them together."""

from typing import Any

from civic.accounts.models import Person
from civic.notifications.models import Notification
from civic.notifications.operations import Message, notify
from tests.factories import notifications
from tests.whole.scene import OWN, SIGNED_IN, opens

OPENS = {
    **opens(SIGNED_IN, "notifications:list", "notifications:read_all", "notifications:settings"),
    **opens(OWN, "notifications:read"),
    # The token is not one of ours.
    **opens(frozenset(), "notifications:unsubscribe"),
}


def objects(owner: Person) -> dict[str, dict[str, Any]]:
    message = Message("comment.own", "Benches", "/projects/benches/")
    event = notifications.event(owner)
    notify(people=[owner.pk], message=message, event=event)
    read = Notification.objects.get(event=event)
    return {
        "notifications:read": {"notification": read.pk},
        "notifications:unsubscribe": {"token": "not-a-token"},
    }
