"""The catalogue of Aldermere is right by the shapes of DCAT-AP, all of it."""

import pytest
from rdflib import Graph
from rdflib.namespace import DCAT, RDF

from datasets.catalogue.models import Dataset
from tests.catalogue.shapes import HIGH_VALUE, MUST, RECOMMENDED, found_in
from tests.visiting import visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_city")]


def described(address: str) -> Graph:
    kind = {"ttl": "turtle", "jsonld": "json-ld"}[address.rpartition(".")[2]]
    return Graph().parse(data=visitor().get(address).content, format=kind)


@pytest.mark.parametrize("form", ["ttl", "jsonld"])
def test_no_shape_is_violated_in_the_whole_catalogue(form: str) -> None:
    graph = described(f"/data/catalog.{form}")
    assert len(set(graph.subjects(RDF.type, DCAT.Dataset))) == Dataset.objects.listed().count() >= 3
    assert found_in(graph, *MUST) == []
    assert [one for one in found_in(graph, *RECOMMENDED) if "#catalogue " in one] == []


def test_high_value_data_fits_its_profile() -> None:
    flagged = Dataset.objects.listed().exclude(high_value_category="")
    assert flagged.count() >= 2
    for one in flagged:
        assert found_in(described(f"/data/{one.slug}/dcat.ttl"), *MUST, *HIGH_VALUE) == []


def test_complete_descriptions_lack_nothing_that_is_recommended() -> None:
    complete = [one for one in Dataset.objects.listed() if not one.undescribed]
    assert len(complete) >= 2
    for one in complete:
        assert found_in(described(f"/data/{one.slug}/dcat.ttl"), *RECOMMENDED) == []
