"""Datasets of a graph in terms of DCAT (DCAT-AP 1 to 3)."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, RDFS, SKOS
from rdflib.term import Node

from datasets.catalogue.harvest import records
from datasets.catalogue.harvest.records import File, Record, address, text
from datasets.catalogue.vocabularies import Frequency, Theme

HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
SCHEMA = Namespace("http://schema.org/")
HVD = URIRef("http://data.europa.eu/r5r/hvdCategory")
SERIES = URIRef(f"{DCAT}DatasetSeries")
# The last one is of the first drafts of Hydra, which CKAN's extension for DCAT writes.
NEXT = (HYDRA.next, HYDRA.nextPage)


def next_page(graph: Graph) -> str:
    """The address of the page after this one; empty on the last."""
    return next((one for name in NEXT for one in sorted(map(str, graph.objects(None, name)))), "")


def total(graph: Graph) -> int | None:
    """How many datasets the catalogue has in all, where it says so."""
    found = [records.size(str(one)) for one in graph.objects(None, HYDRA.totalItems)]
    return found[0] if len(found) == 1 else None


def records_of(graph: Graph, language: str) -> Iterator[Record]:
    """Each dataset of the graph, in one order. Words in `language` where there are several."""
    for node in sorted(set(graph.subjects(RDF.type, DCAT.Dataset)), key=str):
        if (node, RDF.type, SERIES) not in graph:
            yield _Reader(graph, language).record(node)


class _Reader:
    """Reads things of one graph."""

    def __init__(self, graph: Graph, language: str) -> None:
        self.graph, self.language = graph, language

    def record(self, node: Node) -> Record:
        """A dataset as a record; one without any name cannot be known again, and is none."""
        uri = address(str(node)) if isinstance(node, URIRef) else ""
        identifier = text(self._one(node, DCTERMS.identifier), records.LONGEST_ADDRESS) or uri
        title = text(self._one(node, DCTERMS.title), records.LONGEST_TITLE)
        if not identifier:
            return Record("", title, fault=_("It has neither an identifier nor an address."))
        files = [
            file
            for one in sorted(self.graph.objects(node, DCAT.distribution), key=str)
            for file in self._files(one)
        ]
        licence = self._licence(node)
        period = self._node(node, DCTERMS.temporal)
        return records.checked(
            Record(
                identifier=identifier,
                title=title,
                description=records.cut(
                    records.plain(self._one(node, DCTERMS.description)), records.LONGEST_DESCRIPTION
                ),
                uri=uri,
                page=address(self._one(node, DCAT.landingPage)) or uri,
                publisher=self._publisher(node),
                licence=next(filter(None, map(records.licence_of, licence)), ""),
                licence_words=next((text(one, records.LONGEST_WORDS) for one in licence), ""),
                theme=next(
                    filter(None, (records.code_of(one, Theme) for one in self._all(node, DCAT.theme))), ""
                ),
                frequency=records.code_of(self._one(node, DCTERMS.accrualPeriodicity), Frequency),
                high_value_category=records.category(
                    self._all(node, HVD), next(filter(None, map(records.licence_of, licence)), "")
                ),
                keywords=records.keywords(self._all(node, DCAT.keyword)),
                first_day=self._day(period, DCAT.startDate, SCHEMA.startDate),
                last_day=self._day(period, DCAT.endDate, SCHEMA.endDate),
                modified=records.moment(self._one(node, DCTERMS.modified)),
                files=sorted(files, key=lambda file: (file.address, file.format))[: records.MOST_FILES],
            )
        )

    def _all(self, node: Node | None, name: URIRef) -> list[str]:
        """All values, in one order."""
        return sorted(str(one) for one in self.graph.objects(node, name)) if node is not None else []

    def _one(self, node: Node | None, name: URIRef) -> str:
        """One value: in the language, else in English, else without one, else the first in order."""
        if node is None:
            return ""

        def rank(one: Node) -> tuple[int, str]:
            spoken = (one.language or "").lower().partition("-")[0] if isinstance(one, Literal) else ""
            order = [self.language, "en", ""]
            return order.index(spoken) if spoken in order else len(order), str(one)

        return next((str(one) for one in sorted(self.graph.objects(node, name), key=rank)), "")

    def _node(self, node: Node, name: URIRef) -> Node | None:
        return next(iter(sorted(self.graph.objects(node, name), key=str)), None)

    def _day(self, period: Node | None, *names: URIRef) -> Any:
        return next(filter(None, (records.day(self._one(period, name)) for name in names)), None)

    def _publisher(self, node: Node) -> str:
        found = self._node(node, DCTERMS.publisher)
        return text(self._one(found, FOAF.name) or self._one(found, SKOS.prefLabel), records.LONGEST_WORDS)

    def _licence(self, node: Node) -> list[str]:
        """Of the dataset, else of its files where they all say the same."""
        if own := self._all(node, DCTERMS.license):
            return own
        files = [self._all(one, DCTERMS.license) for one in self.graph.objects(node, DCAT.distribution)]
        return files[0] if files and all(one == files[0] for one in files) else []

    def _files(self, node: Node) -> Iterator[File]:
        where = address(self._one(node, DCAT.downloadURL)) or address(self._one(node, DCAT.accessURL))
        if not where:
            return
        form = self._node(node, DCTERMS.format)
        said = self._one(form, RDFS.label) or str(form or "").rstrip("/").rpartition("/")[2]
        media = self._one(node, DCAT.mediaType).partition("media-types/")
        yield File(
            where,
            title=text(self._one(node, DCTERMS.title), 200),
            format=text(said, 40),
            media_type=text(media[2] or media[0], 100),
            size=records.size(self._one(node, DCAT.byteSize)),
        )
