"""Every error of the API is a problem document (RFC 9457)."""

import json
from typing import Any

import pytest
from rest_framework.exceptions import NotFound, Throttled, ValidationError
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from civic.core import errors


def answer(error: Exception) -> tuple[Response, dict[str, Any]]:
    class Failing(APIView):
        authentication_classes = ()
        permission_classes = ()

        def get(self, request: object) -> Response:
            raise error

    response = Failing.as_view()(APIRequestFactory().get("/api/v1/x/"))
    response.render()
    return response, json.loads(response.content)


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (errors.Forbidden("no"), 403, "forbidden"),
        (errors.Conflict("late"), 409, "conflict"),
        (errors.IllegalTransition("late"), 409, "illegal-transition"),
        (errors.NotFound("gone"), 404, "not-found"),
        (errors.Invalid(title="too long"), 422, "invalid"),
        (NotFound(), 404, "not-found"),
        (Throttled(), 429, "throttled"),
        (ValidationError({"title": ["too long"]}), 400, "invalid"),
    ],
)
def test_errors_become_problems(error: Exception, status: int, code: str) -> None:
    response, body = answer(error)
    assert response.headers["Content-Type"] == "application/problem+json"
    assert (response.status_code, body["status"]) == (status, status)
    assert body["type"] == f"urn:civic-exchange:problem:{code}"
    assert body["title"]


@pytest.mark.parametrize(
    "error", [errors.Invalid(title="too long"), ValidationError({"title": ["too long"]})]
)
def test_what_is_wrong_is_said_field_by_field(error: Exception) -> None:
    _, body = answer(error)
    assert body["errors"] == {"title": ["too long"]}
