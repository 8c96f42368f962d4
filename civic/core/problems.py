"""Problem details for HTTP APIs (RFC 9457)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.serializers import as_serializer_error
from rest_framework.views import exception_handler as rest_framework_handler

from civic.core.errors import Invalid, Refused

# Whatever lies below answers programs: in JSON, and with problems instead of pages.
API = "/api/"
CONTENT_TYPE = "application/problem+json"


def problem(status: int, code: str, title: str, detail: str = "", **members: Any) -> dict[str, Any]:
    """The members of a problem; `type` is a URN so that it needs no page to resolve."""
    base = {"type": f"urn:civic-exchange:problem:{code}", "title": title, "status": status}
    return base | ({"detail": detail} if detail else {}) | members


def not_allowed(request: HttpRequest) -> HttpResponse:
    """401 for a stranger, 403 for somebody known, as a problem document."""
    known = request.user.is_authenticated
    status, code = (403, "forbidden") if known else (401, "not-signed-in")
    return _response(status, code, _("You can't do that") if known else _("Sign in first"))


def _response(status: int, code: str, title: str) -> HttpResponse:
    return JsonResponse(problem(status, code, title), status=status, content_type=CONTENT_TYPE)


def handler(
    status: int, code: str, title: str, page: Callable[..., HttpResponse]
) -> Callable[..., HttpResponse]:
    """A URLconf's error handler: Django's own page for people, a problem below the API."""

    def respond(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.path.startswith(API):
            return _response(status, code, title)
        return page(request, *args, **kwargs)

    return respond


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: every error of the API is a problem document."""
    if isinstance(error, Refused):
        body = problem(error.status, error.code, str(error.title), str(error.detail))
        if isinstance(error, Invalid):
            body["errors"] = {field: [str(message)] for field, message in error.fields.items()}
        return Response(body, status=error.status, content_type=CONTENT_TYPE)
    response = rest_framework_handler(error, context)
    if response is None:
        return None
    response.data = _from_rest_framework(error, response)
    response.content_type = CONTENT_TYPE
    return response


def _from_rest_framework(error: Exception, response: Response) -> dict[str, Any]:
    if isinstance(error, exceptions.ValidationError):
        title = _("Please check what you sent")
        return problem(response.status_code, "invalid", title, errors=as_serializer_error(error))
    code = getattr(error, "default_code", "error")
    detail = str(getattr(error, "detail", ""))
    return problem(response.status_code, str(code).replace("_", "-"), response.status_text, detail)


def only_our_api(endpoints: list[Any]) -> list[Any]:
    """drf-spectacular preprocessing: libraries bring APIs of their own, the document is about ours."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith(f"{API}v1/")]


PROBLEM_SCHEMA = {
    "type": "object",
    "description": "RFC 9457",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {"type": "object", "additionalProperties": True},
    },
}


def document_problems(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """drf-spectacular postprocessing: whatever is not a success is a problem, on every operation."""
    result.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM_SCHEMA
    answer = {
        "description": "A problem",
        "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for methods in result["paths"].values():
        for operation in methods.values():
            operation["responses"]["default"] = answer
    return result
