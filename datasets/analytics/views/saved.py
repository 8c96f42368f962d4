"""Saved queries: their pages and files, and what who saved them may do."""

from typing import Any
from uuid import UUID

from csp.decorators import csp_replace
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_POST, require_safe

from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import PUBLIC, SIGNED_IN, access
from civic.core.errors import Refused
from civic.core.policies import may, require
from datasets.analytics import answers, embeds, operations, queries
from datasets.analytics.forms import EmbedForm
from datasets.analytics.models import SavedQuery
from datasets.analytics.views import showing
from datasets.catalogue.permissions import OPEN, Reader, Scope, dataset_permission


@access(SIGNED_IN)
@require_safe
def own(request: AuthenticatedRequest) -> HttpResponse:
    """What the reader saved."""
    return render(request, "analytics/own.html", {"saved": queries.own(request.user)})


@access(PUBLIC)
@require_safe
def saved(request: HttpRequest, key: UUID) -> HttpResponse:
    """The answer of today. Who may not read the data sees neither the answer nor the question."""
    found = queries.saved(key)
    context = {**_shown(Reader.of(request), found), **_handled(request, found)}
    return render(request, "analytics/saved.html", context)


@access(PUBLIC)
@require_safe
def saved_file(request: HttpRequest, key: UUID, form: str) -> HttpResponseBase:
    """The same as CSV, Parquet, SVG or PNG."""
    found = queries.saved(key)
    revision = answers.revision_of(found.dataset, found.revision)
    reader, at = Reader.of(request), clock.now()
    return showing.file_response(request, reader, revision, found.asked, form, found.chart, at)


@xframe_options_exempt
@access(PUBLIC)
@require_safe
def embed(request: HttpRequest, key: UUID) -> HttpResponse:
    """The chart alone, for pages of others. Nobody's session counts here, since a page of somebody else frames it.

    Open data, or by a token. A token that has expired gives nothing, also of what is open.
    """
    try:
        found = queries.saved(key)
        reader = Reader(AnonymousUser())
        if "token" in request.GET:
            reader = Reader(embeds.bearer(request.GET["token"], found, clock.now()))
        context: dict[str, Any] = _shown(reader, found, form="embed")
    except Refused as refused:
        context = {"refused": refused.detail, "status": refused.status}
    response = render(request, "analytics/embed.html", context, status=context.get("status", 200))
    # What a token opens ends with it, and with what its signer may read.
    if "token" in request.GET:
        response.headers["Cache-Control"] = "private, no-store"
    # For this page alone, whatever it shows: a refusal is read within the frame, too.
    csp_replace({"frame-ancestors": ["*"]})(lambda _request: response)(request)
    return response


def _shown(reader: Reader, found: SavedQuery, form: str = "query") -> dict[str, Any]:
    revision = answers.revision_of(found.dataset, found.revision)
    answer = answers.rows(reader, revision, found.asked, at=clock.now(), form=form, most=showing.SHOWN)
    shown = showing.shown(answer, found.chart)
    files = {one: reverse("analytics:saved-file", args=[found.pk, one]) for one in shown["files"]}
    api = reverse("api:saved-query", args=[found.pk])
    return shown | {
        "saved": found,
        "dataset": found.dataset,
        "revision": revision,
        "files": files,
        "api_href": api,
    }


def _handled(request: HttpRequest, found: SavedQuery) -> dict[str, Any]:
    known = request.user.is_authenticated
    stranger, at = Reader(AnonymousUser()), clock.now()
    is_open = all(dataset_permission(stranger, one, Scope.QUERY, at) == OPEN for one in found.datasets)
    return {
        "may_remove": known and may(request.user, "remove", found),
        "may_embed": known and may(request.user, "embed", found) and not found.by_consent,
        "is_open": is_open,
        "embed_form": EmbedForm(),
        "embed_href": request.build_absolute_uri(reverse("analytics:embed", args=[found.pk])),
    }


@access(SIGNED_IN)
@require_POST
def sign_embed(request: AuthenticatedRequest, key: UUID) -> HttpResponse:
    """Shows the code of an embed of data that is not open, which carries the right of who saved the query."""
    found = queries.saved(key)
    require(request.user, "embed", found)
    form = EmbedForm(request.POST)
    context = {"saved": found, "dataset": found.dataset, "form": form}
    if not form.is_valid():
        return render(request, "analytics/embed_code.html", context, status=422)
    days = form.cleaned_data["days"]
    token = operations.sign_embed(actor=request.user, query=found, days=days, at=clock.now())
    address = request.build_absolute_uri(reverse("analytics:embed", args=[found.pk]))
    return render(request, "analytics/embed_code.html", context | {"embed_href": f"{address}?token={token}"})


@access(SIGNED_IN)
@require_POST
def end_embeds(request: AuthenticatedRequest, key: UUID) -> HttpResponse:
    """Ends all embeds that were signed so far, also of what the person may not read any more."""
    found = queries.kept(key)
    operations.end_embeds(actor=request.user, query=found, at=clock.now())
    messages.success(request, _("All embeds that were signed until now show nothing any more."))
    return _afterwards(request, found)


@access(SIGNED_IN)
@require_POST
def remove(request: AuthenticatedRequest, key: UUID) -> HttpResponse:
    """Takes it from its address, also where the person may not read the data any more."""
    found = queries.kept(key)
    operations.remove_query(actor=request.user, query=found, at=clock.now())
    messages.success(request, _("The query is removed."))
    return _afterwards(request, found)


def _afterwards(request: AuthenticatedRequest, found: SavedQuery) -> HttpResponse:
    """To a page that the person can see whatever has become of the data and of their right to it."""
    if found.owner == request.user:
        return redirect("analytics:own")
    published = (one for one in found.datasets if may(request.user, "edit", one))
    return redirect(next(published, found.dataset))
