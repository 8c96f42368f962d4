"""Who hears of uploads, of withdrawn datasets and of those that they follow. At least once, idempotent."""

from civic.core import events
from civic.core.models import Event
from civic.notifications.models import Notification
from civic.notifications.operations import Message, notify
from datasets.catalogue import notification_types
from datasets.catalogue.models import Dataset, Revision, Upload
from datasets.catalogue.models.dataset import writers_of
from datasets.catalogue.operations import own_data
from datasets.catalogue.states import DatasetState


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
    """Tells everybody who writes for the publisher, with the reason; of what is harvested nobody does."""
    for dataset in Dataset.objects.filter(pk=event.subject_id, harvested_from=None):
        message = Message(event.kind, dataset.title, dataset.get_absolute_url(), detail=event.note)
        notify(people=writers_of(dataset.publisher_id), message=message, event=event)


@events.handler("revision.published")
def on_revision_published(event: Event) -> None:
    """Tells those who follow its dataset, unless it is a draft."""
    for revision in Revision.objects.select_related("dataset").filter(pk=event.subject_id):
        _tell_followers(revision.dataset, "revised", event)


@events.handler("dataset.withdrawn", "dataset.restored")
def on_followed_step(event: Event) -> None:
    """Tells those who follow it, with the reason."""
    for dataset in Dataset.objects.filter(pk=event.subject_id):
        _tell_followers(dataset, event.kind.removeprefix("dataset."), event)


def _tell_followers(dataset: Dataset, step: str, event: Event) -> None:
    """Who has the same news of it waiting already, from an earlier event, is not told again."""
    kind, page = f"followed_data.{step}", dataset.get_absolute_url()
    if dataset.state == DatasetState.DRAFT:
        return
    following = set(dataset.follows.filter(ended_at=None).values_list("person", flat=True))
    waiting = Notification.objects.unread().filter(kind=kind, url=page, person__in=following)
    told = set(waiting.exclude(event=event).values_list("person", flat=True))
    notify(
        people=following - told, message=Message(kind, dataset.title, page, detail=event.note), event=event
    )
