"""Money that comes in for the first time after a loss bears that loss, in whatever order (BA1 of 28 November)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from civic.core.errors import Conflict
from civic.core.models import Delivery
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.operations import instalments, totals
from marketplace.invoicing.operations.payments import settle
from marketplace.ledger import operations as ledger
from marketplace.ledger.models import Account
from marketplace.matching.models import Allocation, MatchFund
from marketplace.matching.operations.exclusions import exclude
from marketplace.payments.models import Charge
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.providers import Outcome
from marketplace.payouts.models import Payout
from marketplace.payouts.operations import payouts
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from tests.campaigns.test_instalments import month
from tests.factories import accounts, campaigns, matching, sponsors
from tests.factories.payments import AT, assert_whole, balances
from tests.factories.sponsor_payments import asked_online, pay_online
from tests.payouts.test_returned_payouts import PaidOut
from tests.payouts.test_returns import given_back
from tests.role import role
from tests.undoing import in_every_order, undone

pytestmark = pytest.mark.django_db


def step(charge: Charge, *verbs: str, at: datetime = AT) -> None:
    """What a payer's bank does, heard of."""
    for verb in verbs:
        charge.refresh_from_db()
        advance_charge(charge, Outcome(verb), at=at)
        campaigns.work(at)


def all_out(campaign: Campaign, *shares: int) -> PaidOut:
    """Its project has delivered; all that was there has been paid out, of two milestones what the first brings."""
    reached = Campaign.objects.get(pk=campaign.pk)
    story = PaidOut(reached, *shares)
    story.bounce("settle")
    return story


class Sponsored:
    """Gifts, 400 unless told otherwise, which are out with what a fund added; an invoice of 1,000 is open."""

    def __init__(
        self, *gifts: int, fund: MatchFund | None = None, shares: tuple[int, ...] = (10_000,)
    ) -> None:
        project = matching.organised_project(AT - timedelta(days=1))
        campaign = sponsors.campaign(rule="keep", project=project)
        if fund:
            matching.enrolled(fund, AT, campaign)
        made = [
            campaigns.pledge_by(accounts.resident(), campaign, minor, at=AT).payment
            for minor in gifts or (400_00,)
        ]
        campaigns.work(AT)
        for payment in made:
            assert payment
            step(payment, "succeed")
        self.backed: Any = made[0]
        self.others: list[Any] = made[1:]
        self.invoice = sponsors.invoiced(campaign)
        campaigns.end(Campaign.objects.get(pk=campaign.pk))
        self.story = all_out(campaign, *shares)

    def pay(self) -> None:
        """The sponsor, for the first time."""
        with role():
            pay_online(self.invoice)
            campaigns.work(AT)

    def pay_unheard(self) -> None:
        """The sponsor pays, and no worker has told anybody yet."""
        charge = asked_online(self.invoice, sponsors.owner_of(self.invoice.sponsorship.organisation))
        advance_charge(charge, Outcome("succeed"), at=AT)
        settle(self.invoice, charge, at=AT)
        assert self.story.committed() == 1000_00

    def lose(self) -> None:
        """The backer has the money back."""
        with role():
            step(self.backed, "dispute", "lose")

    def take_the_rest(self) -> int:
        """What an officer may ask for then, in minor units."""
        campaign = Campaign.objects.get(pk=self.story.campaign.pk)
        rest = payouts.plan_rest(campaign, AT + timedelta(days=60))
        assert rest
        payouts.request_payout(actor=matching.finance_officer(), payout=rest, at=AT + timedelta(days=200))
        return Payout.objects.get(pk=rest.pk).amount_minor


class Requested(PaidOut):
    """A payout of all that is there waits for approval."""

    def request(self) -> None:
        payouts.request_payout(actor=matching.finance_officer(), payout=self.payout, at=self.at)
        self.payout.refresh_from_db()


def test_an_invoice_that_is_paid_later_bears_what_was_lost_1128_ba1() -> None:
    """400 out, 400 lost, 1,000 come: 1,400 were paid out of 1,000 that stood."""
    here = Sponsored()

    def then(order: tuple[str, ...]) -> None:
        assert (here.story.committed(), balances().get("losses", 0)) == (600_00, 0), order
        assert totals.recount_all(at=AT) == []
        assert_whole()
        assert here.take_the_rest() == 600_00

    in_every_order({"paid": here.pay, "lost": here.lose}, then)


@pytest.mark.parametrize(("rule", "taken"), [("ratio", 100_00), ("threshold", 50_00)])
def test_an_invoice_that_is_paid_later_gives_the_fund_its_match_1128_ca1(rule: str, taken: int) -> None:
    """The match of the gift that was lost was out: the fund had it back in one order, and the project in the other."""
    fund = matching.fund(AT) if rule == "ratio" else matching.threshold_fund(AT)
    here = Sponsored(100_00, 60_00, fund=fund)
    before = matching.balances(fund).get("available", 0)

    def then(order: tuple[str, ...]) -> None:
        assert (here.story.committed(), balances().get("losses", 0)) == (900_00 - taken, 0), order
        assert matching.balances(fund).get("available", 0) == before + taken, order
        assert totals.recount_all(at=AT) == []
        assert_whole()
        assert here.take_the_rest() == 900_00 - taken

    in_every_order({"paid": here.pay, "lost": here.lose}, then)


