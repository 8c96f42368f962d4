"""DCAT-AP of a dataset and of the catalogue: right by its shapes, in both formats, in pages, and for whom."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF

from civic.accounts.models import Area, Organisation
from datasets.catalogue.descriptors.terms import DCATAP, HYDRA, VCARD
from datasets.catalogue.models import Dataset
from datasets.catalogue.operations import datasets
from datasets.catalogue.views import descriptions
from datasets.catalogue.vocabularies import HighValue, Licence
from tests.catalogue.shapes import HIGH_VALUE, MUST, RECOMMENDED, found_in
from tests.factories import accounts, catalogue
from tests.visiting import statements, visitor

pytestmark = pytest.mark.django_db

SITE = "http://localhost:8000"
ODD = "Αθήνα \"quoted\" 'single' \\ back\r\n\tnext </script><b> ]] \"\"\" ''' %s {x} \u2028 é 🌳"


def graph_of(address: str, **headers: str) -> Graph:
    answer = visitor().get(address, headers=headers)
    assert answer.status_code == 200, address
    return Graph().parse(data=answer.content, format=answer.headers["Content-Type"].partition(";")[0])


def node(dataset: Dataset) -> URIRef:
    return URIRef(f"{SITE}/data/{dataset.slug}/#dataset")


def complete(**changes: Any) -> Dataset:
    """A dataset that says all that is recommended."""
    square = [[[23.7, 37.9], [23.8, 37.9], [23.8, 38.0], [23.7, 37.9]]]
    city = Area.objects.create(name="Αθήνα", slug="athens")
    Area.objects.create(
        name="Plaka", slug="plaka", parent=city, boundary={"type": "Polygon", "coordinates": square}
    )
    said = {"area": city, "first_day": date(2026, 1, 1), "last_day": date(2026, 3, 31)}
    return catalogue.published(**said | changes)


def test_a_dataset_says_what_dcat_ap_asks(at: datetime) -> None:
    dataset = complete(at=at, high_value_category=HighValue.ENVIRONMENT)
    graph = graph_of(f"/data/{dataset.slug}/dcat.ttl")
    assert found_in(graph, *MUST) == []
    assert found_in(graph, *RECOMMENDED) == []
    assert found_in(graph, *HIGH_VALUE) == []
    one = node(dataset)
    assert graph.value(one, DCTERMS.title) == Literal("Street trees")
    assert graph.value(one, DCTERMS.modified) == Literal(at)
    assert graph.value(one, DCATAP.hvdCategory) == URIRef(HighValue.ENVIRONMENT)
    place = graph.value(one, DCTERMS.spatial)
    assert str(graph.value(place, DCAT.bbox)).startswith("POLYGON((23.700000 37.900000, 23.800000 37.900000")
    files = {graph.value(file, DCAT.downloadURL): file for file in graph.objects(one, DCAT.distribution)}
    assert set(files) == {URIRef(f"{SITE}/data/street-trees/1.{form}") for form in ("csv", "parquet")}
    contact = graph.value(one, DCAT.contactPoint)
    assert graph.value(contact, VCARD.hasURL) == URIRef(SITE + dataset.publisher.get_absolute_url())


def test_shapes_find_what_is_missing(at: datetime) -> None:
    """Or the tests above would say nothing."""
    dataset = catalogue.published(at=at)
    graph = graph_of(f"/data/{dataset.slug}/dcat.ttl")
    assert found_in(graph, *MUST) == []
    assert len(found_in(graph, *RECOMMENDED)) == 2
    assert found_in(graph, *HIGH_VALUE)
    graph.remove((node(dataset), DCTERMS.title, None))
    assert found_in(graph, *MUST)


def test_all_kinds_of_publishers_and_licences(at: datetime) -> None:
    for place, licence in enumerate(Licence):
        dataset = catalogue.published(title=f"Number {place}", licence=licence, at=at)
        kind = list(Organisation.Kind)[place]
        Organisation.objects.filter(pk=dataset.publisher_id).update(kind=kind)
    graph = graph_of("/data/catalog.ttl")
    assert found_in(graph, *MUST) == []
    assert len(set(graph.objects(None, DCTERMS.license))) == len(Licence)


def test_words_come_back_as_they_were_written(at: datetime) -> None:
    said = {"title": ODD[:110], "description": ODD, "keywords": ['a "b"', "Ω\\"], "licence": Licence.CC0}
    dataset = complete(at=at, **said)
    Organisation.objects.filter(pk=dataset.publisher_id).update(
        name=ODD[:100], website='http://a.example/"<x> y\\{z}|^`?q=Ω'
    )
    turtle, linked = graph_of(f"/data/{dataset.slug}/dcat.ttl"), graph_of(f"/data/{dataset.slug}/dcat.jsonld")
    assert isomorphic(turtle, linked)
    assert found_in(turtle, *MUST) == []
    for graph in (turtle, linked, graph_of("/data/catalog.jsonld"), graph_of("/data/catalog.ttl")):
        one = node(dataset)
        assert graph.value(one, DCTERMS.description) == Literal(dataset.description)
        assert graph.value(one, DCTERMS.title) == Literal(dataset.title)
        assert set(graph.objects(one, DCAT.keyword)) == {Literal('a "b"'), Literal("Ω\\")}
        publisher = graph.value(one, DCTERMS.publisher)
        assert graph.value(publisher, FOAF.name) == Literal(ODD[:100])
        contact = graph.value(graph.value(one, DCAT.contactPoint), VCARD.hasURL)
        assert contact == URIRef("http://a.example/%22%3Cx%3E%20y%5C%7Bz%7D%7C%5E%60?q=Ω")


@pytest.mark.parametrize("column", ["theme", "frequency", "licence", "high_value_category", "kind"])
def test_what_no_list_has_is_in_no_row_1127_ax9(column: str, at: datetime) -> None:
    """By one such row, whoever wrote it, the whole catalogue could not be written."""
    dataset = complete(at=at)
    rows = Organisation.objects.all() if column == "kind" else Dataset.objects.filter(pk=dataset.pk)
    with pytest.raises(IntegrityError, match=f"{column}_is_known"), transaction.atomic():
        rows.update(**{column: "ZZZ"})


def test_an_odd_name_of_an_area_breaks_no_catalogue_1127_ax9(at: datetime) -> None:
    dataset = complete(at=at)
    Area.objects.filter(pk=dataset.area_id).update(slug="a <b>")
    place = graph_of("/data/catalog.ttl").value(node(dataset), DCTERMS.spatial)
    assert str(place).endswith("#area-a%20%3Cb%3E")


def test_the_catalogue_goes_in_pages(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(descriptions, "PAGE", 2)
    made = [
        catalogue.published(title=f"Number {place}", at=at + timedelta(hours=place)) for place in range(5)
    ]
    page, seen, steps = f"{SITE}/data/catalog.ttl?page=1", [], []
    while page:
        graph = graph_of(page.removeprefix(SITE))
        whole = URIRef(f"{SITE}/data/#catalogue")
        assert found_in(graph, *MUST) == []
        assert graph.value(whole, HYDRA.view) == URIRef(page)
        assert graph.value(whole, HYDRA.totalItems) == Literal(5)
        assert graph.value(whole, DCTERMS.modified) == Literal(at + timedelta(hours=4))
        seen += [set(graph.objects(whole, DCAT.dataset))]
        links = {
            name: graph.value(URIRef(page), HYDRA[name]) for name in ("first", "previous", "next", "last")
        }
        steps.append({name: str(link)[-1] for name, link in links.items() if link})
        page = str(links["next"] or "")
    assert [len(one) for one in seen] == [2, 2, 1]
    assert set().union(*seen) == {node(one) for one in made}
    assert steps == [
        {"first": "1", "next": "2", "last": "3"},
        {"first": "1", "previous": "1", "next": "3", "last": "3"},
        {"first": "1", "previous": "2", "last": "3"},
    ]
    for beyond in ("0", "4", "-1", "x", "9" * 30, "٣"):
        assert visitor().get(f"/data/catalog.ttl?page={beyond}").status_code == 404
    assert isomorphic(
        graph_of("/data/catalog.jsonld?page=2").cbd(node(made[2])),
        graph_of("/data/catalog.ttl?page=2").cbd(node(made[2])),
    )


def test_an_empty_catalogue_is_one() -> None:
    graph = graph_of("/data/catalog.ttl")
    assert found_in(graph, *MUST) == []
    assert len(set(graph.subjects(RDF.type, DCAT.Catalog))) == 1


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("application/ld+json", "application/ld+json"),
        ("application/ld+json;q=0.5, text/turtle;q=0.9", "text/turtle; charset=utf-8"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html; charset=utf-8"),
        ("*/*", "text/html; charset=utf-8"),
        ("text/html, text/turtle", "text/html; charset=utf-8"),
        ("application/rdf+xml", "text/html; charset=utf-8"),
        ("nonsense", "text/html; charset=utf-8"),
        ("", "text/html; charset=utf-8"),
    ],
)
def test_the_same_address_answers_by_what_is_accepted(at: datetime, accept: str, kind: str) -> None:
    dataset = catalogue.published(at=at)
    for page in ("/data/", f"/data/{dataset.slug}/"):
        answer = visitor().get(page, headers={"accept": accept})
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == kind
        assert "Accept" in answer.headers["Vary"].split(", ")
        if "html" not in kind:
            named = (
                page
                + ("catalog." if page == "/data/" else "dcat.")
                + ("ttl" if "turtle" in kind else "jsonld")
            )
            assert visitor().get(named).content == answer.content


def test_a_draft_is_not_there_and_what_is_withdrawn_is_gone(at: datetime) -> None:
    owner = accounts.person()
    public = catalogue.published(owner, at=at)
    draft = catalogue.dataset(owner, publisher=public.publisher, title="Secret plans", at=at)
    catalogue.revision(draft, at=at)
    datasets.withdraw(actor=owner, dataset=public, reason="It names people.", at=at)
    for slug, status in ((public.slug, 410), (draft.slug, 404), ("nothing", 404)):
        for name in ("dcat.ttl", "dcat.jsonld"):
            for who in (visitor(), visitor(owner)):
                assert who.get(f"/data/{slug}/{name}").status_code == status
        for accept in descriptions.FORMATS.values():
            answer = visitor(owner).get(f"/data/{slug}/", headers={"accept": accept})
            assert answer.status_code == status
    assert b"It names people." in visitor().get(f"/data/{public.slug}/dcat.ttl").content
    for name in ("catalog.ttl", "catalog.jsonld"):
        content = visitor(owner).get(f"/data/{name}").content
        assert b"street-trees" not in content
        assert b"Secret plans" not in content
    assert visitor().get("/data/catalog.xml").status_code == 404


def test_a_page_of_the_catalogue_takes_as_many_statements_however_much_is_on_it(at: datetime) -> None:
    complete(at=at)
    few = [statements(visitor(), f"/data/catalog.{form}") for form in ("ttl", "jsonld")]
    for place in range(6):
        dataset = catalogue.published(title=f"Number {place}", area=Area.objects.get(slug="plaka"), at=at)
        catalogue.revision(dataset, catalogue.CSV + f"elm,2020-01-01,{place}\n".encode(), at=at)
    assert [statements(visitor(), f"/data/catalog.{form}") for form in ("ttl", "jsonld")] == few
    assert max(few) <= 8


def test_the_same_is_the_same_text(at: datetime) -> None:
    """So that a digest can be its tag."""
    complete(at=at)
    for page in ("/data/catalog.ttl", "/data/catalog.jsonld"):
        first = visitor().get(page)
        assert visitor().get(page).content == first.content
        again = visitor().get(page, headers={"if-none-match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
