"""Whoever wrote the request: a person whose account is to be erased is told so, in time to keep it."""

from datetime import datetime, timedelta

import pytest

from civic.accounts import operations
from civic.accounts.models import ErasureRequest
from civic.core import events
from tests.factories import accounts
from tests.mail import delivered

pytestmark = pytest.mark.django_db


def test_a_request_that_no_page_wrote_is_told_to_its_person_1127_a5(at: datetime) -> None:
    """By its event, without which the database takes no such row."""
    person = accounts.person()
    events.record("person.erasure_requested", actor=person, subject=person, at=at)
    ErasureRequest.objects.create(person=person, due_at=at + timedelta(days=7))
    events.deliver_pending(at=at)
    [letter] = [one for one in delivered() if "will be erased" in one.subject]
    assert letter.to == [person.email]
    assert "If it was not you who asked" in letter.body


def test_what_is_asked_for_thrice_is_told_once_1127_at14(at: datetime) -> None:
    person = accounts.person()
    for _ in range(3):
        operations.request_erasure(actor=person, confirmation=person.email, at=at)
    events.deliver_pending(at=at)
    assert len([one for one in delivered() if "will be erased" in one.subject]) == 1
    assert events.about(person).filter(kind="person.erasure_requested").count() == 1
