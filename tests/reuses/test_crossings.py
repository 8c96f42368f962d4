"""What everybody still finds of a reuse when something beside it changes: cells are the specification (docs/data.md).

Nothing of this changes the reuse's state; a neighbour that goes back to what it was gives back what it took.
"""

from collections.abc import Callable

import pytest

from civic.accounts.models import Membership, Organisation, Person
from civic.accounts.operations.erasure import erase_person
from civic.core import clock
from datasets.catalogue.models import Dataset
from datasets.catalogue.operations import datasets
from datasets.catalogue.vocabularies import AccessLevel
from datasets.reuses.models import Reuse
from tests.factories import accounts, catalogue, reuses
from tests.visiting import visitor

pytestmark = pytest.mark.django_db
Neighbour = Callable[[Reuse], None]


def dataset_withdrawn(reuse: Reuse) -> None:
    for dataset in reuse.datasets.all():
        actor = catalogue.writer(dataset)
        datasets.withdraw(actor=actor, dataset=dataset, reason="A street is missing.", at=clock.now())


def dataset_restored(reuse: Reuse) -> None:
    dataset_withdrawn(reuse)
    for dataset in reuse.datasets.all():
        datasets.restore(actor=catalogue.writer(dataset), dataset=dataset, at=clock.now())


def dataset_on_request(reuse: Reuse) -> None:
    reuse.datasets.update(access_level=AccessLevel.ON_REQUEST)


def one_of_two_withdrawn(reuse: Reuse) -> None:
    reuse.datasets.add(reuses.dataset(title="Another one"))
    first = Dataset.objects.exclude(title="Another one").get(reuses=reuse)
    actor = catalogue.writer(first)
    datasets.withdraw(actor=actor, dataset=first, reason="A street is missing.", at=clock.now())


def publisher_suspended(reuse: Reuse) -> None:
    Organisation.objects.filter(datasets__reuses=reuse).update(state="suspended")


def organisation_in(state: str) -> Neighbour:
    def change(reuse: Reuse) -> None:
        Organisation.objects.filter(pk=reuse.organisation_id).update(state=state)

    change.__name__ = f"organisation_{state}"
    return change


def person_suspended(reuse: Reuse) -> None:
    Person.objects.filter(pk=reuse.person_id).update(is_active=False)


def person_erased(reuse: Reuse) -> None:
    assert reuse.person
    if reuse.organisation:  # one that nobody acts for any more is closed
        accounts.membership(reuse.organisation, accounts.person(), Membership.Role.OWNER)
    erase_person(person=reuse.person, at=clock.now())


FOUND, GONE = True, False
NEIGHBOURS: dict[Neighbour, list[bool]] = {
    # Somebody's own, an organisation's.
    dataset_withdrawn: [GONE, GONE],
    dataset_restored: [FOUND, FOUND],
    dataset_on_request: [FOUND, FOUND],
    one_of_two_withdrawn: [FOUND, FOUND],
    publisher_suspended: [FOUND, FOUND],
    organisation_in("suspended"): [FOUND, GONE],
    organisation_in("closed"): [FOUND, GONE],
    person_suspended: [GONE, FOUND],
    person_erased: [GONE, FOUND],
}


@pytest.mark.parametrize("neighbour", NEIGHBOURS, ids=lambda one: one.__name__)
@pytest.mark.parametrize("place", range(2), ids=["own", "of an organisation"])
def test_what_is_found_when_something_beside_it_changes(neighbour: Neighbour, place: int) -> None:
    person = accounts.person()
    organisation = accounts.organisation(person) if place else None
    reuse = reuses.shown(reuses.dataset(), person=person, organisation=organisation)
    neighbour(reuse)
    found = NEIGHBOURS[neighbour][place]
    assert (reuse.title in visitor().get("/data/reuses/").content.decode()) == found
    listed = visitor().get("/api/v1/reuses/").json()["results"]
    assert [one["id"] for one in listed] == ([str(reuse.pk)] if found else [])
    # What a person has erased is away for staff, too; all else still has its page for whose it is.
    assert visitor().get(reuse.get_absolute_url()).status_code == (200 if found else 404)
    if left := Reuse.objects.filter(pk=reuse.pk).first():
        assert left.state == "shown"
    else:
        assert (neighbour, place) == (person_erased, 0)
