"""What the application role may write of approvals and matches, by SQL alone and by the verbs."""

from datetime import datetime

import pytest
from django.db import IntegrityError

from marketplace.matching.models import Allocation
from marketplace.payouts.operations import payouts
from tests.factories import matching as made
from tests.role import role

pytestmark = pytest.mark.django_db


def test_an_approval_is_told_as_its_persons_1127_t2(at: datetime) -> None:
    payout = made.requested(at, 40_000_00)
    first, second = made.finance_officer(), made.finance_officer()
    with role():
        payouts.approve_payout(actor=first, payout=payout, at=payout.not_before)
    with pytest.raises(IntegrityError, match="approval_is_told"), role():
        payout.approvals.create(attempt=payout.attempt, person=second, approved_at=at)
    with role():
        payouts.approve_payout(actor=second, payout=payout, at=payout.not_before)
    payout.refresh_from_db()
    assert payout.state == "sent"


def test_a_match_falls_with_its_entry_alone_1127_t2(at: datetime) -> None:
    fund, campaign = made.fund(at), made.open_campaign(at)
    pledge = made.gift(campaign, 20_00, at)
    allocation = made.enrolled(fund, at, campaign)
    with pytest.raises(IntegrityError, match="allocation_is_booked"), role():
        Allocation.objects.filter(pk=allocation.pk).update(amount_minor=19_99, set_aside_minor=19_99)
    with role():
        made.fall(pledge, at)
    assert "reserved" not in made.balances(fund)
