"""DCAT-AP 3.0.1: a dataset, or a page of the catalogue, as a graph."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, PROV, RDF, RDFS, SKOS, XSD
from rdflib.term import Node

from civic.accounts.models import Area, Organisation
from datasets.catalogue.descriptors import addresses, terms
from datasets.catalogue.descriptors.addresses import whole
from datasets.catalogue.descriptors.places import box_of
from datasets.catalogue.models import Dataset, Distribution, Revision, Series
from datasets.catalogue.queries import CataloguePage, Described
from datasets.catalogue.vocabularies import Format, HighValue, Licence

IANA = "https://www.iana.org/assignments/media-types/"


def one_dataset(described: Described) -> Graph:
    """A dataset with its newest revision."""
    graph = terms.blank_graph()
    with override(settings.LANGUAGE_CODE):
        _dataset(graph, described)
    return graph


def catalogue_page(page: CataloguePage, pages: Mapping[str, str]) -> Graph:
    """The catalogue with the datasets of one page. `pages`: addresses of this one (`self`) and others, by relation."""
    graph = terms.blank_graph()
    with override(settings.LANGUAGE_CODE):
        catalogue = _catalogue(graph, page)
        for one in page.datasets:
            graph.add((catalogue, DCAT.dataset, _dataset(graph, one)))
    view = terms.typed(graph, pages["self"], terms.HYDRA.PartialCollectionView)
    graph.add((catalogue, terms.HYDRA.view, view))
    for relation in ("first", "previous", "next", "last"):
        if relation in pages:
            graph.add((view, terms.HYDRA[relation], URIRef(pages[relation])))
    return graph


def _catalogue(graph: Graph, page: CataloguePage) -> URIRef:
    catalogue = terms.typed(graph, addresses.catalogue_uri(), DCAT.Catalog)
    home = terms.typed(graph, whole(reverse("catalogue:browse")), FOAF.Document)
    words = _("Tables that the city and its organisations publish.")
    publisher = terms.typed(graph, f"{settings.SITE_URL}/#exchange", FOAF.Agent)
    graph.add((publisher, FOAF.name, Literal(_("Civic Exchange"))))
    kind, label = terms.PUBLISHER_TYPES[Organisation.Kind.DEPARTMENT]
    graph.add(
        (publisher, DCTERMS.type, terms.concept(graph, f"{terms.ADMS_TERMS}publishertype/{kind}", label))
    )
    scheme = terms.typed(graph, str(terms.THEMES), SKOS.ConceptScheme)
    graph.add((scheme, DCTERMS.title, Literal("Data theme")))
    said = [
        (RDF.type, terms.HYDRA.Collection),
        (terms.HYDRA.totalItems, Literal(page.total)),
        (DCTERMS.title, Literal(_("Data"))),
        (DCTERMS.description, Literal(words)),
        (DCTERMS.publisher, publisher),
        (DCTERMS.license, terms.licence(graph, Licence.CC0)),
        (DCTERMS.language, _language(graph)),
        (DCAT.themeTaxonomy, scheme),
        (FOAF.homepage, home),
    ]
    if page.issued and page.modified:
        said += [(DCTERMS.issued, Literal(page.issued)), (DCTERMS.modified, Literal(page.modified))]
    said += [(DCTERMS.spatial, _place(graph, area)) for area in page.city]
    _say(graph, catalogue, said)
    return catalogue


def _language(graph: Graph) -> URIRef:
    code = terms.LANGUAGES[settings.LANGUAGE_CODE.partition("-")[0]]
    return terms.typed(graph, f"{terms.AUTHORITY}language/{code}", DCTERMS.LinguisticSystem)


def _dataset(graph: Graph, described: Described) -> URIRef:
    dataset = described.dataset
    page = whole(dataset.get_absolute_url())
    node = terms.typed(graph, addresses.dataset_uri(dataset), DCAT.Dataset)
    said = [
        (DCTERMS.identifier, Literal(dataset.identifier or page)),
        (DCTERMS.title, Literal(dataset.title)),
        # Some catalogues leave it out, which the shapes do not.
        (DCTERMS.description, Literal(dataset.description or dataset.title)),
        (DCTERMS.publisher, _publisher(graph, dataset.publisher)),
        (DCTERMS.issued, Literal(described.issued)),
        (DCTERMS.accessRights, terms.access_right(graph, dataset.access_level)),
        (DCAT.contactPoint, _contact(graph, dataset)),
        (DCAT.theme, terms.theme(graph, dataset.theme)),
        (DCAT.landingPage, terms.typed(graph, page, FOAF.Document)),
        *(_revised(graph, dataset, described.revision) if described.revision else _harvested(graph, dataset)),
    ]
    if dataset.frequency:
        address = f"{terms.AUTHORITY}frequency/{dataset.frequency}"
        said.append((DCTERMS.accrualPeriodicity, terms.typed(graph, address, DCTERMS.Frequency)))
    if dataset.series:
        said.append((terms.IN_SERIES, _series(graph, dataset.series)))
    said += [(DCAT.keyword, Literal(word)) for word in dataset.keywords]
    if dataset.area:
        said.append((DCTERMS.spatial, _place(graph, dataset.area)))
    if dataset.first_day or dataset.last_day:
        said.append((DCTERMS.temporal, _period(graph, dataset)))
    if dataset.high_value_category:
        label = HighValue(dataset.high_value_category).label
        said.append((terms.DCATAP.hvdCategory, terms.concept(graph, dataset.high_value_category, label)))
        said.append((terms.DCATAP.applicableLegislation, _law(graph)))
    _say(graph, node, said)
    return node


def _revised(graph: Graph, dataset: Dataset, revision: Revision) -> list[tuple[URIRef, Node]]:
    """Its newest revision, with the files of that."""
    files = [_distribution(graph, dataset, revision, file) for file in revision.distributions.all()]
    return [
        (DCTERMS.modified, Literal(revision.published_at)),
        (terms.VERSION, Literal(str(revision.number))),
        *[(DCAT.distribution, file) for file in files],
    ]


def _harvested(graph: Graph, dataset: Dataset) -> list[tuple[URIRef, Node]]:
    """Where it comes from, and where its catalogue says that its files are."""
    original = dataset.original
    said: list[tuple[URIRef, Node]] = [(DCTERMS.modified, Literal(dataset.revised_at))]
    if original.uri:
        # dct:source wants a Dataset, of which others would think that we describe it.
        said.append((PROV.wasDerivedFrom, terms.typed(graph, addresses.iri(original.uri), RDFS.Resource)))
    if original.page:
        said.append((DCAT.landingPage, terms.typed(graph, addresses.iri(original.page), FOAF.Document)))
    page = whole(dataset.get_absolute_url())
    for place, file in enumerate(original.files, 1):
        node = terms.typed(graph, f"{page}#file-{place}", DCAT.Distribution)
        where = terms.typed(graph, addresses.iri(file["address"]), RDFS.Resource)
        about: list[tuple[URIRef, Node]] = [
            (DCTERMS.title, Literal(file["title"] or dataset.title)),
            (DCTERMS.description, Literal(f"{file['title'] or dataset.title} {file['format']}".strip())),
            (DCAT.accessURL, where),
        ]
        if file["size"] is not None:
            about.append((DCAT.byteSize, Literal(file["size"], datatype=XSD.nonNegativeInteger)))
        if dataset.licence:
            about.append((DCTERMS.license, terms.licence(graph, dataset.licence)))
        if dataset.high_value_category:
            about.append((terms.DCATAP.applicableLegislation, _law(graph)))
        _say(graph, node, about)
        said.append((DCAT.distribution, node))
    return said


def _series(graph: Graph, series: Series) -> URIRef:
    node = terms.typed(graph, addresses.series_uri(series), terms.SERIES)
    graph.add((node, DCTERMS.title, Literal(series.title)))
    graph.add((node, DCTERMS.description, Literal(series.description or series.title)))
    return node


def _say(graph: Graph, node: URIRef, said: Iterable[tuple[URIRef, Node]]) -> None:
    for what, value in said:
        graph.add((node, what, value))


def _law(graph: Graph) -> URIRef:
    return terms.typed(graph, str(terms.HIGH_VALUE_LAW), terms.ELI.LegalResource)


def _publisher(graph: Graph, publisher: Organisation) -> URIRef:
    node = terms.typed(graph, addresses.organisation_uri(publisher), FOAF.Agent)
    kind, label = terms.PUBLISHER_TYPES[Organisation.Kind(publisher.kind)]
    graph.add((node, FOAF.name, Literal(publisher.name)))
    graph.add((node, DCTERMS.type, terms.concept(graph, f"{terms.ADMS_TERMS}publishertype/{kind}", label)))
    return node


def _contact(graph: Graph, dataset: Dataset) -> URIRef:
    """The organisation, never a person: its name and a page that is public already."""
    publisher = dataset.publisher
    node = terms.typed(graph, whole(publisher.get_absolute_url()) + "#contact", terms.VCARD.Organization)
    graph.add((node, RDF.type, terms.VCARD.Kind))
    graph.add((node, terms.VCARD.fn, Literal(publisher.name)))
    page = terms.typed(graph, addresses.contact_page(dataset), RDFS.Resource)
    graph.add((node, terms.VCARD.hasURL, page))
    return node


def _place(graph: Graph, area: Area) -> URIRef:
    node = terms.typed(graph, addresses.area_uri(area), DCTERMS.Location)
    graph.add((node, SKOS.prefLabel, Literal(area.name)))
    if box := box_of(area):
        graph.add((node, DCAT.bbox, Literal(box.polygon, datatype=terms.WKT)))
        graph.add((node, DCAT.centroid, Literal(box.centre, datatype=terms.WKT)))
    return node


def _period(graph: Graph, dataset: Dataset) -> URIRef:
    node = terms.typed(graph, whole(dataset.get_absolute_url()) + "#period", DCTERMS.PeriodOfTime)
    for what, day in ((DCAT.startDate, dataset.first_day), (DCAT.endDate, dataset.last_day)):
        if day:
            graph.add((node, what, Literal(day)))
    return node


def _distribution(graph: Graph, dataset: Dataset, revision: Revision, file: Distribution) -> URIRef:
    node = terms.typed(graph, addresses.distribution_uri(file, revision), DCAT.Distribution)
    form = Format(file.format)
    # What is not open is asked for on the page; an address that refuses is no download.
    way = file if dataset.is_open else dataset
    address = terms.typed(graph, whole(way.get_absolute_url()), RDFS.Resource)
    kind = f"{terms.AUTHORITY}file-type/{terms.FILE_TYPES[form]}"
    media = IANA + file.media_type.partition(";")[0]
    words = _("%(title)s, revision %(number)s as %(format)s")
    words %= {"title": dataset.title, "number": revision.number, "format": form.label}
    said = [
        (DCTERMS.title, Literal(f"{dataset.title}, {form.label}")),
        (DCTERMS.description, Literal(words)),
        (DCAT.accessURL, address),
        (DCTERMS.format, terms.typed(graph, kind, DCTERMS.MediaTypeOrExtent)),
        (DCAT.mediaType, terms.typed(graph, media, DCTERMS.MediaType)),
        (DCTERMS.license, terms.licence(graph, dataset.licence)),
        (DCTERMS.issued, Literal(revision.published_at)),
        (terms.DCATAP.availability, terms.concept(graph, str(terms.STABLE), "Stable")),
    ]
    if dataset.is_open:
        said.append((DCAT.downloadURL, address))
        # By size and digest anybody finds out which of few possible tables it is.
        said.append((DCAT.byteSize, Literal(file.size, datatype=XSD.nonNegativeInteger)))
        said.append((terms.SPDX.checksum, _checksum(graph, node, file)))
    if form == Format.CSV:
        schema = whole(reverse("catalogue:table-schema", args=[dataset.slug, revision.number]))
        said.append((DCTERMS.conformsTo, terms.typed(graph, schema, DCTERMS.Standard)))
    if dataset.high_value_category:
        said.append((terms.DCATAP.applicableLegislation, _law(graph)))
    _say(graph, node, said)
    return node


def _checksum(graph: Graph, node: URIRef, file: Distribution) -> URIRef:
    checksum = terms.typed(graph, f"{node}-sha256", terms.SPDX.Checksum)
    graph.add((checksum, terms.SPDX.algorithm, terms.SPDX.checksumAlgorithm_sha256))
    graph.add((checksum, terms.SPDX.checksumValue, Literal(file.sha256, datatype=XSD.hexBinary)))
    return checksum
