"""Queries of a dataset, put together in a form or given as JSON, and their answers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import PUBLIC, SIGNED_IN, access
from civic.core.errors import Invalid
from civic.core.places import Busy
from civic.core.policies import may
from datasets.analytics import answers, operations, queries
from datasets.analytics.engine.language import Query
from datasets.analytics.engine.parsing import parse
from datasets.analytics.forms import Beside, BuilderForm, SaveForm, fields_of
from datasets.analytics.views import showing
from datasets.catalogue.models import Revision
from datasets.catalogue.permissions import Reader, Scope, require_dataset
from datasets.catalogue.queries import public_dataset

# The button that shows the columns of another dataset, and asks nothing yet.
ADD = "add"


@access(PUBLIC)
@require_safe
def build(request: HttpRequest, slug: str) -> HttpResponse:
    """The form, and below it what was asked. A plain GET, so that each answer has an address."""
    at = clock.now()
    dataset = public_dataset(slug)
    reader = Reader.of(request)
    require_dataset(reader, dataset, Scope.QUERY, at)
    revision = queries.with_schema(dataset, answers.number_of(request.GET.get("revision", "")))
    names = [field["name"] for field in revision.schema["fields"]]
    choices: dict[str, Any] = {"columns": names, "others": queries.others(dataset, request.user)}
    if dataset.by_consent:
        # The last column of a release.
        choices["people"] = names[-1]
    context: dict[str, Any] = {"dataset": dataset, "revision": revision}
    status = 200
    try:
        form, query = _asked(request, choices)
        context["form"] = form
        if query:
            context |= {"query": query, "json": query.text()}
            context |= _answered(request, reader, revision, query, at)
    except Busy:
        raise
    except Invalid as refused:
        context.setdefault("form", BuilderForm(request.GET or None, **choices))
        context |= {"refused": refused.detail, "json": request.GET.get("q", "")}
        status = refused.status
    return render(request, "analytics/query.html", context, status=status)


def _asked(request: HttpRequest, choices: dict[str, Any]) -> tuple[BuilderForm, Query | None]:
    """The form as it was sent, or filled with a query that was given as JSON."""
    if text := request.GET.get("q", ""):
        query = parse(text)
        fields = (fields_of(query) or {}) | {
            name: request.GET.get(name, "") for name in ("chart", "revision")
        }
        choices["beside"] = _beside(fields.get("join_dataset", ""))
        return BuilderForm(initial=fields, **choices), query
    choices["beside"] = _beside(request.GET.get("join_dataset", ""))
    if ADD in request.GET:
        return BuilderForm(initial=request.GET.dict(), **choices), None
    sent = set(request.GET) - {"revision"}
    form = BuilderForm(request.GET if sent else None, **choices)
    return form, form.query() if sent and form.is_valid() else None


def _beside(slug: str) -> Beside | None:
    """The other dataset with its columns, which everybody may know. Raises NotFound, Gone."""
    return Beside(slug, queries.columns(public_dataset(slug))) if slug else None


def _answered(
    request: HttpRequest, reader: Reader, revision: Revision, query: Query, at: Any
) -> dict[str, Any]:
    chart = showing.chart_of(query, request.GET.get("chart", ""))
    answer = answers.rows(reader, revision, query, at=at, most=showing.SHOWN)
    shown = showing.shown(answer, chart)
    if request.user.is_authenticated:
        initial = {"q": query.text(), "revision": revision.number, "chart": chart}
        publishes = may(request.user, "show_query", revision.dataset)
        shown["save_form"] = SaveForm(initial=initial, publishes=publishes)
    return shown


@access(PUBLIC)
@require_safe
def query_file(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """An answer as CSV, Parquet, SVG or PNG; of a whole table its file, which is there already."""
    dataset = public_dataset(slug)
    reader, at = Reader.of(request), clock.now()
    require_dataset(reader, dataset, Scope.QUERY, at)
    query = parse(request.GET.get("q", "{}"))
    revision = answers.revision_of(dataset, answers.number_of(request.GET.get("revision", "")))
    if form in showing.TABLES and query.is_whole_table and query.limit >= revision.rows:
        return redirect("catalogue:file", slug, revision.number, form)
    chart = showing.chart_of(query, request.GET.get("chart", ""))
    return showing.file_response(request, reader, revision, query, form, chart, at)


@access(SIGNED_IN)
@require_POST
def save(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Gives a query an address of its own."""
    dataset = public_dataset(slug)
    form = SaveForm(request.POST, publishes=may(request.user, "show_query", dataset))
    if form.accepted(
        lambda: operations.save_query(
            actor=request.user,
            dataset=dataset,
            query=parse(form.cleaned_data["q"]),
            said=form.said(),
            key=form.cleaned_data["key"],
            at=clock.now(),
        )
    ):
        messages.success(request, _("It is saved. This address lasts."))
        return redirect(form.made)
    return render(request, "analytics/save.html", {"dataset": dataset, "form": form}, status=422)
