"""What is counted of consents, and what the pages read: a fixed number of statements each."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Prefetch, Q

from civic.accounts import groups
from civic.accounts.models import Person
from civic.accounts.roles import in_group
from civic.accounts.states import INACTIVE
from civic.core import events
from civic.core.columns import rows
from civic.core.models import Event
from datasets.access.models import Grant
from datasets.catalogue.models import Dataset
from datasets.catalogue.models.dataset import writers_of, writing
from datasets.catalogue.permissions import READ
from datasets.consent.models import (
    Collection,
    Consent,
    Deletion,
    Inclusion,
    Notice,
    Purpose,
    Release,
    RightsRequest,
    Submission,
)
from datasets.consent.states import CollectionState, DeletionState, ReleaseState, RightsState

SHOWN = 100


def taken_away(dataset: Dataset, numbers: list[int], since: datetime) -> tuple[int, int]:
    """How often revisions were read by grants, and by how many of these."""
    reads = reads_by_grant(dataset, numbers, since) if numbers else {}
    return sum(reads.values()), len(reads)


def reads_by_grant(dataset: Dataset, numbers: list[int], since: datetime) -> dict[str, int]:
    """How often these revisions were read since then, by grant, as the log has it."""
    found = Event.objects.filter(
        kind=READ,
        subject_type=Dataset._meta.label,
        subject_id=str(dataset.pk),
        at__gte=since,
        payload__basis="grant",
        payload__revision__in=numbers,
    )
    counted = found.values("payload__grant").annotate(times=Count("seq")).order_by()
    return {row["payload__grant"]: row["times"] for row in counted}


def holders(grants: Any) -> Any:
    """Grants with both sides."""
    return Grant.objects.select_related("dataset", "person", "organisation").filter(pk__in=grants)


def collections() -> Any:
    """With their publishers."""
    return Collection.objects.select_related("publisher")


def listed(actor: Any) -> list[Collection]:
    """Those that somebody may know of and for which somebody acts, open ones first."""
    shown = collections().visible_to(actor).exclude(publisher__state__in=INACTIVE)
    return list(shown.order_by("-state", "title")[:SHOWN])


def taking_part(collection: Collection) -> set[UUID]:
    """Who has shared there, or has consented, withdrawn or not."""
    shared = collection.submissions.values_list("person", flat=True)
    consented = Consent.objects.filter(purpose__collection=collection, person__isnull=False)
    return {*shared, *consented.values_list("person", flat=True)}


def consenting(dataset: Dataset) -> set[UUID]:
    """Whose consent stands to what the dataset holds, while its collection is not taken down as a whole."""
    there = Consent.objects.standing().filter(purpose__dataset=dataset)
    known = there.exclude(purpose__collection__state=CollectionState.REMOVED)
    return {one for one in known.values_list("person", flat=True) if one}


def answering(collection: Collection) -> set[UUID]:
    """Who hears of a request: the publisher's writers, where nobody acts for it the data stewards."""
    if collection.publisher.state not in INACTIVE:
        return writers_of(collection.publisher_id)
    stewards = Person.objects.filter(groups__name=groups.DATA_STEWARDS, is_staff=True, is_active=True)
    return set(stewards.values_list("pk", flat=True))


def reason_of(collection: Collection) -> str:
    """Why the city has taken it down; empty where it has not."""
    if collection.state != CollectionState.REMOVED:
        return ""
    last = events.about(collection).filter(kind="collection.removed").last()
    return last.note if last else ""


def purposes(collection: Collection) -> list[Purpose]:
    """With their datasets and the words that hold now, first."""
    notices = Prefetch("notices", Notice.objects.order_by("-number"))
    found = list(collection.purposes.select_related("dataset").prefetch_related(notices))
    for one in found:
        one.collection = collection
    return found


def mine_of(collection: Collection, person: Person) -> tuple[Submission | None, list[Consent]]:
    """What the person has shared and consented to there."""
    submission = Submission.objects.filter(collection=collection, person=person).first()
    standing = Consent.objects.of(person).standing().filter(purpose__collection=collection)
    found = standing.select_related("purpose", "notice").prefetch_related("purpose__notices")
    return submission, list(found.order_by("given_at"))


def has_erased(person: Person, slug: str) -> bool:
    """Whether the person has deleted answers to this collection before."""
    keys = [str(key) for key in Collection.objects.filter(slug=slug).values_list("pk", flat=True)]
    erased = Event.objects.filter(kind="submission.erased", actor=person.pk, payload__collection__in=keys)
    return erased.exists()


