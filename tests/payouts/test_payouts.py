"""Money for accepted milestones: who may ask and approve, when it may leave, what comes back."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from civic.accounts.models import Membership
from civic.core import events
from civic.core.errors import Conflict, Forbidden, IllegalTransition, Invalid
from civic.core.money import Money
from marketplace.payments.models import Transfer
from marketplace.payments.operations import advance_transfer
from marketplace.payments.providers import Outcome
from marketplace.payouts.models import BankDetails, Payout
from marketplace.payouts.operations import holds, payouts
from projects.proposals.models import Project
from tests.factories import accounts, payments
from tests.factories import matching as made

pytestmark = pytest.mark.django_db


def fresh(payout: Payout) -> Payout:
    """The row as it is now."""
    return Payout.objects.get(pk=payout.pk)


# ------------------------------------------------------------------ requested, approved, sent
def test_one_asks_another_approves_and_it_is_sent(at: datetime) -> None:
    payout = made.sent(at)
    assert payout.state == "sent"
    transfer = Transfer.objects.get()
    assert (transfer.purpose, transfer.destination) == (f"payout:{payout.pk}:1", made.IBAN)
    assert made.balances(payout.campaign) == {"committed": 70_00}
    payments.work(at)
    events.deliver_pending(at=at)
    assert fresh(payout).state == "settled"
    payments.assert_whole()


@pytest.mark.parametrize(
    ("currency", "minor", "needed"),
    [("EUR", 9_999_99, 1), ("EUR", 10_000_00, 2), ("KWD", 4_999_000, 2), ("JPY", 5_000, 2)],
)
def test_the_limit_of_one_approval_is_in_euros(currency: str, minor: int, needed: int) -> None:
    assert payouts.approvals_for(Money(minor, currency)) == needed


def test_above_the_limit_two_others_approve(at: datetime) -> None:
    payout = made.requested(at, 40_000_00)
    assert payout.approvals_needed == 2
    first = made.finance_officer()
    payouts.approve_payout(actor=first, payout=payout, at=at)
    assert payout.state == "requested"
    with pytest.raises(Conflict):
        payouts.approve_payout(actor=first, payout=payout, at=at)
    payouts.approve_payout(actor=made.finance_officer(), payout=payout, at=at)
    assert payout.state == "sent"


def test_who_requested_it_does_not_approve_it(at: datetime) -> None:
    payout = made.planned(at)
    officer = made.finance_officer()
    payouts.request_payout(actor=officer, payout=payout, at=at)
    with pytest.raises(Forbidden):
        payouts.approve_payout(actor=officer, payout=payout, at=at)


def test_only_finance_officers_without_a_part_in_the_project(at: datetime) -> None:
    payout = made.planned(at)
    insider = made.finance_officer()
    accounts.membership(payout.campaign.project.organisation, insider, Membership.Role.MEMBER)
    for person in (
        accounts.person(),
        accounts.staff("auditors"),
        accounts.staff("programme-managers"),
        insider,
    ):
        with pytest.raises(Forbidden):
            payouts.request_payout(actor=person, payout=payout, at=at)


def test_nothing_leaves_before_the_risk_window_is_over(at: datetime) -> None:
    payout = made.planned(at)
    with pytest.raises(Conflict):
        payouts.request_payout(
            actor=made.finance_officer(), payout=payout, at=payout.not_before - timedelta(seconds=1)
        )


def test_nothing_leaves_while_a_hold_stands(at: datetime) -> None:
    payout, officer = made.planned(at), made.finance_officer()
    hold = holds.doubt(actor=officer, campaign=payout.campaign, reason="The invoice looks odd.", at=at)
    with pytest.raises(Conflict):
        payouts.request_payout(actor=officer, payout=payout, at=at)
    holds.clear(actor=officer, hold=hold, reason="It is fine.", at=at)
    payouts.request_payout(actor=officer, payout=payout, at=at)
    holds.doubt(actor=officer, campaign=payout.campaign, reason="Odd again.", at=at)
    with pytest.raises(Conflict):
        payouts.approve_payout(actor=made.finance_officer(), payout=payout, at=at)


def test_what_was_sent_back_needs_new_approvals(at: datetime) -> None:
    payout = made.requested(at, 40_000_00)
    payouts.approve_payout(actor=made.finance_officer(), payout=payout, at=at)
    with pytest.raises(Invalid):
        payouts.send_back(actor=made.finance_officer(), payout=payout, reason=" ", at=at)
    payouts.send_back(actor=made.finance_officer(), payout=payout, reason="Wrong account.", at=at)
    assert made.balances(payout.campaign) == {"committed": 40_000_00}
    payouts.request_payout(actor=made.finance_officer(), payout=payout, at=at)
    payouts.approve_payout(actor=made.finance_officer(), payout=payout, at=at)
    assert (fresh(payout).state, fresh(payout).attempt) == ("requested", 2)
    assert made.balances(payout.campaign) == {"committed": 28_000_00, "released": 12_000_00}


@pytest.mark.parametrize("verb", ["fail", "reverse"])
def test_a_payout_that_came_back_is_requested_again_under_a_new_number(at: datetime, verb: str) -> None:
    payout = made.sent(at)
    transfer = Transfer.objects.get()
    steps = ["settle", "reverse"] if verb == "reverse" else ["fail"]
    for step in ["send", *steps]:
        if step == "send":
            from civic.core.states import transition

            transition(transfer, "send", actor=None, at=at)
        else:
            advance_transfer(transfer, Outcome(step, failure="account closed"), at=at)
    for _ in range(2):
        events.deliver_pending(at=at)
    assert (fresh(payout).state, fresh(payout).failure) == (f"{verb}ed".replace("ee", "e"), "account closed")
    again = fresh(payout)
    payouts.request_payout(actor=made.finance_officer(), payout=again, at=at)
    payouts.approve_payout(actor=made.finance_officer(), payout=again, at=at)
    assert Transfer.objects.filter(purpose=f"payout:{payout.pk}:2").exists()
    # What the first transfer says late does not move the second.
    payouts.settle_transfer(f"payout:{payout.pk}:1", "settle", at)
    assert fresh(payout).state == "sent"
    payments.assert_whole()


def test_a_sent_payout_is_not_requested_again(at: datetime) -> None:
    payout = made.sent(at)
    with pytest.raises(IllegalTransition):
        payouts.request_payout(actor=made.finance_officer(), payout=payout, at=at)


# ------------------------------------------------------------------ to whom
def test_a_project_without_an_organisation_waits(at: datetime) -> None:
    payout = made.planned(at)
    Project.objects.filter(pk=payout.campaign.project_id).update(organisation=None)
    with pytest.raises(Conflict, match="no organisation"):
        payouts.request_payout(actor=made.finance_officer(), payout=fresh(payout), at=at)


# ------------------------------------------------------------------ the database refuses
def refused(sql: str, *values: object) -> bool:
    """Whether the database says no."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    except IntegrityError:
        return True
    return False


