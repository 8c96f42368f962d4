"""What a live grant still opens when something beside it changes: cells are the specification (docs/data.md).

Nothing of this changes the grant's state: what is there is asked at each read. A neighbour that goes back to what it
was gives back what it took.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from civic.accounts.models import Membership, Organisation, Person
from civic.accounts.operations.erasure import erase_person
from civic.core import clock, events
from civic.core.errors import Conflict, Forbidden
from datasets.access.models import AccessRequest, Grant
from datasets.access.operations import grants, requests
from datasets.catalogue.models import Dataset
from datasets.catalogue.operations import datasets
from datasets.catalogue.vocabularies import AccessLevel
from tests.factories import accounts, catalogue
from tests.factories import data_access as access
from tests.visiting import visitor

pytestmark = pytest.mark.django_db
REGISTERED, ON_REQUEST, BY_ORDER = AccessLevel.REGISTERED, AccessLevel.ON_REQUEST, AccessLevel.BY_ORDER
READS, NOTHING, GONE, SIGNED_OUT = 200, 403, 410, 403


@dataclass
class Scene:
    """A dataset, its grant and the person who reads by it."""

    dataset: Dataset
    grant: Grant
    reader: Person
    organisation: Organisation | None = None

    def reads(self) -> int:
        """What the newest CSV answers to the reader; to whom nobody lets in, what a stranger gets."""
        client = visitor(self.reader)
        return client.get(f"/data/{self.dataset.slug}/latest.csv").status_code


def scene(level: str, *, for_organisation: bool = False) -> Scene:
    dataset, reader = access.dataset(level), accounts.person()
    organisation = accounts.organisation(reader) if for_organisation else None
    more = {"organisation": organisation} if organisation else {}
    grant = access.grant(dataset, reader, **more)
    made = Scene(dataset, grant, reader, organisation)
    assert made.reads() == READS
    return made


def withdrawn(here: Scene) -> None:
    actor = catalogue.writer(here.dataset)
    datasets.withdraw(actor=actor, dataset=here.dataset, reason="A street is missing.", at=clock.now())


def restored(here: Scene) -> None:
    withdrawn(here)
    datasets.restore(actor=catalogue.writer(here.dataset), dataset=here.dataset, at=clock.now())


def publisher_in(state: str) -> Callable[[Scene], None]:
    def change(here: Scene) -> None:
        Organisation.objects.filter(pk=here.dataset.publisher_id).update(state=state)

    change.__name__ = f"publisher_{state}"
    return change


def person_suspended(here: Scene) -> None:
    Person.objects.filter(pk=here.reader.pk).update(is_active=False)


def person_erased(here: Scene) -> None:
    erase_person(person=here.reader, at=clock.now())


def level(to: str) -> Callable[[Scene], None]:
    def change(here: Scene) -> None:
        said = catalogue.said(access_level=to)
        actor = catalogue.writer(here.dataset)
        datasets.describe(actor=actor, dataset=here.dataset, said=said, at=clock.now())

    change.__name__ = f"level_{to}"
    return change


NEIGHBOURS: dict[Callable[[Scene], None], list[int]] = {
    # By accepted terms, on request, by order.
    withdrawn: [GONE, GONE, GONE],
    restored: [READS, READS, READS],
    publisher_in("suspended"): [NOTHING, NOTHING, NOTHING],
    publisher_in("closed"): [NOTHING, NOTHING, NOTHING],
    person_suspended: [NOTHING, NOTHING, NOTHING],
    person_erased: [NOTHING, NOTHING, NOTHING],
    level("open"): [READS, READS, READS],
    level("registered"): [READS, READS, READS],
    level("on_request"): [NOTHING, READS, READS],
    level("by_order"): [NOTHING, READS, READS],
}


@pytest.mark.parametrize("neighbour", NEIGHBOURS, ids=lambda one: one.__name__)
@pytest.mark.parametrize("place", range(3), ids=[REGISTERED, ON_REQUEST, BY_ORDER])
def test_what_a_grant_opens_when_something_beside_it_changes(
    neighbour: Callable[[Scene], None], place: int
) -> None:
    here = scene([REGISTERED, ON_REQUEST, BY_ORDER][place])
    neighbour(here)
    assert here.reads() == NEIGHBOURS[neighbour][place]
    here.grant.refresh_from_db()
    assert here.grant.state == "active"


def leaves(here: Scene) -> None:
    Membership.objects.filter(organisation=here.organisation, person=here.reader).delete()


def is_a_member_only(here: Scene) -> None:
    Membership.objects.filter(organisation=here.organisation).update(role="member")


def organisation_in(state: str) -> Callable[[Scene], None]:
    def change(here: Scene) -> None:
        Organisation.objects.filter(pk=here.organisation.pk if here.organisation else None).update(
            state=state
        )

    change.__name__ = f"organisation_{state}"
    return change


OF_ORGANISATION: dict[Callable[[Scene], None], int] = {
    leaves: NOTHING,
    is_a_member_only: READS,
    organisation_in("suspended"): NOTHING,
    organisation_in("closed"): NOTHING,
    person_suspended: NOTHING,
}


@pytest.mark.parametrize("neighbour", OF_ORGANISATION, ids=lambda one: one.__name__)
def test_what_an_organisations_grant_opens_for_who_belongs_to_it(neighbour: Callable[[Scene], None]) -> None:
    here = scene(ON_REQUEST, for_organisation=True)
    neighbour(here)
    assert here.reads() == OF_ORGANISATION[neighbour]


@pytest.mark.parametrize("neighbour", NEIGHBOURS, ids=lambda one: one.__name__)
def test_a_key_opens_what_its_person_may_read_and_no_more(neighbour: Callable[[Scene], None]) -> None:
    here = scene(ON_REQUEST)
    key = grants.make_key(actor=here.reader, grant=here.grant, at=clock.now())
    neighbour(here)
    page = f"/data/{here.dataset.slug}/latest.csv"
    asked = visitor(None).get(page, HTTP_AUTHORIZATION=f"Bearer {key}").status_code
    assert asked == NEIGHBOURS[neighbour][1]


REQUESTS: dict[Callable[[Scene], None], Any] = {
    withdrawn: Conflict,
    restored: None,
    publisher_in("suspended"): Forbidden,
    publisher_in("closed"): Forbidden,
    person_suspended: Conflict,
    person_erased: Conflict,
    level("open"): Conflict,
    level("registered"): Conflict,
    level("by_order"): Conflict,
}


@pytest.mark.parametrize("neighbour", REQUESTS, ids=lambda one: one.__name__)
def test_a_request_that_waits_is_approved_only_while_the_dataset_is_given_on_request(
    neighbour: Callable[[Scene], None],
) -> None:
    """It can be rejected whatever has become of its dataset."""
    here = scene(ON_REQUEST)
    asker = accounts.person()
    waiting = access.sent(here.dataset, asker)
    here.reader = asker
    neighbour(here)
    waiting = AccessRequest.objects.get(pk=waiting.pk)
    if refused := REQUESTS[neighbour]:
        with pytest.raises(refused):
            access.approve(waiting)
    else:
        assert access.approve(waiting).state == "active"
        return
    if refused is Conflict:
        writer = catalogue.writer(here.dataset)
        requests.reject_request(actor=writer, request=waiting, reason="It is over.", at=clock.now())


def test_what_an_erased_person_leaves_ends_and_says_nothing_of_them(at: datetime) -> None:
    here = scene(ON_REQUEST)
    waiting = access.sent(access.dataset(title="Another"), here.reader)
    here.reader.refresh_from_db()
    erase_person(person=here.reader, at=clock.now())
    events.deliver_pending()
    grant, request = Grant.objects.get(pk=here.grant.pk), AccessRequest.objects.get(pk=waiting.pk)
    assert (grant.state, grant.person, grant.reason) == ("ended", None, "")
    assert (request.state, request.person, request.why, request.answers) == ("withdrawn", None, "", [])
