"""What the application role books of a refund that has not gone after all, though its payment was lost (TI4)."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from marketplace.ledger import operations as ledger
from marketplace.ledger.models import Account
from marketplace.payments.models import Refund
from tests.factories.payments import AT, assert_whole, balances, euro
from tests.payments.test_refunds_of_campaigns import Backed
from tests.payments.test_refunds_of_invoices import ByBank
from tests.role import role
from tests.undoing import undone

pytestmark = pytest.mark.django_db


def refused(key: str, debit: str, credit: str, minor: int) -> bool:
    """Whether the role is refused an entry of so much."""
    legs = [
        ledger.Leg(Account.objects.get(book="demo", code=code), euro(amount))
        for code, amount in ((debit, minor), (credit, -minor))
    ]
    try:
        with transaction.atomic(), role():
            ledger.post(book="demo", kind="x", key=key, legs=legs, at=AT, public={})
    except IntegrityError as refusal:
        return "entry_is_owed" in str(refusal)
    return False


def test_no_campaign_bears_a_refund_that_has_not_gone_1128_ti4(officer: Any, second: Any) -> None:
    story = Backed(officer, second, ("15.00", "10.00"), fund=False)
    story.taken(story.first)
    refund, committed = Refund.objects.get(), story.campaign.account("committed")
    lost = f"dispute:{story.charge.pk}"
    Account.objects.get_or_create(book="demo", code="losses", currency="EUR", defaults={"kind": "expense"})
    for key in (
        f"{lost}:borne:{refund.pk}",
        f"{lost}:2:borne:{refund.pk}",
        f"{lost}:borne:borne",
        f"{lost}:1:borne",
    ):
        assert refused(key, committed, "losses", 1), key
    with role():
        story.taken(story.second)
        story.taken(story.back)
    assert balances()[committed] == 4000
    assert_whole()


@pytest.mark.usefixtures("clock_at")
def test_no_invoice_is_owed_again_by_a_refund_that_has_not_gone_1128_ti4(officer: Any, second: Any) -> None:
    story = ByBank(officer, second, "700.00", "490.00", net=400_00)
    story.comes_back()
    story.taken(story.first)
    invoice = story.invoice
    key = f"invoice:{invoice.number}:{story.charge.pk}:reversed"
    Account.objects.get_or_create(book="demo", code="losses", currency="EUR", defaults={"kind": "expense"})
    due = f"{invoice.account}/due"
    refund = f"{key}:refund:{story.refund.pk}"
    for one, debit in (
        (refund, invoice.receivable),
        (f"{key}:1", invoice.receivable),
        (f"{refund}:loss", "losses"),
    ):
        with undone():
            assert refused(one, debit, due, 1), one
    with role():
        story.taken(story.back)
    assert story.open() == 1_190_00 - 476_00 - 14_00
