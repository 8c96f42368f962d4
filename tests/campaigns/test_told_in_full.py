"""What a backer is told of a refund that came back, and of a dispute of a part, says whom to write to and how much."""

from datetime import datetime

import pytest

from civic.notifications.models import Notification
from civic.pages.operations import write_look
from marketplace.campaigns.models import Pledge
from marketplace.payments.models import Charge
from marketplace.payments.operations import refund_part, refund_rest
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.providers import Outcome
from tests.factories import sponsors
from tests.factories.campaigns import work
from tests.payments.test_claims import pledged
from tests.payments.test_claims_told import come_back
from tests.visiting import text_of, visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]
EMAIL = "finance@city.example"


def detail(kind: str) -> str:
    return Notification.objects.get(kind=kind).detail


@pytest.mark.usefixtures("default_tree")
def test_who_is_asked_for_an_account_reads_whom_to_tell_1127_rc3(at: datetime) -> None:
    write_look(contact_email=EMAIL)
    charge = pledged(at)
    refund_rest(actor=sponsors.officer(), charge=charge, reason="Asked.", at=at)
    work(at)
    come_back(charge, at)
    assert EMAIL in detail("pledge.refund_returned")
    kept = text_of(visitor(charge.payer), Pledge.objects.get().get_absolute_url()).split("We could not give")[
        1
    ]
    assert f'href="mailto:{EMAIL}"' in kept.split("Promised")[0]


def disputed(at: datetime, *, back: int, minor: int) -> Charge:
    charge = pledged(at)
    if back:
        amount = sponsors.money(back)
        refund_part(actor=sponsors.officer(), charge=charge, amount=amount, token=1, reason="Asked.", at=at)
        work(at)
    advance_charge(charge, Outcome("dispute", amount=sponsors.money(minor)), at=at)
    work(at)
    return charge


def test_a_dispute_of_more_than_was_left_says_what_counted_1127_rc5(at: datetime) -> None:
    disputed(at, back=1500, minor=4000)
    assert "only €25 of it counted until now" in detail("pledge.disputed")


def test_a_dispute_of_less_than_was_left_says_no_more_1127_rc5(at: datetime) -> None:
    disputed(at, back=1500, minor=1000)
    assert "Of this payment €15 went back to you" in detail("pledge.disputed")
    assert "counted until now" not in detail("pledge.disputed")


def test_who_cancels_during_a_dispute_of_a_part_reads_of_both_parts_1127_rc5(at: datetime) -> None:
    charge = disputed(at, back=0, minor=1500)
    page = text_of(visitor(charge.payer), f"{Pledge.objects.get().get_absolute_url()}cancel/")
    assert "Until it has decided, €15 of it do not count" in page
    assert "and so does what nobody disputes" in page
