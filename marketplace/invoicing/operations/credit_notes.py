"""Credit notes: of a whole invoice, whose payments go back, or of the rest that nobody will pay."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict, required
from civic.core.policies import require
from marketplace.invoicing import billables
from marketplace.invoicing.locking import lock_invoice
from marketplace.invoicing.models import Invoice
from marketplace.invoicing.operations import numbering, payment_requests, payments, postings
from marketplace.ledger import operations as ledger
from marketplace.ledger.models import Account

LONGEST = 300


def credit_whole(*, actor: Person, invoice: Invoice, reason: str, at: datetime) -> Invoice:
    """Takes an invoice back as a whole and gives back what was paid; what was billed ends.

    Raises Forbidden (not a finance officer), Invalid without a reason, Conflict (a credit note, credited before, or
    the campaign has paid the money out), IllegalTransition (benefits were delivered).
    """
    require(actor, "keep", "books")
    return credit_for(invoice, reason=_checked(reason), at=at, actor=actor)


def credit_for(invoice: Invoice, *, reason: str, at: datetime, actor: Person | None = None) -> Invoice:
    """As `credit_whole`, for what the city itself decides (`actor` None), such as the end of a campaign."""
    with transaction.atomic():
        current, thing = _creditable(invoice, at)
        payment_requests.release(current, at)
        paid, collected = current.payments.totals()
        income = billables.of(current).income(thing)
        _require_there(income, collected)
        note = _note(current, current.net_minor, current.vat_minor, reason, at)
        postings.credited(note, income, paid_minor=paid, collected_minor=collected, at=at)
        for payment in current.payments.standing().select_related("charge"):
            payments.give_back(payment.charge, payment.stands_minor, key="credit", reason=reason, at=at)
        _close(note, thing, True, actor, at)
    return note


def credit_rest(*, actor: Person, invoice: Invoice, reason: str, at: datetime) -> Invoice:
    """Gives up what is open of a part-paid invoice: what was paid counts as all. Raises as `credit_whole`.

    Of a sponsorship only after the campaign's success: until then the whole amount counts for its goal.
    """
    require(actor, "keep", "books")
    reason = _checked(reason)
    with transaction.atomic():
        current, thing = _creditable(invoice, at)
        billables.of(current).check_rest_may_go(thing)
        paid, collected = current.payments.totals()
        if not paid or not current.open_minor:
            raise Conflict(_("Only the rest of a partly paid invoice can be given up."))
        payment_requests.release(current, at)
        net = current.net_minor - collected
        note = _note(current, net, current.open_minor - net, reason, at)
        postings.credited(note, billables.of(current).income(thing), paid_minor=0, collected_minor=0, at=at)
        _close(note, thing, False, actor, at)
    return note


def credit_part(invoice: Invoice, *, net_minor: int, reason: str, at: datetime) -> Invoice:
    """Gives back so much of the net that was paid, with its VAT: what was billed could be delivered in part only.

    What is open is not owed any more and stands on the same note, as an invoice has one at most. What was billed stays
    as it is. Raises Conflict (credited before, less was paid, or is left, than that).
    """
    with transaction.atomic():
        current, thing = _creditable(invoice, at)
        paid, collected = current.payments.totals()
        if not 0 < net_minor <= collected:
            raise Conflict(_("Less than that was paid for this invoice."))
        income = billables.of(current).income(thing)
        _require_there(income, net_minor)
        # VAT by the rate, rounded half up as on an invoice; of all that was paid exactly what it brought, so that
        # nothing stays on its account.
        vat = (2 * net_minor * current.vat_rate_bp + 10_000) // 20_000
        vat = paid - collected if net_minor == collected else min(vat, paid - collected)
        rest, rest_net = current.open_minor, current.net_minor - collected if current.open_minor else 0
        note = _note(current, net_minor + rest_net, vat + rest - rest_net, reason[:LONGEST], at)
        gross = net_minor + vat
        postings.credited(note, income, paid_minor=gross, collected_minor=net_minor, at=at)
        for payment in current.payments.standing().select_related("charge").order_by("-settled_at", "-pk"):
            part = min(gross, payment.stands_minor)
            payments.give_back(payment.charge, part, key="credit", reason=reason, at=at)
            gross -= part
        if rest:
            _close(note, thing, False, None, at)
        else:
            payload = {"corrects": current.number}
            events.record("invoice.credited", actor=None, subject=note, at=at, payload=payload)
    return note


def _checked(reason: str) -> str:
    return required(reason, _("Say why; it stands on the credit note."), longest=LONGEST)


def _creditable(invoice: Invoice, at: datetime) -> tuple[Any, Any]:
    current, thing = lock_invoice(invoice)
    if current.is_credit_note or Invoice.objects.filter(corrects=current).exists():
        raise Conflict(_("This is a credit note, or the invoice has one."))
    # Asked of payments first: the news of a lost dispute may still be on its way, and its money can't go back again.
    return payments.take_off_lost(current, thing, at), thing


def _require_there(income: Account, collected: int) -> None:
    """Money that has been paid out can't be given back."""
    if collected and ledger.available(income).minor < collected:
        raise Conflict(_("The campaign has paid this money out."))


def _note(invoice: Invoice, net: int, vat: int, reason: str, at: datetime) -> Invoice:
    note = Invoice(
        kind=Invoice.Kind.CREDIT_NOTE,
        billable=invoice.billable,
        account=invoice.account,
        book=invoice.book,
        organisation_id=invoice.organisation_id,
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
    return numbering.write(note, at=at)


def _close(note: Invoice, thing: Any, whole: bool, actor: Person | None, at: datetime) -> None:
    assert note.corrects
    payload = {"corrects": note.corrects.number}
    events.record("invoice.credited", actor=actor, subject=note, at=at, payload=payload)
    billables.of(note).credited(thing, note, whole=whole, actor=actor, at=at)
