"""Catalogues on another machine as tests harvest them, and harvests as workers carry them out."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from civic.accounts import groups
from civic.accounts.models import Organisation, Person
from civic.core import clock
from datasets.catalogue.models import Harvest, HarvestStep, Source
from datasets.catalogue.operations import harvesting, sources
from datasets.catalogue.vocabularies import Theme
from tests.catalogue.elsewhere import Answer, Machine
from tests.factories import accounts

PREFIXES = """@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix hydra: <http://www.w3.org/ns/hydra/core#> .
"""


def steward() -> Person:
    return accounts.staff(groups.DATA_STEWARDS)


def source(
    machine: Machine,
    *,
    kind: str = "dcat",
    path: str = "",
    publisher: Organisation | None = None,
    **more: Any,
) -> Source:
    """A source of that machine."""
    return sources.add_source(
        actor=more.pop("actor", None) or steward(),
        title=more.pop("title", f"Catalogue {machine.port}{path}"),
        kind=kind,
        address=machine.site + path,
        publisher=publisher or accounts.organisation(),
        theme=Theme.GOVE,
        at=more.pop("at", None) or clock.now(),
    )


def harvest(of: Source, *, at: datetime | None = None) -> Harvest:
    """The next harvest, as far as workers carry it out."""
    at = at or clock.now()
    of.refresh_from_db()
    sources.harvest_now(actor=steward(), source=of, at=at)
    work(at)
    return Harvest.objects.filter(source=of).latest("begun_at", "pk")


def work(at: datetime) -> None:
    """What workers do for harvests, at once, also what is to be tried again later."""
    for _try in range(6):
        harvesting.run_steps(at=at)
        if not HarvestStep.objects.open().update(due_at=at):
            return


def counts(one: Harvest) -> dict[str, int]:
    """What is not nothing."""
    names = ("created", "updated", "unchanged", "linked", "removed", "failed")
    return {name: count for name in names if (count := getattr(one, name))}


def turtle(*names: str, more: str = "", files: bool = True, **changes: str) -> Answer:
    """A catalogue as Turtle with a dataset of each name; `changes` are titles by name."""
    found = PREFIXES + more
    for name in names:
        uri = f"https://other.example/{name}"
        found += f"""<{uri}> a dcat:Dataset ; dct:identifier "{name}" ;
            dct:title "{changes.get(name, f"Table {name}")}"@en ; dct:description "What {name} is." ;
            dct:modified "2026-01-02T03:04:05Z"^^xsd:dateTime ; dcat:keyword "b", "a" ;
            dct:publisher [ foaf:name "The other city" ] ; dcat:landingPage <{uri}/page> .
        """
        if files:
            found += f"""<{uri}> dcat:distribution [ a dcat:Distribution ; dct:title "All of it" ;
                dcat:accessURL <{uri}/page> ; dcat:downloadURL <{uri}.csv> ; dcat:byteSize 42 ;
                dct:license <http://creativecommons.org/licenses/by/4.0/> ;
                dct:format <http://publications.europa.eu/resource/authority/file-type/CSV> ] .
            """
    return "text/turtle", found.encode()


def package(name: str, **more: Any) -> dict[str, Any]:
    """A package of CKAN."""
    said: dict[str, Any] = {
        "id": name,
        "name": name,
        "title": f"Table {name}",
        "notes": f"What {name} is.",
        "license_id": "cc-by-4.0",
        "metadata_modified": "2026-01-02T03:04:05.678",
        "organization": {"title": "The other city"},
        "tags": [{"name": "b"}, {"name": "a"}],
        "extras": [],
        "resources": [
            {"url": f"https://other.example/{name}.csv", "name": "All of it", "format": "CSV", "size": "42"}
        ],
    }
    return said | more


def ckan(packages: Sequence[Any], *, count: int | None = None, page: int = 100) -> Mapping[str, Answer]:
    """The pages of package_search."""
    pages: dict[str, Answer] = {}
    for start in range(0, max(1, len(packages)), page):
        result = {
            "count": len(packages) if count is None else count,
            "results": packages[start : start + page],
        }
        address = f"/api/3/action/package_search?rows=100&start={start}&sort=id+asc"
        pages[address] = "application/json", json.dumps({"success": True, "result": result}).encode()
    return pages
