"""Who hears of requests and grants, and what ends with an account. At least once, idempotent."""

from uuid import UUID

from civic.core import events
from civic.core.models import Event
from civic.notifications.operations import Message, notify
from datasets.access import notification_types, queries
from datasets.access.models import AccessRequest, Grant
from datasets.access.operations import grants
from datasets.catalogue.models.dataset import writers_of


@events.handler(*[f"access_request.{step}" for step in notification_types.REQUEST_TO_PUBLISHER])
def on_request_sent(event: Event) -> None:
    """Tells who decides; a draft that is taken back nobody has seen."""
    for request in queries.requests().filter(pk=event.subject_id, submitted_at__isnull=False):
        _tell(writers_of(request.dataset.publisher_id), event, request)


@events.handler(*[f"access_request.{step}" for step in notification_types.REQUEST_TO_ASKER])
def on_request_answered(event: Event) -> None:
    """Tells who asked, with the reason."""
    for request in queries.requests().filter(pk=event.subject_id, person__isnull=False):
        if request.person_id:
            _tell({request.person_id}, event, request)


@events.handler(*[f"grant.{step}" for step in notification_types.GRANT_TO_BOTH])
def on_grant_step(event: Event) -> None:
    """Tells both sides, with the reason; of one that was renewed the new one tells."""
    for grant in queries.grants().filter(pk=event.subject_id):
        if "renewed_by" not in event.payload:
            _tell(queries.holders_of(grant) | writers_of(grant.dataset.publisher_id), event, grant)


@events.handler("person.erased")
def on_person_erased(event: Event) -> None:
    """Ends what nobody holds any more."""
    grants.end_of_erased(at=event.at)


def _tell(people: set[UUID], event: Event, thing: AccessRequest | Grant) -> None:
    message = Message(event.kind, thing.dataset.title, thing.get_absolute_url(), detail=event.note)
    notify(people=people, message=message, event=event)
