"""What arrives by bank under the printed reference of an invoice of 1,190 euros, in each state of the invoice.

The cells are the specification: what is open of it afterwards, and what waits for the desk, in euros.
"""

from collections.abc import Callable

import pytest

from marketplace.invoicing.models import Invoice
from marketplace.invoicing.operations import credit_notes
from projects.proposals.models import Project
from tests.factories import payments, sponsors
from tests.factories.campaigns import work
from tests.factories.sponsor_payments import assert_nothing_stuck, dispute, paid_online, paid_out
from tests.factories.sponsors import AT
from tests.invoicing.test_bank_references import transfer
from tests.undoing import undone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]
# Short of what the whole asks for, the whole, more than it, and the whole a second time.
ARRIVALS = {"short": ["500.00"], "whole": ["1190.00"], "over": ["1300.00"], "twice": ["1190.00", "1190.01"]}


def part_paid() -> Invoice:
    invoice = sponsors.invoiced(sponsors.campaign(rule="keep"))
    sponsors.pay(invoice, 595_00)
    paid_out(invoice, 0)
    return invoice


def rest_given_up() -> Invoice:
    invoice = part_paid()
    credit_notes.credit_rest(actor=sponsors.officer(), invoice=invoice, reason="Enough.", at=AT)
    work(AT)
    return invoice


def part_credited() -> Invoice:
    invoice = sponsors.paid()
    credit_notes.credit_part(invoice, net_minor=500_00, reason="Less.", at=AT)
    return invoice


def credited() -> Invoice:
    invoice = sponsors.invoiced()
    sponsors.credited(invoice)
    work(AT)
    return invoice


def disputed(*then: tuple[str, int | None]) -> Invoice:
    invoice, charge = paid_online()
    for verb, minor in (("dispute", None), *then):
        dispute(charge, verb, minor)
    return invoice


def ended() -> Invoice:
    invoice = part_paid()
    Project.objects.filter(pk=invoice.sponsorship.campaign.project_id).update(state="failed")
    return invoice


# What is open and what waits: after short, whole, over, twice.
TABLE: dict[str, tuple[Callable[[], Invoice], tuple[tuple[float, float], ...]]] = {
    "open": (sponsors.invoiced, ((1190, 500), (0, 0), (0, 110), (0, 1190.01))),
    "part paid": (part_paid, ((595, 500), (0, 595), (0, 705), (0, 1785.01))),
    "paid": (sponsors.paid, ((0, 500), (0, 1190), (0, 1300), (0, 2380.01))),
    "rest given up": (rest_given_up, ((0, 500), (0, 1190), (0, 1300), (0, 2380.01))),
    "part credited": (part_credited, ((0, 500), (0, 1190), (0, 1300), (0, 2380.01))),
    "credited": (credited, ((0, 500), (0, 1190), (0, 1300), (0, 2380.01))),
    "disputed": (disputed, ((0, 500), (0, 1190), (0, 1300), (0, 2380.01))),
    "won": (lambda: disputed(("win", None)), ((0, 500), (0, 1190), (0, 1300), (0, 2380.01))),
    "lost": (lambda: disputed(("lose", None)), ((1190, 500), (0, 0), (0, 110), (0, 1190.01))),
    "lost in part": (lambda: disputed(("lose", 400_00)), ((0, 100), (0, 790), (0, 900), (0, 1980.01))),
    "its project ended": (ended, ((595, 500), (0, 595), (0, 705), (0, 1785.01))),
}


@pytest.mark.parametrize("state", TABLE)
def test_each_arrival_by_bank_in_each_state_of_the_invoice(state: str) -> None:
    begin, cells = TABLE[state]
    invoice, found = begin(), []
    for amounts in ARRIVALS.values():
        with undone():
            for amount in amounts:
                transfer(invoice, amount)
            held = payments.balances()
            current = sponsors.fresh(invoice)
            assert held.get(invoice.receivable, 0) == current.open_minor
            assert_nothing_stuck()
            found.append((current.open_minor / 100, held.get("suspense", 0) / 100))
    assert dict(zip(ARRIVALS, found, strict=True)) == dict(zip(ARRIVALS, cells, strict=True))


def test_a_whole_transfer_pays_what_is_left_of_a_part_paid_invoice_1127() -> None:
    """The printed sum under the printed reference, although its own request was replaced when a part was paid."""
    invoice = part_paid()
    transfer(invoice, "1190.00")
    assert sponsors.fresh(invoice).open_minor == 0
