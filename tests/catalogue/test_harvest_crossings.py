"""What each verb does in each state of a source, a harvest and a harvested dataset: cells are the specification."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from civic.accounts.models import Person
from civic.core.errors import Conflict, Forbidden, IllegalTransition
from civic.core.models import Event
from datasets.catalogue.models import Dataset, Harvest, HarvestStep, Upload
from datasets.catalogue.operations import datasets, harvesting, resumable, sources, uploads
from datasets.catalogue.states import DatasetState, HarvestState, SourceState
from tests.catalogue.elsewhere import Machine, machine
from tests.catalogue.harvested import counts, harvest, source, steward, turtle
from tests.factories import catalogue

pytestmark = pytest.mark.django_db
DONE, ILLEGAL, REFUSED, NOT_ALLOWED = "done", IllegalTransition, Conflict, Forbidden


@pytest.fixture
def there(settings: Any) -> Iterator[Machine]:
    with machine({"/c.ttl": turtle("a", "b", "c", "d")}) as found:
        settings.OUTGOING_ALSO = [found.place]
        yield found


def outcome(verb: Callable[..., object]) -> Any:
    """What a verb comes to; whatever it did is taken back."""
    try:
        with transaction.atomic():
            verb()
            transaction.set_rollback(True)
    except (IllegalTransition, Forbidden, Conflict) as error:
        return type(error)
    return DONE


HARVEST_TABLE = {
    HarvestState.RUNNING: [ILLEGAL, ILLEGAL, REFUSED],
    HarvestState.WAITING: [DONE, DONE, REFUSED],
    HarvestState.DONE: [ILLEGAL, ILLEGAL, DONE],
    HarvestState.FAILED: [ILLEGAL, ILLEGAL, DONE],
    HarvestState.DECLINED: [ILLEGAL, ILLEGAL, DONE],
}


def in_state(there: Machine, state: HarvestState, at: datetime) -> Harvest:
    of = source(there, path="/c.ttl")
    if state == HarvestState.RUNNING:
        return sources.harvest_now(actor=steward(), source=of, at=at)
    found = harvest(of, at=at)
    if state == HarvestState.DONE:
        return found
    there.documents["/c.ttl"] = ("text/html", b"no") if state == HarvestState.FAILED else turtle("a")
    found = harvest(of, at=at + timedelta(seconds=1))
    if state == HarvestState.DECLINED:
        sources.decline_harvest(actor=steward(), harvest=found, reason="No.", at=at)
        found.refresh_from_db()
    return found


@pytest.mark.parametrize("state", HarvestState)
def test_each_verb_in_each_state_of_a_harvest(there: Machine, at: datetime, state: HarvestState) -> None:
    found, actor = in_state(there, state, at), steward()
    assert found.state == state
    verbs = [
        partial(sources.confirm_harvest, actor=actor, harvest=found, reason="Yes.", at=at),
        partial(sources.decline_harvest, actor=actor, harvest=found, reason="No.", at=at),
        partial(sources.harvest_now, actor=actor, source=found.source, at=at),
    ]
    assert [outcome(verb) for verb in verbs] == HARVEST_TABLE[state]


@pytest.mark.parametrize(
    ("state", "cells"),
    [(SourceState.ACTIVE, [DONE, ILLEGAL, DONE]), (SourceState.PAUSED, [ILLEGAL, DONE, REFUSED])],
)
def test_each_verb_in_each_state_of_a_source(
    there: Machine, at: datetime, state: SourceState, cells: list[Any]
) -> None:
    of, actor = source(there, path="/c.ttl"), steward()
    if state == SourceState.PAUSED:
        sources.pause_source(actor=actor, source=of, reason="Too odd.", at=at)
    verbs = [
        partial(sources.pause_source, actor=actor, source=of, reason="Too odd.", at=at),
        partial(sources.resume_source, actor=actor, source=of, at=at),
        partial(sources.harvest_now, actor=actor, source=of, at=at),
    ]
    assert [outcome(verb) for verb in verbs] == cells
    assert sources.harvest_daily(at=at) == (state == SourceState.ACTIVE)


def verbs_of(one: Dataset, actor: Person, at: datetime) -> dict[str, Callable[..., object]]:
    upload = catalogue.sent()
    return {
        "describe": partial(datasets.describe, actor=actor, dataset=one, said=catalogue.said(), at=at),
        "send": partial(uploads.begin_upload, actor=actor, dataset=one, upload=upload, at=at),
        "parts": partial(resumable.begin_resumable, actor=actor, dataset=one, name="x.csv", size=9, at=at),
        "publish": partial(datasets.publish, actor=actor, dataset=one, at=at),
        "withdraw": partial(datasets.withdraw, actor=actor, dataset=one, reason="Wrong.", at=at),
        "restore": partial(datasets.restore, actor=actor, dataset=one, at=at),
    }


DATASET_TABLE = {
    # By the steward: withdraw, restore; by the publisher neither, and by nobody anything else.
    "published": [DONE, ILLEGAL],
    "gone": [ILLEGAL, DONE],
    "held": [ILLEGAL, DONE],
}


@pytest.mark.parametrize("state", DATASET_TABLE)
def test_each_verb_in_each_state_of_a_harvested_dataset(there: Machine, at: datetime, state: str) -> None:
    of = source(there, path="/c.ttl")
    harvest(of, at=at)
    one, by_steward = Dataset.objects.get(identifier="d"), steward()
    if state == "gone":
        there.documents["/c.ttl"] = turtle("a", "b", "c")
        harvest(of, at=at)
    if state == "held":
        datasets.withdraw(actor=by_steward, dataset=one, reason="It names people.", at=at)
    one.refresh_from_db()
    owner = {name: outcome(verb) for name, verb in verbs_of(one, catalogue.writer(one), at).items()}
    assert set(owner.values()) == {NOT_ALLOWED}
    found = {name: outcome(verb) for name, verb in verbs_of(one, by_steward, at).items()}
    assert [found.pop("withdraw"), found.pop("restore")] == DATASET_TABLE[state]
    assert set(found.values()) == {NOT_ALLOWED}
    # What the next harvest does with it, where the source has it and says something else.
    there.documents["/c.ttl"] = turtle("a", "b", "c", "d", d="Other words")
    done = harvest(of, at=at)
    one.refresh_from_db()
    expected = (
        (DatasetState.WITHDRAWN, "Table d") if state == "held" else (DatasetState.PUBLISHED, "Other words")
    )
    assert (one.state, one.title) == expected
    assert counts(done) == ({"unchanged": 4} if state == "held" else {"unchanged": 3, "updated": 1})


def test_no_byte_of_ours_comes_under_the_name_of_another_catalogue(there: Machine, at: datetime) -> None:
    """Whoever writes it: the database refuses."""
    harvest(source(there, path="/c.ttl"), at=at)
    one = Dataset.objects.get(identifier="a")
    row = Upload(
        dataset=one, name="x", size=1, file="catalogue/x.csv", received=1, received_at=at, expires_at=at
    )
    with pytest.raises(IntegrityError, match="another catalogue"), transaction.atomic():
        row.save(force_insert=True)


class Killed(BaseException):
    """The worker is gone, in the middle of what it did."""


@pytest.mark.parametrize("before", [1, 2, 4])
def test_a_worker_that_was_killed_leaves_the_rest_to_the_next_one(
    there: Machine, at: datetime, monkeypatch: pytest.MonkeyPatch, before: int
) -> None:
    """Killed as it takes over a record; what was taken over is not taken over again."""
    of, left = source(there, path="/c.ttl"), [before]
    real = harvesting.take_over

    def killing(*args: Any, **more: Any) -> Any:
        left[0] -= 1
        if left[0] == 0:
            raise Killed
        return real(*args, **more)

    monkeypatch.setattr(harvesting, "take_over", killing)
    sources.harvest_now(actor=steward(), source=of, at=at)
    with pytest.raises(Killed):
        harvesting.run_steps(at=at)
    assert Dataset.objects.listed().count() == before - 1
    assert harvesting.run_steps(at=at) == 0
    assert harvesting.run_steps(at=at + timedelta(minutes=15)) == 1
    done = Harvest.objects.get()
    assert done.state == HarvestState.DONE
    assert Dataset.objects.listed().count() == Event.objects.filter(kind="dataset.published").count() == 4


def test_a_harvest_whose_steps_are_given_up_fails_and_the_next_one_begins(
    there: Machine, at: datetime
) -> None:
    of = source(there, path="/c.ttl")
    made = sources.harvest_now(actor=steward(), source=of, at=at)
    HarvestStep.objects.update(dead_at=at)
    harvesting.run_steps(at=at)
    made.refresh_from_db()
    assert (made.state, bool(made.reason)) == (HarvestState.FAILED, True)
    assert sources.harvest_daily(at=at) == 1
