"""Each hold of a grant ends by who made it; what is changed is read once it is sent; the log forgets with the rows."""

from datetime import datetime

import pytest

from civic.accounts import groups
from civic.accounts.models import Membership, Person
from civic.accounts.operations.erasure import erase_person
from civic.accounts.privacy import personal_data
from civic.core import clock, events
from civic.core.errors import Conflict, Forbidden
from civic.core.models import Event
from civic.core.states import Stateful
from datasets.access.operations import grants, requests
from datasets.catalogue.models import Dataset
from datasets.catalogue.operations import datasets
from datasets.catalogue.permissions import READ
from datasets.catalogue.vocabularies import AccessLevel
from tests.factories import accounts, catalogue, data_access
from tests.visiting import visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> datetime:
    return clock.now()


@pytest.fixture
def closed() -> Dataset:
    return catalogue.published(access_level=AccessLevel.ON_REQUEST)


@pytest.fixture
def steward() -> Person:
    return accounts.staff(groups.DATA_STEWARDS)


def known(person: Person | None) -> Person:
    assert person
    return person


@pytest.mark.parametrize("for_organisation", [False, True])
def test_what_the_city_has_revoked_nobody_else_gives_again_1128_xa2(
    closed: Dataset, steward: Person, at: datetime, for_organisation: bool
) -> None:
    person = accounts.person()
    more = {"organisation": accounts.organisation(person)} if for_organisation else {}
    grant = data_access.grant(closed, person, **more)
    grants.revoke_grant(actor=steward, grant=grant, reason="It was sold on.", at=at)
    with pytest.raises(Conflict, match="city"):
        data_access.approve(data_access.sent(closed, person))
    datasets.describe(
        actor=catalogue.writer(closed),
        dataset=closed,
        said=catalogue.said(access_level=AccessLevel.REGISTERED),
        at=at,
    )
    with pytest.raises(Conflict):
        grants.accept_terms(actor=person, dataset=closed, purpose="research", at=at)
    with pytest.raises(Forbidden):
        grants.release_grant(actor=catalogue.writer(closed), grant=grant, at=at)
    client, address = visitor(steward), grant.get_absolute_url()
    assert "Take the suspension back" in client.get(address).content.decode()
    assert client.post(f"{address}release/").status_code == 302
    assert grants.accept_terms(actor=person, dataset=closed, purpose="research", at=at).state == "active"


@pytest.mark.parametrize("first", ["city", "publisher"])
def test_what_both_have_suspended_comes_back_once_both_say_so_1128_xa2(
    closed: Dataset, steward: Person, at: datetime, first: str
) -> None:
    grant = data_access.grant(closed)
    sides = {"city": steward, "publisher": catalogue.writer(closed)}
    second = {"city": "publisher", "publisher": "city"}[first]
    for side in (first, second):
        grants.suspend_grant(actor=sides[side], grant=grant, reason=f"Says the {side}.", at=at)
    page = visitor(grant.person).get(grant.get_absolute_url()).content.decode()
    assert "Says the city." in page
    assert "Says the publisher." in page
    for side in (first, second):
        with pytest.raises(Conflict):
            grants.resume_grant(actor=sides[side], grant=grant, at=at)
    assert visitor(sides[first]).post(f"{grant.get_absolute_url()}release/").status_code == 302
    grant.refresh_from_db()
    assert (grant.state, grant.held, grant.paused) == ("suspended", second == "city", second == "publisher")
    with pytest.raises(Forbidden):
        grants.resume_grant(actor=sides[first], grant=grant, at=at)
    assert grants.resume_grant(actor=sides[second], grant=grant, at=at).state == "active"
    grant.refresh_from_db()
    assert (grant.reason, grant.held, grant.paused) == ("", False, False)


def test_what_was_said_of_an_erased_person_goes_from_the_log_1128_xa10(closed: Dataset, at: datetime) -> None:
    person = accounts.person()
    grant = data_access.grant(closed, person)
    writer = catalogue.writer(closed)
    grants.revoke_grant(actor=writer, grant=grant, reason="You, Anna Personal, sold it.", at=at)
    asked = data_access.sent(closed, person)
    requests.reject_request(actor=writer, request=asked, reason="You, Anna Personal, lied.", at=at)
    assert Event.objects.filter(note__contains="Anna").count() == 2
    erase_person(person=Person.objects.get(pk=person.pk), at=at)
    events.deliver_pending()
    assert not Event.objects.filter(note__contains="Anna").exists()


def test_who_empties_a_reason_has_the_log_forget_it_too_1128_xa10() -> None:
    """The note of a step has the same words as the row."""
    said = [
        entry.slug
        for entry in personal_data
        if issubclass(entry.model_class, Stateful) and "reason" in entry.anonymise and not entry.notes
    ]
    assert said == []


def test_what_is_changed_after_a_question_is_read_once_it_is_sent_again_1128_xa13(
    closed: Dataset, at: datetime
) -> None:
    asked = data_access.sent(closed)
    writer, person = catalogue.writer(closed), known(asked.person)
    requests.return_request(actor=writer, request=asked, reason="For what?", at=at)
    wish = data_access.wish(why="I am not sure yet.")
    requests.edit_request(actor=person, request=asked, wish=wish, at=at)
    pages = {who: visitor(who).get(asked.get_absolute_url()) for who in (writer, person)}
    shown = {who.pk: "I am not sure yet." in page.content.decode() for who, page in pages.items()}
    assert shown == {writer.pk: False, person.pk: True}
    requests.submit_request(actor=person, request=asked, at=at)
    assert "I am not sure yet." in visitor(writer).get(asked.get_absolute_url()).content.decode()


@pytest.mark.parametrize("place", ["", "query/"])
def test_head_is_a_read_since_its_sizes_tell_1128_xa13_az1(closed: Dataset, place: str) -> None:
    grant = data_access.grant(closed)
    client, address = visitor(grant.person), f"{closed.get_absolute_url()}{place}"
    asked = {"columns": "tree"} if place else {}
    for count, ask in enumerate((client.head, client.get), 1):
        assert ask(address, asked).status_code == 200
        assert Event.objects.filter(kind=READ).count() == count


def test_who_asks_in_its_name_sees_what_was_sent_for_an_organisation_1128_xa14(closed: Dataset) -> None:
    person, colleague, member = accounts.person(), accounts.person(), accounts.person()
    organisation = accounts.organisation(person)
    for one, role in ((colleague, "manager"), (member, "member")):
        Membership.objects.create(organisation=organisation, person=one, role=role)
    draft = data_access.asked(closed, person, organisation=organisation)
    address = draft.get_absolute_url()
    assert visitor(colleague).get(address).status_code == 404
    requests.submit_request(actor=person, request=draft, at=clock.now())
    assert [visitor(one).get(address).status_code for one in (colleague, member)] == [200, 404]
    assert address in visitor(colleague).get("/me/data-access/").content.decode()
