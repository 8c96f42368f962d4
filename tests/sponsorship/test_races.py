"""Sixteen threads at the last place of a package and at the sponsors' share."""

from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from civic.core.errors import Conflict
from marketplace.sponsorship.models import Sponsorship
from marketplace.sponsorship.operations import sponsorships
from tests.factories import sponsors
from tests.factories.sponsors import AT
from tests.voting.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 16


def offer(package: Any, sponsor: Any, token: Any) -> Sponsorship:
    return sponsorships.offer(
        actor=sponsors.owner_of(sponsor), package=package, organisation=sponsor, conflict="None.",
        billing=sponsors.billing(), token=token, at=AT,
    )  # fmt: skip


def test_the_last_place_goes_to_one() -> None:
    sponsors.issuer()
    package = sponsors.campaign({"places": 1}).packages.get()
    businesses = [sponsors.business() for _ in range(THREADS)]
    results = at_once(*[partial(offer, package, business, uuid4()) for business in businesses])
    assert sum(isinstance(result, Conflict) for result in results) == THREADS - 1
    assert Sponsorship.objects.count() == 1


def test_the_sponsors_share_is_never_passed() -> None:
    """By sponsors of different packages, which only the campaign's lock brings into a row."""
    sponsors.issuer()
    packages = list(sponsors.campaign(*[{"amount_minor": 1_000_00}] * 4).packages.all())
    businesses = [sponsors.business() for _ in range(THREADS)]
    results = at_once(
        *[partial(offer, packages[n % 4], business, uuid4()) for n, business in enumerate(businesses)]
    )
    assert sum(isinstance(result, Conflict) for result in results) == THREADS - 5
    assert Sponsorship.objects.count() == 5


def test_one_form_sixteen_times_offers_once() -> None:
    sponsors.issuer()
    package, sponsor, token = sponsors.campaign().packages.get(), sponsors.business(), uuid4()
    results = at_once(*[partial(offer, package, sponsor, token) for _ in range(THREADS)])
    assert len({result.pk for result in results}) == 1
    assert Sponsorship.objects.count() == 1
