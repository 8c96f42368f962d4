"""Asks the buyer for an invoice's money: by bank transfer as long as something is open, or online."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict, Invalid, required
from civic.core.policies import require
from marketplace.invoicing import billables
from marketplace.invoicing.locking import lock_invoice
from marketplace.invoicing.models import Invoice
from marketplace.invoicing.operations import postings
from marketplace.invoicing.queries import charges_of, online_for, open_charges, purpose_of
from marketplace.payments import operations as payments
from marketplace.payments import providers
from marketplace.payments.models import Charge
from marketplace.payments.references import reference_for


def ask_by_bank(invoice: Invoice, *, minor: int, at: datetime) -> str:
    """Waits for so much by bank transfer, where the city's account is in the invoice's book.

    Returns the reference to write on it; an empty one where there is no such account. The payer is the organisation,
    so that it is no person's payment.
    """
    bank = providers.transfer_in(invoice.book, invoice.currency)
    if bank is None:
        return ""
    charge = _ask(invoice, bank.name, minor, None, at)
    return reference_for(charge.pk)


def ask_online(*, actor: Person, invoice: Invoice, provider: str, at: datetime) -> Charge:
    """Starts a payment of what is open; the waiting bank transfer stays until something has arrived.

    Raises Forbidden (does not act for the buyer), Invalid (`provider`), Conflict (nothing is open).
    """
    with transaction.atomic():
        current, _thing = lock_invoice(invoice)
        require(actor, "pay", current)
        if provider not in [one.name for one in online_for(current)]:
            raise Invalid(provider=_("This way to pay is not available."))
        minor = _still_open(current)
        begun = open_charges(current).filter(provider=provider, amount_minor=minor, payer=actor).first()
        return begun or _ask(current, provider, minor, actor, at)


def expect_part(*, actor: Person, invoice: Invoice, minor: int, reason: str, at: datetime) -> str:
    """A transfer of less than what is open has arrived or is agreed on: waits for that much, too.

    The invoice's own reference, which is printed, stays alive: with the whole it pays the whole, with just the part
    the part. Another part replaces this one. Returns the reference under which the desk assigns what arrived.
    Raises Forbidden (not a finance officer), Invalid (no reason, or not a part), Conflict (nothing is open).
    """
    require(actor, "keep", "books")
    reason = required(reason, _("Say why."))
    with transaction.atomic():
        current, _thing = lock_invoice(invoice)
        if not 0 < minor < _still_open(current):
            raise Invalid(amount=_("A part is more than nothing and less than what is open."))
        whole = open_charges(current).filter(amount_minor=current.open_minor).order_by("created_at").first()
        for charge in open_charges(current):
            if charge != whole:
                payments.cancel_charge(actor=None, charge=charge, at=at)
        events.record("invoice.part_expected", actor=actor, subject=current, at=at, note=reason)
        return ask_by_bank(current, minor=minor, at=at)


def release(invoice: Invoice, at: datetime) -> None:
    """Cancels what nobody has paid yet; what arrives later goes to suspense, or is given back."""
    for charge in open_charges(invoice):
        payments.cancel_charge(actor=None, charge=charge, at=at)


def _ask(invoice: Invoice, provider: str, minor: int, payer: Person | None, at: datetime) -> Charge:
    return payments.start_charge(
        actor=payer,
        payer=payer,
        provider=provider,
        amount=invoice.money(minor),
        purpose=f"{purpose_of(invoice)}{charges_of(invoice).count() + 1}",
        account=postings.paid_in(invoice),
        at=at,
        return_path=billables.of(invoice).describe(invoice).href,
    )


def _still_open(invoice: Invoice) -> int:
    minor: int = invoice.open_minor  # type: ignore[attr-defined]
    if invoice.is_credit_note or minor <= 0:
        raise Conflict(_("Nothing of this invoice is open."))
    return minor
