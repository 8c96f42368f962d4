"""A correction counts from the next table with other people on: it stops none that was counted before it."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from civic.core import clock
from datasets.consent.models import Purpose, Release, Submission
from datasets.consent.operations import collections, releases
from tests.consent.test_waiting import again, answers, prepare, refused, send
from tests.factories import accounts, catalogue
from tests.factories import sharing as shared

pytestmark = pytest.mark.django_db
LOOKS = ["Mill", "0–49"]
COUNTED = [[*LOOKS, "bicycle", 5], [*LOOKS, "car", 5]]


def two_purposes(bicycles: int, cars: int) -> tuple[Purpose, Purpose, list[Any]]:
    one = shared.purpose()
    other = shared.purpose(one.collection, title="Bridges for bicycles")
    people = accounts.people(bicycles + cars)
    for place, person in enumerate(people):
        shared.share([one, other], person, way="bicycle" if place < bicycles else "car")
    return one, other, people


def close(purpose: Purpose) -> None:
    actor = catalogue.writer(purpose.dataset)
    collections.close_collection(actor=actor, collection=purpose.collection, at=clock.now())


def published(release: Release) -> list[Any]:
    shared.read()
    release.refresh_from_db()
    assert release.state == "published"
    return release.rows


@pytest.mark.parametrize("sent", [False, True], ids=["before it is sent", "after"])
def test_who_corrects_an_answer_stops_no_release_of_a_closed_collection_1128_ba5(sent: bool) -> None:
    one, other, people = two_purposes(5, 5)
    close(one)
    made = prepare(one)
    if sent:
        send(made)
    again(people[0], one, age=40)
    again(people[0], one, way="bus")
    if not sent:
        send(made)
    assert published(made) == COUNTED, "as it was counted"
    second = prepare(other)
    assert (second.rows, second.shared) == (COUNTED, 10), "the same people by the same answers (1128 RY6)"
    assert published(send(second)) == COUNTED


def test_a_correction_counts_from_the_next_table_with_other_people_on_1128_ba5() -> None:
    one, other, people = two_purposes(6, 5)
    made = prepare(one)
    for person in people[:2]:
        again(person, one, way="car")
    assert published(send(made)) == COUNTED
    shared.share([one, other])
    assert "come or gone" in refused(one), "one who came, and a correction is none of k"
    for _person in range(4):
        shared.share([one, other], way="car")
    # 4 + 1 by bicycle, 5 + 2 + 4 by car.
    assert prepare(one).rows == [[*LOOKS, "bicycle", 5], [*LOOKS, "car", 10]]


def test_who_withdraws_after_a_correction_is_in_no_release_1128_ba5() -> None:
    purpose = shared.purpose()
    people = shared.crowd(purpose, answers(bicycle=5, car=5))
    made = send(prepare(purpose))
    again(people[0], purpose, way="bus")
    shared.withdraw(people[0], purpose)
    shared.read()
    made.refresh_from_db()
    purpose.dataset.refresh_from_db()
    assert (made.state, purpose.dataset.latest) == ("dropped", 0)


def test_answers_are_kept_where_they_were_counted_and_go_with_the_others_1128_ba5() -> None:
    purpose, person = shared.purpose(), accounts.person()
    shared.share(purpose, person)
    again(person, purpose, way="bus")
    mine = Submission.objects.get(person=person)
    assert mine.earlier == {}, "nobody has counted them"
    shared.crowd(purpose, answers(bicycle=4))
    prepare(purpose)
    again(person, purpose, way="car")
    again(person, purpose, way="bicycle")
    mine.refresh_from_db()
    assert (mine.version, mine.earlier) == (4, {"2": shared.values(way="bus")})
    with pytest.raises(DatabaseError), transaction.atomic():
        Submission.objects.filter(pk=mine.pk).update(version=5, earlier={"2": shared.values(way="car")})


@pytest.mark.parametrize("sent", [False, True], ids=["dropped", "published"])
def test_who_consents_after_a_correction_is_counted_by_that_alone_1128_y1(sent: bool) -> None:
    """By another purpose's table, which had not even asked, what five had said before was published for this one."""
    one = shared.purpose(columns=[{"name": "district", "role": "quasi"}])
    other = shared.purpose(one.collection, title="Bridges for bicycles")
    people = accounts.people(10)
    for place, person in enumerate(people):
        shared.share(one, person, way="bus" if place < 5 else "car")
    made = prepare(one)
    if sent:
        send(made)
        shared.read()
    else:
        releases.drop_release(actor=catalogue.writer(one.dataset), release=made, at=clock.now())
    for place, person in enumerate(people):
        shared.share([one, other], person, way="bicycle" if place < 5 else "car")
    assert "come or gone" in refused(other)
    for _person in range(5):
        shared.share([one, other], way="car")
    assert prepare(other).rows == [[*LOOKS, "bicycle", 5], [*LOOKS, "car", 10]]
