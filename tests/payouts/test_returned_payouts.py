"""A payout comes back after a payment that it was made of was lost (TI0 of 28 November)."""

import itertools
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from marketplace.campaigns.models import Campaign
from marketplace.campaigns.operations import totals
from marketplace.ledger import operations as ledger
from marketplace.ledger.models import Account
from marketplace.payments.models import Transfer
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.operations.transfers import advance_transfer
from marketplace.payments.providers import Outcome
from marketplace.payouts.models import Payout
from marketplace.payouts.operations import payouts
from projects.proposals.models import Project
from tests.factories import accounts, campaigns, delivery, matching, sponsors
from tests.factories.payments import AT, assert_whole, balances
from tests.factories.sponsor_payments import dispute, paid_online
from tests.payments.test_refunds_of_campaigns import Backed
from tests.role import role
from tests.undoing import in_every_order, undone

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Any:
    """A finance officer."""
    return accounts.staff("finance-officers")


@pytest.fixture
def second() -> Any:
    """Another one."""
    return accounts.staff("finance-officers")


class PaidOut:
    """A campaign whose project's first milestone was accepted: its share, or all, of the money has been paid out."""

    def __init__(self, campaign: Campaign, *shares: int) -> None:
        self.campaign = campaign
        delivery.milestones(campaign.project, *(shares or (10_000,)))
        Project.objects.filter(pk=campaign.project_id).update(state="delivering")
        campaign.refresh_from_db()
        self.at = campaign.ends_at + timedelta(days=30)
        (self.payout,) = payouts.plan_payouts(matching.accepted(campaign.project)[0], campaign.ends_at)
        self.request()

    def request(self) -> None:
        """Asks for the payout, approves and sends it."""
        self.payout = Payout.objects.get(pk=self.payout.pk)
        payouts.request_payout(actor=matching.finance_officer(), payout=self.payout, at=self.at)
        while self.payout.state == "requested":
            payouts.approve_payout(actor=matching.finance_officer(), payout=self.payout, at=self.at)
        campaigns.work(AT)

    def bounce(self, *verbs: str) -> None:
        """The payout that is out comes back, if one is."""
        for verb in ("send", *(verbs or ("settle", "reverse"))):
            transfer = Transfer.objects.get(purpose=Payout.objects.get(pk=self.payout.pk).purpose)
            advance_transfer(transfer, Outcome(verb), at=AT)
        campaigns.work(AT)

    def committed(self) -> int:
        """What the campaign has."""
        return balances().get(self.campaign.account("committed"), 0)


class Simple(PaidOut):
    """Backers of 25 and 40."""

    def __init__(self, provider: str) -> None:
        campaign = campaigns.open_campaign(
            matching.organised_project(AT - timedelta(days=1)), at=AT, rule="keep", goal_minor=1000
        )
        made = [
            campaigns.pledge_by(accounts.resident(), campaign, minor, at=AT, provider=provider)
            for minor in (2500, 4000)
        ]
        self.charge, self.other = (start.payment for start in made)
        campaigns.work(AT)
        for start in made:
            start.payment.refresh_from_db()
            if start.payment.can("succeed"):
                advance_charge(start.payment, Outcome("succeed"), at=AT)
        campaigns.work(AT)
        campaigns.end(campaign)
        super().__init__(campaign)

    def chargeback(self) -> None:
        """The payer of 25 has it back."""
        for verb in ("dispute", "lose"):
            self.charge.refresh_from_db()
            advance_charge(self.charge, Outcome(verb), at=AT)
            campaigns.work(AT)

    def anew(self) -> None:
        """Asked for once more where it is not out."""
        if Payout.objects.get(pk=self.payout.pk).state in ("failed", "reversed"):
            self.request()


@pytest.mark.parametrize("provider", ["demo", "bank"])
@pytest.mark.parametrize("order", list(itertools.permutations(["chargeback", "bounce", "anew"])))
def test_of_what_comes_back_no_more_is_paid_out_than_stands_1128_ti0(
    order: tuple[str, ...], provider: str
) -> None:
    """65 went out again, of 40 that were collected."""
    story = Simple(provider)
    assert story.payout.amount_minor == 6500
    for step in order:
        getattr(story, step)()
        # What is out was collected, or is the city's loss; it is never both there and lost.
        out = Payout.objects.get(pk=story.payout.pk)
        gone = out.amount_minor if out.state in ("sent", "settled") else 0
        stands = 4000 if "chargeback" in order[: order.index(step) + 1] else 6500
        assert gone + story.committed() == stands + balances().get("losses", 0)
        assert not (story.committed() and balances().get("losses"))
    if Payout.objects.get(pk=story.payout.pk).state == "sent":
        story.bounce("fail")
    assert (story.committed(), balances().get("losses", 0)) == (4000, 0)
    story.request()
    assert story.payout.amount_minor == 4000
    assert totals.recount_all(at=AT) == []
    assert_whole()


