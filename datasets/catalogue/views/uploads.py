"""A file on its way in: sent, looked at, asked about, read, published or given up."""

from functools import partial
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock, csv_tables, paging
from civic.core.access import SIGNED_IN, access
from civic.core.errors import Conflict
from datasets.catalogue import queries
from datasets.catalogue.forms import AnswersForm, PublishForm, UploadForm
from datasets.catalogue.models import Upload
from datasets.catalogue.operations import publishing, uploads
from datasets.catalogue.operations.publishing import Seen
from datasets.catalogue.states import UploadState
from datasets.catalogue.views.browse import described
from datasets.catalogue.views.seen import handled, written

ANSWERED = (UploadState.PROPOSED, UploadState.READ)


@access(SIGNED_IN)
def send(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Takes the next file of a dataset; a worker looks at it while one reads the page that follows."""
    found = written(request, slug)
    form = UploadForm(request.POST or None, request.FILES or None)
    begin = partial(uploads.begin_upload, actor=request.user, dataset=found, at=clock.now())
    if form.accepted(lambda: begin(upload=form.cleaned_data["file"], key=form.cleaned_data["key"])):
        return redirect(form.made)
    context = {
        "dataset": found,
        "form": form,
        "part": settings.RESUMABLE_PART_BYTES,
        "unfinished": queries.unfinished_uploads(found),
    }
    return render(request, "catalogue/send.html", context, status=422 if form.errors else 200)


@access(SIGNED_IN)
@require_safe
def upload(request: AuthenticatedRequest, key: UUID) -> HttpResponse:
    """Where the file is on its way, and what is to be done next."""
    found = handled(request, key)
    if request.htmx and found.is_worked_on:
        return render(request, "catalogue/_progress.html", {"upload": found})
    response = _page(request, found)
    if request.htmx:
        # The progress has come to its end: the whole page is another one now.
        response.headers["HX-Refresh"] = "true"
    return response


def _page(
    request: HttpRequest,
    found: Upload,
    *,
    answers: AnswersForm | None = None,
    publish: PublishForm | None = None,
    status: int = 200,
) -> HttpResponse:
    summary = (found.found or {}).get("table", {})
    context = {
        "upload": found,
        "dataset": found.dataset,
        "summary": summary,
        "proposal": found.proposal or {},
        "open": found.can("discard"),
    }
    if found.state in ANSWERED:
        context["answers"] = answers or AnswersForm(found)
        context["preview"] = _preview(found)
    if found.state == UploadState.READ:
        rejected = list(queries.rejected(found)[: queries.SHOWN_REJECTED])
        profiles = (found.found or {})["profile"]["columns"]
        fields = [one | profiles.get(one["name"], {}) for one in (found.found or {})["schema"]["fields"]]
        context |= {
            "publish": publish or PublishForm(found),
            "rejected": _rejected_table(rejected),
            "rejected_shown": len(rejected),
            "fields": described(fields),
        }
    return render(request, "catalogue/upload.html", context, status=status)


def _preview(found: Upload) -> dict[str, list[object]]:
    """The first rows as they were read last."""
    proposal = found.proposal or {}
    heads = [{"title": name} for name in proposal.get("header", ())]
    rows = [["–" if cell is None else cell for cell in row] for row in proposal.get("preview", ())]
    return {"columns": list(heads), "rows": list(rows)}


def _rejected_table(rows: list[queries.RejectedRow]) -> dict[str, list[object]]:
    heads = [
        {"title": _("Line"), "number": True},
        {"title": _("Column")},
        {"title": _("Value")},
        {"title": _("Why")},
    ]
    cells = [[row.line, row.column or "–", row.value or "–", row.reason] for row in rows]
    return {"columns": list(heads), "rows": list(cells)}


def _words(form: AnswersForm | PublishForm) -> Conflict:
    """What the form was refused with, for a page of its own: that of the file has no such form any more."""
    return Conflict(" ".join(str(one) for one in form.non_field_errors()))


@access(SIGNED_IN)
@require_POST
def confirm(request: AuthenticatedRequest, key: UUID) -> HttpResponse:
    """Takes the answers to the first look."""
    found = handled(request, key)
    form = AnswersForm(found, request.POST)
    take = partial(uploads.confirm, actor=request.user, upload=found, at=clock.now())
    if form.accepted(lambda: take(answers=form.answers())):
        return redirect(found)
    now = handled(request, key)
    if now.state not in ANSWERED:
        raise _words(form)
    return _page(request, now, answers=form, status=422)


@access(SIGNED_IN)
@require_POST
def publish(request: AuthenticatedRequest, key: UUID) -> HttpResponse:
    """Makes what was read the next revision."""
    found = handled(request, key)
    form = PublishForm(found, request.POST)
    take = partial(publishing.publish_revision, actor=request.user, upload=found, at=clock.now())
    if form.accepted(lambda: take(**form.cleaned_data)):
        messages.success(request, _("Revision %(number)s is there.") % {"number": form.made.number})
        return redirect(found.dataset)
    now = handled(request, key)
    if now.state != UploadState.READ:
        raise _words(form)
    if form.cleaned_data.get("seen") != Seen.of(now):
        again = PublishForm.anew(now, form.data.get("note", ""), form.non_field_errors())
        return _page(request, now, publish=again, status=409)
    return _page(request, now, publish=form, status=422)


@access(SIGNED_IN)
@require_POST
def discard(request: AuthenticatedRequest, key: UUID) -> HttpResponse:
    """Gives the file up."""
    found = handled(request, key)
    uploads.discard_upload(actor=request.user, upload=found, at=clock.now())
    messages.success(request, _("The file is discarded."))
    return redirect(found.dataset)


@access(SIGNED_IN)
@require_safe
def rejected(request: AuthenticatedRequest, key: UUID) -> HttpResponseBase:
    """The report of rejected rows as CSV."""
    found = handled(request, key)
    head = (_("line"), _("column"), _("value"), _("why"))
    rows = paging.walk(queries.rejected(found), by="place")
    lines = ([row.line, row.column, row.value, row.reason] for row in rows)
    return csv_tables.download([head, *lines], "rejected-rows")
