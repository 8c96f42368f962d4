"""What two requests at once must not break; on the real database, each thread with its own connection."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from civic.accounts import operations
from civic.accounts.models import DataExport, Membership, Residency
from civic.accounts.operations.residency import Facts
from civic.core.errors import Refused
from tests.factories import accounts as make

pytestmark = pytest.mark.django_db(transaction=True)

AT = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
FACTS = {"name": "Ada Lind", "born": date(1984, 7, 31)}
LETTER = FACTS | {"address": "Quay 1"}


def at_once(calls: list[Callable[[], Any]]) -> int:
    """Runs all calls at the same moment; returns how many were not refused."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> bool:
        barrier.wait()
        try:
            call()
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(len(calls)) as threads:
        return sum(threads.map(run, calls))


def test_one_person_verifies_through_one_account_only():
    steward, area = make.staff("data-stewards"), make.area()
    operations.upload_registry(
        actor=steward,
        file=io.BytesIO(f"name,birth_date,number,area\nAda Lind,1984-07-31,1,{area.slug}\n".encode()),
        at=AT,
    )
    people = [make.person() for _ in range(16)]

    def match(person):
        return lambda: operations.match_registry(actor=person, number="1", at=AT, **FACTS)

    assert at_once([match(person) for person in people]) == 1
    assert Residency.objects.filter(state="verified").count() == 1


def test_desk_and_letter_at_once_verify_one_account():
    steward, area = make.staff("data-stewards"), make.area()
    people = [make.person() for _ in range(8)]
    for number, person in enumerate(people):  # at most four letters go to one address
        operations.request_letter(actor=person, area=area, at=AT, **LETTER | {"address": f"Quay {number}"})
    letters = operations.print_letters(actor=steward, residencies=Residency.objects.all(), at=AT)
    codes = {letter.residency.person_id: letter.code for letter in letters}

    def confirm(person):
        return lambda: operations.confirm_code(actor=person, code=codes[person.pk], at=AT)

    def desk(person):
        facts = Facts(**FACTS, document=str(person.pk))
        return lambda: operations.verify_at_desk(actor=steward, person=person, facts=facts, area=area, at=AT)

    calls = [confirm(person) for person in people[:4]] + [desk(person) for person in people[4:]]
    assert at_once(calls) == 1
    assert Residency.objects.filter(state="verified").count() == 1


def test_one_account_asks_for_one_letter():
    person, area = make.person(), make.area()
    assert at_once([lambda: operations.request_letter(actor=person, area=area, at=AT, **LETTER)] * 8) == 1
    assert Residency.objects.count() == 1


def test_wrong_codes_at_once_are_counted_each():
    steward, person = make.staff("data-stewards"), make.person()
    residency = operations.request_letter(actor=person, area=make.area(), at=AT, **LETTER)
    operations.print_letters(actor=steward, residencies=[residency], at=AT)
    assert at_once([lambda: operations.confirm_code(actor=person, code="WRONG", at=AT)] * 16) == 0
    residency.refresh_from_db()
    assert (residency.state, residency.code_tries) == ("expired", 5)


def test_tries_at_the_register_hold_at_once():
    person = make.person()
    refusals = []

    def guess():
        try:
            operations.match_registry(actor=person, number="0", at=AT, **FACTS)
        except Refused as refusal:
            refusals.append(refusal.code)
            raise

    at_once([guess] * 16)
    assert refusals.count("invalid") == 5
    assert refusals.count("conflict") == 11


def test_two_owners_who_leave_at_once_leave_one():
    first, second = make.person(), make.person()
    organisation = make.organisation(first)
    make.membership(organisation, second, Membership.Role.OWNER)

    def leave(membership):
        return lambda: operations.leave_organisation(actor=membership.person, membership=membership, at=AT)

    assert (
        at_once([leave(membership) for membership in organisation.memberships.select_related("person")]) == 1
    )
    assert organisation.memberships.count() == 1


def test_one_address_is_invited_once():
    owner = make.person()
    organisation = make.organisation(owner)
    invite = {
        "actor": owner,
        "organisation": organisation,
        "email": "g@example.org",
        "role": "member",
        "at": AT,
    }
    assert at_once([lambda: operations.invite(**invite)] * 8) == 1


def test_one_copy_is_made_at_a_time():
    person = make.person()
    assert at_once([lambda: operations.request_export(actor=person, at=AT)] * 8) == 1
    assert DataExport.objects.count() == 1