def test_the_database_keeps_requester_and_approver_apart(at: datetime) -> None:
    payout = made.requested(at)
    insert = """INSERT INTO payouts_approval (id, payout_id, attempt, person_id, approved_at)
                VALUES (gen_random_uuid(), %s, %s, %s, %s)"""
    assert refused(insert, payout.pk, 1, payout.requested_by_id, at)
    assert refused(insert, payout.pk, 2, made.finance_officer().pk, at)
    assert not refused(insert, payout.pk, 1, made.finance_officer().pk, at)
    assert refused("UPDATE payouts_approval SET attempt = 2")
    assert refused("DELETE FROM payouts_approval")


def test_the_database_asks_for_enough_approvals(at: datetime) -> None:
    payout = made.requested(at, 40_000_00)
    step = "UPDATE payouts_payout SET state = 'approved', state_since = %s WHERE id = %s"
    assert refused(step, at, payout.pk)
    payouts.approve_payout(actor=made.finance_officer(), payout=payout, at=at)
    assert refused(step, at, payout.pk)
    assert refused("UPDATE payouts_payout SET approvals_needed = 1")
    assert refused("UPDATE payouts_payout SET requested_by_id = %s", accounts.person().pk)
    assert refused("UPDATE payouts_payout SET state = 'sent'")
    assert refused("UPDATE payouts_payout SET state = 'settled'")


