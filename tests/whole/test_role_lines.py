"""What lines of statements name, and the entries of their keys, by SQL as the application role (TE4, TE10, TF6)."""

from datetime import timedelta

import psycopg
import pytest

from civic.accounts import operations as accounts
from civic.accounts.models import Invitation, Membership, Residency
from marketplace.matching.models import MatchFund
from marketplace.payments import operations
from marketplace.payments.models import Charge, StatementLine
from tests.demo_city import MOMENT as NOW
from tests.factories import payments
from tests.whole.application_role import officers, outcome, session
from tests.whole.faults import past
from tests.whole.test_role_bank import said, shown
from tests.whole.test_role_money import of_a_key

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_city")]
__all__ = ["session"]


def ends(session: psycopg.Cursor) -> None:
    """Another transaction: where a line stands is asked at the end of each."""
    session.execute("SET CONSTRAINTS ALL IMMEDIATE")
    session.execute("SET CONSTRAINTS ALL DEFERRED")


def pointed(session: psycopg.Cursor, line: StatementLine, column: str, other: StatementLine) -> str:
    return outcome(
        session, f"UPDATE payments_statementline SET {column} = '{other.pk}' WHERE id = '{line.pk}'"
    )


@pytest.mark.parametrize("proposal", ["taken", "double"])
def test_what_a_line_was_said_to_be_of_stays_1127_te4(session: psycopg.Cursor, proposal: str) -> None:
    """Pointed at another one between the two officers, or once it was settled."""
    one, two, _three = officers()
    first, other = shown("44.00", "", "1"), shown("44.00", "", "2")
    line = shown("-44.00" if proposal == "taken" else "44.00", "", "3")
    ends(session)
    column = "reverses_id" if proposal == "taken" else "duplicate_of_id"
    operations.propose_line_match(
        actor=one, line=line, proposal=proposal, target=first, reason="I asked.", at=NOW
    )
    ends(session)
    assert pointed(session, line, column, other) == "refused"
    operations.confirm_line_match(actor=two, line=line, at=NOW)
    ends(session)
    assert pointed(session, line, column, other) == "refused"


def moves(session: psycopg.Cursor, key: str, debit: str, credit: str) -> str:
    return outcome(session, of_a_key(f"'{key}'", debit, credit))


def test_entries_of_a_line_are_what_two_have_said_of_it_1127_te10(session: psycopg.Cursor) -> None:
    """Income of the city's and other payers' money left by the key of any credit, with nobody's word."""
    credit, fee = shown("44.00", "", "1"), shown("-3.00", "", "2")
    said(shown("77.00", "", "3"), "income", None)
    said(shown("-1.00", "", "4"), "fee", None)
    ends(session)
    for key, debit, other in (
        (f"taken:{credit.digest}:income", "income", "bank"),
        (f"taken:{credit.digest}:suspense", "suspense", "bank"),
        (f"double:{credit.digest}", "suspense", "bank"),
        (f"income:{credit.digest}", "suspense", "income"),
        (f"statement:{fee.digest}", "fees/bank", "bank"),
    ):
        assert moves(session, key, debit, other) == "refused", key


def test_all_that_a_line_takes_back_is_no_more_than_its_credit_1127_te10(session: psycopg.Cursor) -> None:
    """Each of its keys alone could be the whole."""
    said(shown("77.00", "", "3"), "income", None)
    credit = shown("44.00", "", "1")
    said(credit, "income", None)
    line = shown("-44.00", "", "2")
    said(line, "taken", credit)
    ends(session)
    for step, debit in (("suspense", "suspense"), ("loss", "losses")):
        assert moves(session, f"taken:{line.digest}:{step}", debit, "bank") == "refused", step


@pytest.mark.parametrize("told", [True, False], ids=["told", "before events told it"])
@pytest.mark.parametrize("became", ["fund", "refund"])
def test_what_left_a_fund_or_by_a_refund_is_nothing_else_of_its_credit_1127_tf6(
    session: psycopg.Cursor, became: str, told: bool
) -> None:
    """Beside the fund's own entry, or the refund's, each key of the line could be the whole credit again."""
    one = officers()[0]
    said(shown("77.00", "", "3"), "income", None)
    said(shown("-1.00", "", "4"), "fee", None)
    fund = MatchFund.objects.filter(state="open").exclude(rule="quadratic").first()
    charge = Charge.objects.filter(provider="bank", state="prepared").first()
    assert fund
    assert charge
    if became == "fund":
        credit = shown("44.00", "", "1")
        said(credit, "fund", f"fund:{fund.pk}")
    else:
        shown(str(charge.amount.major), charge.provider_ref, "1")
        charge.refresh_from_db()
        refund = operations.request_refund(
            actor=None, charge=charge, amount=charge.amount, key="x", reason="Asked.", at=NOW
        )
        payments.work(NOW)
        operations.order_transfers(actor=one, send_on=NOW.date(), at=NOW)
        refund.refresh_from_db()
        shown(f"-{charge.amount.major}", refund.provider_ref, "5")
        refund.refresh_from_db()
        credit = shown(str(charge.amount.major), "", "6")
        said(credit, "back", refund)
    if not told:
        session.execute("RESET ROLE")
        session.execute(past("UPDATE core_event SET payload = payload - 'settled_minor'"))
        session.execute("SET LOCAL ROLE civic_application")
    line = shown(f"-{credit.amount.major}", "", "2")
    said(line, "taken", credit)
    ends(session)
    for step, debit in (("suspense", "suspense"), ("income", "income"), ("loss", "losses")):
        assert moves(session, f"taken:{line.digest}:{step}", debit, "bank") == "refused", step
    assert moves(session, f"taken:{line.digest}:fee", "bank", "fees/bank") == "refused"


