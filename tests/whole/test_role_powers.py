"""No way into an account and no power changes by SQL as the application role untold; the verbs do it as the role."""

from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from wagtail.models import Page

from civic.accounts import groups, operations, privacy
from civic.accounts.models import Invitation, Person, StaffInvitation
from civic.accounts.operations import people
from civic.accounts.operations.invitations import hash_of
from civic.core import events, seals
from civic.core.models import Event
from marketplace.invoicing.operations import issuers
from marketplace.ledger import operations as ledger
from marketplace.matching.models import MatchFund
from marketplace.matching.operations import deposits
from marketplace.payments.models import StatementLine
from marketplace.payments.operations import line_matching
from marketplace.payments.states import LineState
from marketplace.payouts.models import Hold, Payout
from marketplace.payouts.operations import holds, payouts
from marketplace.payouts.states import PayoutState
from tests.demo_city import MOMENT as NOW
from tests.whole.application_role import officers, outcome, session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_city")]
__all__ = ["session"]

# By kind, what is done to an officer of whom the log knows nothing but the appointment.
WAYS_IN = {
    "UPDATE accounts_person SET password = 'mine' WHERE id = %s": "person.password_changed",
    "UPDATE accounts_person SET email = 'x@x.example' WHERE id = %s": "person.address_changed",
    "UPDATE account_emailaddress SET email = 'x@x.example' WHERE user_id = %s": "person.address_changed",
    "DELETE FROM account_emailaddress WHERE user_id = %s": "person.address_changed",
    """INSERT INTO account_emailaddress (user_id, email, verified, "primary")
       VALUES (%s, 'x@x.example', true, false)""": "person.address_changed",
    "INSERT INTO mfa_authenticator (user_id, type, data, created_at) VALUES (%s, 'totp', '{}', now())": (
        "person.second_step_changed"
    ),
}


@pytest.mark.parametrize("statement", WAYS_IN)
def test_no_way_into_an_account_changes_untold_27_k4(session: psycopg.Cursor, statement: str) -> None:
    officer = officers()[0]
    # Whoever hides for a moment that it is an officer's account is told of none the less.
    session.execute("RESET ROLE")
    session.execute(
        "UPDATE accounts_person SET is_staff = false, last_login = NULL WHERE id = %s", [officer.pk]
    )
    session.execute("SET LOCAL ROLE civic_application")
    session.execute(statement, [officer.pk])
    last = Event.objects.order_by("-seq").first()
    assert last
    assert (last.kind, last.subject_id) == (WAYS_IN[statement], str(officer.pk))


def test_a_second_step_of_somebody_else_is_told_to_both_27_k4(session: psycopg.Cursor) -> None:
    one, two, _three = officers()
    step = Authenticator.objects.create(user=one, type="totp", data={"secret": "x"})
    count = Event.objects.filter(kind="person.second_step_changed").count()
    step.record_usage()
    assert Event.objects.filter(kind="person.second_step_changed").count() == count
    session.execute("UPDATE mfa_authenticator SET user_id = %s WHERE user_id = %s", [two.pk, one.pk])
    told = Event.objects.filter(kind="person.second_step_changed").order_by("-seq")[:2]
    assert {event.subject_id for event in told} == {str(one.pk), str(two.pk)}


@pytest.mark.parametrize("statement", WAYS_IN)
def test_a_resident_without_a_last_login_is_told_of_ways_in_1127_v5(
    session: psycopg.Cursor, statement: str
) -> None:
    resident = Person.objects.filter(is_staff=False, is_active=True, emailaddress__verified=True).first()
    assert resident
    session.execute("UPDATE accounts_person SET last_login = NULL WHERE id = %s", [resident.pk])
    session.execute(statement, [resident.pk])
    told = Event.objects.order_by("-seq").values_list("kind", "subject_id").first()
    assert told == (WAYS_IN[statement], str(resident.pk))


def test_the_one_address_of_who_joins_is_no_change_1127_v5(session: psycopg.Cursor) -> None:
    resident = Person.objects.filter(is_staff=False, is_active=True, emailaddress__verified=True).first()
    assert resident
    session.execute("DELETE FROM account_emailaddress WHERE user_id = %s", [resident.pk])
    last = Event.objects.order_by("-seq").values_list("seq", flat=True).first()
    own = {"user": resident, "email": resident.email, "primary": True}
    address = EmailAddress.objects.create(verified=False, **own)
    address.verified = True
    address.save()
    assert not Event.objects.filter(seq__gt=last).exists()
    address.verified = False
    address.save()
    assert Event.objects.filter(seq__gt=last).get().kind == "person.address_changed"


def test_a_new_link_of_a_staff_invitation_is_told_1127_v5(session: psycopg.Cursor) -> None:
    found = StaffInvitation.objects.first()
    assert found
    session.execute("UPDATE accounts_staffinvitation SET token_hash = 'mine' WHERE id = %s", [found.pk])
    told = Event.objects.order_by("-seq").values_list("kind", "subject_id").first()
    assert told == ("staff_invitation.link_made", str(found.pk))


@pytest.mark.parametrize(
    "kinds", [["person.appointed"], ["person.closed"], ["person.reopened", "person.closed"]], ids=str
)
def test_what_was_taken_does_not_come_back_by_an_old_event_27_k4(
    session: psycopg.Cursor, kinds: list[str]
) -> None:
    officer = officers()[0]
    for kind in kinds:
        events.record(kind, actor=None, subject=officer, at=NOW, payload={"staff": False, "groups": []})
    session.execute("RESET ROLE")
    session.execute(
        "UPDATE accounts_person SET is_staff = false, is_active = false WHERE id = %s", [officer.pk]
    )
    session.execute("SET LOCAL ROLE civic_application")
    taken = "is_staff" if kinds == ["person.appointed"] else "is_active"
    assert (
        outcome(session, f"UPDATE accounts_person SET {taken} = true WHERE id = '{officer.pk}'") == "refused"
    )