class Refunded(Backed, PaidOut):
    """The same with a pledge of 25 by two transfers, of which 10 were refunded and came back."""

    def __init__(self, officer: Any, second: Any, *, fund: bool) -> None:
        project = matching.organised_project(AT - timedelta(days=1))
        Backed.__init__(self, officer, second, ("15.00", "10.00"), fund=fund, project=project)
        PaidOut.__init__(self, self.campaign)


@pytest.mark.parametrize(("fund", "left"), [(False, 4000), (True, 8000)], ids=["alone", "matched"])
def test_each_order_with_a_refund_gone_after_all_ends_alike_1128_ti0(
    officer: Any, second: Any, fund: bool, left: int
) -> None:
    """The project kept 55, 50 or 40, by the order of the bank's lines; a fund gets its part back, too."""
    story = Refunded(officer, second, fund=fund)

    def check(order: tuple[str, ...]) -> None:
        assert totals.recount_all(at=AT) == [], order
        assert_whole()
        found = story.stand()
        assert found[story.campaign.account("committed")] == left, order
        assert (found["losses"], found["claimed"], found["total"]) == (1000, 1000, 4000), order

    in_every_order({**story.lines(), "bounce": story.bounce}, check)


def test_it_makes_good_what_a_sponsor_owes_again_1128_ti0() -> None:
    project = matching.organised_project(AT - timedelta(days=1))
    invoice, charge = paid_online(sponsors.campaign(rule="keep", project=project))
    campaign = Campaign.objects.get(pk=invoice.sponsorship.campaign_id)
    campaigns.end(campaign)
    story = PaidOut(campaign)
    for verb in ("dispute", "lose"):
        dispute(charge, verb)
    assert (story.committed(), balances()["losses"]) == (0, 1_000_00)
    story.bounce("fail")
    assert (story.committed(), balances().get("losses", 0)) == (0, 0)
    sponsors.pay(invoice, at=AT)
    assert story.committed() == 1_000_00
    assert_whole()


class HalfOut(PaidOut):
    """A backer of 400 and a sponsor of 1,000, of which the first half is out."""

    def __init__(self) -> None:
        project = matching.organised_project(AT - timedelta(days=1))
        campaign = sponsors.campaign(rule="keep", project=project)
        self.backed = campaigns.pledge_by(accounts.resident(), campaign, 400_00, at=AT).payment
        campaigns.work(AT)
        self.go(self.backed, "succeed")
        _invoice, self.sponsored = paid_online(campaign)
        campaigns.end(Campaign.objects.get(pk=campaign.pk))
        super().__init__(Campaign.objects.get(pk=campaign.pk), 5_000, 5_000)

    def go(self, charge: Any, *verbs: str) -> None:
        """What a payer's bank does."""
        for verb in verbs:
            charge.refresh_from_db()
            advance_charge(charge, Outcome(verb), at=AT)
            campaigns.work(AT)


def test_what_a_won_dispute_sets_free_bears_what_was_lost_meanwhile_1128_tj0() -> None:
    """400 were paid out once more, of money that the city had lost."""
    story = HalfOut()
    steps = {
        "disputed": lambda: story.go(story.backed, "dispute"),
        "won": lambda: story.go(story.backed, "win"),
        "lost": lambda: story.go(story.sponsored, "dispute", "lose"),
    }
    for order in (("disputed", "won", "lost"), ("disputed", "lost", "won"), ("lost", "disputed", "won")):
        with undone():
            for step in order:
                with role():
                    steps[step]()
            assert (story.committed(), balances()["losses"]) == (0, 300_00), order
            assert totals.recount_all(at=AT) == []
            assert_whole()


def test_by_sql_no_more_is_borne_than_was_lost_1128_ti0(at: datetime) -> None:
    story = Simple("demo")
    story.chargeback()
    with role():
        story.bounce("fail")
    assert story.committed() == 4000
    source, target = (
        Account.objects.get(book="demo", code=code)
        for code in (story.campaign.account("committed"), "losses")
    )
    legs = ledger.move(story.campaign.money(1), source=target, target=source)
    # By a payment of which nothing was lost, and beyond what was.
    for charge, number in ((story.other, 1), (story.charge, 2)):
        key = f"dispute:{charge.pk}:borne:later:{number}"
        with pytest.raises(IntegrityError, match="entry_is_owed"), role():
            ledger.post(book="demo", kind="dispute.borne", key=key, legs=legs, at=at, public={})
