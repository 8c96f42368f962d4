"""Invoices: their money in the ledger, parts, what is too much, credit notes, reminders."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from civic.core import events
from civic.core.errors import Conflict, Forbidden, IllegalTransition, Invalid
from marketplace.campaigns.models import Campaign, CampaignTotal
from marketplace.invoicing import queries as invoice_charges
from marketplace.invoicing.models import Invoice, InvoicePayment
from marketplace.invoicing.operations import credit_notes, payment_requests
from marketplace.invoicing.operations import payments as payments_of_invoices
from marketplace.payments.models import Charge, Refund
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.providers import Outcome
from marketplace.payments.references import reference_for
from marketplace.sponsorship.operations import invoices, sponsorships
from marketplace.sponsorship.queries import sponsors_of
from tests.factories import accounts, sponsors
from tests.factories.payments import assert_whole, balances, work
from tests.factories.sponsors import AT
from tests.mail import delivered

pytestmark = pytest.mark.django_db


def of(invoice: Invoice) -> dict[str, str]:
    """The codes of the accounts that an invoice moves money between, by short names."""
    sponsorship = invoice.sponsorship
    return {
        "receivable": invoice.receivable,
        "due": f"{sponsorship.account}/due",
        "paid": f"{sponsorship.account}/paid",
        "held": sponsorship.campaign.account("held"),
    }


def there(invoice: Invoice) -> dict[str, int]:
    """Their balances now, empty ones left out; refunds together as `refund`."""
    names = {code: name for name, code in of(invoice).items()}
    found: dict[str, int] = {}
    for code, minor in balances().items():
        name = names.get(code, code.partition("/")[0])
        found[name] = found.get(name, 0) + minor
    return found


def test_an_invoice_is_owed_its_net_due_and_its_vat_set_apart() -> None:
    invoice = sponsors.invoiced()
    assert (invoice.number, invoice.net_minor, invoice.vat_minor, invoice.gross_minor) == (
        "DEMO-2026-00001", 1_000_00, 190_00, 1_190_00,
    )  # fmt: skip
    assert (invoice.issued_on, invoice.due_on) == (AT.date(), AT.date() + timedelta(days=30))
    assert there(invoice) == {"receivable": 1_190_00, "due": 1_000_00, "vat": 190_00}
    assert invoice.reference == reference_for(invoice_charges.open_charges(invoice).get().pk)
    assert_whole()


def test_the_day_of_an_invoice_is_the_citys() -> None:
    """Half past eleven in the evening of New Year's Eve in UTC is the new year in the city."""
    at = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    invoice = sponsors.invoiced(sponsors.campaign(at=at), at=at)
    assert (invoice.issued_on, invoice.number) == (date(2027, 1, 1), "DEMO-2027-00001")


def test_a_transfer_is_no_persons_payment() -> None:
    """So that who offered can erase their account while the organisation's invoice is open."""
    assert invoice_charges.open_charges(sponsors.invoiced()).get().payer is None


def test_only_finance_officers_issue_and_only_of_a_contract() -> None:
    made = sponsors.checked()
    with pytest.raises(Forbidden):
        invoices.issue(actor=accounts.person(), sponsorship=made, at=AT)
    with pytest.raises(IllegalTransition):
        invoices.issue(actor=sponsors.officer(), sponsorship=made, at=AT)
    assert not Invoice.objects.exists()


def test_a_paid_invoice_becomes_the_campaigns_money() -> None:
    invoice = sponsors.invoiced()
    charge = sponsors.pay(invoice)
    assert there(invoice) == {"bank": 1_190_00, "held": 1_000_00, "vat": 190_00}
    assert sponsors.fresh(invoice).open_minor == 0
    assert sponsors.fresh(invoice).sponsorship.state == "paid"
    total = CampaignTotal.objects.get(campaign=invoice.sponsorship.campaign)
    assert (total.sponsors_firm_minor, total.sponsors_paid_minor) == (0, 1_000_00)
    payments_of_invoices.settle(invoice, charge, at=AT)
    assert InvoicePayment.objects.count() == 1
    assert_whole()


def test_the_payment_is_learned_of_by_the_event() -> None:
    invoice = sponsors.invoiced()
    charge = invoice_charges.open_charges(invoice).get()
    advance_charge(charge, Outcome("succeed"), at=AT)
    events.deliver_pending(at=AT)
    events.deliver_pending(at=AT)
    assert sponsors.fresh(invoice).sponsorship.state == "paid"


