"""Whoever owns a charge answers every event of it; pledges, their months, invoices and gifts are such owners."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

import pytest

from marketplace.payments.charge_owners import ChargeOwner, MethodOwner, charge_owners
from marketplace.payments.models import MethodSetup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


def test_an_owner_that_leaves_an_event_out_fails_when_it_is_written() -> None:
    with pytest.raises(TypeError, match="Deaf does not say what happens at: setup_started"):

        class Deaf(MethodOwner):
            slug: ClassVar[str] = "deaf"

            def method_saved(self, key: UUID, setup: MethodSetup, at: datetime) -> None:
                """Hears one event of two."""

    with pytest.raises(
        TypeError, match="disputed, failed, lost, needs_payer, refunded, started, succeeded, won"
    ):

        class Silent(ChargeOwner):
            slug: ClassVar[str] = "silent"


def test_pledges_months_invoices_and_gifts_own_their_charges() -> None:
    assert {owner.slug for owner in charge_owners} == {
        *("pledge", "instalment", "invoice", "claim", "bounty-gift"),
    }
