"""Who may not read the data gets nothing of a query: at each read, by each way, of a saved query as of a new one."""

import json
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core import signing
from django.test import Client

from civic.accounts.models import Person
from civic.core import clock
from civic.core.errors import Forbidden
from civic.core.models import Event
from datasets.access.operations import grants
from datasets.analytics import answers, embeds, operations
from datasets.analytics.engine.parsing import read
from datasets.analytics.models import SavedQuery
from datasets.catalogue.models import Dataset
from datasets.catalogue.operations import datasets
from datasets.catalogue.permissions import Reader
from datasets.catalogue.vocabularies import AccessLevel
from tests.factories import accounts, analytics, catalogue, data_access

pytestmark = pytest.mark.django_db
# Stands in the rows alone.
SECRET = b"tree,planted,height\nwhitebeam,2021-03-01,4.5\noak,2019-11-20,6.25\n"


@pytest.fixture
def closed() -> Dataset:
    return catalogue.published(content=SECRET, access_level=AccessLevel.ON_REQUEST)


def client_of(person: Person | None) -> Client:
    client = Client()
    if person:
        client.force_login(person)
    return client


def ways(dataset: Dataset, saved: SavedQuery) -> list[str]:
    asked = urlencode({"q": json.dumps(analytics.BY_TREE), "chart": "bar"})
    of_dataset = [f"/data/{dataset.slug}/query/?{asked}", f"/api/v1/datasets/{dataset.slug}/query/?{asked}"]
    of_files = [f"/data/{dataset.slug}/query.{form}?{asked}" for form in ("csv", "parquet", "svg", "png")]
    of_saved = [f"/data/queries/{saved.pk}.{form}" for form in ("csv", "parquet", "svg", "png")]
    return [*of_dataset, *of_files, saved.get_absolute_url(), f"/api/v1/queries/{saved.pk}/", *of_saved]


def told(client: Client, address: str) -> tuple[int, bytes]:
    response: Any = client.get(address)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return response.status_code, body


def test_without_access_nothing_comes_by_any_way(closed: Dataset) -> None:
    saved = analytics.saved(closed)
    for client in (client_of(None), client_of(accounts.person())):
        for address in ways(closed, saved):
            status, body = told(client, address)
            assert status in (401, 403), address
            assert b"whitebeam" not in body
            assert b"Height by tree" not in body
    assert not Event.objects.filter(kind="dataset.read").exists()


def test_with_access_each_read_is_an_event_with_its_rows(closed: Dataset) -> None:
    saved = analytics.saved(closed)
    grant = data_access.grant(closed)
    assert grant.person
    client = client_of(grant.person)
    found = ways(closed, saved)
    assert {address: told(client, address)[0] for address in found} == dict.fromkeys(found, 200)
    reads = Event.objects.filter(kind="dataset.read")
    assert reads.count() == len(found)
    assert {one.payload["rows"] for one in reads} == {2}
    assert {one.payload["grant"] for one in reads} == {str(grant.pk)}
    actor = catalogue.writer(closed)
    grants.revoke_grant(actor=actor, grant=grant, reason="It is over.", at=clock.now())
    assert {told(client, address)[0] for address in found} <= {401, 403}


def test_head_of_an_answer_is_a_read_by_every_way_1128_az2(closed: Dataset) -> None:
    """It says how many rows there are, by which each cell can be asked for."""
    saved, grant = analytics.saved(closed), data_access.grant(closed)
    client, found = client_of(grant.person), ways(closed, saved)
    for count, address in enumerate(found, 1):
        assert client.head(address).status_code == 200, address
        reads = Event.objects.filter(kind="dataset.read")
        assert (reads.count(), reads.latest("seq").payload["rows"]) == (count, 2), address