def of_publisher(collection: Collection) -> dict[str, Any]:
    """What its publisher sees: how many have shared, in multiples of k, releases and requests."""
    k = collection.k
    shown = list(
        Release.objects.filter(purpose__collection=collection)
        .select_related("purpose__collection", "purpose__dataset", "revision")
        .order_by("-made_at", "-id")[:SHOWN]
    )
    requests = RightsRequest.objects.filter(collection=collection).select_related("person", "collection")
    told = Deletion.objects.filter(release__purpose__collection=collection)
    return {
        "shared": collection.submissions.count() // k * k,
        "releases": shown,
        "requests": list(requests.order_by("state", "due_at")[:SHOWN]),
        "deletions": list(
            told.select_related("grant__dataset", "grant__person", "grant__organisation", "release")[:SHOWN]
        ),
    }


def of_person(person: Person) -> dict[str, Any]:
    """What somebody has shared and consented to, what was released of it, and who has read that since."""
    shared = Submission.objects.filter(person=person).select_related("collection__publisher")
    given = Consent.objects.of(person).select_related("purpose__collection", "purpose__dataset", "notice")
    inclusions = Prefetch(
        "inclusions",
        Inclusion.objects.filter(release__revision__isnull=False).select_related("release__revision"),
    )
    consents = list(given.prefetch_related(inclusions, "purpose__notices")[:SHOWN])
    counted = Q(pk__in=[])
    for one in consents:
        revisions = [each.release.revision for each in one.inclusions.all()]
        numbers = [revision.number for revision in revisions if revision]
        dataset = Q(subject_id=str(one.purpose.dataset_id), payload__revision__in=numbers)
        counted |= dataset & Q(at__gte=one.given_at)
    reads = (
        Event.objects.filter(counted, kind=READ, subject_type=Dataset._meta.label)
        .values("subject_id", "payload__purpose")
        .annotate(times=Count("seq"))
        .order_by("subject_id")
    )
    looked = (
        Event.objects.filter(
            kind="release.read", subject_type=Release._meta.label, subject_id__in=_counted(person)
        )
        .values("payload__purpose")
        .annotate(times=Count("seq"))
        .order_by("payload__purpose")
    )
    asked = RightsRequest.objects.filter(person=person).select_related("collection")
    return {
        "looked": list(looked),
        "submissions": list(shared[:SHOWN]),
        "consents": consents,
        "reads": list(reads),
        "requests": list(asked[:SHOWN]),
    }


def _counted(person: Person) -> list[str]:
    """The releases that the person is in, published or not."""
    inside = Inclusion.objects.filter(consent__person=person).order_by("pk")
    return [str(key) for key in inside.values_list("release", flat=True)]


def me_columns(person: Person, at: datetime) -> dict[str, Any]:
    """Whether the person has shared something, and what waits for them, as columns of the person."""
    collecting = writing(person).values("organisation")
    owed = Q(collection__publisher__in=collecting)
    if in_group(person, groups.DATA_STEWARDS):
        owed |= Q(collection__publisher__state__in=INACTIVE)
    asked = RightsRequest.objects.filter(owed, ~Q(person=person.pk), state=RightsState.SENT)
    counted = Release.objects.filter(
        state=ReleaseState.PREPARED, purpose__collection__publisher__in=collecting
    )
    holds = Q(grant__person=person.pk, grant__organisation=None) | Q(grant__organisation__in=collecting)
    told = Deletion.objects.filter(holds, state=DeletionState.ASKED)
    mine = [kept.objects.filter(person_id=person.pk) for kept in (Submission, Consent)]
    of_release = ("purpose_id", "purpose__title", "purpose__collection_id", "purpose__collection__slug")
    return {
        "has_shared": Exists(mine[0]) | Exists(mine[1]),
        "asked_rights": rows(asked[:SHOWN], "id", "state_since", "collection_id", "collection__title"),
        "counted_releases": rows(counted[:SHOWN], "id", "state_since", *of_release),
        "asked_deletions": rows(
            told[:SHOWN], "id", "state_since", "grant_id", "grant__dataset_id", "grant__dataset__title"
        ),
    }


def deletions() -> Any:
    """With both sides and what is to be deleted."""
    return Deletion.objects.select_related(
        *("grant__dataset__publisher", "grant__person", "grant__organisation"),
        *("release__revision", "release__purpose__collection__publisher"),
    )
