"""Reads a whole catalogue, page by page, or says why it cannot be read: half of one would look like removals."""

import time
from collections.abc import Iterator
from urllib.parse import urlencode, urljoin

from django.utils.translation import gettext as _

from civic.core import outgoing
from datasets.catalogue.harvest import ckan, dcat
from datasets.catalogue.harvest.graphs import ACCEPT, graph_of
from datasets.catalogue.harvest.records import Record, Unreadable

# Of one catalogue, over all its pages.
MOST_RECORDS, MOST_PAGES, SECONDS = 20_000, 400, 300
ROWS = 100


def read(kind: str, address: str, language: str) -> list[Record]:
    """Every record of the catalogue. Raises Unreachable, Unreadable."""
    pages = _ckan(address) if kind == "ckan" else _dcat(address, language)
    end, found = time.monotonic() + SECONDS, []
    for number, page in enumerate(pages, 1):
        found += page
        if len(found) > MOST_RECORDS or number > MOST_PAGES:
            words = _("The catalogue has more than the %(most)d datasets that we take over.")
            raise Unreadable(words % {"most": MOST_RECORDS})
        if time.monotonic() > end:
            raise Unreadable(_("The catalogue took more than the five minutes that we give it."))
    return _once(found)


def _once(found: list[Record]) -> list[Record]:
    """What the catalogue has twice under one identifier is taken over once; the second is told."""
    known: set[str] = set()
    for place, one in enumerate(found):
        if one.identifier and one.identifier in known and not one.fault:
            fault = _("Its identifier is that of another dataset of this catalogue.")
            found[place] = Record(one.identifier, one.title, fault=fault)
        known.add(one.identifier)
    return found


def _ckan(address: str) -> Iterator[list[Record]]:
    site, start = address.rstrip("/"), 0
    while True:
        asked = urlencode({"rows": ROWS, "start": start, "sort": "id asc"})
        document = outgoing.fetch(f"{site}/api/3/action/package_search?{asked}", accept="application/json")
        count, packages = ckan.page_of(document.content)
        yield [ckan.record_of(one, site) for one in packages]
        start += len(packages)
        if start >= count:
            return
        if not packages:
            words = _("It says that it has %(count)d datasets, and has given %(found)d.")
            raise Unreadable(words % {"count": count, "found": start})


def _dcat(address: str, language: str) -> Iterator[list[Record]]:
    seen: set[str] = set()
    names: set[str] = set()
    total, count = None, 0
    while address and address not in seen:
        seen.add(address)
        document = outgoing.fetch(address, accept=ACCEPT)
        graph = graph_of(document.content, document.media_type, document.address)
        # A dataset that other pages name, too, is one.
        page = [
            one for one in dcat.records_of(graph, language) if one.identifier not in names or len(seen) == 1
        ]
        yield page
        names |= {one.identifier for one in page}
        count += len(page)
        total = dcat.total(graph) if total is None else total
        following = dcat.next_page(graph)
        address = urljoin(document.address, following) if following else ""
    if total is not None and count < total:
        words = _("It says that it has %(count)d datasets, and has given %(found)d.")
        raise Unreadable(words % {"count": total, "found": count})
