"""Datasets and the catalogue for programs: DCAT-AP as Turtle and JSON-LD, Table Schema, CSVW.

A draft is not there (404), also for those who write it; a withdrawn dataset is gone (410), with its reason.
"""

import hashlib
import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe
from rdflib import Graph

from civic.core.access import PUBLIC, access
from datasets.catalogue import descriptors, queries
from datasets.catalogue.descriptors import terms
from datasets.catalogue.descriptors.addresses import whole
from datasets.catalogue.models import Dataset, Revision

# rdflib writes Turtle in more than linear time; in pages of this size a whole catalogue is linear.
PAGE = 100
TURTLE, JSON_LD, CSVM = "text/turtle", "application/ld+json", "application/csvm+json"
FORMATS = {"ttl": TURTLE, "jsonld": JSON_LD}
OFFERED = ("text/html", *FORMATS.values())


@access(PUBLIC)
@require_safe
def dataset(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """A dataset as DCAT-AP."""
    return dataset_as(request, queries.public_dataset(slug), _named(form))


@access(PUBLIC)
@require_safe
def catalogue(request: HttpRequest, form: str) -> HttpResponse:
    """A page of the catalogue as DCAT-AP, with the addresses of the others in terms of Hydra."""
    return catalogue_as(request, _named(form))


@access(PUBLIC)
@require_safe
def table_schema(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """The Table Schema of a revision, by default of the newest."""
    _dataset, revision = _revision(slug, number)
    return _answer(request, json.dumps(revision.public_schema, ensure_ascii=False), "application/json")


@access(PUBLIC)
@require_safe
def csvw(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """The CSVW metadata of a revision, by default of the newest."""
    found, revision = _revision(slug, number)
    return _answer(request, json.dumps(descriptors.csvw(found, revision), ensure_ascii=False), CSVM)


def wanted(request: HttpRequest) -> str:
    """The format of `OFFERED` that the reader likes best; a page for who says nothing, or nothing that is there."""
    return request.get_preferred_type(OFFERED) or OFFERED[0]


def negotiated(response: HttpResponse) -> HttpResponse:
    """The answer of an address that has several formats: a cache keeps one for each."""
    patch_vary_headers(response, ["Accept"])
    return response


def dataset_as(request: HttpRequest, found: Dataset, media_type: str) -> HttpResponse:
    """DCAT-AP of one dataset."""
    [described] = queries.described([found])
    return _graph(request, descriptors.one_dataset(described), media_type)


def catalogue_as(request: HttpRequest, media_type: str) -> HttpResponse:
    """DCAT-AP of a page of the catalogue. Raises NotFound beyond the last."""
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 0
    page = queries.catalogue_page(number, size=PAGE)
    last = max(1, -(-page.total // PAGE))
    numbers = {"self": number, "first": 1, "last": last}
    numbers |= {"previous": number - 1} if number > 1 else {}
    numbers |= {"next": number + 1} if number < last else {}
    ending = next(one for one, kind in FORMATS.items() if kind == media_type)
    base = whole(reverse("catalogue:catalogue", args=[ending]))
    pages = {relation: f"{base}?page={one}" for relation, one in numbers.items()}
    return _graph(request, descriptors.catalogue_page(page, pages), media_type)


def _named(form: str) -> str:
    if form not in FORMATS:
        raise Http404
    return FORMATS[form]


def _revision(slug: str, number: int | None) -> tuple[Dataset, Revision]:
    found = queries.public_dataset(slug)
    revision = queries.shown(found, found.latest if number is None else number)
    if revision is None:
        raise Http404
    return found, revision


def _graph(request: HttpRequest, graph: Graph, media_type: str) -> HttpResponse:
    if media_type == TURTLE:
        return _answer(request, graph.serialize(format="turtle"), TURTLE)
    context: dict[str, Any] = {prefix: str(namespace) for prefix, namespace in terms.PREFIXES.items()}
    text = graph.serialize(format="json-ld", context=context, auto_compact=False, sort_keys=True)
    return _answer(request, text, JSON_LD)


def _answer(request: HttpRequest, text: str, media_type: str) -> HttpResponse:
    """With a digest as its tag: who has it already asks and gets nothing."""
    content = text.encode()
    named = f"{media_type}; charset=utf-8" if media_type == TURTLE else media_type
    tag = f'"{hashlib.sha256(content).hexdigest()}"'
    response = HttpResponse(content, content_type=named, headers={"ETag": tag})
    return get_conditional_response(request, etag=tag, response=response) or response