def test_a_credit_that_was_taken_back_takes_nothing_itself_1127_tf6(session: psycopg.Cursor) -> None:
    """What was in suspense of it is called "taken", too, by two officers."""
    credit = shown("44.00", "", "1")
    said(shown("-44.00", "", "2"), "taken", credit)
    ends(session)
    credit.refresh_from_db()
    assert (credit.state, credit.proposal) == ("settled", "taken")
    assert moves(session, f"taken:{credit.digest}:loss", "losses", "bank") == "refused"


def test_of_what_went_back_to_its_sender_the_sender_bears_the_fee_1127_te10(session: psycopg.Cursor) -> None:
    said(shown("44.00", "", "1"), "return", None)
    operations.run_commands(at=NOW)
    order = operations.order_transfers(actor=officers()[0], send_on=NOW.date(), at=NOW)
    transfer = order.transfers.get(amount_minor=4400)
    shown("-44.00", transfer.provider_ref, "2")
    transfer.refresh_from_db()
    back = shown("42.00", "", "3")
    said(shown("-1.00", "", "4"), "fee", None)
    one, two, _three = officers()
    operations.propose_line_match(
        actor=one, line=back, proposal="less", target=transfer, reason="I asked.", at=NOW
    )
    ends(session)
    operations.confirm_line_match(actor=two, line=back, at=NOW)
    ends(session)
    assert moves(session, f"short:{back.digest}", "fees/bank", "suspense") == "refused"


def test_what_has_ended_does_not_begin_again_untold_1127_at15(session: psycopg.Cursor) -> None:
    owner = Membership.objects.filter(role="owner").select_related("organisation", "person")[0]
    made = accounts.invite(
        actor=owner.person, organisation=owner.organisation, email="x@new.example", role="member", at=NOW
    )
    ends(session)
    longer = "UPDATE accounts_invitation SET expires_at = expires_at + interval '1 day'"
    assert outcome(session, longer) == "refused"
    later = NOW + timedelta(days=20)
    accounts.resend_invitation(actor=owner.person, invitation=made, at=later)
    ends(session)
    assert Invitation.objects.get(pk=made.pk).expires_at == later + timedelta(days=14)
    known = Residency.objects.filter(state="verified").select_related("person")[0]
    accounts.withdraw_residency(actor=known.person, residency=known, at=NOW)
    ends(session)
    blank = f"UPDATE accounts_residency SET verified_at = NULL WHERE id = '{known.pk}'"
    assert outcome(session, blank) == "refused"


def test_what_of_a_taken_credit_has_gone_on_is_booked_by_the_role_1127_te5_te6(
    session: psycopg.Cursor,
) -> None:
    """A payment and what was sent back; and a refund that came back less a fee larger than what came."""
    one = officers()[0]
    charge = Charge.objects.filter(provider="bank", state="prepared").first()
    assert charge
    credit = shown(str(charge.amount.major + 10), charge.provider_ref)
    said(credit, "return", None)
    payments.work(NOW)
    order = operations.order_transfers(actor=one, send_on=NOW.date(), at=NOW)
    shown("-10.00", order.transfers.get(amount_minor=1000).provider_ref, "2")
    said(shown(f"-{charge.amount.major + 10}", "", "3"), "taken", credit)
    ends(session)
    charge.refresh_from_db()
    assert charge.state == "lost"
    other = Charge.objects.filter(provider="bank", state="prepared").first()
    assert other
    shown(str(other.amount.major), other.provider_ref, "4")
    other.refresh_from_db()
    refund = operations.request_refund(
        actor=None, charge=other, amount=other.amount, key="x", reason="Asked.", at=NOW
    )
    payments.work(NOW)
    operations.order_transfers(actor=one, send_on=NOW.date(), at=NOW)
    refund.refresh_from_db()
    shown(f"-{other.amount.major}", refund.provider_ref, "5")
    refund.refresh_from_db()
    back = shown("1.00", "", "6")
    said(back, "less", refund)
    said(shown("-1.00", "", "7"), "taken", back)
    ends(session)
    refund.refresh_from_db()
    assert refund.state == "done"
