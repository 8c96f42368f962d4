"""What pages and operations read of invoices and of the charges that pay them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from civic.core.money import Money
from marketplace.invoicing.models import Invoice, InvoicePayment
from marketplace.payments import providers
from marketplace.payments.models import Charge, Refund
from marketplace.payments.purposes import Purpose
from marketplace.payments.queries import claims, refunds
from marketplace.payments.references import reference_for, spaced
from marketplace.payments.states import OVER

WORDS = {
    "credit_note": _("credit note"),
    "credited": _("credited"),
    "paid": _("paid"),
    "overdue": _("overdue"),
    "open": _("open"),
}


def seen(actor: Any) -> Any:
    """Invoices that the actor may see, with their amounts and what pages name."""
    return Invoice.objects.visible_to(actor).with_amounts().select_related("corrects", "organisation")


def with_notes(invoice_id: Any, actor: Any) -> list[Any]:
    """An invoice and its credit notes that the actor may see, with amounts, in one statement; none before there is one.

    A filter by None would ask for everything that corrects nothing: all invoices.
    """
    if invoice_id is None:
        return []
    both = Q(pk=invoice_id) | Q(corrects=invoice_id)
    return list(Invoice.objects.visible_to(actor).filter(both).with_amounts().order_by("serial"))


def transfer_for(invoice: Invoice) -> dict[str, str] | None:
    """How to pay what is open by bank transfer: holder, account and reference; None where nobody waits for one.

    All of it: a part that was agreed on is paid under the same reference.
    """
    bank = providers.transfer_in(invoice.book, invoice.currency)
    waiting = (
        bank
        and open_charges(invoice).filter(provider=bank.name).order_by("-amount_minor", "-created_at").first()
    )
    if not waiting:
        return None
    return {
        "amount": str(waiting.amount),
        "holder": settings.BANK_HOLDER or invoice.seller["name"],
        "account": spaced(settings.BANK_ACCOUNT.replace(" ", "")),
        "reference": spaced(reference_for(waiting.pk)),
    }


def new_reference(invoice: Invoice) -> str:
    """The reference for what is open, where it is no more the one that the invoice was printed with; else empty."""
    transfer = transfer_for(invoice)
    reference = transfer["reference"] if transfer else ""
    return "" if reference == spaced(invoice.reference) else reference


def payments_of(invoice: Invoice) -> list[InvoicePayment]:
    """What arrived for it, each with its charge and with what disputes took of it: two statements."""
    return list(invoice.payments.select_related("charge").prefetch_related("reversals"))


def claims_on(invoice: Invoice) -> list[claims.Standing]:
    """What came back twice of its payments, for the buyer to read: at most two statements."""
    return claims.standings(charges_of(invoice).values("purpose"))


def kept_of(invoice: Invoice) -> list[Refund]:
    """Refunds of its payments that came back, and wait for the buyer to name an account."""
    return list(refunds.kept(charges_of(invoice).values("purpose")))


@dataclass(frozen=True)
class Shown:
    """An invoice as lists show it today."""

    invoice: Any
    today: date

    @property
    def state(self) -> str:
        """Where it stands: a key of WORDS."""
        return state_of(self.invoice, self.today)

    @property
    def words(self) -> str:
        """The same in words."""
        return str(WORDS[self.state])

    @property
    def open(self) -> Money:
        """What of it is open."""
        return self.invoice.money(self.invoice.open_minor)

    @property
    def due_on(self) -> date:
        """Until when what is open is to be paid."""
        day: date = self.invoice.payable_until
        return day


def state_of(invoice: Any, today: date) -> str:
    """Where an invoice (with its amounts) stands: a key of WORDS."""
    if invoice.is_credit_note:
        return "credit_note"
    # Of an invoice that was credited in part something is open again where a payment was lost.
    if invoice.open_minor:
        return "overdue" if invoice.payable_until < today else "open"
    return "credited" if invoice.credited_minor else "paid"


def purposes(ids: list[str]) -> Mapping[str, Purpose]:
    """Payments of invoices in words, for who paid them: one statement."""
    keys = {one: one.partition(":")[0] for one in ids}
    found = {str(one.pk): one for one in Invoice.objects.filter(pk__in=set(keys.values()))}
    words = gettext("Invoice %(number)s")
    return {
        one: Purpose(words % {"number": found[key].number}, found[key].get_absolute_url())
        for one, key in keys.items()
        if key in found
    }


KIND = "invoice"


def purpose_of(invoice: Invoice) -> str:
    """How all payments of an invoice are named; each adds a number, since one may follow the other."""
    return f"{KIND}:{invoice.pk}:"


def charges_of(invoice: Invoice) -> QuerySet[Charge]:
    """All payments that were asked for, whatever became of them."""
    return Charge.objects.filter(purpose__startswith=purpose_of(invoice))


def open_charges(invoice: Invoice) -> QuerySet[Charge]:
    """Those that can still be paid."""
    return charges_of(invoice).exclude(state__in=OVER)


def online_for(invoice: Invoice) -> list[providers.Provider]:
    """The providers by which what is open can be paid online: those that are on, in its book, and take so much."""
    found = [one for one in providers.available() if not one.abilities.by_transfer]
    open_now = invoice.money(invoice.open_minor)  # type: ignore[attr-defined]
    return [
        one
        for one in found
        if one.book() == invoice.book and not (open_now and one.abilities.why_not(open_now))
    ]
