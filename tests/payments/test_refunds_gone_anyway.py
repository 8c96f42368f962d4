"""A refund that a dispute has covered while it was on its way, and that the provider carried out all the same."""

import pytest

from marketplace.payments import operations
from marketplace.payments.models import Claim
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.providers import Outcome
from tests.factories import payments
from tests.factories.payments import AT, HELD, assert_whole, balances, euro

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("lost", "claimed", "kept"),
    [
        (2500, 1000, {"losses": 1000, "provider/demo": -1000}),
        # What the dispute has left of the payment pays for it.
        (1000, 0, {HELD: 500, "provider/demo": 500}),
        (2000, 500, {"losses": 500, "provider/demo": -500}),
    ],
)
def test_what_a_provider_gave_back_beside_a_dispute_is_claimed_1127_tg16(
    lost: int, claimed: int, kept: dict[str, int]
) -> None:
    charge = payments.paid(2500)
    asked = operations.request_refund(
        actor=None, charge=charge, amount=euro(1000), key="r", reason="test", at=AT
    )
    operations.advance_refund(asked, Outcome("send"), at=AT)
    operations.advance_refund(asked, Outcome("wait"), at=AT)
    way = [Outcome("dispute", amount=euro(lost)), Outcome("lose", amount=euro(lost))]
    advance_charge(charge, way, at=AT)
    asked.refresh_from_db()
    assert asked.state == "covered"
    for _twice in range(2):  # providers repeat what they say
        operations.advance_refund(asked, Outcome("finish"), at=AT)
        asked.refresh_from_db()
        assert (asked.state, balances()) == ("done", kept)
        assert sum(claim.owed.minor for claim in Claim.objects.all()) == claimed
        assert_whole()
