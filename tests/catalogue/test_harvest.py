"""Catalogues elsewhere are harvested: each dataset once, with its changes, and much that goes is asked first."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from civic.core.errors import Conflict, Forbidden, IllegalTransition, Invalid
from civic.core.models import Event
from datasets.catalogue.models import Dataset, Harvest, HarvestRecord
from datasets.catalogue.operations import datasets, sources
from datasets.catalogue.states import DatasetState, HarvestState, Outcome
from datasets.catalogue.vocabularies import Licence, Theme
from tests.catalogue.elsewhere import Machine, machine
from tests.catalogue.harvested import ckan, counts, harvest, package, source, steward, turtle, work
from tests.factories import accounts, catalogue
from tests.visiting import visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(settings: Any) -> Iterator[Machine]:
    """Another machine, which may be asked."""
    with machine() as found:
        settings.OUTGOING_ALSO = [found.place]
        yield found


def test_a_dataset_comes_with_where_it_is_from_and_no_byte(there: Machine, at: datetime) -> None:
    there.documents["/c.ttl"] = turtle("one")
    assert counts(harvest(source(there, path="/c.ttl"), at=at)) == {"created": 1}
    one = Dataset.objects.get()
    assert (one.identifier, one.title, one.theme, one.licence) == (
        "one",
        "Table one",
        Theme.GOVE,
        Licence.CC_BY,
    )
    assert (one.state, one.latest, one.keywords) == (DatasetState.PUBLISHED, 0, ["a", "b"])
    assert one.revised_at
    assert one.revised_at.isoformat() == "2026-01-02T03:04:05+00:00"
    assert one.original.uri == "https://other.example/one"
    [file] = one.original.files
    assert (file["address"], file["format"], file["size"]) == ("https://other.example/one.csv", "CSV", 42)
    page = visitor().get(one.get_absolute_url()).content.decode()
    assert "https://other.example/one.csv" in page
    assert "https://other.example/one/page" in page
    assert "The other city" in page
    # Only the catalogue was asked.
    assert there.asked == ["/c.ttl"]


def test_twice_is_once_and_a_change_is_a_change(there: Machine, at: datetime) -> None:
    there.documents["/c.ttl"] = turtle("one", "two")
    of = source(there, path="/c.ttl")
    assert counts(harvest(of, at=at)) == {"created": 2}
    told = Event.objects.filter(subject_type="catalogue.Dataset").count()
    assert counts(harvest(of, at=at)) == {"unchanged": 2}
    assert Event.objects.filter(subject_type="catalogue.Dataset").count() == told
    there.documents["/c.ttl"] = turtle("one", "two", two="Another title")
    assert counts(harvest(of, at=at)) == {"updated": 1, "unchanged": 1}
    assert Dataset.objects.get(identifier="two").title == "Another title"
    assert Dataset.objects.count() == 2


def test_the_database_keeps_an_identifier_of_a_source_once(there: Machine, at: datetime) -> None:
    there.documents["/c.ttl"] = turtle("one")
    harvest(source(there, path="/c.ttl"), at=at)
    one = Dataset.objects.get()
    other = Dataset.objects.filter(pk=catalogue.dataset(publisher=one.publisher).pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        other.update(harvested_from=one.harvested_from, identifier="one")


def test_one_bad_record_stops_no_other_and_is_listed(there: Machine, at: datetime) -> None:
    packages = [
        package("a"),
        7,
        package("b") | {"title": "", "name": ""},
        package("c", extras="odd", tags=9),
        package("a"),
    ]
    packages += [
        package("d\x00", title="With \ud800 a NUL \x00"),
        {"id": "e", "title": "No more than that"},
        {},
    ]
    there.documents.update(ckan(packages))
    done = harvest(source(there, kind="ckan"), at=at)
    assert counts(done) == {"created": 4, "failed": 4}
    failed = HarvestRecord.objects.filter(outcome=Outcome.FAILED)
    assert all(one.reason for one in failed)
    assert {one.title for one in Dataset.objects.all()} == {
        "Table a",
        "Table c",
        "With a NUL",
        "No more than that",
    }


def test_what_is_gone_from_its_source_is_withdrawn_and_comes_back_with_it(
    there: Machine, at: datetime
) -> None:
    of = source(there, path="/c.ttl")
    there.documents["/c.ttl"] = turtle("a", "b", "c", "d")
    harvest(of, at=at)
    there.documents["/c.ttl"] = turtle("a", "b", "c")
    assert counts(harvest(of, at=at)) == {"unchanged": 3, "removed": 1}
    gone = Dataset.objects.get(identifier="d")
    assert (gone.state, gone.held) == (DatasetState.WITHDRAWN, False)
    answer = visitor().get(gone.get_absolute_url())
    assert answer.status_code == 410
    assert "Gone from its source" in answer.content.decode()
    there.documents["/c.ttl"] = turtle("a", "b", "c", "d", d="Back again")
    assert counts(harvest(of, at=at)) == {"unchanged": 3, "updated": 1}
    gone.refresh_from_db()
    assert (gone.state, gone.title, gone.reason) == (DatasetState.PUBLISHED, "Back again", "")


def waiting(there: Machine, at: datetime) -> Harvest:
    """A harvest that would remove two of four."""
    of = source(there, path="/c.ttl")
    there.documents["/c.ttl"] = turtle("a", "b", "c", "d")
    harvest(of, at=at)
    there.documents["/c.ttl"] = turtle("a", "b", "e")
    return harvest(of, at=at + timedelta(seconds=1))


def test_more_than_a_third_is_asked_first(there: Machine, at: datetime, caplog: Any) -> None:
    asks = waiting(there, at)
    assert (asks.state, asks.leaving, counts(asks)) == (HarvestState.WAITING, 2, {})
    assert "would remove 2 of 4" in caplog.text
    assert Dataset.objects.listed().count() == 4
    with pytest.raises(Conflict):
        sources.harvest_now(actor=steward(), source=asks.source, at=at)
    assert sources.harvest_daily(at=at) == 0
    sources.confirm_harvest(actor=steward(), harvest=asks, reason="They moved.", at=at)
    work(at)
    asks.refresh_from_db()
    assert (asks.state, counts(asks)) == (HarvestState.DONE, {"created": 1, "unchanged": 2, "removed": 2})
    with pytest.raises(IllegalTransition):
        sources.confirm_harvest(actor=steward(), harvest=asks, reason="Again.", at=at)


def test_one_that_is_given_up_changes_nothing(there: Machine, at: datetime) -> None:
    asks = waiting(there, at)
    sources.decline_harvest(actor=steward(), harvest=asks, reason="Their site is broken.", at=at)
    work(at)
    assert set(Dataset.objects.listed().values_list("identifier", flat=True)) == {"a", "b", "c", "d"}
    assert sources.harvest_daily(at=at) == 1


def test_an_empty_or_half_catalogue_removes_nothing(there: Machine, at: datetime) -> None:
    of = source(there, kind="ckan")
    there.documents.update(ckan([package("a"), package("b")]))
    harvest(of, at=at)
    there.documents.update(ckan([package("a")], count=2))
    there.documents["/api/3/action/package_search?rows=100&start=1&sort=id+asc"] = (
        "application/json",
        b'{"success": true, "result": {"count": 2, "results": []}}',
    )
    half = harvest(of, at=at)
    assert (half.state, Dataset.objects.listed().count()) == (HarvestState.FAILED, 2)
    assert "has given 1" in half.reason
    there.documents.update(ckan([]))
    assert harvest(of, at=at).state == HarvestState.WAITING


def test_a_known_uri_links(there: Machine, at: datetime) -> None:
    """Also of a dataset of ours, and of another source; numbers of two catalogues are no names."""
    own = catalogue.published(at=at)
    there.documents["/c.ttl"] = turtle("one")
    harvest(source(there, path="/c.ttl"), at=at)
    packages = [
        package("p1", extras=[{"key": "uri", "value": "https://other.example/one"}]),
        package(
            "p2", extras=[{"key": "uri", "value": f"http://localhost:8000{own.get_absolute_url()}#dataset"}]
        ),
        package(
            "p3", extras=[{"key": "identifier", "value": f"http://localhost:8000{own.get_absolute_url()}"}]
        ),
        package("one"),
    ]
    there.documents.update(ckan(packages))
    again = source(there, kind="ckan")
    assert counts(harvest(again, at=at)) == {"linked": 3, "created": 1}
    assert counts(harvest(again, at=at)) == {"linked": 3, "unchanged": 1}
    linked = HarvestRecord.objects.filter(outcome=Outcome.LINKED).order_by("place")
    assert [row.dataset for row in linked] == [
        Dataset.objects.get(title="Table one", identifier="one", original__uri__gt=""),
        own,
        own,
    ]


def test_what_one_source_lost_another_may_still_have(there: Machine, at: datetime) -> None:
    first, second = source(there, path="/a.ttl"), source(there, path="/b.ttl")
    there.documents["/a.ttl"] = turtle("a", "b", "c", "d")
    there.documents["/b.ttl"] = turtle("d")
    harvest(first, at=at)
    assert counts(harvest(second, at=at)) == {"linked": 1}
    there.documents["/a.ttl"] = turtle("a", "b", "c")
    harvest(first, at=at)
    assert counts(harvest(second, at=at)) == {"created": 1}
    there.documents["/a.ttl"] = turtle("a", "b", "c", "d")
    assert counts(harvest(first, at=at)) == {"unchanged": 3, "linked": 1}
    assert Dataset.objects.listed().count() == 4


def test_what_a_withdrawn_dataset_of_ours_is_does_not_come_back_by_a_source(
    there: Machine, at: datetime
) -> None:
    own = catalogue.published(at=at)
    datasets.withdraw(actor=catalogue.writer(own), dataset=own, reason="It is wrong.", at=at)
    uri = f"http://localhost:8000{own.get_absolute_url()}#dataset"
    there.documents.update(ckan([package("p", extras=[{"key": "uri", "value": uri}])]))
    assert counts(harvest(source(there, kind="ckan"), at=at)) == {"linked": 1}


def test_only_the_data_steward_adds_and_asks(there: Machine, at: datetime) -> None:
    somebody = accounts.person()
    with pytest.raises(Forbidden):
        source(there, actor=somebody)
    of = source(there)
    for verb in (sources.harvest_now, sources.resume_source):
        with pytest.raises(Forbidden):
            verb(actor=somebody, source=of, at=at)
    with pytest.raises(Invalid):
        source(there)
    for address in (
        "ftp://x/",
        "http://me:secret@example.org/",
        "http://example.org:22/",
        "http://x\x00/",
        "",
    ):
        with pytest.raises(Invalid):
            sources.add_source(
                actor=steward(),
                title="X",
                kind="dcat",
                address=address,
                publisher=of.publisher,
                theme="GOVE",
                at=at,
            )


def test_a_machine_that_is_away_is_tried_again_and_then_said(there: Machine, at: datetime) -> None:
    done = harvest(source(there, path="/nothing.ttl"), at=at)
    assert (done.state, "404" in done.reason) == (HarvestState.FAILED, True)
    assert len(there.asked) == 4
