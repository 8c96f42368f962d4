"""What pages and files show of an answer."""

from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from datasets.analytics import answers, picture
from datasets.analytics.answers import Answer, Cited
from datasets.analytics.engine.language import Query
from datasets.analytics.models import Chart
from datasets.catalogue.models import Revision
from datasets.catalogue.permissions import Reader, Scope
from datasets.catalogue.vocabularies import MEDIA_TYPES, Format

# No other page frames a file, and nothing in it runs.
HEADERS = {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox"}
# Rows of a page.
SHOWN = 500
TABLES, PICTURES = ("csv", "parquet"), {"svg": "image/svg+xml", "png": "image/png"}


def chart_of(query: Query, wanted: str) -> str:
    """The kind of chart that is drawn: the wanted one, or what fits the query."""
    if wanted in Chart.values:
        return wanted
    if not query.group:
        return Chart.NONE.value
    in_time = len(query.group) == 1 and query.group[0].by not in ("value", "width")
    return Chart.LINE.value if in_time else Chart.BARS.value


def shown(answer: Answer, chart: str) -> dict[str, Any]:
    """An answer for a template: its table, its chart, what it is of, and where it can be had in other forms."""
    found, cited = answer.found, answer.cited
    tables = TABLES if Scope.DOWNLOAD in answer.scopes else ()
    heads = [
        {"title": name, "number": kind in picture.NUMBERS}
        for name, kind in zip(found.names, found.types, strict=True)
    ]
    return {
        "cited": cited,
        "chart": chart,
        "drawn": picture.picture(answer, chart),
        "cut": answer.cut,
        "table": {
            "columns": heads,
            "rows": [["–" if cell is None else cell for cell in row] for row in found.rows],
        },
        "page_href": address(cited, chart),
        "files": {form: file_address(cited, form, chart) for form in (*tables, *PICTURES)},
        "api_href": f"{reverse('api:dataset-query', args=[cited.dataset.slug])}?{_asked(cited)}",
    }


def _asked(cited: Cited, **more: str) -> str:
    return urlencode({"revision": cited.revision.number, "q": cited.query.text(), **more})


def address(cited: Cited, chart: str) -> str:
    """Where the same answer is shown in the same way, for ever."""
    return f"{reverse('analytics:query', args=[cited.dataset.slug])}?{_asked(cited, chart=chart)}"


def file_address(cited: Cited, form: str, chart: str) -> str:
    """Where it is had as a file."""
    path = reverse("analytics:query-file", args=[cited.dataset.slug, form])
    return f"{path}?{_asked(cited, **({'chart': chart} if form in PICTURES else {}))}"


def file_response(
    request: HttpRequest, reader: Reader, revision: Revision, query: Query, form: str, chart: str, at: Any
) -> HttpResponseBase:
    """The answer as a file. Raises Http404 for a form that there is not, or where there is nothing to draw."""
    if form in TABLES:
        made = answers.file(reader, revision, query, form, at=at)
        response: HttpResponseBase = FileResponse(made.stream, content_type=MEDIA_TYPES[Format(form)])
        cited, rows, cut = made.cited, made.rows, made.cut
        # Whoever opens the file later reads there that it has not everything.
        part = f"-first-{rows}-rows" if cut else ""
        name = f"{cited.dataset.slug}-{cited.revision.number}-query{part}.{form}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    elif form in PICTURES:
        answer = answers.rows(reader, revision, query, at=at, form=f"query.{form}", most=SHOWN)
        drawn = picture.picture(answer, chart)
        if drawn is None:
            raise Http404
        made_picture = picture.svg(answer, drawn) if form == "svg" else picture.png(answer, drawn)
        response = HttpResponse(made_picture, content_type=PICTURES[form])
        cited, rows, cut = answer.cited, len(answer.found.rows), answer.found.cut
    else:
        raise Http404
    for header, words in {**cited.headers(rows, cut), **HEADERS}.items():
        response.headers[header] = words
    return response
