"""Terms of the EU's authority tables and of ADMS that descriptions use, with what DCAT-AP wants to know of each.

DCAT-AP and its profile for high-value data check that each thing is typed and that concepts have labels, also where
everybody knows them: they are told inline.
"""

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, PROV, RDF, RDFS, SKOS, XSD

from civic.accounts.models import Organisation
from datasets.catalogue.vocabularies import AccessLevel, Format, Licence, Theme

AUTHORITY = "http://publications.europa.eu/resource/authority/"
ADMS_TERMS = "http://purl.org/adms/"
DCATAP = Namespace("http://data.europa.eu/r5r/")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
# Of DCAT 3; rdflib knows DCAT 2.
SERIES, IN_SERIES = URIRef(f"{DCAT}DatasetSeries"), URIRef(f"{DCAT}inSeries")
VERSION = URIRef(f"{DCAT}version")
WKT = URIRef("http://www.opengis.net/ont/geosparql#wktLiteral")
PREFIXES = {
    "dcat": DCAT,
    "dcatap": DCATAP,
    "dct": DCTERMS,
    "eli": ELI,
    "foaf": FOAF,
    "hydra": HYDRA,
    "prov": PROV,
    "rdfs": RDFS,
    "skos": SKOS,
    "spdx": SPDX,
    "vcard": VCARD,
    "xsd": XSD,
}
HIGH_VALUE_LAW = URIRef("http://data.europa.eu/eli/reg_impl/2023/138/oj")
# Of the EU's table access-right.
ACCESS_RIGHTS = {
    AccessLevel.OPEN: "PUBLIC",
    AccessLevel.REGISTERED: "RESTRICTED",
    AccessLevel.ON_REQUEST: "RESTRICTED",
    AccessLevel.BY_ORDER: "NON_PUBLIC",
}
THEMES = URIRef(f"{AUTHORITY}data-theme")
STABLE = URIRef(f"{AUTHORITY}planned-availability/STABLE")
LANGUAGES = {
    "de": "DEU",
    "el": "ELL",
    "en": "ENG",
    "es": "SPA",
    "fr": "FRA",
    "it": "ITA",
    "nl": "NLD",
    "pl": "POL",
}
FILE_TYPES = {Format.CSV: "CSV", Format.PARQUET: "PARQUET"}
LICENCE_TYPES = {
    Licence.CC0: ("PublicDomain", "Public domain"),
    Licence.CC_BY: ("Attribution", "Attribution"),
    Licence.CC_BY_SA: ("ViralEffect-ShareAlike", "Share alike"),
    Licence.ODBL: ("ViralEffect-ShareAlike", "Share alike"),
}
PUBLISHER_TYPES = {
    Organisation.Kind.BUSINESS: ("Company", "Company"),
    Organisation.Kind.COMMUNITY: ("NonGovernmentalOrganisation", "Non-governmental organisation"),
    Organisation.Kind.UNIVERSITY: ("Academia-ScientificOrganisation", "Academia or scientific organisation"),
    Organisation.Kind.DEPARTMENT: ("LocalAuthority", "Local authority"),
}


def blank_graph() -> Graph:
    """One that writes our prefixes and no others."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph


def concept(graph: Graph, address: str, label: object) -> URIRef:
    """A concept with its label."""
    term = typed(graph, address, SKOS.Concept)
    graph.add((term, SKOS.prefLabel, Literal(str(label))))
    return term


def typed(graph: Graph, address: str, kind: URIRef) -> URIRef:
    """A thing of which the type is said."""
    term = URIRef(address)
    graph.add((term, RDF.type, kind))
    return term


def theme(graph: Graph, code: str) -> URIRef:
    """A theme of the EU's table."""
    return concept(graph, f"{AUTHORITY}data-theme/{code}", Theme(code).label)


def access_right(graph: Graph, level: str) -> URIRef:
    """Who may read: public, restricted or non-public."""
    code = ACCESS_RIGHTS[AccessLevel(level)]
    return typed(graph, f"{AUTHORITY}access-right/{code}", DCTERMS.RightsStatement)


def licence(graph: Graph, address: str) -> URIRef:
    """The licence, and of which kind it is."""
    kind, label = LICENCE_TYPES[Licence(address)]
    term = typed(graph, address, DCTERMS.LicenseDocument)
    graph.add((term, DCTERMS.type, concept(graph, f"{ADMS_TERMS}licencetype/{kind}", label)))
    return term
