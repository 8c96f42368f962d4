"""People share data and withdraw, publishers release figures, readers say what became of their copies."""

from collections.abc import Iterator

from django.db.models import F, Q

from civic.accounts.models import Organisation, Person
from datasets.catalogue.vocabularies import Theme
from datasets.consent.models import Collection, Consent, Deletion, Inclusion, Purpose, Release, RightsRequest
from datasets.consent.operations import collections, releases, rights, sharing
from datasets.consent.operations.collections import Profile, Words
from datasets.consent.states import (
    CollectionState,
    ConsentState,
    DeletionState,
    ReleaseState,
    RightsState,
)
from tests.factories import sharing as shared
from tests.simulation.draws import a, known, one_of
from tests.simulation.engine import City, holds, verb
from tests.simulation.slices.data import STEWARD
from tests.simulation.slices.sponsorship import acting_for

RESIDENT = a(Person, only=Q(is_active=True, is_staff=False))
OPEN = Q(state=CollectionState.OPEN)
OWNED = Q(publisher__memberships__role="owner")
OF_OWNED = Q(collection__publisher__memberships__role="owner")
WAYS = ("bicycle", "bicycle", "bus", "car")


@verb(0.4, organisation=a(Organisation, only=Q(memberships__role="owner")))
def begin_collection(city: City, organisation: Organisation) -> None:
    actor = acting_for(organisation)
    made = collections.create_collection(
        actor=actor,
        publisher=organisation,
        title=f"How we cycle, {city.number}",
        description="For the lanes.",
        questions=shared.QUESTIONS,
        k=5,
        at=city.at,
    )
    profile = Profile(f"Lanes {city.number}", shared.COLUMNS, Theme.TRAN, least_values=1)
    collections.add_purpose(actor=actor, collection=made, profile=profile, words=shared.WORDS, at=city.at)
    collections.open_collection(actor=actor, collection=made, at=city.at)


@verb(1, collection=a(Collection, likely=OPEN), person=RESIDENT, way=one_of(*WAYS), ticks=one_of(True, False))
def share_data(city: City, collection: Collection, person: Person, way: str, ticks: bool) -> None:
    ticked = {
        one.pk: one.newest_notice.digest for one in collection.purposes.all() if ticks and one.newest_notice
    }
    said = shared.values(way=way)
    sharing.share(actor=person, collection=collection, values=said, consents=ticked, at=city.at)


@verb(1, purpose=a(Purpose, likely=Q(collection__state="open"), only=OF_OWNED))
def prepare_and_send(city: City, purpose: Purpose) -> None:
    actor = acting_for(purpose.collection.publisher)
    made = releases.prepare_release(actor=actor, purpose=purpose, at=city.at)
    if made.state == ReleaseState.PREPARED:
        step = releases.send_release if made.rows else releases.drop_release
        step(actor=actor, release=made, at=city.at)


@verb(
    0.8,
    organisation=a(Organisation, only=Q(memberships__role="owner")),
    way=one_of(*WAYS),
    then=one_of("withdraw", "withdraw", "close", "words"),
)
def many_share(city: City, organisation: Organisation, way: str, then: str) -> None:
    """The whole way from a collection to a release that is under way, and what may come to it there."""
    begin_collection(city, organisation)
    collection = Collection.objects.order_by("-pk")[0]
    for person in Person.objects.filter(is_active=True, is_staff=False).order_by("pk")[:9]:
        share_data(city, collection, person, way, True)
    purpose = collection.purposes.get()
    prepare_and_send(city, purpose)
    if then == "withdraw":
        withdraw_consent(city, Consent.objects.filter(purpose=purpose).order_by("pk")[0])
    elif then == "close":
        close_collection(city, collection)
    else:
        change_notice(city, purpose)


@verb(1, consent=a(Consent, likely=Q(state=ConsentState.GIVEN), only=Q(person__isnull=False)))
def withdraw_consent(city: City, consent: Consent) -> None:
    sharing.withdraw_consent(actor=known(consent.person), consent=consent, at=city.at)


@verb(0.2, purpose=a(Purpose, only=OF_OWNED))
def change_notice(city: City, purpose: Purpose) -> None:
    words = Words(f"For lanes, {city.number}.", "Planners.", "A year.")
    actor = acting_for(purpose.collection.publisher)
    collections.publish_notice(actor=actor, purpose=purpose, words=words, at=city.at)


@verb(0.1, collection=a(Collection, likely=OPEN, only=OWNED))
def close_collection(city: City, collection: Collection) -> None:
    collections.close_collection(actor=acting_for(collection.publisher), collection=collection, at=city.at)


@verb(0.05, steward=STEWARD, collection=a(Collection, likely=OPEN))
def take_down_collection(city: City, steward: Person, collection: Collection) -> None:
    collections.remove_collection(actor=steward, collection=collection, reason="It insults.", at=city.at)


@verb(0.3, collection=a(Collection), person=RESIDENT, right=one_of("access", "erasure", "objection"))
def ask_about_own_data(city: City, collection: Collection, person: Person, right: str) -> None:
    rights.ask_rights(actor=person, collection=collection, right=right, words="", at=city.at)


@verb(
    0.4, request=a(RightsRequest, likely=Q(state=RightsState.SENT), only=OF_OWNED), done=one_of(True, False)
)
def answer_about_data(city: City, request: RightsRequest, done: bool) -> None:
    act = rights.fulfil_rights if done else rights.refuse_rights
    act(actor=acting_for(request.collection.publisher), request=request, answer="As it is.", at=city.at)


@verb(0.4, deletion=a(Deletion, likely=Q(state=DeletionState.ASKED), only=Q(grant__person__isnull=False)))
def answer_deletion(city: City, deletion: Deletion) -> None:
    actor = known(deletion.grant.person)
    rights.answer_deletion(actor=actor, deletion=deletion, answer="deleted", at=city.at)


@holds()
def nobody_who_has_withdrawn_is_in_a_release_made_after(city: City) -> Iterator[str]:
    """Nor can one be read in which they are."""
    after = Inclusion.objects.filter(consent__withdrawn_at__lt=F("release__made_at"))
    yield from (f"{one.consent_id} in {one.release_id}" for one in after)
    left = Release.objects.filter(state=ReleaseState.PUBLISHED, inclusions__consent__state="withdrawn")
    yield from (f"{one.pk} can be read" for one in left.distinct())


@holds("quiet")
def no_figure_is_about_fewer_than_k_people(city: City) -> Iterator[str]:
    """And nothing of an erased account is in what can be read."""
    for one in Release.objects.select_related("purpose__collection"):
        if any(row[-1] <= 0 or row[-1] % one.purpose.collection.k for row in one.rows):
            yield f"{one.pk}: {one.rows}"
    left = Release.objects.filter(state=ReleaseState.PUBLISHED, inclusions__consent__person=None)
    yield from (f"{one.pk} has somebody who is erased" for one in left.distinct())
