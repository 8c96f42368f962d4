"""People ask for data that is not open, publishers decide and take back, and everybody tries to read."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.test import Client

from civic.accounts.models import Membership, Organisation, Person
from civic.core.models import Event
from datasets.access.models import AccessRequest, Grant
from datasets.access.operations import grants, requests
from datasets.access.states import OPEN_REQUEST, STANDING, GrantState, RequestState
from datasets.access.vocabularies import Basis
from datasets.catalogue.models import Dataset
from datasets.catalogue.operations import datasets
from datasets.catalogue.states import DatasetState
from datasets.catalogue.vocabularies import AccessLevel
from datasets.consent.models import Release
from tests.factories import catalogue, data_access
from tests.simulation.clock import due
from tests.simulation.draws import a, known, one_of
from tests.simulation.engine import City, holds, verb
from tests.simulation.slices.data import OWNED, SEED, STEWARD, publish_table, withdraw_own_dataset
from tests.simulation.slices.sponsorship import acting_for

ASKER = a(Person, only=Q(is_active=True, is_staff=False))
ON_REQUEST = Q(state=DatasetState.PUBLISHED, access_level=AccessLevel.ON_REQUEST)
REGISTERED = Q(state=DatasetState.PUBLISHED, access_level=AccessLevel.REGISTERED)
OF_OWNED = Q(dataset__publisher__memberships__role="owner")
ASKED = Q(person__isnull=False)


@verb(
    2,
    dataset=a(Dataset, likely=Q(state=DatasetState.PUBLISHED, source=""), only=OWNED),
    level=one_of("on_request", "on_request", "registered", "by_order", "open"),
)
def choose_level(city: City, dataset: Dataset, level: str) -> None:
    said = catalogue.said(title=dataset.title, access_level=level)
    datasets.describe(actor=acting_for(dataset.publisher), dataset=dataset, said=said, at=city.at)


@verb(4, person=ASKER, dataset=a(Dataset, likely=ON_REQUEST), for_own=one_of(True, True, False))
def ask_for_data(city: City, person: Person, dataset: Dataset, for_own: bool) -> None:
    mine = Organisation.objects.filter(memberships__person=person, memberships__role="owner").order_by("pk")
    wish = data_access.wish(organisation=None if for_own else mine.first())
    made = requests.start_request(actor=person, dataset=dataset, wish=wish, at=city.at)
    requests.submit_request(actor=person, request=made, at=city.at)


@verb(3, person=ASKER, dataset=a(Dataset, likely=REGISTERED))
def accept_data_terms(city: City, person: Person, dataset: Dataset) -> None:
    grants.accept_terms(actor=person, dataset=dataset, purpose="research", at=city.at)


@verb(
    4,
    request=a(AccessRequest, likely=Q(state=RequestState.SUBMITTED), only=OF_OWNED),
    how=one_of("approve", "approve", "approve", "return", "reject"),
)
def decide_request(city: City, request: AccessRequest, how: str) -> None:
    verbs = {
        "approve": requests.approve_request,
        "return": requests.return_request,
        "reject": requests.reject_request,
    }
    verbs[how](actor=acting_for(request.dataset.publisher), request=request, reason="As it is.", at=city.at)


@verb(
    1, request=a(AccessRequest, likely=Q(state__in=OPEN_REQUEST), only=ASKED), how=one_of("send", "take back")
)
def go_on_with_request(city: City, request: AccessRequest, how: str) -> None:
    act = requests.submit_request if how == "send" else requests.withdraw_request
    act(actor=known(request.person), request=request, at=city.at)


@verb(
    2,
    grant=a(Grant, likely=Q(state__in=STANDING), only=OF_OWNED),
    how=one_of("suspend", "resume", "resume", "release", "revoke"),
)
def publisher_changes_grant(city: City, grant: Grant, how: str) -> None:
    _change(city, acting_for(grant.dataset.publisher), grant, how)


@verb(
    1,
    steward=STEWARD,
    grant=a(Grant, likely=Q(state__in=STANDING)),
    how=one_of("suspend", "resume", "release", "revoke"),
)
def steward_changes_grant(city: City, steward: Person, grant: Grant, how: str) -> None:
    _change(city, steward, grant, how)


@verb(0.7, grant=a(Grant, likely=Q(state__in=STANDING), only=ASKED))
def end_own_grant(city: City, grant: Grant) -> None:
    grants.end_grant(actor=known(grant.person), grant=grant, at=city.at)


@verb(4, grant=a(Grant, likely=Q(state=GrantState.ACTIVE), only=ASKED))
def read_by_grant(city: City, grant: Grant) -> None:
    """Downloads the newest file; whether it was given, and whether the log has it, `each_read_is_in_the_log` asks."""
    client = Client()
    client.force_login(known(grant.person))
    answer = client.get(f"/data/{grant.dataset.slug}/latest.csv")
    given = answer.status_code == 200 and grant.dataset.access_level != AccessLevel.OPEN
    city.memory["reads"] = city.memory.get("reads", 0) + given


def _change(city: City, actor: Person, grant: Grant, how: str) -> None:
    if how in ("resume", "release"):
        act = grants.resume_grant if how == "resume" else grants.release_grant
        act(actor=actor, grant=grant, at=city.at)
    else:
        verbs = {"suspend": grants.suspend_grant, "revoke": grants.revoke_grant}
        verbs[how](actor=actor, grant=grant, reason="Something is unclear.", at=city.at)


@due
def grants_expire() -> Iterator[datetime]:
    """When the time of a grant is over."""
    yield from Grant.objects.filter(state__in=STANDING).values_list("expires_at", flat=True)


@verb(
    3,
    organisation=a(Organisation, only=Q(memberships__role="owner")),
    person=ASKER,
    seed=SEED,
    level=one_of("on_request", "on_request", "registered"),
    then=one_of("read", "suspend", "revoke", "withdraw"),
)
def give_access(
    city: City, organisation: Organisation, person: Person, seed: int, level: str, then: str
) -> None:
    """The whole way from a table to a read, and what may come after it."""
    publish_table(city, organisation, seed, "plain")
    dataset = Dataset.objects.order_by("-pk")[0]
    choose_level(city, dataset, level)
    if level == "registered":
        accept_data_terms(city, person, dataset)
    else:
        ask_for_data(city, person, dataset, True)
        decide_request(city, AccessRequest.objects.order_by("-pk")[0], "approve")
    grant = Grant.objects.order_by("-pk")[0]
    read_by_grant(city, grant)
    if then in ("suspend", "revoke"):
        publisher_changes_grant(city, grant, then)
    elif then == "withdraw":
        withdraw_own_dataset(city, dataset)
    read_by_grant(city, grant)


@holds()
def no_byte_leaves_after_the_end_of_a_grant(city: City) -> Iterator[str]:
    """Whoever has ever held one gets the file if, and only if, what is written here says so."""
    for grant in Grant.objects.filter(person__isnull=False).select_related("dataset__publisher", "person"):
        person, dataset = known(grant.person), grant.dataset
        reads = _reads(person, dataset, city.at)
        now = (
            reads,
            grant.state,
            dataset.state,
            dataset.access_level,
            dataset.publisher.state,
            person.is_active,
        )
        if not city.is_news("read", grant.pk, now):
            continue
        with city.changes.undone():
            client = Client()
            client.force_login(person)
            status = client.get(f"/data/{dataset.slug}/latest.csv").status_code
        if (status == 200) != reads:
            yield f"{dataset.access_level}, {dataset.state}, grant {grant.state}: {status}"


def _reads(person: Person, dataset: Dataset, at: datetime) -> bool:
    """Recounted from the rows, and not by the function that decides."""
    if dataset.state != DatasetState.PUBLISHED or dataset.access_level == AccessLevel.OPEN:
        return dataset.state == DatasetState.PUBLISHED
    if dataset.by_consent and not _stands(dataset):
        return False
    mine = Membership.objects.filter(person=person).exclude(organisation__state__in=["suspended", "closed"])
    publishes = mine.filter(organisation=dataset.publisher, role__in=["owner", "manager"])
    if person.is_active and publishes.exists():
        return True
    if not person.is_active or dataset.publisher.state in ("suspended", "closed"):
        return False
    own = Q(person=person, organisation=None) | Q(organisation__in=mine.values("organisation"))
    live = Grant.objects.filter(own, dataset=dataset, state=GrantState.ACTIVE, expires_at__gt=at)
    if dataset.access_level != AccessLevel.REGISTERED:
        live = live.exclude(basis=Basis.REGISTERED)
    return live.exists()


def _stands(dataset: Dataset) -> bool:
    """Whether nobody in its newest release has withdrawn since it was counted."""
    newest = Release.objects.filter(revision__dataset=dataset, revision__number=dataset.latest)
    last = newest.order_by("-made_at", "-pk").first()
    return last is not None and not last.inclusions.filter(consent__state="withdrawn").exists()


@holds()
def each_read_is_in_the_log(city: City) -> Iterator[str]:
    """At least those of the verb; pages that people walk through read, too."""
    told = Event.objects.filter(kind="dataset.read").count()
    if told < city.memory.get("reads", 0):
        yield f"{city.memory['reads']} reads, {told} in the log"


@holds("end")
def no_grant_stands_for_ever(city: City) -> Iterator[str]:
    """Its time is over, and its state says so."""
    yield from (
        f"grant {one.state}" for one in Grant.objects.filter(state__in=STANDING, expires_at__lte=city.at)
    )
