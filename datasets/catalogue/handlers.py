"""Who hears of uploads and of withdrawn datasets. At least once, idempotent."""

from civic.accounts.models import Membership
from civic.core import events
from civic.core.models import Event
from civic.notifications.operations import Message, notify
from datasets.catalogue import notification_types
from datasets.catalogue.models import Dataset, Upload
from datasets.catalogue.models.dataset import WRITERS
from datasets.catalogue.operations import own_data


@events.handler(*[f"upload.{step}" for step in notification_types.TO_SENDER])
def on_upload_step(event: Event) -> None:
    """Tells who sent the file, if it still stands where the event says: older news would be wrong by now."""
    for upload in Upload.objects.select_related("dataset").filter(pk=event.subject_id, person__isnull=False):
        if upload.state == event.payload["to"] and upload.person_id:
            message = Message(
                event.kind, upload.dataset.title, upload.get_absolute_url(), detail=upload.failure
            )
            notify(people={upload.person_id}, message=message, event=event)


@events.handler("upload.proposed", "upload.read")
def on_own_data_read(event: Event) -> None:
    """Tables of the exchange have nobody who answers and publishes."""
    own = Upload.objects.select_related("dataset").filter(pk=event.subject_id).exclude(dataset__source="")
    for upload in own:
        step = own_data.answer_own if event.kind == "upload.proposed" else own_data.publish_own
        step(upload, event.at)


@events.handler("dataset.withdrawn", "dataset.restored")
def on_dataset_withdrawn(event: Event) -> None:
    """Tells everybody who writes for the publisher, with the reason."""
    for dataset in Dataset.objects.filter(pk=event.subject_id):
        members = Membership.objects.active().filter(organisation=dataset.publisher_id, role__in=WRITERS)
        people = set(members.values_list("person", flat=True))
        message = Message(event.kind, dataset.title, dataset.get_absolute_url(), detail=event.note)
        notify(people=people, message=message, event=event)
