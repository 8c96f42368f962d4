"""Whether there is another table depends on how many have come or gone, never on what anybody has answered."""

from typing import Any

import pytest

from civic.accounts.models import Person
from civic.core import clock
from civic.core.errors import Conflict
from datasets.consent.models import Purpose, Release
from datasets.consent.operations import collections, releases, sharing
from tests.factories import accounts, catalogue
from tests.factories import sharing as shared

pytestmark = pytest.mark.django_db


def answers(**ways: int) -> list[dict[str, Any]]:
    """So many people a way, who look the same."""
    return [{"way": way} for way, people in ways.items() for _one in range(people)]


def prepare(purpose: Purpose) -> Release:
    actor = catalogue.writer(purpose.collection.publisher)
    return releases.prepare_release(actor=actor, purpose=purpose, at=clock.now())


def send(release: Release) -> Release:
    actor = catalogue.writer(release.purpose.collection.publisher)
    return releases.send_release(actor=actor, release=release, at=clock.now())


def drop(release: Release) -> Release:
    actor = catalogue.writer(release.purpose.collection.publisher)
    return releases.drop_release(actor=actor, release=release, at=clock.now())


def refused(purpose: Purpose) -> str:
    with pytest.raises(Conflict) as refusal:
        prepare(purpose)
    return str(refusal.value.detail)


def test_a_refusal_does_not_tell_what_the_one_who_came_has_said_1128_az6() -> None:
    purpose = shared.purpose()
    people = shared.crowd(purpose, answers(bicycle=9, car=11))
    shared.release(purpose)
    said = {refused(purpose)}
    who = accounts.person()
    for way in ("bicycle", "car", "bus"):
        shared.share(purpose, who, way=way)
        said.add(refused(purpose))
    assert len(said) == 1, "nothing has changed, a figure would have, a figure would not"
    # Nor whether what rests can be read again.
    shared.withdraw(people[-1], purpose)
    assert refused(purpose) in said
    assert releases.rebuild_releases(at=clock.now()) == 0


def test_that_nothing_has_changed_is_seen_as_a_table_1128_az6() -> None:
    purpose = shared.purpose()
    shared.crowd(purpose, answers(bicycle=5, car=5))
    first = shared.release(purpose)
    shared.crowd(purpose, answers(bicycle=4, car=4))
    same = prepare(purpose)
    assert (same.rows, same.state) == (first.rows, "prepared")
    drop(same)
    shared.share(purpose, way="bicycle")
    assert "come or gone" in refused(purpose)


def test_that_no_figure_reaches_k_is_seen_as_a_table_1128_az6() -> None:
    purpose = shared.purpose()
    shared.crowd(purpose, answers(bicycle=4))
    assert "Fewer than 5 people" in refused(purpose)
    shared.crowd(purpose, answers(car=4))
    empty = prepare(purpose)
    assert (empty.rows, empty.people) == ([], 0)
    with pytest.raises(Conflict):
        send(empty)
    drop(empty)
    shared.share(purpose, way="bicycle")
    assert "come or gone" in refused(purpose)


def again(person: Person, purpose: Purpose, **said: Any) -> None:
    sharing.share(
        actor=person,
        collection=purpose.collection,
        values=shared.values(**said),
        consents={},
        at=clock.now(),
    )


def test_who_changes_an_answer_is_none_of_those_who_have_come_or_gone_1128_az5() -> None:
    columns = [{"name": "district", "role": "quasi"}, {"name": "way_to_work", "role": "sensitive"}]
    purpose = shared.purpose(columns=columns)
    people = shared.crowd(purpose, answers(bicycle=9, car=9))
    shared.release(purpose)
    for person in people[:4]:
        again(person, purpose, age=40)
    shared.share(purpose, way="bicycle")
    assert "come or gone" in refused(purpose), (
        "else the figure that rises tells what the only one who came has said"
    )
    for person in people[:4]:
        again(person, purpose)
        again(person, purpose, way="bus")
    assert "come or gone" in refused(purpose), "there and back, and truly"


def test_answers_that_were_deleted_and_given_anew_are_others_1128_az5() -> None:
    purpose = shared.purpose()
    other = shared.purpose(purpose.collection, title="Bridges for bicycles")
    people = accounts.people(12)
    for place, person in enumerate(people):
        shared.share([purpose, other], person, way="bicycle" if place < 6 else "car")
    shared.release(purpose)
    for person in people[:1]:
        sharing.erase_submission(actor=person, submission=person.submissions.get(), at=clock.now())
        shared.share([purpose, other], person, way="car")
    assert "come or gone" in refused(other), "the first version of both, and not the same"


def test_two_purposes_of_a_collection_wait_for_each_other_1128_az4() -> None:
    one = shared.purpose()
    other = shared.purpose(one.collection, title="Bridges for bicycles")
    people = accounts.people(19)
    for place, person in enumerate(people):
        shared.share([one, other], person, way="bicycle" if place < 9 else "car")
    shared.release(one)
    shared.share([one, other], way="bicycle")
    assert "come or gone" in refused(one)
    assert "come or gone" in refused(other), "else its ten bicycles tell what the one who came has said"
    for _person in range(4):
        shared.share([one, other], way="bus")
    assert shared.release(other).state == "published"
    assert shared.release(one).state == "published", "the same people in two cuts differ by none"


def words_replaced(purpose: Purpose, person: Person) -> None:
    words = collections.Words("Also for shops.", "Shops.", "For a year.")
    actor = catalogue.writer(purpose.collection.publisher)
    collections.publish_notice(actor=actor, purpose=purpose, words=words, at=clock.now())


def account_suspended(purpose: Purpose, person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(is_active=False)


@pytest.mark.parametrize("change", [words_replaced, account_suspended])
@pytest.mark.parametrize("sent", [False, True])
def test_what_is_published_is_still_as_it_was_counted_1128_az7(change: Any, sent: bool) -> None:
    purpose = shared.purpose()
    people = shared.crowd(purpose, answers(bicycle=6, car=6))
    made = prepare(purpose)
    if sent:
        send(made)
    change(purpose, people[0])
    if not sent:
        with pytest.raises(Conflict):
            send(made)
    shared.read()
    made.refresh_from_db()
    purpose.dataset.refresh_from_db()
    assert purpose.dataset.latest == 0
    assert made.state == ("dropped" if sent or change is words_replaced else "prepared")
