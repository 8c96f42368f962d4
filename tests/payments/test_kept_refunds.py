"""A refund that came back asks for an account on the pages about its payment, and not by a mail alone."""

from datetime import datetime

import pytest
from django.test import Client

from civic.accounts.models import Person
from marketplace.campaigns.models import Pledge
from marketplace.payments.operations import refund_part, refund_rest
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.providers import Outcome
from tests.factories import sponsors
from tests.factories.campaigns import work
from tests.invoicing.test_credit_notes import part, succeeded
from tests.payments.test_claims import AT, pledged
from tests.payments.test_claims_told import come_back, pay_otherwise
from tests.visiting import text_of, visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]
TOLD = "to which account it can go"


def waiting(client: Client) -> str:
    return text_of(client, "/me/").split("Waiting for you")[1]


def test_a_backer_reads_on_the_pages_what_is_kept_1127_rc3(at: datetime) -> None:
    charge = pledged(at)
    own, pledge = visitor(charge.payer), Pledge.objects.get()
    refund_rest(actor=sponsors.officer(), charge=charge, reason="Asked.", at=at)
    work(at)
    assert TOLD not in text_of(own, pledge.get_absolute_url())
    refund = come_back(charge, at)
    page = text_of(own, pledge.get_absolute_url())
    assert ("We could not give €40 back" in page, TOLD in page) == (True, True)
    assert "Tell the city to which account €40 can go back" in waiting(own)
    assert pledge.get_absolute_url() in waiting(own)
    pay_otherwise(refund, at)
    assert TOLD not in text_of(own, pledge.get_absolute_url())
    assert "to which account" not in text_of(own, "/me/")


def test_what_waits_for_a_claim_asks_for_no_account_1127_rc3(at: datetime) -> None:
    charge = pledged(at)
    for number, minor in enumerate((2500, 1500)):
        amount = sponsors.money(minor)
        refund_part(
            actor=sponsors.officer(), charge=charge, amount=amount, token=number, reason="Asked.", at=at
        )
        work(at)
    for verb in ("dispute", "lose"):
        advance_charge(charge, Outcome(verb, amount=sponsors.money(4000)), at=at)
    work(at)
    come_back(charge, at)
    assert TOLD not in text_of(visitor(charge.payer), Pledge.objects.get().get_absolute_url())


def test_a_sponsor_reads_on_the_pages_what_is_kept_1127_rc3() -> None:
    invoice, charge = succeeded()
    part(invoice, 700_00)
    come_back(charge, AT)
    owner: Person = invoice.organisation.memberships.get(role="owner").person
    for address in (invoice.get_absolute_url(), sponsors.fresh(invoice).sponsorship.get_absolute_url()):
        page = text_of(visitor(owner), address)
        assert ("We could not give €833 back" in page, TOLD in page) == (True, True), address


def test_of_a_dispute_in_part_the_rest_counts_on_the_page_1127_rc5(at: datetime) -> None:
    charge = pledged(at)
    advance_charge(charge, Outcome("dispute", amount=sponsors.money(1500)), at=at)
    work(at)
    page = text_of(visitor(charge.payer), Pledge.objects.get().get_absolute_url())
    assert "Until it has decided, €15 of it do not count" in page


def test_a_pledge_that_is_over_puts_no_name_into_the_list_1127_rc6(at: datetime) -> None:
    charge = pledged(at)
    own, pledge = visitor(charge.payer), Pledge.objects.get()
    refund_rest(actor=sponsors.officer(), charge=charge, reason="Asked.", at=at)
    work(at)
    shown = text_of(own, pledge.get_absolute_url())
    assert ("until the end of today" in shown, "Hide my name" in shown) == (True, True)
    own.post(f"/me/pledges/{pledge.pk}/step/", {"verb": "hide_name"})
    hidden = text_of(own, pledge.get_absolute_url())
    assert ("is not shown" in hidden, "Show my name" in hidden) == (True, False)
