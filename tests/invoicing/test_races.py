"""Sixteen threads at invoice numbers, at one contract, at payments and reminders of one invoice."""

import random
from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction

from civic.core.errors import Conflict
from marketplace.invoicing.models import Invoice, InvoicePayment, InvoiceReminder, InvoiceSeries
from marketplace.invoicing.operations import payment_requests, reminders
from marketplace.invoicing.operations import payments as payments_of_invoices
from marketplace.ledger.models import Entry
from marketplace.payments.models import Charge
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.providers import Outcome
from marketplace.sponsorship.models import Sponsorship
from marketplace.sponsorship.operations import invoices
from tests.factories import sponsors
from tests.factories.payments import assert_whole
from tests.factories.sponsors import AT
from tests.voting.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


THREADS = 16


class Broken(Conflict):
    """A transaction that ends half-way."""


def test_numbers_have_no_gap_whatever_breaks() -> None:
    """Each thread issues an invoice, and every other transaction breaks after its number was taken."""
    campaigns = [sponsors.campaign() for _ in range(THREADS)]
    contracts = [sponsors.contracted(campaign) for campaign in campaigns]
    officer = sponsors.officer()
    chance = random.Random(3)
    breaks = [chance.random() < 0.5 for _ in contracts]

    def issue(contract: Sponsorship, broken: bool) -> Invoice:
        with transaction.atomic():
            made = invoices.issue(actor=officer, sponsorship=contract, at=AT)
            if broken:
                raise Broken
        return made

    results = at_once(
        *[partial(issue, contract, broken) for contract, broken in zip(contracts, breaks, strict=True)]
    )
    assert sum(isinstance(result, Broken) for result in results) == sum(breaks)
    serials = sorted(Invoice.objects.values_list("serial", flat=True))
    assert serials == list(range(1, THREADS - sum(breaks) + 1))
    assert InvoiceSeries.objects.get().last == len(serials)
    assert Entry.objects.filter(kind="invoice").count() == Charge.objects.count() == len(serials)
    print(f"numbers: {len(serials)} of {THREADS} issued, {sum(breaks)} broken, no gap, no double")


def test_one_contract_is_invoiced_once() -> None:
    contract, officer = sponsors.contracted(), sponsors.officer()
    issue = partial(invoices.issue, actor=officer, sponsorship=contract, at=AT)
    results = at_once(*[issue] * THREADS)
    assert sum(isinstance(result, Conflict) for result in results) == THREADS - 1
    assert Invoice.objects.count() == 1


def test_a_payment_is_settled_once_and_two_payments_never_overpay() -> None:
    invoice = sponsors.invoiced()
    owner = sponsors.owner_of(invoice.sponsorship.organisation)
    payment_requests.ask_online(actor=owner, invoice=invoice, provider="demo", at=AT)
    sponsors.work(AT)
    for charge in Charge.objects.all():
        advance_charge(charge, Outcome("succeed"), at=AT)
    charges = list(Charge.objects.all())
    at_once(*[partial(payments_of_invoices.settle, invoice, charges[n % 2], at=AT) for n in range(THREADS)])
    assert InvoicePayment.objects.get().amount_minor == invoice.gross_minor
    assert_whole()


def test_a_reminder_is_sent_once_by_many_clocks() -> None:
    sponsors.invoiced()
    at = AT + timedelta(days=35)
    results = at_once(*[partial(reminders.remind_overdue, at=at)] * THREADS)
    assert sum(results) == InvoiceReminder.objects.count() == 1
