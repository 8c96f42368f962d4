"""What the database keeps of money on its way, whoever asks it; tried through SQL."""

from datetime import datetime

import pytest

from marketplace.campaigns.models import Campaign
from marketplace.matching.models import Allocation, MatchFund, MatchLine
from marketplace.payments.models import Charge, Refund, Transfer
from marketplace.payments.operations import refund_rest
from marketplace.payouts.models import Payout
from tests.factories import matching as made
from tests.factories import payments
from tests.sponsorship.test_rules import refused, sql

pytestmark = pytest.mark.django_db


def test_money_that_was_asked_for_given_or_promised_is_not_deleted(at: datetime) -> None:
    charge = payments.paid(25_00)
    refund_rest(actor=made.finance_officer(), charge=charge, reason="Asked for it.", at=at)

    def matched(campaign: Campaign) -> None:
        made.gift(campaign, 20_00, at)
        made.enrolled(made.fund(at), at, campaign)

    made.sent(at, allocations=[matched])
    for model in (Charge, Refund, Transfer, Payout, MatchLine, Allocation):
        table, row = model._meta.db_table, model._default_manager.first()
        assert row is not None
        refused(lambda table=table, row=row: sql(f"DELETE FROM {table} WHERE id = %s", row.pk), "stays as it")


def test_what_was_open_is_never_a_draft_again(at: datetime) -> None:
    fund, campaign = made.fund(at), made.open_campaign(at)
    for row in (fund, campaign):
        table = row._meta.db_table
        refused(
            lambda table=table, row=row: sql(f"UPDATE {table} SET state = 'draft' WHERE id = %s", row.pk),
            "stays as it is",
        )
    assert MatchFund.objects.get(pk=fund.pk).state == "open"