def test_after_the_success_of_a_campaign_money_is_committed_at_once() -> None:
    invoice = sponsors.invoiced(sponsors.campaign(rule="keep"))
    Campaign.objects.update(state="succeeded")
    sponsors.pay(invoice)
    campaign = invoice.sponsorship.campaign
    assert balances()[campaign.account("committed")] == 1_000_00
    assert campaign.account("held") not in balances()


def test_parts_add_up_to_the_last_cent() -> None:
    """Each of these rounded by itself would make a cent too much."""
    invoice = sponsors.invoiced(sponsors.campaign({"amount_minor": 1_000_01}))
    first = sponsors.pay(invoice, 396_67)
    assert sponsors.fresh(invoice).sponsorship.state == "part_paid"
    assert there(invoice)["receivable"] == invoice.gross_minor - 396_67
    sponsors.pay(invoice, 396_67)
    rest = invoice_charges.open_charges(invoice).get()
    assert rest.amount_minor == invoice.gross_minor - 793_34
    sponsors.pay(invoice)
    assert there(invoice) == {"bank": 1_190_01, "held": 1_000_01, "vat": 190_00}
    nets = InvoicePayment.objects.values_list("net_minor", flat=True)
    assert sum(nets) == 1_000_01
    assert first.state == "succeeded"
    assert_whole()


def test_a_part_is_less_than_what_is_open_and_for_officers() -> None:
    invoice = sponsors.invoiced()
    for minor in (0, 1_190_00, -5):
        with pytest.raises(Invalid):
            payment_requests.expect_part(
                actor=sponsors.officer(), invoice=invoice, minor=minor, reason="So.", at=AT
            )
    with pytest.raises(Forbidden):
        payment_requests.expect_part(actor=accounts.person(), invoice=invoice, minor=5, reason="So.", at=AT)


def test_what_comes_twice_is_given_back() -> None:
    """Paid online, and the transfer was on its way: the second one goes back whole."""
    invoice = sponsors.invoiced()
    owner = sponsors.owner_of(invoice.sponsorship.organisation)
    online = payment_requests.ask_online(actor=owner, invoice=invoice, provider="demo", at=AT)
    assert payment_requests.ask_online(actor=owner, invoice=invoice, provider="demo", at=AT) == online
    work(AT)
    for charge in Charge.objects.order_by("created_at"):
        advance_charge(charge, Outcome("succeed"), at=AT)
    for charge in Charge.objects.order_by("created_at"):
        payments_of_invoices.settle(invoice, charge, at=AT)
    refund = Refund.objects.get()
    assert (refund.amount_minor, refund.charge) == (1_190_00, online)
    assert there(invoice) == {
        "bank": 1_190_00, "provider": 1_190_00, "refund": 1_190_00, "held": 1_000_00, "vat": 190_00,
    }  # fmt: skip
    assert_whole()


def test_only_the_sponsor_pays_online_and_only_in_the_campaigns_book() -> None:
    invoice = sponsors.invoiced()
    with pytest.raises(Forbidden):
        payment_requests.ask_online(actor=accounts.person(), invoice=invoice, provider="demo", at=AT)
    owner = sponsors.owner_of(invoice.sponsorship.organisation)
    for provider in ("bank", "stripe", "nothing"):
        with pytest.raises(Invalid):
            payment_requests.ask_online(actor=owner, invoice=invoice, provider=provider, at=AT)
    sponsors.pay(invoice)
    with pytest.raises(Conflict):
        payment_requests.ask_online(actor=owner, invoice=invoice, provider="demo", at=AT)


def test_a_credit_note_before_payment_leaves_nothing() -> None:
    invoice = sponsors.invoiced()
    note = sponsors.credited(invoice)
    assert (note.number, note.gross_minor, note.corrects) == ("DEMO-2026-00002", -1_190_00, invoice)
    assert there(invoice) == {}
    assert sponsors.fresh(invoice).sponsorship.state == "credited"
    work(AT)
    assert not invoice_charges.open_charges(invoice).exists()
    with pytest.raises(Conflict):
        sponsors.credited(invoice)
    assert_whole()


