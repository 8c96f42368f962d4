"""What a project that ended has left goes back to everybody who brought it, to the cent, by two people."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from civic.accounts import groups
from civic.accounts.models import Organisation
from civic.core.errors import Conflict
from civic.core.money import Money
from civic.notifications.models import Notification
from marketplace.campaigns.models import Campaign
from marketplace.invoicing.models import Invoice, InvoiceReminder
from marketplace.invoicing.operations import credit_notes
from marketplace.invoicing.operations.reminders import remind_overdue
from marketplace.ledger.models import Account
from marketplace.ledger.queries import balance
from marketplace.matching.models import Allocation
from marketplace.payments.models import Charge, Claim, Refund, Transfer
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.operations.refunds import advance_refund, refund_rest
from marketplace.payments.providers import Outcome
from marketplace.payouts.models import Return
from marketplace.payouts.operations import payouts, returns
from projects.delivery.models import Milestone
from projects.delivery.operations import milestone_steps
from projects.delivery.states import MilestoneState
from projects.proposals.models import Project
from projects.proposals.operations import review
from projects.proposals.states import ProjectState
from tests.factories import accounts, delivery, matching, payments, sponsors
from tests.factories.campaigns import end, open_campaign, promise, work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


def there(campaign: Campaign) -> dict[str, int]:
    """What is on the campaign's accounts."""
    rows = Account.objects.filter(code__startswith=f"campaign/{campaign.pk}/")
    return {one.code.rpartition("/")[2]: found for one in rows if (found := balance(one).minor)}


def cancel(project: Project, at: datetime) -> None:
    manager = accounts.staff(groups.PROGRAMME_MANAGERS)
    review.cancel(actor=manager, project=project, reason="It can't be built.", at=at)
    work(at)


def given_back(campaign: Campaign, at: datetime) -> Return:
    """Proposed by one finance officer, confirmed by another, with what follows."""
    made = returns.propose_return(
        actor=matching.finance_officer(), campaign=campaign, reason="The ground is polluted.", at=at
    )
    returns.confirm_return(actor=matching.finance_officer(), returned=made, at=at)
    work(at)
    made.refresh_from_db()
    return made


def together(at: datetime) -> tuple[Campaign, datetime]:
    """A campaign that succeeded with three backers' 10.00 each, of which 10.00 have been paid out."""
    campaign = open_campaign(matching.organised_project(at), at=at, goal_minor=25_00)
    for _number in range(3):
        promise(campaign, 10_00, at=at, person=accounts.resident())
    return campaign, end(campaign)


def part_paid_out(campaign: Campaign, at: datetime, parts: tuple[int, int] = (3_333, 6_667)) -> datetime:
    """The first of its two milestones is accepted and paid out."""
    first, _rest = delivery.milestones(campaign.project, *parts, state=MilestoneState.SUBMITTED)
    Project.objects.filter(pk=campaign.project_id).update(state=ProjectState.DELIVERING)
    manager = accounts.staff(groups.PROGRAMME_MANAGERS)
    milestone_steps.accept(actor=manager, milestone=first, reason="All there.", at=at)
    work(at)
    payout = campaign.payouts.get()
    later = payout.not_before
    payouts.request_payout(actor=matching.finance_officer(), payout=payout, at=later)
    payouts.approve_payout(actor=matching.finance_officer(), payout=payout, at=later)
    work(later)
    return later


def failed(campaign: Campaign, at: datetime) -> None:
    """Its project is given up."""
    manager, project = accounts.staff(groups.PROGRAMME_MANAGERS), Project.objects.get(pk=campaign.project_id)
    milestone_steps.fail(actor=manager, project=project, reason="The ground is polluted.", at=at)
    work(at)


def fail_after_a_third(campaign: Campaign, at: datetime) -> datetime:
    """One of its milestones is paid out, then it is given up."""
    later = part_paid_out(campaign, at)
    failed(campaign, later)
    return later


