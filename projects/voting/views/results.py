"""Results: who won, why each project won or did not, and everything one needs to count again."""

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from civic.core import clock, paging
from civic.core.access import PUBLIC, access
from civic.core.search import clean
from projects.calls.models import Call
from projects.voting import explanations, publication, queries, sheets

CHARTED, SHOWN = 10, 50


@access(PUBLIC)
@require_safe
def results(request: HttpRequest, slug: str) -> HttpResponse:
    """The result, or how far the vote is; with `progress` only the bar of the count, then the way to the result."""
    tally = queries.published_tally(slug)
    if tally is None:
        return _waiting(request, slug)
    if "progress" in request.GET:
        return HttpResponse(headers={"HX-Redirect": reverse("voting:results", args=[tally.call.slug])})
    words, rows = clean(request.GET.get("q", "")), queries.results(tally)
    after = request.GET.get("after", "")
    page = paging.page(sheets.having(rows, words, "project__"), after=after, size=SHOWN, by="place")
    explained = [(row, explanations.explain(row, tally)) for row in page]
    best = list(rows.order_by("-score", "place")[:CHARTED])
    context = {
        "call": tally.call,
        "tally": tally,
        "poll": tally.call.poll,
        "counts": rows.aggregate(won=Count("pk", filter=Q(won=True)), all=Count("pk")),
        "words": words,
        "searched": bool(words or after or page.next),
        "won": [pair for pair in explained if pair[0].won],
        "lost": [pair for pair in explained if not pair[0].won],
        "next": f"?{urlencode({'q': words, 'after': page.next})}" if page.next else "",
        "first": f"?{urlencode({'q': words})}" if after else "",
        "most": (best[0].score if best else 0) or 1,
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
