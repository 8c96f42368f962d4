"""Invoices that are paid by the reference on a bank statement."""

import pytest

from civic.core import events
from marketplace.invoicing import queries as invoice_charges
from marketplace.invoicing.models import Invoice
from marketplace.invoicing.operations import payment_requests
from marketplace.payments import operations as payments
from marketplace.payments.references import spaced
from tests.factories import sponsors
from tests.factories.payments import assert_whole, work
from tests.factories.sponsors import AT
from tests.invoicing.test_invoices import there

pytestmark = pytest.mark.django_db


def transfer(invoice: Invoice, amount: str) -> None:
    """So much arrives under the reference that the invoice was printed with."""
    content = (
        "account;booked_on;amount;currency;reference;text;name;iban\n"
        f"XX42ALDERMERE0000012345;{AT:%Y-%m-%d};{amount};EUR;{invoice.reference};Invoice;Harbour;DE02120300000000202051\n"
    )
    payments.import_statement(actor=sponsors.officer(), content=content.encode(), at=AT)
    while events.deliver_pending(at=AT):
        work(AT)


def test_a_reference_of_the_bank_statement_pays_the_invoice() -> None:
    invoice = sponsors.invoiced()
    transfer(invoice, "1190.00")
    assert sponsors.fresh(invoice).sponsorship.state == "paid"


@pytest.mark.parametrize("amounts", [["1190.00"], ["800.00", "390.00"]])
def test_the_printed_reference_pays_whole_and_part_after_a_part_was_agreed_m29(amounts: list[str]) -> None:
    """Before the part, with it, and for what is open after it."""
    invoice = sponsors.invoiced()
    payment_requests.expect_part(
        actor=sponsors.officer(), invoice=invoice, minor=800_00, reason="Agreed.", at=AT
    )
    work(AT)
    shown = invoice_charges.transfer_for(Invoice.objects.with_amounts().get(pk=invoice.pk))
    assert shown is not None
    assert (shown["amount"], shown["reference"]) == ("€1,190", spaced(invoice.reference))
    for amount in amounts:
        transfer(invoice, amount)
    assert sponsors.fresh(invoice).sponsorship.state == "paid"
    assert there(invoice).get("suspense", 0) == 0
    assert not invoice_charges.open_charges(invoice).exists()
    assert_whole()
