"""Series of datasets, and who follows a dataset."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction
from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Forbidden, Invalid, NotFound
from civic.notifications.models import Notification
from datasets.catalogue.descriptors.terms import IN_SERIES
from datasets.catalogue.models import Dataset, Follow, Series
from datasets.catalogue.operations import datasets, follows, series
from tests.catalogue.shapes import MUST, found_in
from tests.factories import accounts, catalogue
from tests.visiting import visitor

pytestmark = pytest.mark.django_db


def in_series(at: datetime) -> tuple[Series, list[Dataset]]:
    """Two years of one publisher, the later one first."""
    publisher = accounts.organisation()
    made = []
    for year in (2026, 2025):
        one = catalogue.published(
            publisher=publisher, title=f"Trees {year}", owner=catalogue.writer(publisher), at=at
        )
        said = catalogue.said(
            title=f"Trees {year}", first_day=date(year, 1, 1), new_series=" Trees  by year "
        )
        made.append(datasets.describe(actor=catalogue.writer(one), dataset=one, said=said, at=at))
    return Series.objects.get(), made


def test_a_series_shows_its_datasets_in_order_of_time(at: datetime) -> None:
    found, made = in_series(at)
    page = visitor().get(found.get_absolute_url()).content.decode()
    assert found.title == "Trees by year"
    assert page.index("Trees 2025") < page.index("Trees 2026")
    assert found.get_absolute_url() in visitor().get(made[0].get_absolute_url()).content.decode()
    answer = visitor().get(f"/api/v1/datasets/{made[0].slug}/").json()
    assert (answer["series"], answer["harvested_from"], answer["original"]) == ("trees-by-year", None, None)


def test_dcat_ap_says_the_series(at: datetime) -> None:
    found, made = in_series(at)
    graph = Graph().parse(data=visitor().get(f"/data/{made[0].slug}/dcat.ttl").content, format="turtle")
    node = URIRef(f"http://localhost:8000{found.get_absolute_url()}#series")
    assert list(graph.objects(None, IN_SERIES)) == [node]
    assert str(graph.value(node, DCTERMS.title)) == "Trees by year"
    assert found_in(graph, *MUST) == []


def test_a_series_is_of_its_publisher_alone(at: datetime) -> None:
    found, _made = in_series(at)
    other = catalogue.published(title="Else", at=at)
    writer = catalogue.writer(other)
    with pytest.raises(Invalid):
        datasets.describe(actor=writer, dataset=other, said=catalogue.said(series=found), at=at)
    with pytest.raises(IntegrityError, match="another publisher"), transaction.atomic():
        Dataset.objects.filter(pk=other.pk).update(series=found)
    with pytest.raises(Forbidden):
        series.describe_series(actor=writer, series=found, title="Mine", description="", at=at)


def test_its_words_are_changed_by_the_form(at: datetime) -> None:
    found, made = in_series(at)
    person = catalogue.writer(made[0])
    client = visitor(person)
    address = f"{found.get_absolute_url()}edit/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"title": ""}).status_code == 422
    assert client.post(address, {"title": "Trees", "description": "Each year."}).status_code == 302
    found.refresh_from_db()
    assert (found.title, found.description, found.slug) == ("Trees", "Each year.", "trees-by-year")


def told(person: Person) -> list[str]:
    events.deliver_pending()
    return list(Notification.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def test_who_follows_hears_of_revisions_and_steps_once_until_they_look(at: datetime) -> None:
    one, fan = catalogue.published(at=at), accounts.person()
    assert told(fan) == []
    answer = visitor(fan).post(f"/data/{one.slug}/follow/", {"follow": "yes"})
    assert answer.status_code == 302
    for rows in (b"elm,2022-01-02,7.5\n", b"fir,2022-01-02,8.5\n"):
        catalogue.revision(one, catalogue.CSV + rows, at=at)
        one.refresh_from_db()
    assert told(fan) == ["followed_data.revised"]
    datasets.withdraw(actor=catalogue.writer(one), dataset=one, reason="It is wrong.", at=at)
    datasets.restore(actor=catalogue.writer(one), dataset=one, at=at)
    assert told(fan) == ["followed_data.revised", "followed_data.withdrawn", "followed_data.restored"]
    Notification.objects.filter(person=fan).update(read_at=at)
    catalogue.revision(one, catalogue.CSV + b"yew,2022-01-02,9.5\n", at=at)
    assert told(fan)[3:] == ["followed_data.revised"]
    follows.unfollow(actor=fan, dataset=one, at=at)
    datasets.withdraw(actor=catalogue.writer(one), dataset=one, reason="Again.", at=at)
    assert len(told(fan)) == 4


def test_nobody_follows_what_they_do_not_see(at: datetime) -> None:
    draft, person = catalogue.dataset(at=at), accounts.person()
    with pytest.raises(NotFound):
        follows.follow(actor=person, dataset=draft, at=at)
    assert not Follow.objects.exists()
