"""Embeds by tokens are seen and ended by the publisher, files of answers are downloads, leavers end what is theirs."""

from datetime import datetime

import pytest
from django.test import Client

from civic.accounts import groups
from civic.core import clock
from civic.core.errors import Forbidden
from civic.core.models import Event
from datasets.access.operations import grants
from datasets.analytics import operations
from datasets.catalogue.models import Dataset
from datasets.catalogue.operations import datasets
from datasets.catalogue.vocabularies import AccessLevel
from tests.factories import accounts, analytics, catalogue, data_access
from tests.visiting import visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> datetime:
    return clock.now()


@pytest.fixture
def closed() -> Dataset:
    return catalogue.published(access_level=AccessLevel.ON_REQUEST)


def test_the_publisher_sees_and_ends_what_a_reader_shows_to_anybody_1128_xa8(
    closed: Dataset, at: datetime
) -> None:
    reader, writer = data_access.grant(closed).person, catalogue.writer(closed)
    assert reader
    saved = analytics.saved(closed, reader, name="Trees for all")
    code = visitor(reader).post(f"/data/queries/{saved.pk}/embed/code/", {"days": "9"}).content.decode()
    token = code.partition("token=")[2].partition("&quot;")[0].partition('"')[0]
    embed = f"/data/queries/{saved.pk}/embed/?token={token}"
    assert Client().get(embed).status_code == 200
    told = Event.objects.get(kind="query.embed_signed")
    assert (told.actor, told.payload["dataset"]) == (reader.pk, str(closed.pk))
    reads = visitor(writer).get(f"{closed.get_absolute_url()}access/reads/").content.decode()
    assert f"anybody, by an embed of {reader}" in reads

    page = closed.get_absolute_url()
    end = f"/data/queries/{saved.pk}/embed/end/"
    steward = accounts.staff(groups.DATA_STEWARDS)
    for sees in (writer, steward):
        assert end in visitor(sees).get(page).content.decode()
    assert "Trees for all" not in visitor(reader).get(page).content.decode()
    assert visitor(accounts.person()).post(end).status_code == 403
    assert visitor(writer).post(end).status_code == 302
    assert Client().get(embed).status_code == 403
    assert end not in visitor(writer).get(page).content.decode()


def test_a_query_with_a_join_belongs_to_both_datasets_1128_az10(closed: Dataset, at: datetime) -> None:
    """The publisher of the data beside an open table sees its embed, and ends it."""
    trees, reader = catalogue.published(title="Open trees"), data_access.grant(closed).person
    assert reader
    join = {"dataset": closed.slug, "on": [{"column": "tree", "equals": "tree"}]}
    saved = analytics.saved(trees, reader, asked={"join": join}, name="Beside")
    page = visitor(reader).get(saved.get_absolute_url())
    assert (page.context["is_open"], "embed/code/" in page.content.decode()) == (False, True)
    token = operations.sign_embed(actor=reader, query=saved, days=9, at=at)
    embed, end = (f"/data/queries/{saved.pk}/embed/{tail}" for tail in (f"?token={token}", "end/"))
    assert Client().get(embed).status_code == 200
    told = Event.objects.get(kind="query.embed_signed").payload
    assert (told["dataset"], told["joined"]) == (str(trees.pk), str(closed.pk))
    for one in (trees, closed):
        assert end in visitor(catalogue.writer(one)).get(one.get_absolute_url()).content.decode()
    stranger = catalogue.writer(catalogue.published(title="Another"))
    assert visitor(stranger).post(end).status_code == 403
    ended = visitor(catalogue.writer(closed)).post(end)
    assert (ended.status_code, ended["Location"]) == (302, closed.get_absolute_url())
    assert Client().get(embed).status_code == 403
    operations.remove_query(actor=catalogue.writer(closed), query=saved, at=at)


def test_who_may_not_ask_signs_no_embed_1128_xa8(closed: Dataset, at: datetime) -> None:
    grant = data_access.grant(closed)
    assert grant.person
    saved = analytics.saved(closed, grant.person)
    grants.end_grant(actor=grant.person, grant=grant, at=at)
    with pytest.raises(Forbidden):
        operations.sign_embed(actor=grant.person, query=saved, days=9, at=at)


def test_a_file_of_an_answer_is_a_download_1128_xa9(closed: Dataset) -> None:
    grant = data_access.grant(closed, scopes=["preview", "query"])
    assert grant.person
    client, asked = visitor(grant.person), '{"sort": [{"by": "tree"}], "limit": 1000000}'
    saved = analytics.saved(closed, grant.person)
    page = f"{closed.get_absolute_url()}query"
    shown = client.get(f"{page}/", {"q": asked})
    assert shown.status_code == 200
    assert f"{page}.csv" not in shown.content.decode()
    for form in ("csv", "parquet"):
        assert client.get(f"{page}.{form}", {"q": asked}).status_code == 403
        assert client.get(f"/data/queries/{saved.pk}.{form}").status_code == 403
    assert client.get(f"/data/queries/{saved.pk}.svg").status_code == 200
    data_access.grant(closed, grant.person, scopes=["preview", "download"])
    assert client.get(f"{page}.csv", {"q": asked}).status_code == 200


@pytest.mark.parametrize("lost", ["suspended", "withdrawn"])
def test_who_lost_access_still_ends_and_removes_what_they_saved_1128_xa12(
    closed: Dataset, at: datetime, lost: str
) -> None:
    grant, writer = data_access.grant(closed), catalogue.writer(closed)
    assert grant.person
    saved = analytics.saved(closed, grant.person)
    operations.sign_embed(actor=grant.person, query=saved, days=9, at=at)
    if lost == "suspended":
        grants.suspend_grant(actor=writer, grant=grant, reason="Why?", at=at)
    else:
        datasets.withdraw(actor=writer, dataset=closed, reason="It names people.", at=at)
    client = visitor(grant.person)
    for step in ("embed/end/", "remove/"):
        address = f"/data/queries/{saved.pk}/{step}"
        assert address in client.get("/data/queries/").content.decode()
        assert client.post(address, follow=True).status_code == 200
    saved.refresh_from_db()
    assert (saved.embed_round, saved.embedded_until, bool(saved.removed_at)) == (1, None, True)
