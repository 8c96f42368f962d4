"""Who is told by letter what the city decided about them, and why."""

import pytest

from civic.accounts import operations
from civic.accounts.operations.residency import Facts
from civic.core import events
from tests.factories import accounts as make
from tests.mail import delivered

pytestmark = pytest.mark.django_db


@pytest.fixture
def letters():
    """What has been sent so far, once everything pending is delivered."""

    def sent():
        events.deliver_pending()
        return [(letter.to, letter.subject, letter.body) for letter in delivered()]

    return sent


def request(person, at):
    facts = {"name": "Ada Lind", "born": at.date(), "address": "Quay 1"}
    return operations.request_letter(actor=person, area=make.area("Harbour"), at=at, **facts)


def test_a_rejection_says_why(letters, at):
    person, residency = (somebody := make.person()), request(somebody, at)
    steward = make.staff("data-stewards")
    operations.reject_residency(actor=steward, residency=residency, reason="There is no such house.", at=at)
    ((to, subject, body),) = letters()
    assert to == [person.email]
    assert "could not confirm" in subject
    assert "There is no such house." in body


def test_the_desk_tells_but_the_own_code_does_not(letters, at):
    steward, person, other = make.staff("data-stewards"), make.person(), make.person()
    letter = operations.print_letters(actor=steward, residencies=[request(person, at)], at=at)[0]
    operations.confirm_code(actor=person, code=letter.code, at=at)
    facts = Facts("Bo Berg", at.date(), "X1")
    operations.verify_at_desk(actor=steward, person=other, facts=facts, area=make.area("Harbour"), at=at)
    assert [to for to, _, _ in letters()] == [[other.email]]


def test_who_has_to_confirm_again_is_told(letters, at):
    residency = make.residency(make.person(), expires_at=at)
    operations.expire_residencies(at=at)
    assert [to for to, _, _ in letters()] == [[residency.person.email]]


def test_owners_read_why_their_organisation_is_suspended(letters, at):
    owner = make.person()
    group = make.organisation(owner, name="Harbour Bakery")
    make.membership(group, make.person())
    reason = "Nobody answers at this address."
    operations.suspend_organisation(actor=make.staff("moderators"), organisation=group, reason=reason, at=at)
    ((to, subject, body),) = letters()
    assert (to, subject) == ([owner.email], "Harbour Bakery is suspended")
    assert reason in body


def test_a_closed_account_is_told_why(letters, at):
    person = make.person()
    operations.close_account(actor=make.staff("moderators"), person=person, reason="Spam.", at=at)
    operations.reopen_account(actor=make.staff("moderators"), person=person, reason="A mistake.", at=at)
    assert [(to, "Spam." in body) for to, _, body in letters()] == [
        ([person.email], True),
        ([person.email], False),
    ]
