"""The API keeps its own document's word, whatever is sent to it (schemathesis over the OpenAPI document)."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.urls import get_resolver
from hypothesis import HealthCheck, given, settings
from rest_framework.serializers import Serializer

from tests.factories import accounts, discussion, proposals, voting

pytestmark = pytest.mark.django_db


@pytest.fixture
def one_connection(db: None) -> Iterator[None]:
    """The server side of a request closes old connections; here it is the test's own, in its transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def city(one_connection: None) -> None:
    """Something of everything that the API tells of."""
    accounts.area("Harbour", parent=accounts.area("Aldermere"))
    discussion.comment(proposals.project(slug="benches"))
    call = voting.voting_call(40, 50, slug="quays")
    voting.cast(call, 1)
    voting.decide(call)


def test_what_may_be_null_is_declared_so_s3() -> None:
    """A field that says null where there is nothing: a program built from the document would not expect it."""
    get_resolver().url_patterns  # noqa: B018 - imports every serializer
    waiting = list(Serializer.__subclasses__())
    while waiting:
        serializer = waiting.pop()
        waiting += serializer.__subclasses__()
        for name, field in serializer._declared_fields.items():
            assert field.allow_null or field.default is not None, f"{serializer.__name__}.{name}"


def test_answers_are_what_the_document_says(city: None) -> None:
    import schemathesis

    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", get_wsgi_application())
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) > 8
    for operation in operations:
        asked(operation)()


def asked(operation: Any) -> Callable[[], None]:
    """A property of one operation: whatever it is asked, the answer is in the document and no 5xx."""

    @settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def holds(case: Any) -> None:
        case.call_and_validate()

    return holds