def test_polls_and_papers_are_told_first_1127_v1_v4(session: psycopg.Cursor) -> None:
    [(call,)] = session.execute("SELECT call_id FROM voting_poll WHERE sealed_at IS NULL LIMIT 1").fetchall()
    mark = "md5(random()::text)"
    paper = (
        "INSERT INTO voting_papervoter (id, created_at, call_id, identity, document, voter)"
        f" VALUES (gen_random_uuid(), now(), '{call}', {mark}, '', '')"
    )
    assert outcome(session, paper) == "refused"
    poll = (
        "INSERT INTO voting_poll (call_id, seed, commitment, prepared_at, key_digest, counting, counted)"
        " VALUES (gen_random_uuid(), 's', 'c', now(), 'mine', '', 0)"
    )
    assert outcome(session, poll) == "refused"


def test_what_happens_once_happens_by_its_verbs_m8(session: psycopg.Cursor) -> None:
    """The verbs whose rows the rules above ask an event for, as the role: each records it in time."""
    one, two, _three = officers()
    payout = Payout.objects.get(state=PayoutState.REQUESTED)
    hold = holds.doubt(actor=one, campaign=payout.campaign, reason="A neighbour wrote.", at=NOW)
    holds.clear(actor=two, hold=hold, reason="It was a mistake.", at=NOW)
    waiting = Hold.objects.exclude(pk=hold.pk).get(lifted_at=None)
    holds.lift(hold=waiting, at=NOW)
    fund = MatchFund.objects.filter(state="open").first()
    assert fund
    given = deposits.enter_deposit(actor=one, fund=fund, amount_minor=100, note="more", at=NOW)
    deposits.confirm_deposit(actor=two, deposit=given, at=NOW)
    deposits.take_deposit_back(actor=two, fund=fund, amount=given.amount, credit=uuid4(), at=NOW)
    approver = next(person for person in officers() if person.pk != payout.requested_by_id)
    payouts.send_back(actor=approver, payout=payout, reason="Not yet.", at=NOW)
    payouts.request_payout(actor=one, payout=payout, at=NOW)
    payouts.approve_payout(actor=two, payout=payout, at=NOW)
    line = StatementLine.objects.filter(state=LineState.UNCLEAR).exclude(iban="").first()
    assert line
    line_matching.propose_line_match(actor=one, line=line, proposal="return", reason="Twice.", at=NOW)
    line_matching.confirm_line_match(actor=two, line=line, at=NOW)
    free = [one for one in Person.objects.filter(is_staff=False) if not list(privacy.blockers(one))]
    operations.erase_person(person=free[0], at=NOW)
    resident = Person.objects.filter(is_staff=False, is_active=True).first()
    administrator = Person.objects.filter(is_superuser=True).first()
    assert resident
    assert administrator
    chosen = list(Group.objects.filter(name=groups.FINANCE_OFFICERS))
    people.appoint(actor=administrator, person=resident, is_staff=True, groups=chosen, reason="New.", at=NOW)
    assert resident in officers()
    assert seals.seal(at=NOW)
    ledger.link_entries()
    assert ledger.close_day(book="demo", day=NOW.date() + timedelta(days=1))
    session.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_verbs_that_give_powers_tell_first_27_k4(session: psycopg.Cursor) -> None:
    """As the role: what it is refused by SQL it does by these."""
    one, two, three = officers()
    administrator = Person.objects.filter(is_superuser=True).first()
    resident = Person.objects.filter(is_staff=False, is_active=True, memberships=None).first()
    assert administrator
    assert resident
    details = {"name": "Cranes", "kind": "business", "about": "", "website": ""}
    cranes = operations.create_organisation(actor=one, at=NOW, **details)
    for role in ("manager", "member"):
        invited = operations.invite(actor=one, organisation=cranes, email=resident.email, role=role, at=NOW)
        token = "x" * 8 + role
        Invitation.objects.filter(pk=invited.pk).update(token_hash=hash_of(token))
        operations.accept_invitation(actor=resident, token=token, at=NOW)
        membership = cranes.memberships.get(person=resident)
        operations.change_role(actor=one, membership=membership, role="owner", at=NOW)
        operations.leave_organisation(actor=resident, membership=membership, at=NOW)
    sent = operations.invite_staff(
        actor=administrator, email=resident.email, groups=[groups.AUDITORS], reason="New.", at=NOW
    )
    sent = operations.renew_staff_invitation(actor=administrator, invitation=sent, at=NOW)
    StaffInvitation.objects.filter(pk=sent.pk).update(token_hash=hash_of("staff"))
    operations.accept_staff_invitation(actor=resident, token="staff", at=NOW)
    people.close_account(actor=administrator, person=two, reason="Away.", at=NOW)
    people.reopen_account(actor=administrator, person=two, reason="Back.", at=NOW)
    three.set_password("another-long-phrase")
    three.save()
    page = Page.objects.order_by("-pk").first()
    assert page
    page.delete()
    issuer = {
        "name": "City",
        "street": "-",
        "postcode": "1",
        "city": "A",
        "country": "DE",
        "email": "a@a.example",
    }
    issuers.declare_issuer(
        actor=one, reason="Moved.", at=NOW, vat_id="DE123456788", vat_rate_bp=1900, payment_days=30, **issuer
    )
    session.execute("SET CONSTRAINTS ALL IMMEDIATE")
