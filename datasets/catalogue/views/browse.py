"""The list of datasets, and one of them with its revisions."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from civic.core import clock
from civic.core.access import PUBLIC, access
from civic.core.policies import may
from datasets.catalogue import dataset_page, descriptors, permissions, queries
from datasets.catalogue.forms import FilterForm
from datasets.catalogue.models import Dataset, Revision
from datasets.catalogue.permissions import Reader, Scope
from datasets.catalogue.queries import is_followed
from datasets.catalogue.states import DatasetState
from datasets.catalogue.views import descriptions
from datasets.catalogue.views.descriptions import negotiated
from datasets.catalogue.views.seen import visible

NUMBERS = ("integer", "number")
# The types of Table Schema in a reader's words.
TYPE_WORDS = {
    "string": gettext_lazy("text"),
    "boolean": gettext_lazy("true or false"),
    "integer": gettext_lazy("whole number"),
    "number": gettext_lazy("number"),
    "date": gettext_lazy("day"),
    "datetime": gettext_lazy("date and time"),
    "time": gettext_lazy("time"),
    "geojson": gettext_lazy("place (GeoJSON)"),
}


@access(PUBLIC)
@require_safe
def browse(request: HttpRequest) -> HttpResponse:
    """Filter and search; a plain GET, and with htmx only the results move. For programs the catalogue as DCAT-AP."""
    if (wanted := descriptions.wanted(request)) in descriptions.FORMATS.values():
        return negotiated(descriptions.catalogue_as(request, wanted))
    form = FilterForm(request.GET, facets=queries.facets())
    filters, after = form.filters(), request.GET.get("after", "")
    page = queries.listed(filters, after=after)
    context = {
        "form": form,
        "chips": form.chips(),
        "page": page,
        "next_href": form.address(after=page.next) if page.next else "",
        "first_href": form.address() if after else "",
        "drafts": queries.drafts_of(request.user),
    }
    return negotiated(render(request, "catalogue/browse.html", context))


@access(PUBLIC)
@require_safe
def dataset(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is, what is in it, and where it can be had; of a withdrawn one why it is not there (410).

    For programs, by what they accept, as DCAT-AP.
    """
    if (wanted := descriptions.wanted(request)) in descriptions.FORMATS.values():
        return negotiated(descriptions.dataset_as(request, queries.public_dataset(slug), wanted))
    found = visible(request, slug)
    if closed := _closed(request, found):
        return negotiated(closed)
    latest = queries.shown(found, found.latest)
    context = {
        **_about(request, found),
        "revision": latest,
        "revisions": queries.revisions(found),
        **(_seen(request, latest, "page") if latest else {}),
        "panels": dataset_page.panels.bind(found, request.user, clock.now()),
    }
    if latest and found.state == DatasetState.PUBLISHED:
        context["linked_data"] = descriptors.schema_org(found, latest)
    return negotiated(_kept_by_nobody(found, render(request, "catalogue/dataset.html", context)))


@access(PUBLIC)
@require_safe
def revision(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One revision, as it was published."""
    found = visible(request, slug)
    if closed := _closed(request, found):
        return closed
    one = queries.shown(found, number)
    if one is None:
        raise Http404
    context = {"dataset": found, "revision": one, "is_latest": number == found.latest}
    context |= _seen(request, one, "revision page")
    return _kept_by_nobody(found, render(request, "catalogue/revision.html", context))


def _closed(request: HttpRequest, found: Dataset) -> HttpResponse | None:
    """The page of a withdrawn dataset, for all but those who write it or look after it."""
    if found.state != DatasetState.WITHDRAWN or may(request.user, "withdraw", found):
        return None
    return render(request, "catalogue/withdrawn.html", {"dataset": found}, status=410)


def _about(request: HttpRequest, found: Dataset) -> dict[str, Any]:
    writes = may(request.user, "edit", found)
    return {
        "dataset": found,
        "writes": writes,
        "follows": is_followed(found, request.user),
        "uploads": queries.open_uploads(found) if writes else [],
        "may_publish": writes and found.state == DatasetState.DRAFT,
        "may_withdraw": writes and found.state == DatasetState.PUBLISHED,
        "may_restore": writes
        and found.state == DatasetState.WITHDRAWN
        and may(request.user, "restore", found),
    }


def _seen(request: HttpRequest, one: Revision, form: str) -> dict[str, Any]:
    """What of a revision this reader sees: its first rows and what is in its columns, or their names and types.

    `loads` says whether they may load its files, and know their digest. What is seen of data that is not open is an
    event.
    """
    reader, at = Reader.of(request), clock.now()
    by = permissions.permission(reader, one, Scope.PREVIEW, at)
    if by is None:
        return {"fields": described(one.schema["fields"], with_values=False), "values": False, "loads": False}
    permissions.record_read(by, one, form=form, at=at, rows=len(one.profile["first"]))
    return {**tables(one), "values": True, "loads": Scope.DOWNLOAD in by.scopes}


def _kept_by_nobody(found: Dataset, response: HttpResponse) -> HttpResponse:
    """The page; no cache keeps one of a dataset that is not open: what is on it hangs on who asks, and when."""
    if not found.is_open:
        response.headers["Cache-Control"] = "private, no-store"
    return response


def tables(one: Revision) -> dict[str, Any]:
    """The first rows and the columns of a revision, as the component `table` takes them."""
    fields = one.columns
    numeric = [field["type"] in NUMBERS for field in fields]
    heads = [
        {"title": field["name"], "number": number} for field, number in zip(fields, numeric, strict=True)
    ]
    first = [["–" if cell is None else cell for cell in row] for row in one.profile["first"]]
    return {"preview": {"columns": heads, "rows": first}, "fields": described(fields)}


def _different(field: dict[str, Any]) -> Any:
    """How many different values; what was estimated says so."""
    count = field.get("distinct", "–")
    return count if field.get("exact") or "distinct" not in field else _("about %(count)s") % {"count": count}


def described(fields: list[dict[str, Any]], *, with_values: bool = True) -> dict[str, Any]:
    """A table of columns: type, missing and different values, the least and the greatest; or the type alone."""
    heads: list[dict[str, Any]] = [{"title": _("Column")}, {"title": _("Type")}]
    if not with_values:
        names = [[field["name"], TYPE_WORDS.get(field["type"], field["type"])] for field in fields]
        return {"columns": heads, "rows": names}
    heads += [
        {"title": _("Missing"), "number": True},
        {"title": _("Different"), "number": True},
        {"title": _("From")},
        {"title": _("To")},
    ]
    rows = [
        [
            field["name"],
            TYPE_WORDS.get(field["type"], field["type"]),
            field.get("missing", "–"),
            _different(field),
            field.get("least") or "–",
            field.get("greatest") or "–",
        ]
        for field in fields
    ]
    return {"columns": heads, "rows": rows}