def test_the_database_keeps_the_risk_window_and_holds(at: datetime) -> None:
    payout = made.planned(at)
    early = payout.not_before - timedelta(seconds=1)
    officer = made.finance_officer()
    ready = """UPDATE payouts_payout SET state = 'requested', state_since = %s, released_at = %s, requested_by_id = %s,
               details_id = %s"""
    details = BankDetails.objects.get()
    assert refused(ready, early, early, officer.pk, details.pk)
    holds.doubt(actor=officer, campaign=payout.campaign, reason="Odd.", at=at)
    assert refused(ready, at, at, officer.pk, details.pk)
    assert refused("DELETE FROM payouts_hold")
    stranger = made.details(
        accounts.organisation(payout.campaign.project.author), payout.campaign.project.author, early
    )
    assert refused(ready, at, at, officer.pk, stranger.pk)


def test_the_database_pays_for_accepted_milestones_of_the_project_only(at: datetime) -> None:
    payout = made.planned(at)
    other = made.planned(at)
    unaccepted = payout.campaign.project.milestones.get(number=2)
    insert = """INSERT INTO payouts_payout (id, campaign_id, milestone_id, part, amount_minor, currency, not_before,
                approvals_needed, attempt, failure, state) VALUES
                (gen_random_uuid(), %s, %s, 9, 1, %s, now(), 1, 1, '', %s)"""
    assert refused(insert, payout.campaign_id, unaccepted.pk, "EUR", "planned")
    assert refused(insert, payout.campaign_id, other.milestone_id, "EUR", "planned")
    assert refused(insert, payout.campaign_id, payout.milestone_id, "USD", "planned")
    assert refused(insert, payout.campaign_id, payout.milestone_id, "EUR", "sent")
    assert not refused(insert, payout.campaign_id, payout.milestone_id, "EUR", "planned")


def test_the_database_sends_no_more_than_was_released(at: datetime) -> None:
    payout = made.requested(at)
    assert refused("UPDATE payouts_payout SET amount_minor = amount_minor + 1")
    forged = made.planned(at)
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE payouts_payout SET released_at = %s, requested_by_id = %s, details_id = %s WHERE id = %s""",
            [at, payout.requested_by_id, BankDetails.objects.latest("created_at").pk, forged.pk],
        )
        cursor.execute(
            "UPDATE payouts_payout SET state = 'requested', state_since = %s WHERE id = %s", [at, forged.pk]
        )
        cursor.execute(
            """INSERT INTO payouts_approval (id, payout_id, attempt, person_id, approved_at)
               VALUES (gen_random_uuid(), %s, 1, %s, %s)""",
            [forged.pk, made.finance_officer().pk, at],
        )
        cursor.execute("UPDATE payouts_payout SET state = 'approved' WHERE id = %s", [forged.pk])
    # Nothing was released for it in the ledger.
    assert refused("UPDATE payouts_payout SET state = 'sent' WHERE id = %s", forged.pk)


def test_bank_details_never_change(at: datetime) -> None:
    owner = accounts.person()
    made.details(accounts.organisation(owner), owner, at)
    assert refused("UPDATE payouts_bankdetails SET destination = 'GB82WEST12345698765432'")
    assert refused("UPDATE payouts_bankdetails SET usable_from = %s", at)
