"""Every URL declares who may come; one that does not stops the start, and the middleware is closed by default."""

from http import HTTPStatus

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import get_resolver, path
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory, force_authenticate
from rest_framework.views import APIView

from civic.accounts import groups
from civic.accounts.models import Person
from civic.accounts.roles import in_group
from civic.core import access
from civic.core.middleware import AccessMiddleware


def answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


def ask(view: object, person: object, at: str = "/somewhere/") -> HttpResponse | None:
    request = RequestFactory().get(at)
    request.user = person  # type: ignore[assignment]
    return AccessMiddleware(answer).process_view(request, view, (), {})


def test_the_urlconf_declares_every_url() -> None:
    access.require_declarations(get_resolver().url_patterns)
    assert len(list(access.walk(get_resolver().url_patterns))) > 100


def test_a_url_without_a_policy_stops_the_start() -> None:
    with pytest.raises(ImproperlyConfigured, match="forgotten/"):
        access.require_declarations([path("forgotten/", lambda request: HttpResponse())])


def test_a_view_without_a_policy_is_closed() -> None:
    with pytest.raises(PermissionDenied):
        ask(lambda request: HttpResponse(), AnonymousUser())


def test_strangers_are_sent_to_sign_in_and_come_back() -> None:
    view = access.access(access.SIGNED_IN)(lambda request: HttpResponse())
    response = ask(view, AnonymousUser(), "/me/?tab=ballots")
    assert response is not None
    assert response.status_code == HTTPStatus.FOUND
    assert response.headers["Location"] == "/accounts/login/?next=/me/%3Ftab%3Dballots"


def test_strangers_at_the_api_get_a_problem() -> None:
    view = access.access(access.SIGNED_IN)(lambda request: HttpResponse())
    response = ask(view, AnonymousUser(), "/api/v1/ballots/")
    assert response is not None
    assert response.status_code == HTTPStatus.UNAUTHORIZED
    assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
def test_a_group_opens_only_for_its_staff() -> None:
    moderators = access.Access("moderators", lambda person: in_group(person, groups.MODERATORS))
    view = access.access(moderators)(lambda request: HttpResponse())
    group, _ = Group.objects.get_or_create(name=groups.MODERATORS)
    moderator = Person.objects.create_user("moderator@example.org", is_staff=True)
    former = Person.objects.create_user("former@example.org", is_staff=False)
    other = Person.objects.create_user("other@example.org", is_staff=True)
    for member in (moderator, former):
        member.groups.add(group)
    assert ask(view, moderator) is None
    for refused in (former, other):
        with pytest.raises(PermissionDenied):
            ask(view, refused)


@pytest.mark.django_db
def test_the_permissions_policy_is_on_every_response() -> None:
    response = Client().get("/no-such-page/")
    assert response.status_code == HTTPStatus.NOT_FOUND
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert "'unsafe-inline'" not in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("policy", "stranger", "person"),
    [(access.PUBLIC, True, True), (access.SIGNED_IN, False, True), (None, False, False)],
)
def test_the_api_lets_in_whom_the_view_declares(
    policy: access.Access | None, stranger: bool, person: bool
) -> None:
    class Endpoint(APIView):
        def get(self, request: Request) -> Response:
            return Response()

    def endpoint(request: Request) -> Response:
        return Response()

    declare = access.access(policy) if policy else lambda view: view
    for view in (declare(Endpoint).as_view(), declare(api_view(["GET"])(endpoint))):
        for user, welcome in ((AnonymousUser(), stranger), (Person(), person)):
            request = APIRequestFactory().get("/")
            force_authenticate(request, user=user)
            assert view(request).status_code == (200 if welcome else 403)
