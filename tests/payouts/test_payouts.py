"""Money for accepted milestones: who may ask and approve, when it may leave, what it amounts to, what comes back."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from civic.accounts.models import Membership
from civic.core import events
from civic.core.errors import Conflict, Forbidden, IllegalTransition, Invalid
from civic.core.money import Money
from marketplace.campaigns.models import Campaign
from marketplace.matching.operations import closing, quadratic_allocation
from marketplace.payments.models import Transfer
from marketplace.payments.operations import advance_transfer
from marketplace.payments.providers import Outcome
from marketplace.payouts.models import BankDetails, Payout
from marketplace.payouts.operations import holds, payouts
from projects.delivery.operations import milestone_steps
from projects.delivery.states import MilestoneState
from projects.proposals.models import Project
from tests.factories import accounts, delivery, payments
from tests.factories import matching as made

pytestmark = pytest.mark.django_db


def fresh(payout: Payout) -> Payout:
    """The row as it is now."""
    return Payout.objects.get(pk=payout.pk)


# ------------------------------------------------------------------ planned
def test_an_accepted_milestone_plans_its_payout_and_brings_the_match(at: datetime) -> None:
    fund = made.fund(at)

    def matched(campaign: Campaign) -> None:
        made.gift(campaign, 20_00, at)
        made.enrolled(fund, at, campaign)

    campaign = made.succeeded(at, 100_00, allocations=[matched])
    assert made.balances(fund) == {"available": 980_00, "committed": 20_00}
    milestone = campaign.project.milestones.get(number=1)
    steward = accounts.staff("programme-managers")
    delivery.evidence(milestone)
    type(milestone).objects.filter(pk=milestone.pk).update(state=MilestoneState.SUBMITTED)
    milestone_steps.accept(actor=steward, milestone=milestone, reason="All there.", at=at)
    for _ in range(2):
        events.deliver_pending(at=at)
    payout = Payout.objects.get()
    assert payout.amount == Money(36_00, "EUR")
    assert made.balances(fund) == {"available": 980_00}
    assert made.balances(campaign) == {"committed": 120_00}
    assert payout.not_before == at + timedelta(days=7)
    assert payout.state == "planned"


def test_the_last_milestone_takes_the_rest_and_no_cent_is_lost(at: datetime) -> None:
    campaign = made.succeeded(at, 100_01, shares=(3_333, 3_333, 3_334))
    plan = made.accepted(campaign.project, count=3)
    amounts = [payouts.plan_payouts(milestone, at)[0].amount_minor for milestone in plan]
    assert sum(amounts) == 100_01
    assert amounts == [33_33, 33_33, 33_35]


@pytest.mark.parametrize(("currency", "minor"), [("JPY", 10_001), ("KWD", 10_000_001)])
def test_currencies_of_no_and_three_decimals(at: datetime, currency: str, minor: int) -> None:
    campaign = made.succeeded(at, minor, currency=currency, shares=(3_333, 3_333, 3_334))
    plan = made.accepted(campaign.project, count=3)
    assert sum(payouts.plan_payouts(milestone, at)[0].amount_minor for milestone in plan) == minor


def test_money_that_comes_late_follows_with_the_next_payout_or_as_a_part_of_the_last(at: datetime) -> None:
    campaign = made.succeeded(at, 100_00, shares=(5_000, 5_000))
    plan = made.accepted(campaign.project, count=2)
    first, last = (payouts.plan_payouts(milestone, at)[0] for milestone in plan)
    late = at + timedelta(days=8)
    _arrives(campaign, 10_00, late)
    officer = made.finance_officer()
    for payout in (first, last):
        payouts.request_payout(actor=officer, payout=payout, at=late)
    assert fresh(first).amount_minor + fresh(last).amount_minor == 110_00
    assert payouts.plan_rest(campaign, late) is None
    _arrives(campaign, 3_00, late)
    rest = payouts.plan_rest(campaign, late)
    assert rest is not None
    assert (rest.part, rest.amount_minor, rest.milestone_id) == (2, 3_00, plan[1].pk)
    assert payouts.plan_rest(campaign, late) is None


def _arrives(campaign: object, minor: int, at: datetime) -> None:
    from marketplace.campaigns.operations import postings

    made.pay_in(campaign, minor, at)  # type: ignore[arg-type]
    postings.balance_held(campaign, at)  # type: ignore[arg-type]


def _shared_out_after_acceptance(at: datetime) -> Payout:
    """A payout planned for 100, whose campaign gets 50 more of a quadratic fund before it is requested."""
    shared = made.fund(at, rule="quadratic")

    def crowd(campaign: Campaign) -> None:
        made.enrolled(shared, at, campaign)
        for _ in range(2):
            made.gift(campaign, 25_00, at)

    payout = made.planned(at + timedelta(days=8), allocations=[crowd], shares=(10_000,))
    closing.end_due(shared.freezes_at)
    shared.refresh_from_db()
    over = shared.freezes_at + timedelta(days=14)
    quadratic_allocation.settle(actor=made.finance_officer(), fund=shared, at=over)
    assert made.balances(shared) == {"available": 950_00, "committed": 50_00}
    return payout


def test_a_share_that_comes_after_the_acceptance_is_paid_out_with_it_m26(at: datetime) -> None:
    payout = _shared_out_after_acceptance(at)
    late = at + timedelta(days=60)
    payouts.request_payout(actor=made.finance_officer(), payout=payout, at=late)
    assert payout.amount_minor == 150_00
    assert made.balances(payout.campaign) == {"released": 150_00}


def test_a_payout_takes_what_is_there_while_another_of_its_campaign_comes_back_m26(at: datetime) -> None:
    """Between the transfer that came back and the news of it the same money lies on released and counts as gone."""
    sent = made.sent(at, shares=(8_000, 2_000))
    transfer = Transfer.objects.get()
    payments.work(at)
    events.deliver_pending(at=at)
    other = payouts.plan_payouts(made.accepted(sent.campaign.project, count=2)[1], at - timedelta(days=8))[0]
    transfer.refresh_from_db()
    advance_transfer(transfer, Outcome("reverse", failure="account closed"), at=at)
    payouts.request_payout(actor=made.finance_officer(), payout=other, at=at)
    assert fresh(other).amount_minor == 20_00
    payments.assert_whole()


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


def test_changed_details_wait_and_the_old_ones_are_used_until_then(at: datetime) -> None:
    payout = made.planned(at)
    organisation = payout.campaign.project.organisation
    owner = organisation.memberships.get(role=Membership.Role.OWNER).person
    new = made.details(organisation, owner, at, iban="GB82 WEST 1234 5698 7654 32")
    assert new.usable_from == at + timedelta(days=7)
    payouts.request_payout(actor=made.finance_officer(), payout=payout, at=at)
    assert payout.details.destination == made.IBAN
    payouts.send_back(actor=made.finance_officer(), payout=payout, reason="To the new one.", at=at)
    payouts.request_payout(actor=made.finance_officer(), payout=payout, at=new.usable_from)
    assert payout.details == new


def test_details_are_entered_by_owners_and_checked(at: datetime) -> None:
    owner = accounts.person()
    organisation = accounts.organisation(owner)
    manager = accounts.person()
    accounts.membership(organisation, manager, Membership.Role.MANAGER)
    with pytest.raises(Forbidden):
        made.details(organisation, manager, at)
    for wrong in (
        "DE89370400440532013001",
        "DE98370400440532013000",
        "DE4037040044053",  # right check digits, and too short for Germany
        "XX42ALDERMERE0000012345",  # of no country
        "12",
        "",
        "DE89 3704 0044 0532 0130 0Ä",
    ):
        with pytest.raises(Invalid):
            made.details(organisation, owner, at, iban=wrong)
    first = made.details(organisation, owner, at)
    assert made.details(organisation, owner, at + timedelta(days=3)) == first


def test_all_owners_are_told_of_new_details(at: datetime) -> None:
    owner, other = accounts.person(), accounts.person()
    organisation = accounts.organisation(owner)
    accounts.membership(organisation, other, Membership.Role.OWNER)
    made.details(organisation, owner, at)
    events.deliver_pending(at=at)
    from civic.notifications.models import Notification

    told = Notification.objects.filter(kind="bank_details.entered")
    assert {row.person_id for row in told} == {owner.pk, other.pk}
    assert made.IBAN not in str([(row.topic, row.params, row.detail) for row in told])


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
