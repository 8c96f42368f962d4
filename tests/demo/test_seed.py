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


class Rebuilt(Exception):
    """Takes a city away again."""


def chance(seed: int) -> dict[str, Any]:
    """A city of this seed as far as chance made it, without ids; the city itself is gone afterwards."""
    with pytest.raises(Rebuilt), transaction.atomic():
        build(seed=seed, at=NOW, plan=SMALL, say=lambda step: None)
        made = {
            "people": sorted(Person.objects.values_list("email", flat=True)),
            "supports": Support.objects.count(),
            "votes": Counter(Ballot.objects.values_list("lines__project__title", "lines__value")),
            "said": list(
                Comment.objects.order_by("posted_at", "body").values_list("author__name", "posted_at")
            ),
        }
        raise Rebuilt
    return made


def test_the_same_seed_makes_the_same_city_and_another_seed_another():
    first, again, other = chance(1), chance(1), chance(2)
    assert first == again
    for aspect in first:
        assert first[aspect] != other[aspect], aspect


def test_refused_where_the_demo_is_off():
    with override_settings(DEMO=False), pytest.raises(CommandError):
        call_command("demo_city", "--small")
    assert not City.objects.exists()