def test_what_a_failed_project_has_left_goes_back_to_the_cent_m7(at: datetime) -> None:
    campaign, moment = together(at)
    moment = fail_after_a_third(campaign, moment)
    assert there(campaign) == {"committed": 20_00}
    made = given_back(campaign, moment)
    # Three equal shares of 20.00: the odd two cents go to the earlier two, none is lost.
    assert sorted(Refund.objects.values_list("amount_minor", flat=True)) == [6_66, 6_67, 6_67]
    assert (made.state, there(campaign)) == ("confirmed", {})
    assert Notification.objects.filter(kind="pledge.refunded").count() == 3
    payments.assert_whole()
    with pytest.raises(Conflict, match="Nothing is left"):
        given_back(campaign, moment)


def test_sponsors_and_funds_get_their_part_of_it_m7(at: datetime) -> None:
    project = matching.organised_project(at)
    campaign = sponsors.campaign(project=project, at=at, goal_minor=1_000_00, sponsor_share_max_bp=10_000)
    fund = matching.fund(at, holds=500_00)
    matching.enrolled(fund, at, campaign)
    promise(campaign, 300_00, at=at, person=accounts.resident())
    invoice = sponsors.paid(campaign, at=at)
    moment = end(campaign)
    assert campaign.state == "succeeded"
    moment = fail_after_a_third(campaign, moment)
    left = there(campaign)["committed"]
    fund_before = matching.balances(fund)["available"]
    made = given_back(campaign, moment)
    kinds = {share["kind"]: share["minor"] for share in made.shares}
    assert set(kinds) == {"charge", "invoice", "allocation"}
    assert sum(kinds.values()) == left == made.amount_minor
    assert there(campaign) == {}
    note = Invoice.objects.get(corrects=invoice)
    assert -note.net_minor == kinds["invoice"]
    assert Refund.objects.get(charge__purpose__startswith="invoice:").amount_minor == -note.gross_minor
    assert matching.balances(fund)["available"] == fund_before + kinds["allocation"]
    assert Allocation.objects.get().amount_minor < 300_00
    campaign.total.refresh_from_db()
    kept = invoice.net_minor - kinds["invoice"]
    assert campaign.total.sponsors_paid_minor == kept
    page = Client().get(invoice.organisation.get_absolute_url()).content.decode()
    assert Money(kept, "EUR").format() in page
    assert Money(invoice.net_minor, "EUR").format() not in page
    payments.assert_whole()


def test_a_part_paid_invoice_ends_with_what_goes_back_t5(at: datetime) -> None:
    """A credit note: of its part of what is left, and of the rest that nobody owes a project that has ended."""
    project = matching.organised_project(at)
    campaign = sponsors.campaign(project=project, at=at, goal_minor=1_000_00, sponsor_share_max_bp=10_000)
    promise(campaign, 800_00, at=at, person=accounts.resident())
    invoice = sponsors.invoiced(campaign, at=at)
    sponsors.pay(invoice, 119_00, at=at)
    moment = fail_after_a_third(campaign, end(campaign))
    late = moment + timedelta(days=60)
    remind_overdue(at=late)
    assert not InvoiceReminder.objects.exists()
    made = given_back(campaign, moment)
    share = next(one["minor"] for one in made.shares if one["kind"] == "invoice")
    current = sponsors.fresh(invoice)
    assert (current.open_minor, current.paid_minor + current.credited_minor < current.gross_minor) == (
        0,
        True,
    )
    assert Refund.objects.get(charge__purpose__startswith="invoice:").amount_minor * 100 // 119 == share
    campaign.total.refresh_from_db()
    kept = 100_00 - share
    assert (campaign.total.sponsors_firm_minor, campaign.total.sponsors_paid_minor) == (0, kept)
    payments.assert_whole()


def test_a_sponsor_of_an_ended_project_owes_what_its_bank_took_and_is_reminded_of_it_1127_v8(
    at: datetime,
) -> None:
    """What it never paid nobody asks for; what was delivered for what it had paid it owes, whatever became of it."""
    project = matching.organised_project(at)
    campaign = sponsors.campaign(project=project, at=at, goal_minor=1_000_00, sponsor_share_max_bp=10_000)
    invoice = sponsors.invoiced(campaign, at=at)
    charge = sponsors.pay(invoice, at=at)
    moment = fail_after_a_third(campaign, end(campaign))
    given_back(campaign, moment)
    advance_refund(charge.refunds.get(), Outcome("finish"), at=moment)
    for verb in ("dispute", "lose"):
        advance_charge(charge, Outcome(verb), at=moment)
        work(moment)
    again = sponsors.fresh(invoice)
    back = charge.refunded.minor
    assert (again.open_minor, Claim.objects.get().amount_minor) == (invoice.gross_minor - back, back)
    remind_overdue(at=moment + timedelta(days=60))
    assert InvoiceReminder.objects.get().invoice == invoice
    payments.assert_whole()


