"""From a proposal to what is shown: who does which step, what is refused, and who hears of it."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from civic.accounts import groups
from civic.accounts.models import Membership, Person
from civic.core import clock, events
from civic.core.errors import Conflict, Forbidden, IllegalTransition, Invalid
from civic.core.ids import new_id
from civic.notifications.models import Notification
from datasets.catalogue.operations import datasets
from datasets.reuses import operations
from datasets.reuses.models import MOST_DATASETS, Reuse
from datasets.reuses.operations import MOST_WAITING
from datasets.reuses.states import REUSE, ReuseState
from tests.factories import accounts, catalogue, reuses
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
REASON = {"reason": "Its address leads nowhere."}
WORDS: dict[str, dict[str, str]] = {"decline": REASON, "take_down": REASON}
WAYS: dict[str, list[str]] = {
    "proposed": [],
    "shown": ["approve"],
    "declined": ["decline"],
    "taken_down": ["approve", "take_down"],
    "withdrawn": ["withdraw"],
}


@pytest.fixture
def steward() -> Person:
    return accounts.staff(groups.DATA_STEWARDS)


def do(verb: str, reuse: Reuse, steward: Person) -> None:
    assert reuse.person
    actor = reuse.person if verb == "withdraw" else steward
    getattr(operations, verb)(actor=actor, reuse=reuse, at=clock.now(), **WORDS.get(verb, {}))


def told() -> set[tuple[Any, str]]:
    events.deliver_pending()
    return set(Notification.objects.values_list("person", "kind"))


@pytest.mark.parametrize("state", ReuseState.values)
def test_each_step_in_each_state(state: str, steward: Person) -> None:
    """The table of the crossing: what is no step is refused, and changes nothing."""
    made = reuses.proposed(reuses.dataset())
    for verb in WAYS[state]:
        do(verb, made, steward)
    for verb in {verb for verb, _before in REUSE}:
        reuse = Reuse.objects.get(pk=made.pk)
        with transaction.atomic():
            if after := REUSE.get((verb, ReuseState(state))):
                do(verb, reuse, steward)
                assert Reuse.objects.get(pk=made.pk).state == after
            else:
                with pytest.raises(IllegalTransition):
                    do(verb, reuse, steward)
            transaction.set_rollback(True)
    assert Reuse.objects.get(pk=made.pk).state == state


def test_who_proposes_decides_nothing_and_nobody_else_takes_it_back(steward: Person) -> None:
    used = reuses.dataset()
    own = reuses.proposed(used, person=steward)
    with pytest.raises(Forbidden):
        operations.approve(actor=steward, reuse=own, at=clock.now())
    # Nor what another has proposed in the name of an organisation that the steward writes for.
    owner = accounts.person()
    organisation = accounts.organisation(owner)
    Membership.objects.create(person=steward, organisation=organisation, role=Membership.Role.MANAGER)
    theirs = reuses.proposed(used, person=owner, organisation=organisation)
    with pytest.raises(Forbidden):
        operations.decline(actor=steward, reuse=theirs, at=clock.now(), **REASON)
    for actor in (accounts.person(), accounts.staff(groups.DATA_STEWARDS)):
        with pytest.raises(Forbidden):
            operations.withdraw(actor=actor, reuse=theirs, at=clock.now())
    with pytest.raises(Forbidden):
        operations.approve(actor=owner, reuse=own, at=clock.now())
    # An organisation's is its owners' and managers', also of those who came later.
    operations.withdraw(actor=steward, reuse=theirs, at=clock.now())


def test_a_form_that_is_sent_twice_proposes_once() -> None:
    used, person, token = reuses.dataset(), accounts.person(), new_id()
    sent = {"actor": person, "datasets": [used], "said": reuses.said(), "token": token, "at": clock.now()}
    assert operations.propose(**sent) == operations.propose(**sent)
    assert Reuse.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"description": ""}, "description"),
        ({"kind": "thing"}, "kind"),
        ({"address": "javascript:alert(1)"}, "address"),
        ({"address": "trees.example"}, "address"),
        ({"address": "https://city.example@trees.example/"}, "address"),
        ({"address": "https:///map"}, "address"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(said: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        reuses.proposed(reuses.dataset(), **said)
    assert [*refused.value.fields] == [field]
    assert not Reuse.objects.exists()


def test_an_address_of_another_kind_is_refused_by_the_database() -> None:
    made = reuses.proposed(reuses.dataset())
    with pytest.raises(IntegrityError), transaction.atomic():
        Reuse.objects.filter(pk=made.pk).update(address="javascript:alert(1)")


def test_it_is_about_published_datasets_and_not_too_many(steward: Person) -> None:
    with pytest.raises(Conflict):
        reuses.proposed(catalogue.dataset())
    with pytest.raises(Invalid):
        reuses.proposed()
    many = [reuses.dataset(title=f"Table {number}") for number in range(MOST_DATASETS + 1)]
    with pytest.raises(Invalid):
        reuses.proposed(*many)
    assert reuses.proposed(*many[1:]).datasets.count() == MOST_DATASETS


def test_so_many_wait_and_no_more(steward: Person) -> None:
    used, person = reuses.dataset(), accounts.person()
    made = [reuses.proposed(used, person=person) for _one in range(MOST_WAITING)]
    with pytest.raises(Conflict):
        reuses.proposed(used, person=person)
    operations.decline(actor=steward, reuse=made[0], at=clock.now(), **REASON)
    reuses.proposed(used, person=person)


def test_nobody_proposes_for_an_organisation_that_is_not_theirs() -> None:
    with pytest.raises(Forbidden):
        reuses.proposed(reuses.dataset(), organisation=accounts.organisation())


def test_each_who_is_concerned_hears_of_it(steward: Person) -> None:
    used = reuses.dataset()
    made = reuses.proposed(used)
    assert told() == {(steward.pk, "reuse.proposed")}
    operations.approve(actor=steward, reuse=made, at=clock.now())
    operations.take_down(actor=steward, reuse=made, at=clock.now(), **REASON)
    operations.restore(actor=steward, reuse=made, at=clock.now())
    publisher = catalogue.writer(used)
    assert told() == {
        (steward.pk, "reuse.proposed"),
        (publisher.pk, "reuse.of_yours"),
        *((made.person_id, f"reuse.{step}") for step in ("approved", "taken_down", "restored")),
    }
    assert REASON["reason"] in Notification.objects.get(kind="reuse.taken_down").detail


def test_an_organisation_hears_what_became_of_its_own_1128_q2_d2(steward: Person) -> None:
    """Also where whoever proposed it is gone; a steward who writes for it is asked nothing."""
    owner, other = accounts.person(), accounts.person()
    organisation = accounts.organisation(owner)
    accounts.membership(organisation, other, Membership.Role.MANAGER)
    theirs = accounts.staff(groups.DATA_STEWARDS)
    accounts.membership(organisation, theirs, Membership.Role.MANAGER)
    made = reuses.proposed(reuses.dataset(), person=other, organisation=organisation)
    assert told() == {(steward.pk, "reuse.proposed")}
    assert "waits for you" in text_of(visitor(steward), "/me/")
    assert "waits for you" not in text_of(visitor(theirs), "/me/")
    Membership.objects.filter(person=other).delete()
    operations.decline(actor=steward, reuse=made, at=clock.now(), **REASON)
    assert told() - {(steward.pk, "reuse.proposed")} == {
        (owner.pk, "reuse.declined"),
        (theirs.pk, "reuse.declined"),
    }


def test_what_nobody_would_find_is_not_shown_1128_t2(steward: Person) -> None:
    used = reuses.dataset()
    made = reuses.proposed(used)
    datasets.withdraw(
        actor=catalogue.writer(used), dataset=used, reason="A street is missing.", at=clock.now()
    )
    with pytest.raises(Conflict, match="None of its datasets"):
        operations.approve(actor=steward, reuse=made, at=clock.now())


def test_what_is_taken_back_at_once_counts_for_a_day_1128_d4() -> None:
    used, person = reuses.dataset(), accounts.person()
    for _one in range(MOST_WAITING):
        made = reuses.proposed(used, person=person)
        operations.withdraw(actor=person, reuse=made, at=clock.now())
    with pytest.raises(Conflict):
        reuses.proposed(used, person=person)


def test_no_step_needs_a_reason_that_nobody_reads(steward: Person) -> None:
    made = reuses.proposed(reuses.dataset())
    with pytest.raises(Invalid):
        operations.decline(actor=steward, reuse=made, reason=" ", at=clock.now())
    assert Reuse.objects.get(pk=made.pk).state == "proposed"
