"""Whom the walks ask for: a take-down and a publisher's end concern everybody who has shared there."""

from types import SimpleNamespace
from typing import Any

import pytest

from civic.accounts import operations
from civic.core import clock, events
from datasets.consent.operations import collections, sharing
from tests.factories import accounts, catalogue
from tests.factories import sharing as shared
from tests.simulation.slices.told import each_is_told

pytestmark = pytest.mark.django_db


def untold(city: Any) -> list[str]:
    return sorted(line.partition(":")[0] for line in each_is_told(city))


def test_who_has_shared_is_missed_where_nobody_tells_them_of_an_end_1128() -> None:
    purpose, people, at = shared.purpose(), accounts.people(2), clock.now()
    collection = purpose.collection
    shared.share(purpose, people[0])
    plain = shared.values()
    sharing.share(actor=people[1], collection=collection, values=plain, consents={}, at=at)
    city = SimpleNamespace(memory={})
    assert untold(city) == []
    steward, owner = accounts.staff("data-stewards"), catalogue.writer(collection.publisher)
    collections.remove_collection(actor=steward, collection=collection, reason="It insults.", at=clock.now())
    assert untold(city) == ["collection.removed"] * 3, "both, and its publisher"
    operations.close_organisation(actor=owner, organisation=collection.publisher, at=clock.now())
    assert untold(city) == ["organisation.closed"] * 2
    events.deliver_pending()
    assert untold(SimpleNamespace(memory={})) == []
