"""Credit notes: of a whole invoice, whose payments go back, or of the rest that nobody will pay."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict
from civic.core.policies import require
from civic.core.states import transition
from civic.core.text import required
from marketplace.campaigns.operations.totals import recount
from marketplace.campaigns.states import CampaignState
from marketplace.ledger import operations as ledger
from marketplace.sponsorship.models import Invoice
from marketplace.sponsorship.operations import invoices, numbering, payment_requests, postings
from marketplace.sponsorship.operations.locking import locked_invoice

LONGEST = 300


def credit_whole(*, actor: Person, invoice: Invoice, reason: str, at: datetime) -> Invoice:
    """Takes an invoice back as a whole and gives back what was paid; the sponsorship ends.

    Raises Forbidden (not a finance officer), Invalid without a reason, Conflict (a credit note, credited before, or
    the campaign has paid the money out), IllegalTransition (benefits were delivered).
    """
    require(actor, "keep", "books")
    return credit_for(invoice, reason=_checked(reason), at=at, actor=actor)


def credit_for(invoice: Invoice, *, reason: str, at: datetime, actor: Person | None = None) -> Invoice:
    """As `credit_whole`, for what the city itself decides (`actor` None), such as the end of a campaign."""
    with transaction.atomic():
        current: Any = _creditable(invoice)
        payment_requests.give_up(current, at)
        sums = current.payments.aggregate(paid=Sum("amount_minor"), net=Sum("net_minor"))
        paid, collected = sums["paid"] or 0, sums["net"] or 0
        _require_there(current, collected)
        note = _note(current, current.net_minor, current.vat_minor, reason, at)
        postings.credited(note, paid_minor=paid, collected_minor=collected, at=at)
        for payment in current.payments.select_related("charge"):
            invoices.give_back(payment.charge, payment.amount_minor, key="credit", reason=reason, at=at)
        _tell(note, current, "credit", actor, at)
    return note


def credit_rest(*, actor: Person, invoice: Invoice, reason: str, at: datetime) -> Invoice:
    """Gives up what is open of a part-paid invoice: what was paid counts as all. Raises as `credit_whole`.

    Only after the campaign's success: until then the whole amount counts for its goal.
    """
    require(actor, "keep", "books")
    reason = _checked(reason)
    with transaction.atomic():
        current: Any = _creditable(invoice)
        if current.sponsorship.campaign.state != CampaignState.SUCCEEDED:
            raise Conflict(_("The whole amount counts for the goal until the campaign has succeeded."))
        sums = current.payments.aggregate(paid=Sum("amount_minor"), net=Sum("net_minor"))
        if not sums["paid"] or not current.open_minor:
            raise Conflict(_("Only the rest of a partly paid invoice can be given up."))
        payment_requests.give_up(current, at)
        net = current.net_minor - sums["net"]
        note = _note(current, net, current.open_minor - net, reason, at)
        postings.credited(note, paid_minor=0, collected_minor=0, at=at)
        _tell(note, current, "pay", actor, at)
    return note


def _checked(reason: str) -> str:
    return required(reason, _("Say why; it stands on the credit note."), longest=LONGEST)


def _creditable(invoice: Invoice) -> Invoice:
    current = locked_invoice(invoice)
    if current.is_credit_note or Invoice.objects.filter(corrects=current).exists():
        raise Conflict(_("This is a credit note, or the invoice has one."))
    return current


def _require_there(invoice: Invoice, collected: int) -> None:
    """Money that has left the campaign can't be given back."""
    if collected and ledger.available(postings.campaigns(invoice)).minor < collected:
        raise Conflict(_("The campaign has paid this money out."))


def _note(invoice: Invoice, net: int, vat: int, reason: str, at: datetime) -> Invoice:
    note = Invoice(
        sort=Invoice.Sort.CREDIT_NOTE,
        sponsorship=invoice.sponsorship,
        corrects=invoice,
        issued_on=numbering.day_of(at),
        due_on=numbering.day_of(at),
        net_minor=-net,
        vat_category=invoice.vat_category,
        vat_rate_bp=invoice.vat_rate_bp,
        vat_minor=-vat,
        gross_minor=-net - vat,
        currency=invoice.currency,
        purchase_order=invoice.purchase_order,
        line=invoice.line,
        seller=invoice.seller,
        buyer=invoice.buyer,
        reason=reason,
    )
    return numbering.write(note, book=invoice.sponsorship.campaign.book, at=at)


def _tell(note: Invoice, invoice: Invoice, verb: str, actor: Person | None, at: datetime) -> None:
    facts = numbering.facts(note) | {"corrects": invoice.number}
    transition(invoice.sponsorship, verb, actor=actor, at=at, reason=note.reason, payload=facts)
    events.record("invoice.credit", actor=actor, subject=note, at=at, payload=facts)
    recount(invoice.sponsorship.campaign, at)