@pytest.mark.parametrize("part", [333_33, None])
def test_a_credit_note_gives_back_what_was_paid(part: int | None) -> None:
    invoice = sponsors.invoiced()
    charge = sponsors.pay(invoice, part)
    sponsors.credited(invoice)
    owed = part or 1_190_00
    assert there(invoice) == {"bank": owed, "refund": owed}
    refund = Refund.objects.get()
    assert (refund.charge, refund.amount_minor) == (charge, owed)
    assert_whole()


def test_the_rest_of_an_invoice_can_be_given_up() -> None:
    invoice = sponsors.invoiced(sponsors.campaign(rule="keep"))
    facts: dict[str, Any] = {"actor": sponsors.officer(), "invoice": invoice, "reason": "Agreed.", "at": AT}
    with pytest.raises(Conflict, match="until the campaign has succeeded"):
        credit_notes.credit_rest(**facts)
    Campaign.objects.update(state="succeeded")
    with pytest.raises(Conflict, match="partly paid"):
        credit_notes.credit_rest(**facts)
    sponsors.pay(invoice, 500_00)
    note = credit_notes.credit_rest(**facts)
    assert note.gross_minor == -690_00
    assert there(invoice) == {"bank": 500_00, "campaign": 420_17, "vat": 79_83}
    # What was given up is in no public sum.
    assert sponsors_of(Campaign.objects.get(), AT).total_minor == 420_17
    assert sponsors.fresh(invoice).sponsorship.state == "paid"
    assert not Refund.objects.exists()
    assert_whole()


def test_money_that_the_campaign_paid_out_is_not_given_back() -> None:
    invoice = sponsors.paid(sponsors.campaign(rule="keep"))
    Campaign.objects.update(state="succeeded")
    with pytest.raises(Conflict, match="paid this money out"):
        sponsors.credited(invoice)


def test_credit_notes_are_for_officers_with_a_reason() -> None:
    invoice = sponsors.invoiced()
    with pytest.raises(Forbidden):
        credit_notes.credit_whole(actor=accounts.person(), invoice=invoice, reason="So.", at=AT)
    with pytest.raises(Invalid):
        credit_notes.credit_whole(actor=sponsors.officer(), invoice=invoice, reason=" ", at=AT)


def test_a_missed_goal_ends_all_sponsorships_and_leaves_only_refunds() -> None:
    campaign = sponsors.campaign({"amount_minor": 900_00})
    sponsors.offered(campaign)
    sponsors.contracted(campaign)
    waiting, paid = sponsors.invoiced(campaign), sponsors.paid(campaign)
    Campaign.objects.filter(pk=campaign.pk).update(state="missed")
    campaign.refresh_from_db()
    sponsorships.lapse_for(campaign, AT)
    sponsorships.lapse_for(campaign, AT)
    states = campaign.sponsorships.order_by("created_at").values_list("state", flat=True)
    assert list(states) == ["lapsed", "lapsed", "credited", "credited"]
    assert {note.corrects for note in Invoice.objects.filter(kind="credit_note")} == {waiting, paid}
    assert there(paid) == {"bank": 1_071_00, "refund": 1_071_00}
    assert_whole()


def test_a_disputed_payment_waits_for_the_provider() -> None:
    invoice = sponsors.invoiced()
    owner = sponsors.owner_of(invoice.sponsorship.organisation)
    charge = payment_requests.ask_online(actor=owner, invoice=invoice, provider="demo", at=AT)
    work(AT)
    advance_charge(charge, Outcome("succeed"), at=AT)
    payments_of_invoices.settle(invoice, charge, at=AT)
    advance_charge(charge, Outcome("dispute"), at=AT)
    sponsors.credited(invoice)
    assert there(invoice) == {"disputed": 1_190_00, "paid": 1_190_00}
    advance_charge(charge, Outcome("lose"), at=AT)
    assert there(invoice) == {}
    assert_whole()


def test_the_invoice_goes_out_by_mail_with_its_pdf() -> None:
    invoice = sponsors.invoiced()
    events.deliver_pending(at=AT)
    message = next(one for one in delivered() if invoice.number in one.subject)
    name, content, kind = message.attachments[0]
    assert (name, kind, message.to) == (
        f"{invoice.number}.pdf",
        "application/pdf",
        ["accounts@harbour.example"],
    )
    assert content == bytes(invoice.document.content)


def test_a_change_of_the_issuer_changes_no_invoice() -> None:
    invoice = sponsors.invoiced()
    sponsors.issuer(name="City of Elsewhere", vat_rate_bp=700)
    assert sponsors.fresh(invoice).seller["name"] == "City of Aldermere"
