"""Sponsors who pay their invoices online, disputes of that, and campaigns that have paid the money out."""

from datetime import datetime
from typing import Any

from civic.core.models import Delivery
from civic.core.states import transition
from marketplace.campaigns import accounts as of_campaigns
from marketplace.campaigns.models import Campaign, CampaignTotal
from marketplace.campaigns.operations import postings
from marketplace.invoicing.models import Invoice
from marketplace.invoicing.operations import payment_requests
from marketplace.matching.operations import postings as shifting
from marketplace.payments.models import Charge
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.providers import Outcome
from tests.factories import payments, sponsors
from tests.factories.campaigns import work
from tests.factories.sponsors import AT


def paid_online(of: Campaign | None = None) -> tuple[Invoice, Charge]:
    """An invoice that its sponsor has paid by the page, and the charge."""
    invoice = sponsors.invoiced(of)
    return invoice, pay_online(invoice)


def pay_online(invoice: Invoice) -> Charge:
    """Its sponsor pays what is open by the page."""
    charge = asked_online(invoice, sponsors.owner_of(invoice.sponsorship.organisation))
    advance_charge(charge, Outcome("succeed"), at=AT)
    work(AT)
    return charge


def asked_online(invoice: Invoice, actor: Any) -> Charge:
    """A charge by the page that nobody has paid yet."""
    charge = payment_requests.ask_online(actor=actor, invoice=invoice, provider="demo", at=AT)
    work(AT)
    return charge


def dispute(
    charge: Charge, verb: str, minor: int | None = None, *, heard: bool = True, at: datetime = AT
) -> None:
    """The dispute of a charge is opened or decided, of a part of it where `minor` says so."""
    amount = None if minor is None else sponsors.money(minor)
    advance_charge(charge, Outcome(verb, amount=amount), at=at)
    if heard:
        work(at)


def paid_out(invoice: Invoice, minor: int) -> None:
    """The campaign has succeeded, and so much of its money is on its way to the project."""
    campaign = Campaign.objects.get(pk=invoice.sponsorship.campaign_id)
    for verb in ("collect", "succeed"):
        transition(campaign, verb, actor=None, at=AT)
    postings.balance_held(campaign, AT)
    source, target = (of_campaigns.of_campaign(campaign, part) for part in ("committed", "released"))
    shifting.shift(
        minor, source=source, target=target, kind="milestone", key="m", at=AT, public={"campaign": "c"}
    )


def assert_nothing_stuck() -> None:
    """Every delivery of an event went through, and the books are whole."""
    assert not Delivery.objects.exclude(last_error="").exists()
    payments.assert_whole()


def total(invoice: Invoice) -> CampaignTotal:
    """What is published of its campaign."""
    return CampaignTotal.objects.get(campaign=invoice.sponsorship.campaign)
