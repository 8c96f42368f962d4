"""A refund that a dispute had paid goes after all once the campaign has ended (TH2 of 28 November)."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

import pytest

from marketplace.campaigns.models import CampaignTotal
from marketplace.campaigns.operations import totals
from marketplace.payments import operations
from marketplace.payments.models import Charge, Claim, Refund, StatementLine
from marketplace.payouts.operations.disputes import refund_gone
from projects.proposals.models import Project
from tests.factories import accounts, campaigns, matching
from tests.factories.payments import AT, assert_whole, balances, euro
from tests.payments.bank_files import read, row, table
from tests.payments.test_less_back import gone
from tests.payments.test_taken_parts import taken
from tests.payments.test_ways_out import IBAN, both, line_of
from tests.undoing import in_every_order

pytestmark = pytest.mark.django_db


class Backed:
    """A pledge of 25 by two transfers, of which 10 were refunded, and one of 40. The campaign has succeeded."""

    def __init__(
        self, officer: Any, second: Any, sums: tuple[str, str], *, fund: bool, project: Project | None = None
    ) -> None:
        self.two = (officer, second)
        self.campaign = campaigns.open_campaign(project, at=AT, rule="keep", goal_minor=1000)
        if fund:
            matching.enrolled(matching.fund(AT, holds=100_00), AT, self.campaign)
        self.charge, other = self.pledged(2500), self.pledged(4000)
        read(officer, table(row("40.00", other.provider_ref, number="other", iban=IBAN)))
        self.first, self.second = (
            line_of(officer, one, text="part", number=f"p{one}", iban=IBAN) for one in sums
        )
        for line in (self.first, self.second):
            both(officer, second, line, "charge", target=self.charge)
        campaigns.work(AT)
        operations.refund_part(
            actor=officer, charge=self.charge, amount=euro(1000), token="t", reason="x", at=AT
        )
        refund = gone(officer)
        assert isinstance(refund, Refund)
        campaigns.end(self.campaign)
        self.back = line_of(officer, "10.00", refund.provider_ref, number="b", iban=IBAN)
        both(officer, second, self.back, "back", target=refund)
        campaigns.work(AT)

    def pledged(self, minor: int) -> Charge:
        made = campaigns.pledge_by(accounts.resident(), self.campaign, minor, at=AT, provider="bank")
        campaigns.work(AT)
        charge = made.payment
        assert isinstance(charge, Charge)
        charge.refresh_from_db()
        return charge

    def taken(self, credit: StatementLine) -> None:
        credit.refresh_from_db()
        taken(*self.two, credit)
        campaigns.work(AT)

    def lines(self) -> dict[str, Callable[[], None]]:
        """What the bank takes back, one after the other."""
        return {name: partial(self.taken, getattr(self, name)) for name in ("first", "second", "back")}

    def stand(self) -> dict[str, Any]:
        """Everything that its order must not change."""
        found = {code: minor for code, minor in balances().items() if minor}
        total = CampaignTotal.objects.get(campaign=self.campaign)
        claimed = sum(Claim.objects.values_list("amount_minor", flat=True))
        return found | {"total": total.collected_minor, "claimed": claimed}


@pytest.mark.parametrize("fund", [False, True], ids=["alone", "matched"])
@pytest.mark.parametrize("sums", [("15.00", "10.00"), ("20.00", "5.00")])
def test_each_order_ends_alike_1128_th2(officer: Any, second: Any, sums: tuple[str, str], fund: bool) -> None:
    """The project kept what nobody had given, and was paid it."""
    story = Backed(officer, second, sums, fund=fund)

    def check(order: tuple[str, ...]) -> None:
        found = story.stand()
        matched = [minor for code, minor in found.items() if code.startswith("fund/") and "committed" in code]
        assert (found[story.campaign.account("committed")], matched) == (4000, [4000] if fund else []), order
        assert (found["losses"], found["claimed"], found["total"]) == (1000, 1000, 4000), order
        assert totals.recount_all(at=AT) == [], order
        assert_whole()

    in_every_order(story.lines(), check)


def test_the_campaign_bears_it_once_1128_th2(officer: Any, second: Any, at: datetime) -> None:
    story = Backed(officer, second, ("15.00", "10.00"), fund=False)
    story.taken(story.first)
    story.taken(story.back)
    before = balances()
    assert before[story.campaign.account("committed")] == 4000
    refund_gone(Refund.objects.get(), at)
    assert balances() == before
