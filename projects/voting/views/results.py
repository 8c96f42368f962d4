"""Results: who won, why each project won or did not, and everything one needs to count again."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from civic.core import clock
from civic.core.access import PUBLIC, access
from projects.calls.models import Call
from projects.voting import explanations, publication, queries

CHARTED = 10


@access(PUBLIC)
@require_safe
def results(request: HttpRequest, slug: str) -> HttpResponse:
    """The result, or how far the vote is; with `progress` only the bar of the count, then the way to the result."""
    tally = queries.published_tally(slug)
    if tally is None:
        return _waiting(request, slug)
    if "progress" in request.GET:
        return HttpResponse(headers={"HX-Redirect": reverse("voting:results", args=[tally.call.slug])})
    rows = list(queries.results(tally))
    explained = [(row, explanations.explain(row, tally)) for row in rows]
    most = max((row.score for row in rows), default=0) or 1
    best = sorted(rows, key=lambda row: -row.score)[:CHARTED]
    context = {
        "call": tally.call,
        "tally": tally,
        "poll": tally.call.poll,
        "won": [pair for pair in explained if pair[0].won],
        "lost": [pair for pair in explained if not pair[0].won],
        "most": most,
        "chart": [(row.project.title, row.score) for row in best],
        "share": explanations.share(tally),
        "by_shares": explanations.by_shares(tally),
        "papers": queries.papers_of(tally.call),
        "scored": tally.call.ballot_kind in (Call.BallotKind.POINTS, Call.BallotKind.RANKING),
    }
    return render(request, "voting/results.html", context | queries.context_of(tally.call, clock.now()))


def _waiting(request: HttpRequest, slug: str) -> HttpResponse:
    call = Call.objects.public().prefetch_related("phases").select_related("poll").filter(slug=slug).first()
    if call is None:
        raise Http404
    context = {"call": call, "poll": getattr(call, "poll", None)} | queries.context_of(call, clock.now())
    template = "voting/_counting.html" if "progress" in request.GET else "voting/waiting.html"
    return render(request, template, context)


@access(PUBLIC)
@require_safe
def ballots_pb(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """The whole election as a `.pb` file, streamed."""
    content = publication.pabulib_lines(publication.published(slug))
    named = {"Content-Disposition": f'attachment; filename="{slugify(slug)}.pb"'}
    return StreamingHttpResponse(content, content_type="text/plain; charset=utf-8", headers=named)


@access(PUBLIC)
@require_safe
def results_csv(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    return publication.results_csv(slug)
