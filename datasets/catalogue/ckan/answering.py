"""One address for all actions: what was sent is read, and every answer is an envelope of CKAN's, errors too."""

import json
from typing import Any, NoReturn
from urllib.parse import quote

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from civic.core.access import PUBLIC, access
from civic.core.errors import Forbidden, Gone, Invalid, NotFound, Refused
from datasets.catalogue.ckan.actions import ACTIONS, address
from datasets.catalogue.ckan.asked import ask

MOST_BYTES = 256 * 1024
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class BadRequest(Refused):
    """What was sent cannot be read at all."""


# Without a token: nothing is written here, and nobody is known by a cookie.
@csrf_exempt
@access(PUBLIC)
def act(request: HttpRequest, name: str) -> HttpResponse:
    """The answer of an action to GET or POST, with JSON or a form."""
    if request.method not in ("GET", "HEAD", "POST"):
        response = _failed(name, 405, "Bad Request", _("Actions are asked by GET or POST."))
        response.headers["Allow"] = "GET, POST"
        return response
    try:
        response = _answer(request, name)
    except Invalid as refusal:
        said = {field: [str(message)] for field, message in refusal.fields.items()}
        response = _failed(name, 409, "Validation Error", str(refusal.detail), said)
    except (NotFound, Gone) as refusal:
        # ckanapi shows what stands behind the first colon.
        response = _failed(name, 404, "Not Found Error", f"Not found: {refusal.detail}")
    except Forbidden as refusal:
        response = _failed(name, 403, "Authorization Error", f"Access denied: {refusal.detail}")
    except Refused as refusal:
        kind = "Bad Request" if refusal.status == 400 else "Service Unavailable"
        response = _failed(name, refusal.status, kind, str(refusal.detail))
    return response


def _answer(request: HttpRequest, name: str) -> HttpResponse:
    action = ACTIONS.get(name)
    if action is None:
        raise BadRequest(_("Action name not known: %(name)s") % {"name": name[:100]})
    asked, cut = ask(action.asks, _sent(request))
    result = action.answer(asked)
    if isinstance(result, tuple):
        result, more = result
        cut += more
    # CKAN has no word for it, and its clients pass over what they do not know.
    return _envelope(name, {"success": True, "result": result} | ({"cut": cut} if cut else {}), 200)


def _sent(request: HttpRequest) -> dict[str, Any]:
    """The parameters. Raises BadRequest where they cannot be read."""
    if request.method != "POST":
        return request.GET.dict()
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES or len(request.body) > MOST_BYTES:
            raise BadRequest(_("That is more than 256 kB."))
        if request.content_type in FORMS:
            return request.POST.dict()
        found = json.loads(request.body or b"{}", parse_constant=_no_number)
    except (ValueError, RecursionError, RequestDataTooBig):
        raise BadRequest(_("The body is no JSON.")) from None
    if not isinstance(found, dict):
        raise BadRequest(_("The JSON is an object of parameters."))
    return found


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


def _failed(
    name: str, status: int, kind: str, message: str, fields: dict[str, list[str]] | None = None
) -> HttpResponse:
    error = {**(fields or {}), "__type": kind, "message": message}
    return _envelope(name, {"success": False, "error": error}, status)


def _envelope(name: str, content: dict[str, Any], status: int) -> HttpResponse:
    response = JsonResponse({"help": f"{address('help_show')}?name={quote(name)}", **content}, status=status)
    # A dataset may be withdrawn at any moment: no cache gives its rows after that.
    response.headers["Cache-Control"] = "no-store"
    if status == 503:
        response.headers["Retry-After"] = "5"
    return response
