"""Who hears of what was built with data. At least once, idempotent."""

from collections.abc import Iterable
from uuid import UUID

from civic.accounts import groups
from civic.accounts.models import Person
from civic.core import events
from civic.core.models import Event
from civic.core.policies import may
from civic.notifications.operations import Message, notify
from datasets.catalogue.models.dataset import writers_of
from datasets.reuses import notification_types
from datasets.reuses.models import Reuse


@events.handler("reuse.proposed")
def on_reuse_proposed(event: Event) -> None:
    """Tells the data stewards, who decide."""
    stewards = Person.objects.filter(groups__name=groups.DATA_STEWARDS, is_staff=True, is_active=True)
    for reuse in _reuses(event):
        _tell({one.pk for one in stewards if may(one, "approve", reuse)}, event, reuse)


@events.handler(*[f"reuse.{step}" for step in notification_types.TO_PROPOSER])
def on_reuse_decided(event: Event) -> None:
    """Tells whose it is; once it is shown also the publishers of the data."""
    for reuse in _reuses(event):
        if reuse.organisation_id:
            whose = writers_of(reuse.organisation_id)
        else:
            whose = {reuse.person_id} if reuse.person_id else set()
        _tell(whose, event, reuse)
        if event.kind == "reuse.approved":
            publishers = set(reuse.datasets.values_list("publisher", flat=True))
            writers = {person for one in publishers for person in writers_of(one)} - whose
            message = Message(notification_types.TO_PUBLISHER, reuse.title, reuse.get_absolute_url())
            notify(people=writers, message=message, event=event)


def _reuses(event: Event) -> Iterable[Reuse]:
    return Reuse.objects.with_names().filter(pk=event.subject_id)


def _tell(people: set[UUID], event: Event, reuse: Reuse) -> None:
    message = Message(event.kind, reuse.title, reuse.get_absolute_url(), detail=event.note)
    notify(people=people, message=message, event=event)
