"""Bank transfer: a reference for the payer to use, statements to learn what arrived, people who send what leaves."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic.core.money import Money
from civic.core.registry import Hook
from marketplace.payments.models import Charge, Method, MethodSetup, Refund, Statement, Transfer
from marketplace.payments.providers import (
    Abilities,
    Limits,
    Outcome,
    Prepared,
    Rejected,
    Saved,
    Unavailable,
    registry,
)
from marketplace.payments.references import reference_for

NAME = "bank"
# Of the payment files that tell the bank what to send: SEPA knows no other.
CURRENCY = "EUR"
# One SEPA credit transfer (EPC125-05, AT-T002): 999,999,999.99 euros.
SEPA_MOST = 99_999_999_999


class Bank:
    """Implements `Provider`. Nothing is called: our rows move when a statement is read."""

    name = NAME
    label = _("Bank transfer")
    abilities = Abilities(
        saves_methods=False,
        by_transfer=True,
        # A transfer may take days, and people send it some days later: longer than a card's page stays open.
        patience=timedelta(days=14),
        hint=_("You transfer the amount now."),
        sends=frozenset({CURRENCY}),
        limits=lambda currency: Limits(1, SEPA_MOST),
    )

    def book(self) -> str:
        """As configured; off without an account to pay to."""
        if not settings.BANK_ACCOUNT:
            raise Unavailable("Bank transfer is off: BANK_ACCOUNT is not set.")
        return str(settings.BANK_BOOK)

    def prepare(self, charge: Charge, key: str) -> Prepared:
        """A reference and the page that shows it. Nothing can be taken from a saved method."""
        if charge.method_id:
            raise Rejected("A bank transfer is sent by the payer.")
        return Prepared(reference_for(charge.pk), reverse("payments:transfer", args=[charge.pk]))

    def find(self, charge: Charge) -> Prepared | None:
        return self.prepare(charge, "")

    def confirm(self, charge: Charge, key: str) -> Outcome:
        return Outcome()

    def cancel(self, charge: Charge, key: str) -> list[Outcome]:
        """What arrives later goes to suspense."""
        return [Outcome("fail", failure=str(_("Cancelled before it was paid.")))]

    def look_up(self, charge: Charge) -> list[Outcome]:
        return []

    def set_up(self, setup: MethodSetup, key: str) -> Prepared:
        raise Rejected("A bank transfer can't be saved for later.")

    def look_up_setup(self, setup: MethodSetup) -> Saved:
        return Saved()

    def refund(self, refund: Refund, key: str) -> Outcome:
        """A finance officer sends it with this reference; the statement says that it has gone."""
        return Outcome("wait", provider_ref=reference_for(refund.pk))

    def look_up_refund(self, refund: Refund) -> Outcome | None:
        return None

    def transfer(self, transfer: Transfer, key: str) -> Outcome:
        """As a refund."""
        return Outcome(provider_ref=reference_for(transfer.pk))

    def look_up_transfer(self, transfer: Transfer) -> Outcome | None:
        return None

    def forget(self, method: Method, key: str) -> None:
        """There is none to forget."""

    def balance(self, currency: str) -> Money | None:
        """The closing balance of the newest statement that has one; of one day, of the one that no other follows."""
        known = Statement.objects.filter(currency=currency, book=self.book(), closing_minor__isnull=False)
        ordered = known.order_by("-closing_on", "-created_at")
        newest = ordered.first()
        if newest:
            of_day = list(ordered.filter(closing_on=newest.closing_on))
            followed = {one.opening_minor for one in of_day if one.opening_minor != one.closing_minor}
            newest = next((one for one in of_day if one.closing_minor not in followed), newest)
        return Money(newest.closing_minor or 0, currency) if newest else None


registry.register(Hook(NAME, Bank))
