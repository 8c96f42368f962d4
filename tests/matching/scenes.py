"""What both crossing tables of match funds share: the fund with its campaign, and the books after each verb."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from civic.accounts.models import Person
from civic.core import events
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.matching import quadratic
from marketplace.matching.models import Allocation, Challenge, Deposit, MatchFund
from marketplace.matching.states import MatchFundState
from marketplace.payments.models import Charge
from tests.factories import matching as made
from tests.factories import payments

Rule = MatchFund.Rule
DAYS = timedelta(days=1)


@dataclass
class Scene:
    """A fund with a campaign of two gifts, at a moment of its states, and who acts."""

    fund: MatchFund
    at: datetime
    officer: Person
    allocation: Allocation | None = None
    entered: Deposit | None = None
    objection: Challenge | None = None
    charges: list[Charge] = field(default_factory=list)

    @property
    def campaign(self) -> Campaign:
        assert self.allocation
        return Campaign.objects.get(pk=self.allocation.campaign_id)

    @property
    def gifts(self) -> list[Pledge]:
        return list(Pledge.objects.filter(campaign=self.campaign).order_by("pk"))


def settle_books(here: Scene) -> None:
    """Everybody hears; then books, rows and the published input say the same."""
    for _ in range(3):
        events.deliver_pending(at=here.at + 30 * DAYS)
    fund = MatchFund.objects.get(pk=here.fund.pk)
    there, owed = made.balances(fund), list(fund.allocations.all())
    for part in ("reserved", "committed"):
        assert there.get(part, 0) == sum(one.set_aside_minor for one in owed if one.state == part), part
    document = fund.published_input
    if document and fund.state in (MatchFundState.SETTLED, MatchFundState.CLOSED):
        assert quadratic.digest(document) == fund.input_digest
        shares = quadratic.recompute(document)
        for one in owed:
            assert one.state == "released" or one.amount_minor == shares[str(one.campaign_id)]
    payments.assert_whole()
