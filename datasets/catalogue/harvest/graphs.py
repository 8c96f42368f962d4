"""RDF as it comes over the wire, read without asking any other machine for what it names."""

import json
import logging
from typing import Any
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

import defusedxml.sax
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _
from rdflib import Graph
from rdflib.exceptions import Error as RdfError

from datasets.catalogue.harvest.records import Unreadable

TURTLE, JSON_LD, RDF_XML = "turtle", "json-ld", "xml"
FORMATS = {
    "text/turtle": TURTLE,
    "application/x-turtle": TURTLE,
    "text/n3": TURTLE,
    "application/ld+json": JSON_LD,
    "application/json": JSON_LD,
    "application/rdf+xml": RDF_XML,
    "application/xml": RDF_XML,
    "text/xml": RDF_XML,
}
ENDINGS = {".ttl": TURTLE, ".jsonld": JSON_LD, ".json": JSON_LD, ".rdf": RDF_XML, ".xml": RDF_XML}
ACCEPT = "text/turtle, application/ld+json;q=0.9, application/rdf+xml;q=0.8"
# The parsers of rdflib raise whatever they meet.
BROKEN = (
    *(DefusedXmlException, SAXException, RdfError, SyntaxError),
    *(ValueError, LookupError, TypeError, AttributeError, AssertionError, ArithmeticError),
)
# rdflib tells of each literal that is not of its type; what is wrong with a record is told where it is taken over.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)


def graph_of(content: bytes, media_type: str, address: str) -> Graph:
    """The graph of a document. Raises Unreadable, also where it wants to have another document read."""
    path = address.partition("?")[0].lower()
    form = FORMATS.get(media_type) or next(
        (form for ending, form in ENDINGS.items() if path.endswith(ending)), None
    )
    if form is None:
        raise Unreadable(
            _("This is %(type)s, and neither Turtle nor JSON-LD nor RDF/XML.") % {"type": media_type[:100]}
        )
    try:
        _asks_nobody(content, form)
        return Graph().parse(data=content, format=form, publicID=address)
    except RecursionError:
        raise Unreadable(_("It is nested too deeply.")) from None
    except BROKEN as wrong:
        raise _unreadable(wrong) from None


def _unreadable(wrong: Exception) -> Unreadable:
    why = f"{type(wrong).__name__}: {' '.join(str(wrong).split())}"
    return Unreadable(_("It cannot be read: %(why)s") % {"why": why[:300]})


def _asks_nobody(content: bytes, form: str) -> None:
    """Refuses documents that make their reader ask for others, or grow: contexts elsewhere, entities, DTDs."""
    if form == RDF_XML:
        # rdflib's own reader knows entities.
        defusedxml.sax.parseString(content, ContentHandler(), forbid_dtd=True)
    if form == JSON_LD and _names_context(json.loads(content)):
        raise Unreadable(_("Its JSON-LD has a context at another address, which we do not fetch."))


def _names_context(found: Any) -> bool:
    """Whether a context is named by its address anywhere, not only where contexts are applied."""
    waiting = [found]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            waiting += one.values()
            contexts = one.get("@context", [])
            named = contexts if isinstance(contexts, list) else [contexts]
            if "@import" in one or any(isinstance(each, str) for each in named):
                return True
    return False
