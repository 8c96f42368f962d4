"""What was suspended comes back by whoever suspended it, and no power of a session outlives it."""

from datetime import datetime

import pytest
from django.test import Client

from civic.accounts import groups
from civic.core import clock
from civic.core.errors import Conflict
from datasets.access.operations import grants
from datasets.analytics import embeds
from datasets.catalogue.models import Dataset
from datasets.catalogue.operations import datasets
from datasets.catalogue.vocabularies import AccessLevel
from tests.factories import accounts, analytics, catalogue, data_access

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> datetime:
    return clock.now()


@pytest.fixture
def registered() -> Dataset:
    return catalogue.published(access_level=AccessLevel.REGISTERED)


@pytest.mark.parametrize("by_the_city", [True, False])
@pytest.mark.parametrize("over", ["ended", "expired"])
def test_who_ends_what_is_suspended_cannot_accept_again_1128_xa1(
    registered: Dataset, at: datetime, over: str, by_the_city: bool
) -> None:
    reader = accounts.person()
    grant = grants.accept_terms(actor=reader, dataset=registered, purpose="research", at=at)
    actor = accounts.staff(groups.DATA_STEWARDS) if by_the_city else catalogue.writer(registered)
    grants.suspend_grant(actor=actor, grant=grant, reason="A complaint.", at=at)
    if over == "ended":
        grants.end_grant(actor=reader, grant=grant, at=at)
    else:
        at = grant.expires_at
        grants.expire_grants(at=at)
    grant.refresh_from_db()
    assert grant.state == over
    with pytest.raises(Conflict):
        grants.accept_terms(actor=reader, dataset=registered, purpose="research", at=at)


def test_what_is_resumed_may_be_ended_and_accepted_again_1128_xa1(registered: Dataset, at: datetime) -> None:
    reader, writer = accounts.person(), catalogue.writer(registered)
    grant = grants.accept_terms(actor=reader, dataset=registered, purpose="research", at=at)
    grants.suspend_grant(actor=writer, grant=grant, reason="A complaint.", at=at)
    grants.resume_grant(actor=writer, grant=grant, at=at)
    grants.end_grant(actor=reader, grant=grant, at=at)
    assert grants.accept_terms(actor=reader, dataset=registered, purpose="research", at=at).state == "active"


def test_the_publisher_gives_nothing_that_the_city_holds_1128_xa2(at: datetime) -> None:
    closed = catalogue.published(access_level=AccessLevel.ON_REQUEST)
    grant = data_access.grant(closed)
    assert grant.person
    steward = accounts.staff(groups.DATA_STEWARDS)
    grants.suspend_grant(actor=steward, grant=grant, reason="A complaint.", at=at)
    again = data_access.sent(closed, grant.person)
    with pytest.raises(Conflict, match="city"):
        data_access.approve(again)
    grants.resume_grant(actor=steward, grant=grant, at=at)
    assert data_access.approve(again).state == "active"


def test_a_token_carries_no_power_of_staff_1128_xa3(at: datetime) -> None:
    closed = catalogue.published(access_level=AccessLevel.ON_REQUEST)
    saved = analytics.saved(closed, accounts.staff(groups.DATA_STEWARDS))
    token = embeds.signed(saved, days=9, at=at)
    assert Client().get(f"/data/queries/{saved.pk}/embed/", {"token": token}).status_code == 403


@pytest.mark.parametrize("place", ["", "query/"])
def test_no_shared_cache_keeps_what_a_key_has_opened_1128_xa4_xa5(place: str) -> None:
    address = catalogue.published().get_absolute_url() + place
    kept = Client().get(address).headers["Cache-Control"]
    assert kept.startswith("public")
    answer = Client().get(address, headers={"Authorization": "Bearer x"})
    assert "public" not in answer.headers["Cache-Control"]


def test_no_cache_keeps_what_a_token_has_opened_1128_xa4(at: datetime) -> None:
    dataset = catalogue.published()
    saved = analytics.saved(dataset)
    token = embeds.signed(saved, days=9, at=at)
    answer = Client().get(f"/data/queries/{saved.pk}/embed/", {"token": token})
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")
    datasets.withdraw(actor=catalogue.writer(dataset), dataset=dataset, reason="It names people.", at=at)
    assert Client().get(f"/data/queries/{saved.pk}/embed/", {"token": token}).status_code == 410
