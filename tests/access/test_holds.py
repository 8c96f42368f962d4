"""What was suspended comes back by whoever suspended it, no power of a session outlives it, nobody agrees unseen."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from civic.accounts import groups
from civic.core import clock
from civic.core.errors import Conflict
from datasets.access.models import Agreement, Grant
from datasets.access.operations import grants, requests, terms
from datasets.analytics import embeds
from datasets.catalogue.models import Dataset
from datasets.catalogue.operations import datasets
from datasets.catalogue.vocabularies import AccessLevel, Licence
from tests.factories import accounts, analytics, catalogue, data_access
from tests.visiting import hidden, visitor

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


def test_nobody_accepts_terms_that_they_have_not_seen_1128_xa6(registered: Dataset, at: datetime) -> None:
    client, writer = visitor(accounts.person()), catalogue.writer(registered)
    address = f"{registered.get_absolute_url()}access/"
    terms.set_terms(actor=writer, dataset=registered, terms="Be kind.", questions=[], longest_days=30, at=at)
    opened = hidden(client.get(address), "terms")
    terms.set_terms(actor=writer, dataset=registered, terms="Pay.", questions=[], longest_days=900, at=at)
    sent = {"purpose": "research", "agreed": "on", "terms": opened}
    refused = client.post(address, sent)
    assert refused.status_code == 422
    assert "Pay." in refused.content.decode()
    assert not Grant.objects.exists()
    assert client.post(address, sent | {"terms": hidden(refused, "terms")}).status_code == 302
    assert "Pay." in Agreement.objects.get().document


@pytest.mark.parametrize("changed", ["terms", "licence"])
def test_what_was_asked_by_other_terms_is_not_approved_1128_xa6(at: datetime, changed: str) -> None:
    closed = catalogue.published(access_level=AccessLevel.ON_REQUEST)
    writer, asked, later = catalogue.writer(closed), data_access.sent(closed, at=at), at + timedelta(hours=1)
    if changed == "terms":
        terms.set_terms(actor=writer, dataset=closed, terms="Pay.", questions=[], longest_days=90, at=later)
    else:
        said = catalogue.said(licence=Licence.CC_BY_SA, access_level=AccessLevel.ON_REQUEST)
        datasets.describe(actor=writer, dataset=closed, said=said, at=later)
    with pytest.raises(Conflict, match="terms"):
        data_access.approve(asked, later)
    asked.refresh_from_db()
    assert asked.state == "submitted"
    requests.return_request(actor=writer, request=asked, reason="Read them.", at=later)
    again = requests.submit_request(actor=asked.person, request=asked, at=later)  # type: ignore[arg-type]
    assert data_access.approve(again, later).state == "active"


def test_only_what_was_read_is_decided_1128_xa7(at: datetime) -> None:
    asked = data_access.sent(catalogue.published(access_level=AccessLevel.ON_REQUEST), at=at)
    client, later = visitor(catalogue.writer(asked.dataset)), at + timedelta(hours=1)
    address = f"{asked.get_absolute_url()}approve/"
    opened = hidden(client.get(address), "version")
    requests.return_request(
        actor=catalogue.writer(asked.dataset), request=asked, reason="For how long?", at=at
    )
    requests.submit_request(actor=asked.person, request=asked, at=later)  # type: ignore[arg-type]
    sent = {"reason": "Good.", "version": opened}
    refused = client.post(address, sent)
    assert (refused.status_code, Grant.objects.exists()) == (422, False)
    assert client.post(address, sent | {"version": hidden(refused, "version")}).status_code == 302
    assert Grant.objects.get().state == "active"


def test_who_asks_in_their_own_name_ends_no_grant_of_an_organisation_1128_xa11(at: datetime) -> None:
    closed = catalogue.published(access_level=AccessLevel.ON_REQUEST)
    person = accounts.person()
    organisation = accounts.organisation(person)
    theirs = data_access.grant(closed, person, organisation=organisation)
    assert data_access.grant(closed, person, renews=theirs).organisation is None
    theirs.refresh_from_db()
    assert theirs.state == "active"
    renewed = data_access.grant(closed, person, organisation=organisation, renews=theirs)
    theirs.refresh_from_db()
    assert (theirs.state, renewed.state) == ("ended", "active")