def test_what_ends_while_a_query_runs_does_not_go_out(
    closed: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    grant = data_access.grant(closed)
    assert grant.person
    run = answers.rows_of

    def runs_long(*args: Any, **kwargs: Any) -> Any:
        found = run(*args, **kwargs)
        grants.revoke_grant(actor=catalogue.writer(closed), grant=grant, reason="Over.", at=clock.now())
        return found

    monkeypatch.setattr(answers, "rows_of", runs_long)
    with pytest.raises(Forbidden):
        answers.rows(Reader(grant.person), answers.revision_of(closed, None), read({}), at=clock.now())


def test_a_saved_query_gives_its_reader_no_right_and_saving_needs_one(closed: Dataset) -> None:
    stranger = accounts.person()
    with pytest.raises(Forbidden):
        analytics.saved(closed, stranger)
    saved = analytics.saved(closed)
    assert told(client_of(stranger), saved.get_absolute_url())[0] == 403
    assert told(client_of(catalogue.writer(closed)), saved.get_absolute_url())[0] == 200


def embedded(saved: SavedQuery, token: str | None = None, client: Client | None = None) -> tuple[int, bytes]:
    asked = "" if token is None else f"?token={token}"
    return told(client or Client(), f"/data/queries/{saved.pk}/embed/{asked}")


def test_an_embed_of_open_data_is_framed_and_no_other_page_is() -> None:
    saved = analytics.saved(catalogue.published())
    response = Client().get(f"/data/queries/{saved.pk}/embed/")
    assert response.status_code == 200
    assert "frame-ancestors *" in response.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in response.headers
    assert "Set-Cookie" not in response.headers
    assert "<script" not in response.content.decode()
    page = Client().get(saved.get_absolute_url())
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]


def test_an_embed_never_reads_by_a_session(closed: Dataset) -> None:
    saved = analytics.saved(closed)
    status, body = embedded(saved, client=client_of(catalogue.writer(closed)))
    assert (status, b"whitebeam" in body) == (403, False)


def test_a_token_carries_the_right_of_its_saver_as_long_as_that_lives(closed: Dataset, at: datetime) -> None:
    grant = data_access.grant(closed)
    assert grant.person
    saved = analytics.saved(closed, grant.person)
    token = embeds.signed(saved, days=30, at=clock.now())
    status, body = embedded(saved, token)
    assert (status, b"whitebeam" in body) == (200, True)
    grants.revoke_grant(actor=catalogue.writer(closed), grant=grant, reason="Over.", at=clock.now())
    status, body = embedded(saved, token)
    assert (status, b"whitebeam" in body) == (403, False)


@pytest.mark.parametrize("is_open", [True, False])
def test_a_token_that_is_none_gives_nothing_also_of_what_is_open(is_open: bool) -> None:
    level = AccessLevel.OPEN if is_open else AccessLevel.ON_REQUEST
    dataset = catalogue.published(content=SECRET, access_level=level)
    saved, now = analytics.saved(dataset), clock.now()
    other = analytics.saved(dataset, name="Another")
    old = embeds.signed(saved, days=1, at=now - timedelta(days=2))
    of_another = embeds.signed(other, days=1, at=now)
    good = embeds.signed(saved, days=1, at=now)
    foreign = signing.dumps([str(saved.pk), str(saved.owner_id), 0, now.timestamp() + 99], salt="another")
    odd = signing.dumps(["x"], salt=embeds.SALT)
    for token in ("", "x", old, of_another, f"{good}x", foreign, odd):
        status, body = embedded(saved, token)
        assert (status, b"whitebeam" in body) == (403, False), token
    assert embedded(saved, good)[0] == 200
    operations.end_embeds(actor=catalogue.writer(dataset), query=saved, at=now)
    assert embedded(saved, good)[0] == 403


def test_an_embed_ends_with_its_query_its_dataset_and_its_saver(closed: Dataset) -> None:
    writer = catalogue.writer(closed)
    saved, removed = analytics.saved(closed), analytics.saved(closed, name="Removed")
    tokens = {one.pk: embeds.signed(one, days=9, at=clock.now()) for one in (saved, removed)}
    operations.remove_query(actor=writer, query=removed, at=clock.now())
    assert embedded(removed, tokens[removed.pk])[0] == 410
    Person.objects.filter(pk=writer.pk).update(is_active=False)
    assert embedded(saved, tokens[saved.pk])[0] == 403
    Person.objects.filter(pk=writer.pk).update(is_active=True)
    datasets.withdraw(actor=writer, dataset=closed, reason="It names people.", at=clock.now())
    assert embedded(saved, tokens[saved.pk])[0] == 410


def test_a_withdrawn_dataset_answers_nobody() -> None:
    dataset = catalogue.published(content=SECRET)
    saved, writer = analytics.saved(dataset), catalogue.writer(dataset)
    datasets.withdraw(actor=writer, dataset=dataset, reason="It names people.", at=clock.now())
    for address in ways(dataset, saved):
        for client in (client_of(None), client_of(writer)):
            status, body = told(client, address)
            assert (status, b"whitebeam" in body) == (410, False), address
    assert not SavedQuery.objects.filter(removed_at__isnull=False).exists()


def test_a_draft_is_not_known_of() -> None:
    draft = catalogue.dataset()
    catalogue.revision(draft, SECRET)
    assert told(client_of(catalogue.writer(draft)), f"/data/{draft.slug}/query/")[0] == 404
