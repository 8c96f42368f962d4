"""Documents of other catalogues: formats, pages, what they may not do to their reader, and our own read again."""

import json
import time
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from typing import Any

import pytest
from rdflib import Graph
from rdflib.namespace import DCAT
from rdflib.namespace import RDF as RDF_TERMS

from datasets.catalogue.harvest import Unreadable, ckan, read
from datasets.catalogue.harvest.graphs import graph_of
from datasets.catalogue.models import Dataset
from datasets.catalogue.states import HarvestState
from datasets.catalogue.vocabularies import Licence
from tests.catalogue.elsewhere import Machine, machine
from tests.catalogue.harvested import PREFIXES, counts, harvest, package, source, turtle
from tests.catalogue.harvested import ckan as ckan_pages
from tests.catalogue.shapes import MUST, found_in
from tests.factories import catalogue
from tests.visiting import visitor


@pytest.fixture
def there(settings: Any) -> Iterator[Machine]:
    with machine() as found:
        settings.OUTGOING_ALSO = [found.place]
        yield found


RDF = """<?xml version="1.0"?>{head}
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcat="http://www.w3.org/ns/dcat#"
 xmlns:dct="http://purl.org/dc/terms/">
 <dcat:Dataset rdf:about="https://other.example/x"><dct:title>{title}</dct:title></dcat:Dataset></rdf:RDF>"""
LETTERS = "abcdefghij"
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {letter} "{f"&{before};" * 10}">' for before, letter in pairwise(LETTERS)
)
URI = {"key": "uri", "value": "https://other.example/bare"}
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "{site}/asked">]>'


def test_the_three_formats_say_the_same(there: Machine) -> None:
    there.documents["/c"] = turtle("one")
    there.documents["/c.xml"] = "application/xml", RDF.format(head="", title="One").encode()
    said = [{"@id": "https://other.example/x", "@type": "http://www.w3.org/ns/dcat#Dataset"}]
    said[0]["http://purl.org/dc/terms/title"] = "One"
    there.documents["/c.jsonld"] = "application/ld+json", json.dumps(said).encode()
    assert [one.title for one in read("dcat", f"{there.site}/c", "en")] == ["Table one"]
    by_xml, by_json = (read("dcat", f"{there.site}/c.{kind}", "en") for kind in ("xml", "jsonld"))
    assert by_xml == by_json
    assert by_xml[0].identifier == by_xml[0].uri == "https://other.example/x"


@pytest.mark.parametrize("head", [BOMB + "]>", OUTSIDE], ids=["entities", "outside"])
def test_xml_neither_grows_nor_asks(there: Machine, head: str) -> None:
    document = RDF.format(head=head.replace("{site}", there.site), title="&a;" if head == OUTSIDE else "&j;")
    there.documents["/c.rdf"] = "application/rdf+xml", document.encode()
    begun = time.monotonic()
    with pytest.raises(Unreadable):
        read("dcat", f"{there.site}/c.rdf", "en")
    assert (there.asked, time.monotonic() - begun < 2) == (["/c.rdf"], True)


@pytest.mark.parametrize("where", ["top", "list", "inside", "import", "scoped"])
def test_json_ld_asks_nobody(there: Machine, where: str) -> None:
    context = f"{there.site}/context"
    said: Any = {
        "top": {"@context": context, "@type": "Dataset"},
        "list": {"@context": [{}, context], "@type": "Dataset"},
        "inside": {"http://x.example/y": {"@context": context, "@id": "a"}},
        "import": {"@context": {"@version": 1.1, "@import": context}},
        "scoped": {"@context": {"x": {"@id": "http://x.example/y", "@context": context}}},
    }[where]
    there.documents["/c.jsonld"] = "application/ld+json", json.dumps(said).encode()
    with pytest.raises(Unreadable):
        read("dcat", f"{there.site}/c.jsonld", "en")
    assert there.asked == ["/c.jsonld"]


