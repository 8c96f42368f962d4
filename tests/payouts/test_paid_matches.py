"""What is paid of a match is what the ledger says, also by SQL (CC4 and CC5 of 28 November)."""

from uuid import uuid4

import pytest
from django.db import IntegrityError

from marketplace.ledger import operations as ledger
from marketplace.ledger.models import Account
from marketplace.matching.models import Allocation
from tests.factories import matching
from tests.factories.payments import AT
from tests.payouts.test_money_later import Sponsored
from tests.role import role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("minor", [0, 159_99, 1000_00])
def test_a_row_makes_no_campaign_owe_its_fund_more_or_less_1128_cc4(minor: int) -> None:
    """By one UPDATE the officers' own next step gave the campaign's money to the fund."""
    here = Sponsored(100_00, 60_00, fund=matching.fund(AT))
    here.pay()
    paid = Allocation.objects.filter(campaign=here.story.campaign, state="paid", amount_minor=160_00)
    with pytest.raises(IntegrityError, match="allocation_is_paid"), role():
        assert paid.update(amount_minor=minor, set_aside_minor=minor) == 1


def test_a_fund_takes_no_more_back_than_it_has_paid_1128_cc5() -> None:
    """By a key of its own each, again and again, all of a campaign's money went to its fund."""
    fund = matching.fund(AT)
    here = Sponsored(100_00, 60_00, fund=fund)
    here.pay()
    allocation = Allocation.objects.get(campaign=here.story.campaign)
    source, target = (
        Account.objects.get(book="demo", code=code)
        for code in (here.story.campaign.account("committed"), fund.account("available"))
    )
    legs = ledger.move(fund.money(160_01), source=target, target=source)
    key = f"match:{allocation.pk}:reduced:{uuid4()}"
    with pytest.raises(IntegrityError, match="entry_is_owed"), role():
        ledger.post(book="demo", kind="match.returned", key=key, legs=legs, at=AT, public={})
