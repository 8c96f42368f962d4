"""The seed decides what chance decides; and nothing is made where there is no demo."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from civic.accounts.models import Person
from civic.core import clock
from civic.demo.city.build import SMALL, build
from civic.demo.models import City
from datasets.catalogue.operations import uploads
from projects.discussion.models import Comment
from projects.proposals.models import Support
from projects.voting.models import Ballot
from tests.clones import Clone, using
from tests.demo_city import CITY
from tests.demo_city import MOMENT as NOW

pytestmark = pytest.mark.django_db


def chance() -> dict[str, Any]:
    """The city in use as far as chance made it, without ids."""
    return {
        "people": sorted(Person.objects.values_list("email", flat=True)),
        "supports": sorted(Support.objects.values_list("project__title", "person__email")),
        "votes": Counter(Ballot.objects.values_list("lines__project__title", "lines__value")),
        "said": list(Comment.objects.order_by("posted_at", "body").values_list("author__name", "posted_at")),
    }


def built(seed: int) -> dict[str, Any]:
    """What chance makes with this seed; the city itself is gone afterwards."""
    with transaction.atomic():
        build(seed=seed, at=NOW, plan=SMALL, say=lambda step: None)
        made = chance()
        transaction.set_rollback(True)
    return made


@pytest.fixture(scope="module")
def first(demo_city_clone: Clone, django_db_blocker: DjangoDbBlocker) -> dict[str, Any]:
    """What chance made of the city that all tests share, which was built with seed 1 before."""
    with django_db_blocker.unblock(), using(demo_city_clone):
        return chance()


def test_the_same_seed_makes_the_same_city_and_another_seed_another(
    first: dict[str, Any], monkeypatch: pytest.MonkeyPatch
):
    # What follows from events is no matter of chance, nor are the pages that come last; with money they take most of
    # the time.
    monkeypatch.setattr("civic.demo.city.build.run_workers", lambda at: None)
    monkeypatch.setattr("civic.demo.city.build.raise_money", lambda cast, rounds, pictures: None)
    monkeypatch.setattr("civic.demo.city.build.public_pages.publish", lambda cast, rounds: None)
    again, other = built(1), built(2)
    assert first == again
    for aspect, made in first.items():
        assert made != other[aspect], aspect


@pytest.mark.usefixtures("demo_city_clone")
def test_its_files_stay_whatever_is_deleted_in_a_database_without_it():
    kept = sorted((CITY / "media" / "catalogue").iterdir())
    assert kept
    uploads.forget_strays(at=clock.now() + timedelta(days=2))
    assert sorted((CITY / "media" / "catalogue").iterdir()) == kept


def test_refused_where_the_demo_is_off():
    with override_settings(DEMO=False), pytest.raises(CommandError):
        call_command("demo_city", "--small")
    assert not City.objects.exists()