def test_a_sponsor_whose_rest_was_given_up_has_its_part_of_what_goes_back_1127_t5(at: datetime) -> None:
    project = matching.organised_project(at)
    campaign = sponsors.campaign(project=project, at=at, goal_minor=1_000_00, sponsor_share_max_bp=10_000)
    promise(campaign, 300_00, at=at, person=accounts.resident())
    invoice = sponsors.invoiced(campaign, at=at)
    sponsors.pay(invoice, 119_00, at=at)
    moment = end(campaign)
    credit_notes.credit_rest(actor=sponsors.officer(), invoice=invoice, reason="Enough.", at=moment)
    cancel(project, moment)
    made = given_back(campaign, moment)
    assert {share["kind"]: share["minor"] for share in made.shares} == {"charge": 300_00, "invoice": 100_00}
    assert Refund.objects.get(charge__purpose__startswith="invoice:").amount_minor == 119_00
    assert there(campaign) == {}
    payments.assert_whole()


def test_what_a_dispute_left_of_a_payment_has_its_part_of_what_goes_back_t3(at: datetime) -> None:
    campaign, moment = together(at)
    charge, part = Charge.objects.earliest("pk"), Money(5_00, "EUR")
    for verb in ("dispute", "lose"):
        advance_charge(charge, Outcome(verb, amount=part), at=moment)
        work(moment)
    moment = fail_after_a_third(campaign, moment)
    has = there(campaign)["committed"]
    made = given_back(campaign, moment)
    shares = {share["key"]: share["minor"] for share in made.shares}
    assert sum(shares.values()) == has
    # Of 5.00, 10.00 and 10.00.
    assert shares[str(charge.pk)] == round(has / 5)
    assert there(campaign) == {}
    payments.assert_whole()


def test_a_payout_that_nobody_can_request_holds_up_nobodys_money_t6(at: datetime) -> None:
    campaign, moment = together(at)
    moment = fail_after_a_third(campaign, moment)
    milestone = campaign.payouts.get().milestone
    other = Milestone.objects.filter(project=campaign.project).exclude(pk=milestone.pk).get()
    Milestone.objects.filter(pk=other.pk).update(state=MilestoneState.ACCEPTED)
    payouts.plan_payouts(other, moment)
    with pytest.raises(Conflict, match="or send them back"):
        given_back(campaign, moment)
    Organisation.objects.filter(pk=campaign.project.organisation_id).update(state="suspended")
    assert given_back(campaign, moment).amount_minor == 20_00
    payments.assert_whole()


def test_what_went_back_since_a_payout_was_requested_does_not_leave_with_it_t7(at: datetime) -> None:
    campaign, moment = together(at)
    first, _rest = delivery.milestones(campaign.project, 3_333, 6_667, state=MilestoneState.SUBMITTED)
    Project.objects.filter(pk=campaign.project_id).update(state=ProjectState.DELIVERING)
    manager = accounts.staff(groups.PROGRAMME_MANAGERS)
    milestone_steps.accept(actor=manager, milestone=first, reason="All there.", at=moment)
    work(moment)
    payout = campaign.payouts.get()
    later = payout.not_before
    payouts.request_payout(actor=matching.finance_officer(), payout=payout, at=later)
    charge = Charge.objects.earliest("pk")
    refund_rest(actor=matching.finance_officer(), charge=charge, reason="Asked for it.", at=later)
    work(later)
    with pytest.raises(Conflict, match="less by now"):
        payouts.approve_payout(actor=matching.finance_officer(), payout=payout, at=later)
    payouts.send_back(actor=matching.finance_officer(), payout=payout, reason="Less.", at=later)
    payouts.request_payout(actor=matching.finance_officer(), payout=payout, at=later)
    payouts.approve_payout(actor=matching.finance_officer(), payout=payout, at=later)
    assert Transfer.objects.get().amount_minor == 6_67  # a third of 20.00, not of 30.00
    payments.assert_whole()