ODD = [
    ("text/html", b"<html>Sign in</html>"),
    ("text/turtle", b"\xff\xfe\x00"),
    ("text/turtle", b"<a> <b>"),
    ("text/turtle", b"(" * 100_000),
    ("application/ld+json", b"[" * 200_000),
    ("application/ld+json", b"nothing"),
    ("application/rdf+xml", b"<a><b></a>"),
    ("application/rdf+xml", b"<a>" * 100_000),
    ("application/rdf+xml", b""),
]


@pytest.mark.parametrize("place", range(len(ODD)))
def test_odd_documents_are_refused_with_a_reason(place: int) -> None:
    media_type, content = ODD[place]
    with pytest.raises(Unreadable) as refused:
        graph_of(content, media_type, "http://other.example/c")
    assert refused.value.detail


@pytest.mark.parametrize(
    "answer",
    [
        *(b"", b"[]", b"7", b'{"success": true}', b'{"success": true, "result": []}', b"[" * 200_000),
        b'{"success": true, "result": {"count": "2", "results": []}}',
        b'{"success": true, "result": {"count": -1, "results": []}}',
        b'{"success": false, "result": {"count": 1, "results": [{}]}}',
    ],
)
def test_answers_that_are_none_of_ckan_are_refused(answer: bytes) -> None:
    with pytest.raises(Unreadable):
        ckan.page_of(answer)


@pytest.mark.parametrize(
    "value", [None, 7, "x", [], {}, True, "\x00", "9" * 5000, -1, 1e400, ["x", None, {}]]
)
def test_whatever_stands_in_a_package_it_is_a_record_or_a_fault(value: Any) -> None:
    for name in package("a"):
        made = ckan.record_of(package("a") | {name: value}, "http://other.example")
        assert made.title or made.fault
        assert len(made.title) <= 120
    extras = [
        {"key": key, "value": value} for key in ("uri", "theme", "frequency", "temporal_start", "modified")
    ]
    assert not ckan.record_of(package("a", extras=extras), "http://other.example").fault


def test_pages_are_followed_to_the_last_and_never_in_a_circle(there: Machine) -> None:
    def page(this: str, *names: str, to: str = "") -> None:
        view = f"<#c> hydra:totalItems 3 . <#v> hydra:next <{to}> . " if to else "<#c> hydra:totalItems 3 . "
        there.documents[this] = turtle(*names, more=view)

    page("/1", "a", "b", to="/2")
    page("/2", "c", to="/1")
    assert [one.identifier for one in read("dcat", f"{there.site}/1", "en")] == ["a", "b", "c"]
    page("/2", to="")
    with pytest.raises(Unreadable, match="3"):
        read("dcat", f"{there.site}/1", "en")


def test_words_come_in_the_language_of_the_site(there: Machine) -> None:
    titles = '"Bäume"@de, "Trees"@en, "Arbres"@fr'
    text = PREFIXES + f"<http://o.example/x> a dcat:Dataset ; dct:title {titles} ."
    there.documents["/c.ttl"] = "text/turtle", text.encode()
    said = [read("dcat", f"{there.site}/c.ttl", language)[0].title for language in ("de", "fr", "nl")]
    assert said == ["Bäume", "Arbres", "Trees"]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["ttl", "jsonld", "ckan"])
