"""An invoice may have several credit notes: together they never exceed it, and a dispute is heard after each."""

import pytest

from civic.core.errors import Conflict
from marketplace.invoicing.models import Invoice
from marketplace.invoicing.operations import credit_notes
from marketplace.payments.models import Charge
from marketplace.sponsorship.models import SponsorshipStanding
from tests.factories import payments, sponsors
from tests.factories.campaigns import work
from tests.factories.sponsor_payments import assert_nothing_stuck, dispute, paid_online, paid_out, pay_online
from tests.factories.sponsors import AT
from tests.mail import delivered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


def succeeded(*, paid_minor: int | None = None, out: int = 0) -> tuple[Invoice, Charge]:
    """An invoice of 1,190.00, paid in whole or in part; its campaign succeeded and has paid `out` to its project."""
    of = sponsors.campaign(rule="keep")
    if paid_minor is None:
        invoice, charge = paid_online(of)
    else:
        invoice = sponsors.invoiced(of)
        charge = sponsors.pay(invoice, paid_minor)
    paid_out(invoice, out)
    return invoice, charge


def rest(invoice: Invoice) -> Invoice:
    return credit_notes.credit_rest(actor=sponsors.officer(), invoice=invoice, reason="Enough.", at=AT)


def part(invoice: Invoice, net_minor: int) -> Invoice:
    note = credit_notes.credit_part(invoice, net_minor=net_minor, reason="The project ended.", at=AT)
    work(AT)
    return note


def assert_counts(invoice: Invoice, *, net: int, open_minor: int = 0) -> None:
    """So much of it counts for the campaign, so much is open, and the books say the same."""
    assert sponsors.fresh(invoice).open_minor == open_minor
    assert SponsorshipStanding.objects.get(pk=invoice.sponsorship.pk).standing == net
    held = payments.balances()
    assert held.get(invoice.receivable, 0) == open_minor
    assert f"{invoice.account}/paid" not in held
    assert_nothing_stuck()


def test_what_was_paid_goes_back_after_the_rest_was_given_up_1127_t5() -> None:
    invoice, charge = succeeded(paid_minor=595_00)
    given_up = rest(invoice)
    back = part(invoice, 300_00)
    assert (given_up.gross_minor, back.gross_minor, back.vat_minor) == (-595_00, -357_00, -57_00)
    assert (charge.refunded, back.serial) == (sponsors.money(357_00), given_up.serial + 1)
    assert_counts(invoice, net=200_00)


def test_credit_notes_of_parts_are_together_the_invoice_1127_t5() -> None:
    invoice, charge = succeeded()
    for net in (333_33, 333_33, 333_34):
        part(invoice, net)
    notes = invoice.credit_notes.all()
    assert sum(note.gross_minor for note in notes) == -1_190_00
    assert len({note.number for note in notes}) == 3
    assert charge.refunded == charge.amount
    assert_counts(invoice, net=0)
    with pytest.raises(Conflict, match="all of the invoice is credited"):
        part(invoice, 1)


def test_the_whole_is_credited_less_what_was_credited_before_1127_t5() -> None:
    invoice, charge = succeeded()
    part(invoice, 333_33)
    note = sponsors.credited(invoice)
    work(AT)
    assert (note.net_minor, note.gross_minor) == (-666_67, -793_34)
    assert charge.refunded == charge.amount
    assert_counts(invoice, net=0)
    assert "vat" not in payments.balances()


def test_what_a_part_gives_back_in_a_dispute_goes_back_when_it_is_won_1127_t5() -> None:
    invoice, charge = succeeded()
    dispute(charge, "dispute")
    part(invoice, 300_00)
    assert not charge.refunded
    dispute(charge, "win")
    assert charge.refunded == sponsors.money(357_00)
    assert_counts(invoice, net=700_00)


def test_a_dispute_that_is_lost_after_a_credit_note_is_owed_again_1127_t8() -> None:
    """833.00 are back already, the bank takes all of it: the buyer owes what was delivered, the city lost the rest."""
    invoice, charge = succeeded(out=300_00)
    part(invoice, 700_00)
    for verb in ("dispute", "lose"):
        dispute(charge, verb)
    assert_counts(invoice, net=0, open_minor=357_00)
    held = payments.balances()
    assert (
        held["losses"] == 833_00 + 300_00
    )  # of the 300.00 that were paid out, the sponsor owes the net again
    assert sponsors.fresh(invoice).sponsorship.state == "invoiced"
    assert delivered()[-1].subject == f"Your payment of invoice {invoice.number} was taken back"
    pay_online(invoice)
    assert_counts(invoice, net=300_00)
    assert payments.balances()["losses"] == 833_00
    assert sponsors.fresh(invoice).sponsorship.state == "paid"


def test_a_dispute_of_a_part_takes_first_what_waits_to_go_back_1127_t8() -> None:
    invoice, charge = succeeded()
    dispute(charge, "dispute", 100_00)
    part(invoice, 700_00)
    dispute(charge, "lose")
    # 833.00 were owed back, of which the bank has given 100.00: the rest follows, and nothing is owed again.
    assert charge.refunded == sponsors.money(733_00)
    assert_counts(invoice, net=300_00)


def test_a_payment_that_is_lost_after_the_rest_was_given_up_is_owed_again_1127_t8() -> None:
    invoice, charge = succeeded(paid_minor=595_00)
    rest(invoice)

    for verb in ("dispute", "lose"):
        dispute(charge, verb)
    assert_counts(invoice, net=0, open_minor=595_00)
    sponsors.credited(invoice)
    assert_counts(invoice, net=0)
    assert sponsors.fresh(invoice).sponsorship.state == "credited"
