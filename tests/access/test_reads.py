"""Who reads data that is not open, and how: everything else is refused, and what is read is told."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from civic.accounts import groups
from civic.accounts.models import Person
from civic.core import clock
from civic.core.models import Event
from datasets.access.models import Grant
from datasets.access.operations import grants
from datasets.catalogue.models import Dataset
from datasets.catalogue.permissions import read_checks
from datasets.catalogue.vocabularies import AccessLevel
from tests.factories import accounts, catalogue
from tests.factories import data_access as access
from tests.visiting import visitor

pytestmark = pytest.mark.django_db
CLOSED = [AccessLevel.REGISTERED, AccessLevel.ON_REQUEST, AccessLevel.BY_ORDER]
# Stands in the rows and nowhere in what describes them.
SECRET = "ginkgo-17"
ROWS = f"tree,planted,height\n{SECRET},2021-03-01,4.5\noak,n/a,6.25\nash,2020-01-02,3\n".encode()


def closed(level: str = AccessLevel.ON_REQUEST) -> Dataset:
    return access.dataset(level, content=ROWS)


def reads() -> list[Event]:
    return list(Event.objects.filter(kind="dataset.read").order_by("seq"))


def addresses(dataset: Dataset) -> list[str]:
    """Everything under which something of a dataset is answered to a GET."""
    page = f"/data/{dataset.slug}/"
    revision = dataset.revisions.get()
    resources = [str(one.pk) for one in revision.distributions.all()]
    return [
        *("/data/", page, f"{page}revisions/1/", f"{page}latest.csv", f"{page}latest.parquet"),
        *(
            f"{page}1.csv",
            f"{page}1.parquet",
            f"{page}schema.json",
            f"{page}csvw.json",
            f"{page}1.schema.json",
        ),
        *(f"{page}1.csvw.json", f"{page}dcat.ttl", f"{page}dcat.jsonld", "/data/catalog.ttl"),
        *(
            f"/api/v1/datasets/{dataset.slug}/",
            f"/api/v1/datasets/{dataset.slug}/revisions/",
            "/api/v1/datasets/",
        ),
        *(f"/api/3/action/datastore_search?resource_id={one}" for one in resources),
        *(f"/api/3/action/resource_show?id={one}" for one in resources),
        *(f"/api/3/action/package_show?id={dataset.slug}", "/api/3/action/package_search"),
        *(f"/search/?q={dataset.slug}", dataset.publisher.get_absolute_url()),
    ]


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


@pytest.mark.parametrize("level", CLOSED)
def test_no_value_leaves_by_any_address_to_who_may_not_read(level: str) -> None:
    dataset = closed(level)
    for client in (Client(), visitor(accounts.person())):
        for address in addresses(dataset):
            answer = client.get(address)
            assert answer.status_code in (200, 403), address
            content = body(answer)
            assert SECRET.encode() not in content, address
            assert b"n/a" not in content, address
    assert client.get(f"/data/{dataset.slug}/latest.csv").status_code == 403
    assert client.get(f"/data/{dataset.slug}/latest.csv", HTTP_IF_NONE_MATCH="*").status_code == 403
    assert not reads()


def digests_and_sizes(dataset: Dataset) -> list[bytes]:
    """Of its files, the sizes as each description would write them."""
    files = dataset.revisions.get().distributions.all()
    told = [(one.sha256, f'"size": {one.size},', f'"size":{one.size},', "byteSize") for one in files]
    return [text.encode() for each in told for text in each]


def test_digest_and_size_stand_nowhere_for_who_may_not_read_1128_az1() -> None:
    """By these anybody finds out which of few possible tables it is."""
    dataset, page = closed(), "/data/{}/".format
    told, viewer = digests_and_sizes(dataset), access.grant(dataset, scopes=["preview"]).person
    for client in (Client(), visitor(accounts.person()), visitor(viewer)):
        for address in addresses(dataset):
            content = body(client.get(address))
            assert [one for one in told if one in content] == [], address
    api = client.get(f"/api/v1/datasets/{dataset.slug}/").json()["revision"]
    assert {(one["size"], one["sha256"]) for one in api["distributions"]} == {(None, None)}
    assert (api["sha256"], api["difference"]) == (None, None)
    digest = dataset.revisions.get().sha256.encode()
    reader = visitor(access.grant(dataset).person)
    for place in ("", "revisions/1/"):
        assert digest in reader.get(page(dataset.slug) + place).content
    shown = catalogue.published(content=ROWS, title="Open")
    [file, _parquet] = shown.revisions.get().distributions.order_by("format")
    for address in (f"/data/{shown.slug}/dcat.ttl", f"/api/v1/datasets/{shown.slug}/"):
        content = client.get(address).content.decode()
        assert (file.sha256 in content, str(file.size) in content) == (True, True), address


@pytest.mark.parametrize("level", CLOSED)
def test_without_an_answer_nothing_but_the_description_goes_out(level: str) -> None:
    dataset = closed(level)
    client = visitor(access.grant(dataset).person)
    with read_checks.temporarily(without=["grants"]):
        assert SECRET.encode() not in client.get(f"/data/{dataset.slug}/").content
        assert client.get(f"/data/{dataset.slug}/latest.csv").status_code == 403
    assert SECRET.encode() in client.get(f"/data/{dataset.slug}/").content


@pytest.mark.parametrize("level", CLOSED)
def test_a_grant_opens_pages_and_files_and_each_read_is_told(level: str) -> None:
    dataset = closed(level)
    grant = access.grant(dataset)
    assert grant.person
    client = visitor(grant.person)
    page, revision, file = (
        client.get(f"/data/{dataset.slug}/{tail}") for tail in ("", "revisions/1/", "latest.csv")
    )
    content = body(file)
    for answer, text in ((page, page.content), (revision, revision.content), (file, content)):
        assert SECRET.encode() in text
        assert answer["Cache-Control"] == "private, no-store"
    told = [(one.payload["form"], one.payload["rows"], one.payload["bytes"]) for one in reads()]
    assert told == [("page", 3, 0), ("revision page", 3, 0), ("csv", 0, len(content))]
    for one in reads():
        assert one.actor == grant.person.pk
        assert one.subject_id == str(dataset.pk)
        assert one.payload["grant"] == str(grant.pk)
        assert one.payload["purpose"] == grant.purpose
        assert one.payload["basis"] == "grant"
        assert one.payload["revision"] == 1


def test_an_open_dataset_is_read_by_everybody_without_an_event() -> None:
    dataset = catalogue.published(content=ROWS)
    answer = Client().get(f"/data/{dataset.slug}/latest.csv")
    assert SECRET.encode() in body(answer)
    assert answer["Cache-Control"] == "public, no-cache"
    assert SECRET.encode() in Client().get(f"/data/{dataset.slug}/").content
    assert not reads()


def test_the_publisher_and_the_steward_read_always_and_are_told() -> None:
    dataset = closed()
    for person, basis in (
        (catalogue.writer(dataset), "publisher"),
        (accounts.staff(groups.DATA_STEWARDS), "steward"),
        (accounts.superuser(), "steward"),
    ):
        assert visitor(person).get(f"/data/{dataset.slug}/latest.csv").status_code == 200
        assert reads()[-1].payload["basis"] == basis
        assert reads()[-1].actor == person.pk
    for group in groups.ALL:
        if group != groups.DATA_STEWARDS:
            answer = visitor(accounts.staff(group)).get(f"/data/{dataset.slug}/latest.csv")
            assert answer.status_code == 403, group


def test_a_tag_is_compared_for_readers_alone_and_told_without_a_byte_1128_az2() -> None:
    dataset = closed()
    client = visitor(access.grant(dataset).person)
    file = f"/data/{dataset.slug}/latest.csv"
    answer = client.get(file)
    tag, whole = answer["ETag"], len(body(answer))
    assert client.get(file, HTTP_IF_NONE_MATCH=tag).status_code == 304
    assert client.head(file).status_code == 200
    assert client.get(file, HTTP_RANGE="bytes=9999-").status_code == 416
    # Each has the digest or the size, and by these a small table can be guessed.
    assert [one.payload["bytes"] for one in reads()] == [whole, 0, 0, 0]
    part = client.get(file, HTTP_RANGE="bytes=0-3")
    assert body(part) == b"tree"
    assert reads()[-1].payload["bytes"] == 4


def test_scopes_bound_what_a_grant_opens() -> None:
    dataset = closed()
    client = visitor(access.grant(dataset, scopes=["preview"]).person)
    page = client.get(f"/data/{dataset.slug}/").content
    assert SECRET.encode() in page
    assert b"latest.csv" not in page
    assert client.get(f"/data/{dataset.slug}/latest.csv").status_code == 403


def test_the_clock_ends_a_grant_at_the_moment_whether_its_state_says_so_or_not(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = clock.now()
    dataset = closed()
    grant = access.grant(dataset, at=at, days=1)
    client = visitor(grant.person)
    for later, status in ((timedelta(hours=23, minutes=59), 200), (timedelta(days=1), 403)):
        moment = at + later
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        assert client.get(f"/data/{dataset.slug}/latest.csv").status_code == status
    assert Grant.objects.get(pk=grant.pk).state == "active"
    assert grants.expire_grants(at=at + timedelta(days=1)) == 1
    assert Grant.objects.get(pk=grant.pk).state == "expired"


def asks(key: str, of: Dataset, client: Client | None = None) -> int:
    client = client or Client()
    return int(client.get(f"/data/{of.slug}/latest.csv", HTTP_AUTHORIZATION=f"Bearer {key}").status_code)


def test_a_key_reads_by_its_grant_and_an_expired_one_gives_nothing_even_to_its_publisher(
    at: datetime,
) -> None:
    dataset = closed()
    grant = access.grant(dataset)
    holder = grant.person
    assert holder
    key = grants.make_key(actor=holder, grant=grant, at=clock.now())
    assert asks(key, dataset) == 200
    assert reads()[-1].actor == holder.pk
    writer = visitor(catalogue.writer(dataset))
    open_to_all, other = catalogue.published(title="Open"), closed(AccessLevel.REGISTERED)
    for wrong in ("", "cxd_x", key + "x", key[:-1], "é"):
        if wrong:
            assert asks(wrong, dataset, writer) == 403, wrong
    assert asks(key, other) == asks(key, open_to_all) == 403
    newer = grants.make_key(actor=holder, grant=grant, at=clock.now())
    assert (asks(key, dataset), asks(newer, dataset)) == (403, 200)
    grants.suspend_grant(
        actor=catalogue.writer(dataset), grant=grant, reason="A question is open.", at=clock.now()
    )
    assert asks(newer, dataset, writer) == 403
    assert asks(newer, dataset, visitor(holder)) == 403


def test_the_key_itself_is_nowhere() -> None:
    grant = access.grant(closed())
    assert grant.person
    key = grants.make_key(actor=grant.person, grant=grant, at=clock.now())
    now = Grant.objects.get(pk=grant.pk)
    assert now.key_digest == hashlib.sha256(key.encode()).hexdigest()
    assert key not in json.dumps([one.payload for one in Event.objects.all()])


def test_a_suspended_person_reads_nothing() -> None:
    dataset = closed()
    grant = access.grant(dataset)
    assert grant.person
    key = grants.make_key(actor=grant.person, grant=grant, at=clock.now())
    Person.objects.filter(pk=grant.person.pk).update(is_active=False)
    assert asks(key, dataset) == 403
