"""`package_search`: the subset of Solr's words that is understood, and facets."""

import re
from collections import Counter
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from civic.core.errors import Invalid
from datasets.catalogue.ckan.packages import LICENCES, packages
from datasets.catalogue.models import Dataset, Distribution
from datasets.catalogue.models.dataset import Datasets
from datasets.catalogue.queries import MOST_FOUND, cards, has_format, search_datasets
from datasets.catalogue.vocabularies import Format, Licence, Theme

ALL = ("", "*", "*:*")
CONDITION = re.compile(r'\+?(?P<field>\w+):(?:"(?P<quoted>[^"]*)"|(?P<plain>[^\s"()\[\]*?:]+))\s*(?:AND\s+)?')
# Words of another grammar; our own search would find something else by them.
IN_WORDS = re.compile(r"\b(name|title|notes|tags|organization|groups|license_id|res_format|id):\S")
SORTED = {
    "metadata_modified": "revised_at",
    "metadata_created": "created_at",
    "title": "title",
    "title_string": "title",
    "name": "slug",
    "id": "pk",
}
SCORE = ("score", "relevance", "rank")
FIELDS = ("organization", "groups", "tags", "license_id", "res_format")


def search(asked: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Datasets that fit, as CKAN answers, and what was cut. Always the same number of statements."""
    q, cut = asked["q"].strip(), []
    found = _narrowed(cards().select_related("publisher", "area", "original"), asked["fq"])
    order = _order(asked["sort"])
    begin, end = asked["start"], asked["start"] + asked["rows"]
    if q in ALL:
        count = found.count()
        page = list(found.order_by(*(order or ["-revised_at"]), "-pk")[begin:end]) if asked["rows"] else []
    else:
        ranked = _ranked(found, q, order)
        found, count = found.filter(pk__in=ranked), len(ranked)
        by_key = {one.pk: one for one in found.filter(pk__in=ranked[begin:end])}
        page = [by_key[key] for key in ranked[begin:end] if key in by_key]
        if count >= MOST_FOUND:
            cut.append(_("q finds the best %(most)d datasets") % {"most": MOST_FOUND})
    facets = _facets(found, asked) if asked["facet"] else {}
    result = {
        "count": count,
        "sort": asked["sort"] or "score desc, metadata_modified desc",
        "results": packages(page),
        "facets": {name: dict(counts) for name, counts in facets.items()},
        "search_facets": {
            name: {
                "title": name,
                "items": [{"name": one, "display_name": one, "count": n} for one, n in counts],
            }
            for name, counts in facets.items()
        },
    }
    return result, cut


def _ranked(found: Datasets, q: str, order: list[str]) -> list[UUID]:
    if IN_WORDS.search(q):
        raise Invalid(q=_("q takes words; conditions such as tags:trees belong into fq."))
    likeness = search_datasets(q)
    there = list(found.filter(pk__in=likeness).order_by(*order, "pk").values_list("pk", flat=True))
    if order:
        return there
    known = set(there)
    return [key for key in likeness if key in known]


def _narrowed(datasets: Datasets, fq: str) -> Datasets:
    rest = fq.strip()
    while rest:
        condition = CONDITION.match(rest)
        if condition is None or condition["field"] not in FIELDS:
            raise Invalid(
                fq=_(
                    "Conditions are FIELD:VALUE, joined by AND, with one of the fields %(names)s: not %(rest)s"
                )
                % {"names": ", ".join(FIELDS), "rest": rest[:200]}
            )
        value = condition["plain"] if condition["quoted"] is None else condition["quoted"]
        datasets = _condition(datasets, condition["field"], value)
        rest = rest[condition.end() :]
    return datasets


def _condition(datasets: Datasets, field: str, value: str) -> Datasets:
    if field == "organization":
        return datasets.filter(publisher__slug=value)
    if field == "tags":
        return datasets.filter(keywords__contains=[value])
    if field == "groups":
        return datasets.filter(theme=value.upper())
    if field == "license_id":
        return datasets.filter(licence__in=[one.value for one, name in LICENCES.items() if name == value])
    return datasets.filter(has_format(value))


def _order(sort: str) -> list[str]:
    """Expressions to order by; none is by likeness."""
    order: list[str] = []
    for part in filter(None, (one.strip() for one in sort.split(","))):
        name, _space, direction = part.partition(" ")
        if direction.strip().lower() not in ("", "asc", "desc") or name not in (*SORTED, *SCORE):
            raise Invalid(sort=_("Datasets cannot be sorted by %(what)s.") % {"what": part[:200]})
        if name in SCORE:
            # What follows decides between equals, of which there are none.
            return order
        order.append(f"-{SORTED[name]}" if direction.strip().lower() == "desc" else SORTED[name])
    return order


def _facets(found: QuerySet[Dataset], asked: dict[str, Any]) -> dict[str, list[tuple[str, int]]]:
    wanted = [name for name in asked["facet_field"] if name in FIELDS]
    if unknown := sorted(set(asked["facet_field"]) - set(FIELDS)):
        raise Invalid(facet_field=_("There is no facet %(name)s.") % {"name": unknown[0][:200]})
    counts = {name: Counter[str]() for name in wanted}
    if {"organization", "groups", "license_id", "tags"} & counts.keys():
        columns = found.order_by().values_list("publisher__slug", "theme", "licence", "keywords")
        for publisher, theme, licence, keywords in columns:
            values = {
                "organization": [publisher],
                "groups": [Theme(theme).lower()],
                "license_id": [LICENCES[Licence(licence)]] if licence else [],
                "tags": keywords,
            }
            for name in counts.keys() & values.keys():
                counts[name].update(values[name])
    if "res_format" in counts:
        latest = Dataset.objects.filter(pk=OuterRef("revision__dataset"), latest=OuterRef("revision__number"))
        files = Distribution.objects.filter(
            Exists(latest), revision__dataset__in=found.order_by().values("pk")
        )
        for form, count in files.order_by().values_list("format").annotate(count=Count("pk")):
            counts["res_format"][Format(form).label] = count
    return {name: counted.most_common(asked["facet_limit"]) for name, counted in counts.items()}
