"""The seed decides what chance decides; and nothing is made where there is no demo."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from civic.accounts.models import Person
from civic.demo.city.build import SMALL, build
from civic.demo.models import City
from projects.discussion.models import Comment
from projects.proposals.models import Support
from projects.voting.models import Ballot

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def chance(seed: int) -> dict[str, Any]:
    """A city of this seed as far as chance made it, without ids; the city itself is gone afterwards."""
    with transaction.atomic():
        build(seed=seed, at=NOW, plan=SMALL, say=lambda step: None)
        made = {
            "people": sorted(Person.objects.values_list("email", flat=True)),
            "supports": sorted(Support.objects.values_list("project__title", "person__email")),
            "votes": Counter(Ballot.objects.values_list("lines__project__title", "lines__value")),
            "said": list(
                Comment.objects.order_by("posted_at", "body").values_list("author__name", "posted_at")
            ),
        }
        transaction.set_rollback(True)
    return made


def test_the_same_seed_makes_the_same_city_and_another_seed_another(monkeypatch: pytest.MonkeyPatch):
    # What follows from events is no matter of chance, and with money it takes most of the time.
    monkeypatch.setattr("civic.demo.city.build.catch_up", lambda at: None)
    monkeypatch.setattr("civic.demo.city.build.raise_money", lambda cast, rounds, pictures: None)
    first, again, other = chance(1), chance(1), chance(2)
    assert first == again
    for aspect in first:
        assert first[aspect] != other[aspect], aspect


def test_refused_where_the_demo_is_off():
    with override_settings(DEMO=False), pytest.raises(CommandError):
        call_command("demo_city", "--small")
    assert not City.objects.exists()