def test_what_waits_for_approval_goes_back_to_a_fund_1128_ca4() -> None:
    """A match that fell away while its money was set apart for a payout left with it, sent back or not."""
    fund = matching.fund(AT)
    campaign = matching.open_campaign(AT, project=matching.organised_project(AT - timedelta(days=1)))
    matching.enrolled(fund, AT, campaign)
    first, _other = (matching.gift(campaign, minor, AT) for minor in (100_00, 60_00))
    campaign = Campaign.objects.get(pk=campaign.pk)
    campaigns.end(campaign)
    story = Requested(campaign)
    all_of_it, before = story.payout.amount_minor, matching.balances(fund).get("available", 0)
    manager = accounts.staff("programme-managers")
    assert first.person
    with role():
        exclude(actor=manager, campaign=campaign, person=first.person, reason="In the team.", at=AT)
        campaigns.work(AT)
    waits = Payout.objects.get(pk=story.payout.pk)
    with pytest.raises(Conflict, match="Send it back"):
        payouts.approve_payout(actor=matching.finance_officer(), payout=waits, at=story.at)
    officer = matching.finance_officer()
    with role():
        payouts.send_back(actor=officer, payout=waits, reason="Less is left.", at=story.at)
    assert story.committed() == all_of_it - 100_00
    assert matching.balances(fund).get("available", 0) == before + 100_00
    assert_whole()


def test_what_a_dispute_calls_back_is_held_for_it_1128_cc3() -> None:
    """What was called back lay free: the fund had it, and the city the loss, only where a payout had waited."""
    fund = matching.fund(AT)
    here = Sponsored(100_00, 60_00, fund=fund, shares=(8_000, 2_000))
    matching.accept(here.story.campaign.project.milestones.get(number=2))
    (rest,) = payouts.plan_payouts(here.story.campaign.project.milestones.get(number=2), AT)
    ends = set()
    for asked in (True, False):
        with undone():
            if asked:
                at = here.story.at + timedelta(days=60)
                payouts.request_payout(actor=matching.finance_officer(), payout=rest, at=at)
                campaigns.work(AT)
            here.lose()
            ends.add((balances().get("losses", 0), matching.balances(fund).get("available", 0)))
            assert_whole()
    # Of 64 that were left the gift's hundred is made good first.
    assert [lost for lost, _available in ends] == [36_00]


def test_no_match_is_taken_back_twice_1128_cc1() -> None:
    """After a return the lines of a capped match said more than was left of it: others' money paid, then all stood."""
    fund = matching.fund(AT, gift_cap_minor=50_00)
    here = Sponsored(100_00, 60_00, fund=fund, shares=(5_000, 5_000))
    Project.objects.filter(pk=here.story.campaign.project_id).update(state=ProjectState.CANCELLED)
    given_back(Campaign.objects.get(pk=here.story.campaign.pk), AT)
    charges = [here.backed, here.others[0]]

    def then(order: tuple[str, ...]) -> None:
        assert not Delivery.objects.exclude(last_error="").exists(), order
        allocation = Allocation.objects.get(campaign=here.story.campaign)
        assert allocation.amount_minor == 0, order
        # All that the fund had given is in it again, and no cent more.
        assert matching.balances(fund) == {"available": 1000_00}, order
        assert_whole()

    def lose(charge: Any) -> None:
        with role():
            step(charge, "dispute", "lose")

    steps = {"paid": here.pay, "first": lambda: lose(charges[0]), "second": lambda: lose(charges[1])}
    in_every_order(steps, then)


def by_sql(story: PaidOut, minor: int, *, kind: str, key: str) -> None:
    """What the application's role says has made a loss good."""
    source, target = (
        Account.objects.get(book="demo", code=code)
        for code in (story.campaign.account("committed"), "losses")
    )
    with role():
        legs = ledger.move(story.campaign.money(minor), source=target, target=source)
        ledger.post(book="demo", kind=kind, key=key, legs=legs, at=AT, public={})


def test_nothing_is_taken_by_another_kind_1128_ca2() -> None:
    """By a kind that is none of a loss, the entry was not counted among those of the invoice: all could be taken."""
    here = Sponsored()
    here.pay()
    for kind in ("invoice.credited", "x", "dispute.borne"):
        with pytest.raises(IntegrityError, match="entry_is_owed"):
            by_sql(here.story, 500_00, kind=kind, key=f"invoice:{here.invoice.number}:borne:later:1")


def test_no_number_is_left_out_1128_ca3() -> None:
    """A cent under the second number was the end of the first: nothing later bore the rest."""
    here = Sponsored()
    here.lose()
    here.pay_unheard()
    key = f"dispute:{here.backed.pk}:borne:later:"
    with pytest.raises(IntegrityError, match="entry_is_owed"):
        by_sql(here.story, 1, kind="dispute.borne", key=f"{key}2")
    by_sql(here.story, 1, kind="dispute.borne", key=f"{key}1")
    assert here.take_the_rest() == 600_00
    assert balances().get("losses", 0) == 0
    assert_whole()


@pytest.mark.usefixtures("clock_at")
def test_a_later_month_bears_what_was_lost_1128_ba1(at: datetime) -> None:
    campaign = campaigns.open_campaign(
        matching.organised_project(at - timedelta(days=1)), at=at, goal_minor=1000
    )
    monthly = campaigns.promise(campaign, 100_00, at=at, months=3)
    other = campaigns.promise(campaign, 100_00, at=at)
    moment = campaigns.end(campaign)
    instalments.begin_due(at=moment)
    monthly.refresh_from_db()
    story, later = all_out(campaign), monthly.collected_at
    assert later
    later += timedelta(days=31)
    charge: Any = Charge.objects.get(purpose=other.purpose)

    def then(order: tuple[str, ...]) -> None:
        assert (story.committed(), balances().get("losses", 0)) == (0, 0), order
        assert_whole()

    steps = {"month": lambda: month(at, later), "lost": lambda: step(charge, "dispute", "lose", at=at)}
    in_every_order(steps, then)
