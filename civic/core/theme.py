"""The stylesheet that carries a city's accent: a pure function of its address, so that it may be kept for ever."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from civic.core.accent import stylesheet
from civic.core.access import PUBLIC, access

A_YEAR = 365 * 24 * 3600


@access(PUBLIC)
def theme(request: HttpRequest, accent: str) -> HttpResponse:
    """`/theme/0b6375.css`: the accent's tones as custom properties; 404 where the name is no colour."""
    try:
        css = stylesheet(accent)
    except ValueError:
        raise Http404(_("This is not a colour.")) from None
    headers = {"Cache-Control": f"public, max-age={A_YEAR}, immutable"}
    return HttpResponse(css, content_type="text/css; charset=utf-8", headers=headers)