def test_our_own_catalogue_in_a_second_installation(
    there: Machine, settings: Any, at: datetime, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In pages: each dataset once, twice unchanged; and by the other interface each is known."""
    monkeypatch.setattr("datasets.catalogue.views.descriptions.PAGE", 2)
    monkeypatch.setattr("datasets.catalogue.harvest.pages.ROWS", 2)
    own = [catalogue.published(at=at, title=f"Number {n}", licence=list(Licence)[n]) for n in range(3)]
    settings.SITE_URL, client = there.site, visitor()
    paths = [
        f"/data/catalog.{form}{page}" for form in ("ttl", "jsonld") for page in ("", "?page=1", "?page=2")
    ]
    paths += [f"/api/3/action/package_search?rows=2&start={start}&sort=id+asc" for start in (0, 2)]
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200
        there.documents[path] = answer.headers["Content-Type"], answer.content
    settings.SITE_URL = "https://second.example"
    path = "" if kind == "ckan" else f"/data/catalog.{kind}"
    of = source(there, kind="ckan" if kind == "ckan" else "dcat", path=path)
    assert counts(harvest(of, at=at)) == {"created": 3}
    taken = Dataset.objects.filter(harvested_from=of).order_by("title")
    assert [one.title for one in taken] == [one.title for one in own]
    assert [one.licence for one in taken] == [one.licence for one in own]
    assert {one.original.uri for one in taken} == {
        f"{there.site}{one.get_absolute_url()}#dataset" for one in own
    }
    assert all(len(one.original.files) == 2 for one in taken)
    assert counts(harvest(of, at=at)) == {"unchanged": 3}
    # The same by the other way, and a first installation that harvests the second one in turn.
    path = "/data/catalog.ttl" if kind == "ckan" else ""
    other = source(there, kind="dcat" if kind == "ckan" else "ckan", path=path)
    assert counts(harvest(other, at=at)) == {"linked": 3}
    settings.SITE_URL = there.site
    assert counts(harvest(source(there, path="/data/catalog.jsonld?page=1"), at=at)) == {"linked": 3}
    assert not Dataset.objects.filter(harvested_from__isnull=False).exclude(harvested_from=of).exists()


@pytest.mark.django_db
def test_a_catalogue_without_end_is_given_up(
    there: Machine, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("datasets.catalogue.harvest.pages.MOST_RECORDS", 2)
    there.documents["/c.ttl"] = turtle("a", "b", "c")
    assert harvest(source(there, path="/c.ttl"), at=at).state == HarvestState.FAILED


@pytest.mark.django_db
def test_what_is_harvested_goes_out_in_every_way(there: Machine, at: datetime) -> None:
    """As DCAT-AP without a fault, by the API, the facade, the list and the search; without a file of ours."""
    packages = [
        package("plain"),
        package("bare") | {"license_id": None, "resources": [], "notes": "", "extras": [URI]},
    ]
    packages.append(package("odd", title="Odd <b>&") | {"resources": [{"url": "https://o.example/a|b"}]})
    there.documents.update(ckan_pages(packages))
    harvest(source(there, kind="ckan"), at=at)
    client = visitor()
    for one in Dataset.objects.all():
        graph = Graph().parse(data=client.get(f"/data/{one.slug}/dcat.ttl").content, format="turtle")
        assert found_in(graph, *MUST) == []
        answer = client.get(f"/api/v1/datasets/{one.slug}/").json()
        assert (answer["revision"], answer["harvested_from"]) == (None, there.site)
        assert len(answer["original"]["files"]) == len(one.original.files)
        assert client.get(f"/data/{one.slug}/latest.csv").status_code == 404
        assert client.get(f"/data/{one.slug}/schema.json").status_code == 404
        assert client.get(f"/api/v1/datasets/{one.slug}/revisions/").json()["results"] == []
        assert client.get(one.get_absolute_url()).status_code == 200
        shown = client.get(f"/api/3/action/package_show?id={one.slug}").json()["result"]
        assert shown["num_resources"] == len(one.original.files)
    found = client.get("/api/3/action/package_search?facet.field=[%22license_id%22,%22res_format%22]").json()
    assert found["result"]["count"] == 3
    for asked in ("", "?q=plain", "?format=csv", "?theme=GOVE"):
        page = client.get(f"/data/{asked}")
        assert page.status_code == 200
        assert "Table plain" in page.content.decode()
    catalogue_page = Graph().parse(data=client.get("/data/catalog.ttl").content, format="turtle")
    assert len(list(catalogue_page.subjects(RDF_TERMS.type, DCAT.Dataset))) == 3
