"""SHACL shapes of DCAT-AP, and what they find in a graph."""

from functools import cache

from pyshacl import validate
from rdflib import Graph
from rdflib.namespace import SH

from tests.catalogue.reading import DATA

MUST = ("dcat-ap-3.0.1/shapes", "dcat-ap-3.0.1/range", "dcat-ap-3.0.1/deprecateduris")
RECOMMENDED = ("dcat-ap-3.0.1/shapes_recommended",)
HIGH_VALUE = ("dcat-ap-hvd-3.0.0/hvd-SHACL",)


@cache
def shapes(*names: str) -> Graph:
    graph = Graph()
    for name in names:
        graph.parse(DATA / f"{name}.ttl")
    return graph


def found_in(graph: Graph, *names: str) -> list[str]:
    """What the shapes find, of any severity: the thing, its property and the constraint."""
    _conforms, report, _text = validate(graph, shacl_graph=shapes(*names), inference="none")
    results = report.objects(None, SH.result)
    return sorted(
        " ".join(
            str(report.value(one, what))
            for what in (SH.focusNode, SH.resultPath, SH.sourceConstraintComponent)
        )
        for one in results
    )
