"""Who hears of releases, deletions, notices and requests, and what ends with an account. At least once, idempotent."""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from civic.accounts.states import INACTIVE
from civic.core import events
from civic.core.models import Event
from civic.notifications.operations import Message, notify
from datasets.access.queries import holders_of
from datasets.catalogue.models import Dataset, Upload
from datasets.catalogue.models.dataset import writers_of
from datasets.consent import notification_types, queries
from datasets.consent.models import Collection, Consent, Deletion, Notice, Release, RightsRequest
from datasets.consent.operations import releases, rights, sharing
from datasets.consent.states import RightsState


@events.handler("upload.proposed", "upload.read", "upload.refused", "upload.expired", "upload.discarded")
def on_upload_step(event: Event) -> None:
    """A release is sent by a verb; the rest of the way nobody has to answer anything."""
    for upload in Upload.objects.select_related("dataset").filter(pk=event.subject_id, release__isnull=False):
        if event.kind == "upload.proposed":
            releases.answer_release(upload, event.at)
        elif event.kind == "upload.read":
            releases.publish_release(upload, event.at)
        else:
            releases.drop_unread(upload, event.at)


@events.handler("release.suspended")
def on_release_suspended(event: Event) -> None:
    """Tells everybody who has read it by a grant to delete their copies."""
    for release in _releases(event):
        rights.ask_deletions(release, event.at)


@events.handler(*[f"release.{step}" for step in notification_types.TO_PUBLISHER])
def on_release_step(event: Event) -> None:
    """Tells the publisher."""
    for release in _releases(event):
        collection = release.purpose.collection
        _tell(
            writers_of(collection.publisher_id), event, release.purpose.title, collection.get_absolute_url()
        )


@events.handler("release.published")
def on_release_published(event: Event) -> None:
    """Tells everybody who is counted in it."""
    for release in _releases(event):
        people = release.inclusions.values_list("consent__person", flat=True)
        own = Message("consent.counted", release.purpose.title, reverse("consent:mine"))
        notify(people={one for one in people if one}, message=own, event=event)


@events.handler("consent.given", "consent.withdrawn")
def on_consent(event: Event) -> None:
    """Tells whose it is, whoever has done it."""
    for consent in Consent.objects.select_related("purpose").filter(pk=event.subject_id):
        if consent.person_id:
            _tell({consent.person_id}, event, consent.purpose.title, consent.get_absolute_url())


@events.handler("submission.erased")
def on_answers_erased(event: Event) -> None:
    """Tells who has done it; where the publisher did, the answer to the request tells."""
    for collection in Collection.objects.filter(pk=event.payload["collection"]):
        if event.actor and event.payload["by_its_person"]:
            _tell({event.actor}, event, collection.title, reverse("consent:mine"))


@events.handler("collection.removed")
def on_collection_removed(event: Event) -> None:
    """Tells everybody who has shared or consented there, and its publisher, with the reason."""
    for collection in Collection.objects.filter(pk=event.subject_id):
        page = collection.get_absolute_url()
        own = Message("consent.taken_down", collection.title, page, detail=event.note)
        notify(people=queries.taking_part(collection), message=own, event=event)
        _tell(writers_of(collection.publisher_id), event, collection.title, page)


@events.handler("dataset.withdrawn", "dataset.restored")
def on_dataset_step(event: Event) -> None:
    """Tells everybody who consents to what it holds, with the reason."""
    for dataset in Dataset.objects.filter(pk=event.subject_id, by_consent=True):
        kind = event.kind.replace("dataset.", "consent.dataset_")
        own = Message(kind, dataset.title, reverse("consent:mine"), detail=event.note)
        notify(people=queries.consenting(dataset), message=own, event=event)


@events.handler("deletion.asked", "deletion.answered")
def on_deletion(event: Event) -> None:
    """Tells who holds the copies; of the answer the publisher."""
    rows = Deletion.objects.select_related("grant__dataset__publisher", "grant__organisation")
    for deletion in rows.filter(pk=event.subject_id):
        grant = deletion.grant
        asked = event.kind == "deletion.asked"
        people = holders_of(grant) if asked else writers_of(grant.dataset.publisher_id)
        _tell(people, event, grant.dataset.title, deletion.get_absolute_url())


@events.handler("rights_request.sent", "rights_request.withdrawn")
def on_rights_asked(event: Event) -> None:
    """Tells who owes the answer; where nobody acts for the publisher, also who has asked, who it is."""
    for request in _requests(event):
        collection, page = request.collection, request.get_absolute_url()
        _tell(queries.answering(collection), event, collection.title, page)
        if collection.publisher.state in INACTIVE and event.kind == "rights_request.sent":
            _tell_who_answers(request, event)


@events.handler("organisation.closed")
def on_publisher_closed(event: Event) -> None:
    """Tells everybody who has shared with it that nothing of that is read any more."""
    for collection in Collection.objects.filter(publisher=UUID(event.subject_id)).order_by("pk"):
        own = Message("consent.publisher_closed", collection.title, reverse("consent:mine"))
        notify(people=queries.taking_part(collection), message=own, event=event)


@events.handler("organisation.suspended", "organisation.closed")
def on_publisher_gone(event: Event) -> None:
    """Tells the data stewards of what its publisher has not answered, and who has asked, who answers now."""
    waiting = RightsRequest.objects.filter(
        state=RightsState.SENT, collection__publisher=UUID(event.subject_id)
    )
    for request in waiting.select_related("collection__publisher").order_by("due_at"):
        collection = request.collection
        if collection.publisher.state in INACTIVE:
            message = Message("rights_request.sent", collection.title, request.get_absolute_url())
            notify(people=queries.answering(collection), message=message, event=event)
            _tell_who_answers(request, event)


def _tell_who_answers(request: RightsRequest, event: Event) -> None:
    own = Message("consent.steward_answers", request.collection.title, request.get_absolute_url())
    notify(people={request.person_id} if request.person_id else (), message=own, event=event)


@events.handler("rights_request.fulfilled", "rights_request.refused")
def on_rights_answered(event: Event) -> None:
    """Tells who has asked."""
    for request in _requests(event):
        if request.person_id:
            _tell({request.person_id}, event, request.collection.title, request.get_absolute_url())


@events.handler("notice.published")
def on_notice_published(event: Event) -> None:
    """Tells whose consent was to other words, and is not used any more."""
    for notice in Notice.objects.select_related("purpose__collection").filter(pk=event.subject_id):
        earlier = Consent.objects.standing().filter(purpose=notice.purpose).exclude(notice=notice)
        people = earlier.values_list("person", flat=True)
        _tell(
            {one for one in people if one},
            event,
            notice.purpose.title,
            notice.purpose.collection.get_absolute_url(),
        )


@events.handler("person.erased")
def on_person_erased(event: Event) -> None:
    """Withdraws what nobody can withdraw any more."""
    sharing.withdraw_of_erased(at=event.at)


def _releases(event: Event) -> Iterable[Release]:
    rows = Release.objects.select_related("revision", "purpose__dataset", "purpose__collection__publisher")
    return rows.filter(pk=event.subject_id)


def _requests(event: Event) -> Iterable[RightsRequest]:
    return RightsRequest.objects.select_related("collection__publisher").filter(pk=event.subject_id)


def _tell(people: set[UUID], event: Event, topic: str, page: str) -> None:
    notify(people=people, message=Message(event.kind, topic, page, detail=event.note), event=event)
