"""What the database itself refuses about invoices, tried through SQL."""

from datetime import timedelta
from typing import Any

import pytest

from marketplace.invoicing import queries as invoice_charges
from marketplace.invoicing.models import (
    CreditedPayment,
    Invoice,
    InvoiceDocument,
    InvoicePayment,
    InvoicePaymentReversal,
    InvoiceReminder,
    InvoiceSeries,
)
from marketplace.invoicing.operations import credit_notes, documents, reminders
from tests.factories import payments, sponsors
from tests.factories.sponsors import AT
from tests.sponsorship.test_rules import insert, refused, sql

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {} SET id = id WHERE id = %s",
        "DELETE FROM {} WHERE id = %s",
    ],
)
def test_invoices_and_what_hangs_on_them_are_written_once(statement: str) -> None:
    invoice = sponsors.invoiced()
    reminders.remind_overdue(at=AT + timedelta(days=40))
    sponsors.pay(invoice)
    documents.document_of(invoice, at=AT)
    for model in (Invoice, InvoicePayment, InvoiceDocument, InvoiceReminder):
        row = model.objects.get()
        table = row._meta.db_table
        refused(lambda row=row, table=table: sql(statement.format(table), row.pk), f"{table} is append-only")


def test_serials_have_no_gap_and_no_double() -> None:
    invoice = sponsors.invoiced()
    for serial in (1, 3, 0):
        number = f"DEMO-2026-{serial:05}"
        refused(insert(invoice, serial=serial, number=number), "the next number is DEMO-2026-00002")
    refused(insert(invoice, serial=2, number="DEMO-2026-00003"), "the next number is")
    insert(invoice, serial=2, number="DEMO-2026-00002")()
    assert InvoiceSeries.objects.get().last == 2


def test_nothing_but_an_invoice_moves_a_series() -> None:
    sponsors.invoiced()
    series = InvoiceSeries.objects.get()
    for last in (0, 2):
        refused(
            lambda last=last: sql("UPDATE invoicing_invoiceseries SET last = %s", last),
            "that of the last invoice",
        )
    refused(lambda: sql("UPDATE invoicing_invoiceseries SET prefix = 'X-'"), "stays as it is")
    refused(lambda: sql("DELETE FROM invoicing_invoiceseries WHERE id = %s", series.pk), "foreign key")
    refused(lambda: InvoiceSeries.objects.create(prefix="2027-", last=4), "that of the last invoice")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"vat_minor": 190_01, "gross_minor": 1_190_01}, "VAT is wrong"),
        ({"vat_minor": 189_99, "gross_minor": 1_189_99}, "VAT is wrong"),
        ({"gross_minor": 1_190_01}, "invoice_adds_up"),
        ({"vat_category": "AE"}, "invoice_vat_fits_its_kind"),
        ({"vat_rate_bp": 0, "vat_minor": 0, "gross_minor": 1_000_00}, "invoice_vat_fits_its_kind"),
        ({"net_minor": 0, "vat_minor": 0, "gross_minor": 0}, "invoice_or_credit_note"),
    ],
)
def test_the_arithmetic_of_an_invoice(wrong: dict[str, Any], message: str) -> None:
    invoice = sponsors.invoiced()
    refused(insert(invoice, serial=2, number="DEMO-2026-00002", **wrong), message)


def test_a_credit_note_fits_its_invoice() -> None:
    invoice = sponsors.invoiced()
    facts: dict[str, Any] = {
        "kind": "credit_note", "corrects_id": invoice.pk, "serial": 2, "number": "DEMO-2026-00002",
        "net_minor": -1_000_00, "vat_minor": -190_00, "gross_minor": -1_190_00,
    }  # fmt: skip
    wrong: list[dict[str, Any]] = [
        {"net_minor": -1_000_01, "gross_minor": -1_190_01},
        {"vat_minor": -189_98, "gross_minor": -1_189_98},
        {"vat_rate_bp": 1800},
        {"account": f"sponsorship/{sponsors.offered().pk}"},
        {"organisation_id": sponsors.business().pk},
        {"book": "live"},
        {"currency": "JPY"},
    ]
    for changes in wrong:
        refused(insert(invoice, **(facts | changes)), "does not fit its invoice")
    insert(invoice, **facts)()
    # Credit notes never exceed the invoice together, not even by a cent.
    again = {"serial": 3, "number": "DEMO-2026-00003", "net_minor": -1, "vat_minor": 0, "gross_minor": -1}
    refused(insert(invoice, **(facts | again)), "does not fit its invoice")


def test_a_credit_note_gives_back_what_was_paid_of_its_own_invoice_1127_t5() -> None:
    paid, other = sponsors.paid(), sponsors.paid()
    payment = InvoicePayment.objects.get(invoice=paid)
    note = credit_notes.credit_part(paid, net_minor=100_00, reason="Less.", at=AT)
    back = CreditedPayment.objects.get()
    theirs = credit_notes.credit_part(other, net_minor=100_00, reason="Less.", at=AT)
    refused(insert(back, note_id=theirs.pk), "does not give that back")
    refused(insert(back, payment_id=InvoicePayment.objects.get(invoice=other).pk), "does not give that back")
    refused(insert(back, amount_minor=1, net_minor=1), "does not give that back")
    refused(lambda: sql("DELETE FROM invoicing_creditedpayment WHERE note_id = %s", note.pk), "append-only")
    rest = {"amount_minor": payment.amount_minor, "net_minor": payment.net_minor}
    refused(insert(back, note_id=sponsors.credited(paid).pk, **rest), "more than was paid")


def test_payments_never_exceed_an_invoice() -> None:
    paid = sponsors.paid()
    payment = InvoicePayment.objects.get()
    other = sponsors.invoiced()
    refused(
        insert(payment, amount_minor=1, net_minor=1, charge_id=_another_charge(other)),
        "more than the invoice",
    )
    credited = sponsors.credited(other)
    refused(insert(payment, invoice_id=other.pk, charge_id=_another_charge(other)), "more than the invoice")
    refused(
        insert(payment, invoice_id=credited.pk, charge_id=_another_charge(other)), "more than the invoice"
    )
    assert paid.payments.count() == 1


def _another_charge(invoice: Invoice) -> Any:
    return invoice_charges.charges_of(invoice).values_list("pk", flat=True)[0]


def test_an_invoice_is_paid_by_its_own_charges_and_lost_by_their_disputes() -> None:
    paid, other = sponsors.paid(), sponsors.invoiced()
    theirs = InvoicePayment.objects.get(invoice=paid)
    for charge in (payments.paid(1_190_00).pk, _another_charge(other)):
        refused(
            lambda charge=charge: InvoicePayment.objects.create(
                invoice=other, charge_id=charge, amount_minor=1_190_00, net_minor=1_000_00, settled_at=AT
            ),
            "does not pay this invoice",
        )
    refused(
        lambda: InvoicePaymentReversal.objects.create(
            payment=theirs, amount_minor=1_190_00, net_minor=1_000_00, reversed_at=AT
        ),
        "no dispute was lost",
    )
