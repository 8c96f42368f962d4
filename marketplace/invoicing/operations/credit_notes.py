"""Credit notes: of a whole invoice, whose payments go back, of a part, or of the rest that nobody will pay.

An invoice may have several, which together never exceed it (`invoicing_invoice_right`).
"""

from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict, required
from civic.core.policies import require
from marketplace.invoicing import billables
from marketplace.invoicing.locking import lock_invoice
from marketplace.invoicing.models import CreditedPayment, Invoice, InvoicePayment
from marketplace.invoicing.operations import numbering, payment_requests, payments, postings
from marketplace.ledger import operations as ledger
from marketplace.ledger.models import Account

LONGEST = 300


def credit_whole(*, actor: Person, invoice: Invoice, reason: str, at: datetime) -> Invoice:
    """Takes back all of an invoice that is not credited yet and gives back what was paid; what was billed ends.

    Raises Forbidden (not a finance officer), Invalid without a reason, Conflict (a credit note, nothing is left to
    credit, or the campaign has paid the money out), IllegalTransition (benefits were delivered).
    """
    require(actor, "keep", "books")
    return credit_for(invoice, reason=_checked(reason), at=at, actor=actor)


def credit_for(invoice: Invoice, *, reason: str, at: datetime, actor: Person | None = None) -> Invoice:
    """As `credit_whole`, for what the city itself decides (`actor` None), such as the end of a campaign."""
    with transaction.atomic():
        current, thing = _creditable(invoice, at)
        payment_requests.release(current, at)
        back = [Part(one, one.stands_minor, one.stands_net_minor) for one in _standing(current)]
        net = _asked_net(current)
        note = _note(current, net, _asked(current) - net, reason, at)
        _give_back(note, thing, back, at)
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
        net = _asked_net(current) - collected
        note = _note(current, net, current.open_minor - net, reason, at)
        _give_back(note, thing, [], at)
        _close(note, thing, False, actor, at)
    return note


def credit_part(invoice: Invoice, *, net_minor: int, reason: str, at: datetime) -> Invoice:
    """Gives back so much of the net that was paid, with its VAT: what was billed could be delivered in part only.

    What is open is not owed any more and stands on the same note. What was billed stays as it is. Raises Conflict
    (nothing is left to credit, less was paid, or is left, than that).
    """
    with transaction.atomic():
        current, thing = _creditable(invoice, at)
        paid, collected = current.payments.totals()
        if not 0 < net_minor <= collected:
            raise Conflict(_("Less than that was paid for this invoice."))
        # VAT by the rate, rounded half up as on an invoice; of all that was paid exactly what it brought, so that
        # nothing stays on its account.
        vat = (2 * net_minor * current.vat_rate_bp + 10_000) // 20_000
        vat = paid - collected if net_minor == collected else min(vat, paid - collected)
        rest = current.open_minor
        rest_net = _asked_net(current) - collected if rest else 0
        if rest:
            payment_requests.release(current, at)
        back = _newest_first(current, net_minor, net_minor + vat)
        vat = sum(part.minor - part.net for part in back)
        note = _note(current, net_minor + rest_net, vat + rest - rest_net, reason[:LONGEST], at)
        _give_back(note, thing, back, at)
        if rest:
            _close(note, thing, False, None, at)
        else:
            payload = {"corrects": current.number}
            events.record("invoice.credited", actor=None, subject=note, at=at, payload=payload)
    return note


class Part(NamedTuple):
    """So much of a payment, in minor units, and of it net."""

    payment: InvoicePayment
    minor: int
    net: int


def _standing(invoice: Any) -> QuerySet[Any]:
    rows = invoice.payments.standing().filter(stands_minor__gt=0)
    return rows.select_related("charge").order_by("-settled_at", "-pk")


def _newest_first(invoice: Invoice, net: int, minor: int) -> list[Part]:
    """So much net of what stands, of the newest payments; the last one has the rest of the gross."""
    parts = []
    for one in _standing(invoice):
        taken = min(net, one.stands_net_minor)
        net -= taken
        of_it = one.stands_minor if net else max(taken, min(minor, one.stands_minor))
        minor -= of_it
        if of_it > 0:
            parts.append(Part(one, of_it, taken))
    return parts


def _give_back(note: Invoice, thing: Any, back: list[Part], at: datetime) -> None:
    """Books the note and gives back what it says of each payment. Raises Conflict where it has been paid out."""
    invoice = note.corrects
    assert invoice
    income = billables.of(invoice).income(thing)
    minor, net = sum(part.minor for part in back), sum(part.net for part in back)
    _require_there(income, net)
    postings.credited(note, income, paid_minor=minor, collected_minor=net, at=at)
    CreditedPayment.objects.bulk_create(
        CreditedPayment(note=note, payment=part.payment, amount_minor=part.minor, net_minor=part.net)
        for part in back
    )
    for part in back:
        payments.give_back(invoice, part.payment.charge, reason=note.reason, at=at)


def _checked(reason: str) -> str:
    return required(reason, _("Say why; it stands on the credit note."), longest=LONGEST)


def _creditable(invoice: Invoice, at: datetime) -> tuple[Any, Any]:
    current, thing = lock_invoice(invoice)
    if current.is_credit_note or not _asked(current):
        raise Conflict(_("This is a credit note, or all of the invoice is credited."))
    # Asked of payments first: the news of a lost dispute may still be on its way, and its money can't go back again.
    return payments.take_off_lost(current, thing, at), thing


def _asked(invoice: Any) -> int:
    """What an invoice asks for after its credit notes, gross."""
    return int(invoice.gross_minor + invoice.credited_minor)


def _asked_net(invoice: Invoice) -> int:
    credited = invoice.credit_notes.aggregate(net=Sum("net_minor", default=0))["net"]
    return invoice.net_minor + int(credited)


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
        issued_on=localdate(at),
        due_on=localdate(at),
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
